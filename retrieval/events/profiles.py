"""What of a counted fact decides whether another one speaks of the same event."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.arabic.incidents import means_in
from retrieval.arabic.phrases import openings, words
from retrieval.arabic.stems import stem
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.updates import roles_in
from retrieval.events.whereabouts import Whereabouts, locate
from retrieval.reading.groups import People, read_people
from retrieval.types import Casualty, Damage, Fact, Strike, Tie

Counted = Casualty | Strike | Damage

# Words of so few letters say little.
_SHORT = 3
# What marks a count of households in the name of what is counted.
HOUSEHOLDS = "households"

# Where no date is said, the event may lie this far before the report of it; a rising toll may run as long.
_WIDE = dt.timedelta(days=7)


class HouseholdWord(Row):
    """One row of households.csv: a word for a family."""

    word: str


class Profile(NamedTuple):
    """One fact as it is compared: its days, place, groups, means, words and numbers, all computed once.

    `harm` is what is counted, in households or in persons. `wide` is true when the days are a guess from the date of
    publication, and `since` is the earliest day on which the event may have been: a rising toll may run on for a week.
    `high` is None where the number is open.
    """

    fact: Counted
    harm: str
    start: dt.date
    end: dt.date
    since: dt.date
    wide: bool
    place: Whereabouts
    victims: People
    actors: People
    what: frozenset[str]
    means: frozenset[str]
    words: frozenset[str]
    low: int
    high: int | None
    vague: bool
    updates: frozenset[str]

    @property
    def tie(self) -> Tie:
        """How its text ties the count to others."""
        return self.fact.tie

    @property
    def rises(self) -> bool:
        """Whether the count goes on from a smaller one."""
        return self.tie == "update" or "rise" in self.updates

    def meets(self, other: Profile) -> bool:
        """Whether one number could satisfy both counts."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)


def profile(fact: Counted) -> Profile:
    """The profile of this very fact; another one that is equal to it has a profile of its own."""
    found = _profile(fact)
    return found if found.fact is fact else found._replace(fact=fact)


@lru_cache(maxsize=4_096)
def _profile(fact: Counted) -> Profile:
    start, end, wide = _days(fact)
    said = f"{fact.citation.title} {fact.citation.quote}"
    updates = roles_in(said)
    rises = fact.tie == "update" or "rise" in updates
    low, high = interval(fact)
    casualty = fact if isinstance(fact, Casualty) else None
    return Profile(
        fact=fact,
        harm=unit_of(fact),
        start=start,
        end=end,
        since=end - _WIDE if (rises or fact.tie) and not wide and end - start < _WIDE else start,
        wide=wide,
        place=locate(fact),
        victims=read_people(casualty.victims, casualty.victim_class) if casualty else People(),
        actors=read_people(fact.actor),
        what=content(getattr(fact, "what", "") or getattr(fact, "target", "")),
        means=means_in(said) | means_in(fact.actor),
        words=content(f"{said} {fact.actor}"),
        low=low,
        high=high,
        vague=fact.min is None and fact.max is None,
        updates=updates,
    )


def unit_of(fact: Counted) -> str:
    """What a fact counts, by harm or kind; households that fled are another thing than persons who did."""
    if not isinstance(fact, Casualty):
        return fact.kind
    return f"{fact.harm}_{HOUSEHOLDS}" if counts_households(fact.victims) else fact.harm


@lru_cache(maxsize=20_000)
def counts_households(text: str) -> bool:
    """Whether a phrase for those counted opens with a word for families."""
    first = next((token.norm for token in tokenize(text) if token.kind == "word"), "")
    return bool(first) and any(rest.removeprefix("ال") in _households() for _, rest in openings(first))


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
    """The light stems of the longer words of a text, clitics left out: what two texts on one event share."""
    norms = [token.norm for token in tokenize(text) if token.kind == "word" and len(token.norm) > _SHORT]
    return frozenset(stem(openings(norm)[-1].rest) for norm in norms)


def _days(fact: Counted) -> tuple[dt.date, dt.date, bool]:
    if fact.date_start is not None:
        return fact.date_start, fact.date_end or fact.date_start, False
    day = published(fact)
    return (day - _WIDE, day, True) if day else (dt.date.min, dt.date.max, True)


@cache
def _households() -> frozenset[str]:
    return frozenset(words(row.word)[0] for _, row in load("households", HouseholdWord))
