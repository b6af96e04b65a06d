"""Events with their range and grade, and the honest total of several: a sum of ranges, aggregates beside it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from retrieval.events.claims import Claim, Grade, Weighed, weigh
from retrieval.events.likeness import group
from retrieval.events.profiles import Counted, Profile, profile, published
from retrieval.types import Bound, Casualty


class Event(NamedTuple):
    """What several reports say happened once, with what they count.

    `min` and `max` span the claims that stand (`max` None where it is open, both None where nobody gives a number).
    `start` and `end` are the days on which all reports agree; `dated` is false where they are a guess.
    """

    harm: str
    place: str
    places: tuple[str, ...]
    start: dt.date
    end: dt.date
    dated: bool
    min: int | None
    max: int | None
    bound: Bound
    claims: Weighed
    facts: tuple[Counted, ...]

    @property
    def grade(self) -> Grade:
        """How well the event is attested."""
        return self.claims.grade

    @property
    def reports(self) -> frozenset[str]:
        """The articles that speak of the event."""
        return frozenset(fact.citation.article_id for fact in self.facts)


class Total(NamedTuple):
    """The sum over events: `min` to `max` (None: open), how many events and reports, and what stands beside it.

    `vague` are events of which nobody gives a number, `aggregates` running or period totals, neither ever added;
    `as_of` is the day of the newest report used.
    """

    min: int
    max: int | None
    bound: Bound
    events: tuple[Event, ...]
    vague: tuple[Event, ...]
    discounted: tuple[Event, ...]
    aggregates: tuple[Counted, ...]
    reports: int
    as_of: dt.date | None


def find_events(facts: Iterable[Counted], copies: Mapping[str, str] | None = None) -> tuple[Event, ...]:
    """The events that the facts speak of, by day; facts marked as aggregates make no event.

    `copies` names, for the id of an article that copies another, the id of its original.
    """
    profiles = [profile(fact) for fact in facts if not _is_aggregate(fact)]
    events = [_event(members, copies or {}) for members in group(profiles)]
    return tuple(sorted(events, key=lambda event: (event.start, event.end, event.place, event.facts[0].id)))


def add_up(events: Sequence[Event], aggregates: Iterable[Counted] = ()) -> Total:
    """The total of the events: the sum of their ranges, open above as soon as one of them is."""
    numbered = [event for event in events if event.min is not None or event.max is not None]
    summed = [event for event in numbered if event.grade != "discounted"]
    open_above = any(event.max is None for event in summed)
    low = sum(event.min or 0 for event in summed)
    high = None if open_above else sum(event.max or 0 for event in summed)
    beside = tuple(aggregates)
    used = [fact for event in events for fact in event.facts]
    days = [day for fact in (*used, *beside) if (day := published(fact))]
    return Total(
        min=low,
        max=high,
        bound=_bound_of_sum(summed, low, high),
        events=tuple(summed),
        vague=tuple(event for event in events if event not in numbered and event.grade != "discounted"),
        discounted=tuple(event for event in events if event.grade == "discounted"),
        aggregates=beside,
        reports=len({fact.citation.article_id for fact in used}),
        as_of=max(days, default=None),
    )


def divide(events: Sequence[Event], label: Callable[[Event], str]) -> dict[str, Total]:
    """The total of each part of the events, by the label that `label` gives them; an empty label leaves them out."""
    parts: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        name = label(event)
        if name:
            parts[name].append(event)
    return {name: add_up(members) for name, members in parts.items()}


def aggregates_of(facts: Iterable[Counted]) -> tuple[Counted, ...]:
    """The facts that are running or period totals, newest first."""
    found = [fact for fact in facts if _is_aggregate(fact)]
    return tuple(sorted(found, key=lambda fact: (published(fact) or dt.date.min, fact.id), reverse=True))


def _is_aggregate(fact: Counted) -> bool:
    return isinstance(fact, Casualty) and fact.aggregate


def _event(members: Sequence[Profile], copies: Mapping[str, str]) -> Event:
    claims = weigh(members, copies)
    low, high, bound = _range(claims.current)
    sure = [member for member in members if not member.wide and not member.rises]
    sure = sure or [member for member in members if not member.wide] or list(members)
    start = max(member.start for member in sure)
    heads = [member for member in members if member.tie not in ("part", "earlier", "refuted")] or list(members)
    placed = max(heads, key=lambda head: (_votes(head, heads), *_placing(head)))
    return Event(
        harm=members[0].harm,
        place=placed.place.name,
        places=placed.place.names,
        start=start,
        end=max(start, min(member.end for member in sure)),
        dated=any(not member.wide for member in members),
        min=low,
        max=high,
        bound=bound,
        claims=claims,
        facts=tuple(member.fact for member in members),
    )


def _votes(one: Profile, heads: Sequence[Profile]) -> int:
    """How many of an event's facts put it where this one does, or in what holds that."""
    return sum(other.place.key in (one.place.key, *one.place.inside) for other in heads if other.place.key)


def _placing(one: Profile) -> tuple[bool, bool, int, int, str]:
    """What places an event best: a place, no mere country, known by what holds it, named early."""
    place = one.place
    return bool(place.key), bool(place.towns), len(place.around), -one.fact.citation.start, one.fact.id


def _range(claims: Sequence[Claim]) -> tuple[int | None, int | None, Bound]:
    """The lowest and highest number that the claims which stand allow, and what kind of bound that is."""
    numbered = [claim for claim in claims if not claim.vague]
    if not numbered:
        return None, None, "vague"
    bounds = {claim.fact.bound for claim in numbered}
    low = min(claim.low for claim in numbered)
    if any(claim.high is None for claim in numbered):
        return low, None, "more_than" if bounds == {"more_than"} else "at_least"
    high = max(claim.high or 0 for claim in numbered)
    if bounds == {"up_to"}:
        return None, high, "up_to"
    if low != high:
        return low, high, "range"
    return low, high, "about" if "about" in bounds else "exact"


def _bound_of_sum(events: Sequence[Event], low: int, high: int | None) -> Bound:
    if not events:
        return "vague"
    if high is None:
        # More than 35 and seven are more than 42; more than 35 and at least four are more than 39.
        return "more_than" if any(event.bound == "more_than" for event in events) else "at_least"
    if low != high:
        return "up_to" if len(events) == 1 and events[0].bound == "up_to" else "range"
    return "about" if any(event.bound == "about" for event in events) else "exact"
