"""Read meetings told by nouns: لقاء X وY، اجتماع وزراء X، قمة تجمع X وY، كان في استقباله X."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.attendees import actors_of, are_people, distinct, gathered, gathers, sides, subject_before
from retrieval.reading.constituents import Constituent, behind, cut_at, split_constituents
from retrieval.reading.describing import foreseen
from retrieval.reading.meeting_forms import by_phone, load_meeting_nouns
from retrieval.reading.meeting_verbs import Round
from retrieval.reading.referring import Cast, coordinated, subject_ahead, topical_actors
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import MeetingForm


def noun_round(cast: Cast, sentence: Sentence, hit: Hit) -> Round | None:
    """The meeting of a noun: those behind it, behind بين or مع, and by its pronoun whom the text speaks of."""
    row = foreseen(sentence, cut_at(sentence, split_constituents(sentence), hit.first, hit.last), hit.last)
    value = hit.trigger.value
    if _under_verb(sentence, row, hit) or (value == "call" and not by_phone(sentence, hit.first)):
        return None
    args = _up_to_meeting(sentence, list(behind(row, hit.last)))
    definite = bool(hit.reading and hit.reading.definite)
    own = [c for c in _owners(sentence, args) if c.preposition or not definite]  # a definite noun has no owner
    if _welcomes(sentence, hit):
        return _welcome(cast, sentence, hit, own, args)
    others = [c for n, c in enumerate(args) if c not in own and _joins(sentence, hit, args, n)]
    others = [k for c in others for k in sides(sentence, args, args.index(c))]
    relative = _held_by(sentence, row, hit)
    if relative:
        found = _round(cast, sentence, hit, [*own, *others, *relative])
        doers, used = ([], []) if any(not c.preposition for c in relative) else subject_before(cast, sentence, row, hit)
        return Round([*doers, *found.actors], found.form, [*used, *found.parts])
    chaired = _chaired(row, hit)
    present = [*own, *others, *chaired]
    if not _told_anew(hit, own, others, chaired):
        return None
    seated = bool(own) and value == "session"
    alone = len(distinct(actors_of(cast, sentence, [*own, *others]))) < 2
    facing = bool(others) and not own and all(c.preposition in word_set("facing") for c in others)
    if _pronoun(hit) or ((_hangs(sentence, hit) or facing) and not seated and alone):
        ahead = subject_ahead(cast, sentence, row, hit.first) if _pronoun(hit) else None
        doers, used = ahead or subject_before(cast, sentence, row, hit)
        found = _round(cast, sentence, hit, present)
        actors = [*doers, *found.actors]  # one who does something "during a session" sits with nobody
        return Round(actors, found.form, [*used, *present]) if found.actors or _pronoun(hit) else None
    return _round(cast, sentence, hit, present)


def _round(cast: Cast, sentence: Sentence, hit: Hit, present: Sequence[Constituent]) -> Round:
    """A meeting of those present, in the form that its noun has."""
    value = hit.trigger.value
    form: MeetingForm = "conference" if value == "conference" else "call" if value == "call" else "meeting"
    return Round(actors_of(cast, sentence, present), form, present)


def _pronoun(hit: Hit) -> str:
    return hit.reading.pronoun if hit.reading else ""


def _told_anew(
    hit: Hit, own: Sequence[Constituent], others: Sequence[Constituent], chaired: Sequence[Constituent]
) -> bool:
    """Whether the noun tells a meeting: "خلال اللقاء" points back to one, "استقبال الوزير" leaves its sides open."""
    if hit.trigger.value == "receive" and own and not _pronoun(hit) and not others:
        return False
    definite = bool(hit.reading and hit.reading.definite)
    return bool(own or others or chaired) or not definite


def _welcomes(sentence: Sentence, hit: Hit) -> bool:
    """Whether the noun tells who stood there for a guest: "في استقباله X", "في مقدمة مستقبلي X"."""
    if hit.trigger.value == "welcome":
        return True
    inside = hit.first > 0 and sentence.tokens[hit.first - 1].norm in word_set("in")
    return hit.trigger.value == "receive" and bool(_pronoun(hit)) and inside


def _welcome(
    cast: Cast, sentence: Sentence, hit: Hit, own: Sequence[Constituent], args: Sequence[Constituent]
) -> Round | None:
    """The guest, whom the noun or the text names, and those who received him, behind the noun or before it."""
    named = own if hit.trigger.value == "welcome" and not _pronoun(hit) else []
    last = named[-1].last if named else hit.last
    hosts = next(
        (coordinated(args, n) for n, c in enumerate(args) if c.acts and not c.preposition and c.first >= last), []
    )
    guests = actors_of(cast, sentence, named) if named else topical_actors(cast, sentence, hit.first)
    if hosts:
        return Round([*guests, *actors_of(cast, sentence, hosts)], "meeting", [*named, *hosts])
    before, used = subject_before(cast, sentence, split_constituents(sentence), hit)
    return Round([*before, *guests], "meeting", [*used, *named]) if named else None


def _up_to_meeting(sentence: Sentence, args: Sequence[Constituent]) -> list[Constituent]:
    """The constituents before the next noun of meeting, which has its own participants."""
    kept: list[Constituent] = []
    for c in args:
        lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first] if a.pos != "verb"}
        if c.sort == "noun" and (kept or c.preposition) and lemmas & set(load_meeting_nouns()):
            break
        kept.append(c)
    return kept


def _chaired(row: Sequence[Constituent], hit: Hit) -> list[Constituent]:
    """Who presides: "جلسته التي عقدت برئاسة X"."""
    after = [c for c in row if c.first >= hit.last][:8]
    for before, c in pairwise(after):
        chaired = before.sort == "noun" and normalise(before.text) in word_set("chair")
        if c.acts and (chaired or c.preposition in word_set("chair")):
            return [c]
    return []


def _owners(sentence: Sentence, args: Sequence[Constituent]) -> list[Constituent]:
    """The actors right behind a noun of meeting, adjectives between passed over: "لقاء X وY", "اجتماع وزراء X"."""
    for n, c in enumerate(args[:3]):
        if (c.acts or are_people(sentence, c)) and (not c.preposition or c.preposition == "ل"):
            return coordinated(args, n)
        if c.sort != "noun" or c.preposition or not _adjective(sentence, c):
            return []
    return []


def _adjective(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is adjectives only: المقبل، الثنائي المغلق."""
    return all(any(a.pos == "adj" for a in sentence.analyses[i]) for i in range(c.first, c.last))


