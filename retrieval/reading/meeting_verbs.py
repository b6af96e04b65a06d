"""Read meetings told by verbs: التقى، استقبل، اجتمع، بحث مع، عقد اجتماعا."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.attendees import (
    actors_of,
    clause_subject,
    gathered,
    gathers,
    is_nobody,
    named_among,
    others_of,
    subject_before,
    subjects,
)
from retrieval.reading.constituents import Constituent, behind, split_constituents
from retrieval.reading.meeting_forms import NEEDS_NOUN, by_phone, load_meeting_nouns, phone_near, verb_form
from retrieval.reading.referring import Actor, Cast, coordinated, topical_actors
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import MeetingForm


class Round(NamedTuple):
    """Who meets, in which form, and the constituents that say so."""

    actors: Sequence[Actor]
    form: MeetingForm
    parts: Sequence[Constituent]


def verb_round(cast: Cast, sentence: Sentence, hit: Hit) -> Round | None:
    """The meeting of a verb: its subject, and whom it met as its object or behind مع and its like."""
    row, value = split_constituents(sentence), hit.trigger.value
    args = list(behind(row, hit.last))
    form = verb_form(sentence, hit, args)
    if value in NEEDS_NOUN and form is None:
        return None
    subject = subjects(args)
    if subject and all(is_nobody(c) for c in subject):
        return None
    pronoun = hit.reading.pronoun if hit.reading else ""
    if subject:
        actors, used = actors_of(cast, sentence, subject), list(subject)
    else:
        actors, used = subject_before(cast, sentence, row, hit)
    others = others_of(sentence, args, hit, used[-1].last if subject else hit.last)
    others += named_among(row, others)
    if value in NEEDS_NOUN:
        others += _attending(sentence, row, args)
    if subject and not others and not pronoun and hit.trigger.object:
        first = clause_subject(cast, sentence, row, hit)
        told = first or (topical_actors(cast, sentence, hit.first), [])
        if told[0]:  # the subject stands first or is left out: what follows the verb is whom it met
            actors, used, others = told[0], told[1], list(subject)
    if pronoun and subject and value in ("meeting", "receive", "call"):
        actors += topical_actors(cast, sentence, hit.first)  # "استقبله X": whom the text speaks of
    actors += actors_of(cast, sentence, others)
    if value == "speak" and not _converse(sentence, hit, others):
        return None
    if value in ("talk", "speak") and not others and len(used) < 2:
        return None
    return Round(actors, form or "meeting", [*used, *others])


def gathering_round(cast: Cast, sentence: Sentence, hit: Hit) -> Round | None:
    """Those whom a meeting brings together: "جمع لقاء في X فلانا مع فلان", "ضم الاجتماع فلانا وفلانا"."""
    args = list(behind(split_constituents(sentence), hit.last))
    noun = args[0] if args and args[0].sort == "noun" and not args[0].preposition else None
    if noun is None or not _of_meeting(sentence, noun):
        return None
    present = gathered(sentence, args[1:])
    phone = by_phone(sentence, noun.first) and any(
        load_meeting_nouns().get(normalise(a.lemma)) in ("call", "meeting") for a in sentence.analyses[noun.first]
    )
    return (
        Round(actors_of(cast, sentence, present), "call" if phone else "meeting", present) if len(present) > 1 else None
    )


def _attending(sentence: Sentence, row: Sequence[Constituent], args: Sequence[Constituent]) -> list[Constituent]:
    """Whom the noun of meeting or a clause behind it names: "ترأس اجتماع لجنة X", "ترأس اجتماعا ضم X وY"."""
    noun = next((n for n, c in enumerate(args) if c.sort == "noun" and _of_meeting(sentence, c)), None)
    owners: list[Constituent] = []
    if noun is not None and noun + 1 < len(args):
        following = args[noun + 1]
        if following.acts and following.preposition in ("", "ل") and not following.joined:
            owners = coordinated(args, noun + 1)
    present = [c for c in args if c.acts and c.preposition in word_set("in_presence")]
    last = args[-1].last if args else 0
    clause = next((n for n, c in enumerate(row) if c.first >= last and c.sort == "verb"), None)
    if not args or clause is None or row[clause].first > last or not gathers(sentence, row[clause].first):
        return [*owners, *present]
    return [*owners, *present, *gathered(sentence, list(behind(row, row[clause].last)))]


def _of_meeting(sentence: Sentence, c: Constituent) -> bool:
    nouns = load_meeting_nouns()
    return any(normalise(a.lemma) in nouns for i in range(c.first, c.last) for a in sentence.analyses[i])


def _converse(sentence: Sentence, hit: Hit, others: Sequence[Constituent]) -> bool:
    """Whether "تحدث مع" tells of a talk between two persons and not of an interview."""
    return any(c.sort == "person" for c in others) or phone_near(sentence, hit, own=True)
