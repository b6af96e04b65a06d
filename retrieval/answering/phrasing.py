"""How counts, days, places and speakers are said in an answer."""

from __future__ import annotations

import datetime as dt

from retrieval.answering.notes import Notes
from retrieval.arabic.marks import close_marks
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.events import HOUSEHOLDS, Counted, Event, counts_households, published, unit_of
from retrieval.reading.groups import read_people
from retrieval.types import Bound, Casualty, Citation, Fact

_QUOTE_MOST = 400
_TANWIN = "\u064b"
_ALEF = "ا"
# Households in this state have a noun of their own.
_OWN_NOUN = frozenset({"displaced_households"})


def count(notes: Notes, harm: str, low: int | None, high: int | None, bound: Bound) -> str:
    """A number with its bound and its counted noun: "at least 28 killed", "between 27 and 32 wounded"."""
    say = notes.say
    counted = harm if harm in _OWN_NOUN or HOUSEHOLDS not in harm else HOUSEHOLDS
    noun = f"number.{counted}"
    if low is not None and high is not None and low != high:
        return say.say("number.range", min=low, counted=say.say(noun, n=high, oblique=True))
    number = low if low is not None else high
    if number is None:
        return say.say(f"number.vague.{counted}")
    oblique = bound in ("more_than", "about")
    return say.say(f"number.{bound if bound != 'range' else 'exact'}", counted=say.say(noun, n=number, oblique=oblique))


def count_of_event(notes: Notes, event: Event) -> str:
    """The number of an event as its claims bound it."""
    return count(notes, event.harm, event.min, event.max, event.bound)


def count_of_fact(notes: Notes, fact: Counted) -> str:
    """The number that one fact says."""
    return count(notes, unit_of(fact), fact.min, fact.max, fact.bound)


def victims(notes: Notes, fact: Counted) -> str:
    """Whom the fact counts, in its own words, where that says more than the counted noun does."""
    said = fact.victims if isinstance(fact, Casualty) else ""
    if not said or read_people(said).anybody or counts_households(said):
        return ""
    alone = fact.min == fact.max == 1
    return notes.say.say("answer.group", group=_nominative(clean(said)) if alone else clean(said))


def _nominative(text: str) -> str:
    """A single person as he is named: the ending that a verb gave the noun falls away."""
    first, _, rest = text.partition(" ")
    bare = first.rstrip(_TANWIN).removesuffix(_ALEF)
    known = bare != first and any(reading.known and reading.pos == "noun" for reading in analyse(bare))
    return f"{bare} {rest}".strip() if known else text


def where(notes: Notes, place: str) -> str:
    """The place, if known, behind the preposition that it takes: in a town, on a road, none before "near"."""
    if not place:
        return ""
    head = normalise(place.split(maxsplit=1)[0])
    key = "_itself" if head in word_set("place_preposition") else "_on" if head in word_set("on_place") else ""
    return notes.say.say(f"answer.where{key}", place=clean(place))


def when(notes: Notes, start: dt.date | None, end: dt.date | None, *, weekday: bool = False) -> str:
    """The day or period, if known."""
    if start is None:
        return ""
    if start == (end or start):
        return notes.say.say("answer.when", date=notes.say.date(start, weekday=weekday))
    return notes.say.say("answer.when", date=notes.say.period(start, end or start))


def by(notes: Notes, source: str) -> str:
    """Who says so, if the text names anybody."""
    return notes.say.say("answer.by", source=clean(source)) if source else ""


def outlet(notes: Notes, citation: Citation) -> str:
    """The outlet and the day of publication."""
    say = notes.say
    day = citation.published.date() if isinstance(citation.published, dt.datetime) else citation.published
    name = citation.outlet or say.say("answer.unnamed_outlet")
    return say.say("answer.outlet", outlet=name, date=say.date(day)) if day else name


def quote(text: str, most: int = _QUOTE_MOST) -> str:
    """A quotation as it is shown: one line, cut at a word when it is longer than `most` letters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0] + "…"


def clean(text: str) -> str:
    """Words of an article as they stand in a sentence of ours: one line, no marks at the ends but paired ones."""
    return close_marks(" ".join(text.split()).strip('«»"“”،,.:;؛ '))


def newest(facts: tuple[Fact, ...]) -> dt.date | None:
    """The day of the newest report among the facts."""
    return max((day for fact in facts if (day := published(fact))), default=None)


def same_text(a: str, b: str) -> bool:
    """Whether two short texts are one, whatever their spelling."""
    return [normalise(word) for word in clean(a).split()] == [normalise(word) for word in clean(b).split()]
