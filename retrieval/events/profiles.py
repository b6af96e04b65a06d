"""What of a counted fact decides whether another one speaks of the same event."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic import places
from retrieval.arabic.incidents import means_in
from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.updates import roles_in
from retrieval.reading.groups import People, read_people
from retrieval.types import Casualty, Damage, Fact, Strike

Counted = Casualty | Strike | Damage

# Where no date is said, the event may lie this far before the report of it; a rising toll may run as long.
_WIDE = dt.timedelta(days=7)


class Profile(NamedTuple):
    """One fact as it is compared: its days, places, groups, means, words and numbers, all computed once.

    `wide` is true when the days are a guess from the date of publication. `high` is None where the number is open.
    """

    fact: Counted
    harm: str
    start: dt.date
    end: dt.date
    wide: bool
    place: str
    around: frozenset[str]
    victims: People
    actors: People
    what: frozenset[str]
    means: frozenset[str]
    words: frozenset[str]
    low: int
    high: int | None
    vague: bool
    updates: frozenset[str]

    def meets(self, other: Profile) -> bool:
        """Whether one number could satisfy both counts."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)


def profile(fact: Counted) -> Profile:
    """The profile of a fact."""
    start, end, wide = _days(fact)
    said = f"{fact.citation.title} {fact.citation.quote}"
    updates = roles_in(said)
    if "rise" in updates and end - start < _WIDE:
        start, wide = start - _WIDE, True
    low, high = interval(fact)
    casualty = fact if isinstance(fact, Casualty) else None
    return Profile(
        fact=fact,
        harm=casualty.harm if casualty else fact.kind,
        start=start,
        end=end,
        wide=wide,
        place=places.key(fact.place) if fact.place else "",
        around=frozenset(places.key(name) for name in (fact.place, *fact.places) if name),
        victims=read_people(casualty.victims, casualty.victim_class) if casualty else People(),
        actors=read_people(fact.actor),
        what=content(getattr(fact, "what", "") or getattr(fact, "target", "")),
        means=means_in(said) | means_in(fact.actor),
        words=content(said),
        low=low,
        high=high,
        vague=fact.min is None and fact.max is None,
        updates=updates,
    )


def interval(fact: Counted) -> tuple[int, int | None]:
    """The lowest and highest number that a fact allows; None where it leaves the upper side open."""
    if fact.bound in ("more_than", "at_least"):
        return fact.min or 0, None
    if fact.min is None and fact.max is None:
        return 0, None
    return (fact.min if fact.min is not None else 0), fact.max


def published(fact: Fact) -> dt.date | None:
    """The day of publication of the article that the fact stands in."""
    day = fact.citation.published
    return day.date() if isinstance(day, dt.datetime) else day


def parties_in(text: str) -> frozenset[str]:
    """The keys of the parties that a short text mentions."""
    return read_people(text).parties if text else frozenset()


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The light stems of the longer words of a text: what two texts on one event share."""
    return frozenset(stem(token.norm) for token in tokenize(text) if token.kind == "word" and len(token.norm) > 3)


def _days(fact: Counted) -> tuple[dt.date, dt.date, bool]:
    if fact.date_start is not None:
        return fact.date_start, fact.date_end or fact.date_start, False
    day = published(fact)
    return (day - _WIDE, day, True) if day else (dt.date.min, dt.date.max, True)