def _joins(sentence: Sentence, hit: Hit, args: Sequence[Constituent], n: int) -> bool:
    """Whether an actor behind a noun of meeting took part: behind مع, بين, or ب where the noun has it."""
    c = args[n]
    if not (c.acts or are_people(sentence, c)):
        return False
    return c.preposition in hit.trigger.after or c.preposition in word_set("together")


def _under_verb(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> bool:
    """Whether a verb of holding before the noun tells the meeting already: "عقد اجتماعا", "أجرى اتصالا"."""
    for c in reversed([c for c in row if c.last <= hit.first]):
        if c.sort == "verb":
            lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first]}
            return bool(lemmas & word_set("holding"))
        if c.sort == "break":
            return False
    return False


def _hangs(sentence: Sentence, hit: Hit) -> bool:
    """Whether the noun hangs on a clause whose subject takes part: للقاء، في لقاء، خلال اجتماع."""
    if hit.reading and hit.reading.preposition:
        return True
    return hit.first > 0 and sentence.parts[hit.first - 1] == "preposition"


def _held_by(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> list[Constituent]:
    """Those of a clause right behind the noun: "اجتماع عقده X مع Y", "لقاء جمع X وY"."""
    args = [c for c in row if c.first >= hit.last]
    for c in args[:5]:
        if c.sort in ("verb", "noun") and c.last == c.first + 1 and gathers(sentence, c.first):
            return gathered(sentence, list(behind(row, c.last)))
        if c.sort not in ("noun", "date", "break", "place", "comma") or (
            c.sort == "break" and normalise(c.text) not in word_set("relative")
        ):
            break
    return []
