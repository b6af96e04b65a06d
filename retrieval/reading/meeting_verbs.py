"""Read meetings told by verbs: التقى، استقبل، اجتمع، بحث مع، عقد اجتماعا."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.attendees import (
    actors_of,
    are_people,
    clause_subject,
    is_nobody,
    named_among,
    others_of,
    subject_before,
    subjects,
)
from retrieval.reading.constituents import Constituent, behind
from retrieval.reading.meeting_forms import NEEDS_NOUN, phone_near, verb_form
from retrieval.reading.referring import Actor, Cast, topical_actors
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
    row, value = cast.row(sentence), hit.trigger.value
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


def _attending(sentence: Sentence, row: Sequence[Constituent], args: Sequence[Constituent]) -> list[Constituent]:
    """Those of a clause behind the noun of meeting: "ترأس اجتماعا ضم X وY"."""
    last = args[-1].last if args else 0
    following = next((n for n, c in enumerate(row) if c.first >= last and c.sort == "verb"), None)
    if (
        not args
        or following is None
        or row[following].first > last
        or normalise(row[following].text) not in word_set("bringing_together")
    ):
        return []
    rest = list(behind(row, row[following].last))
    return [
        c
        for c in rest
        if (c.acts or are_people(sentence, c)) and (not c.preposition or c.preposition in word_set("with"))
    ]


def _converse(sentence: Sentence, hit: Hit, others: Sequence[Constituent]) -> bool:
    """Whether "تحدث مع" tells of a talk between two persons and not of an interview."""
    return any(c.sort == "person" for c in others) or phone_near(sentence, hit, own=True)
