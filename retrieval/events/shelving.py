"""Keeps events by harm, day and place, so that a fact is compared only with those it could belong to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from retrieval.events.profiles import Profile, content

Event = list[Profile]

# Reports of one event may be this many days apart …
_SLACK = 1
# … or, where both tell the same number that hardly comes twice in one town in a few days, so many.
_LONG_SLACK = 5
_UNMISTAKABLE = 20
# Days are shelved by so many at a time: most facts then stand in one place or two.
_WEEK = 7
# Days that span more than this are kept apart from the rest, and met by all.
_LONG = 60
_MONTHS = -1


def slack_of(one: Profile) -> dt.timedelta:
    """How far a fact's days may lie from those of another that tells the same number in the same town."""
    return dt.timedelta(days=_LONG_SLACK if one.low >= _UNMISTAKABLE else _SLACK)


class Shelf:
    """The events so far by harm, day and place of their facts: a fact is compared with those it could belong to."""

    def __init__(self) -> None:
        self._events: dict[tuple[str, int | None, str], dict[int, Event]] = defaultdict(dict)

    def near(self, one: Profile) -> Iterator[Event]:
        """The events of a fact's harm and weeks whose place may be its own, each once."""
        found: dict[int, Event] = {}
        weeks = _weeks(one, slack_of(one).days)
        labels = list(_sought(one))
        for week in (*weeks, _MONTHS) if weeks else (None,):
            for label in labels:
                events = self._events.get((one.harm, week, label))
                if events:
                    found.update(events)
        yield from found.values()

    def add(self, one: Profile, event: Event) -> None:
        """Remember a fact that has joined an event."""
        weeks = (*(_weeks(one, 0) or (_MONTHS,)), None)
        for label in _kept(one):
            for week in weeks:
                self._events[one.harm, week, label][id(event)] = event


def _kept(one: Profile) -> Iterator[str]:
    """Under what a fact is kept: everywhere, its places and the core of its name, or as of no place; its title."""
    yield "everywhere"
    if not one.place.key:
        yield "nowhere"
        return
    yield f"here {one.place.key}"
    yield from (f"in {key}" for key in one.place.around)
    yield from (f"named {key}" for key in one.place.beside)
    yield f"at {one.place.core}"
    yield from (f"titled {word}" for word in _calling(one))


def _sought(one: Profile) -> Iterator[str]:
    """Where those are kept that a fact could be of one event with."""
    if not one.place.key:
        yield "everywhere"
        return
    yield "nowhere"
    yield f"in {one.place.key}"
    yield from (f"here {key}" for key in one.place.around)
    # Neither lies in the other, but one is named together with what holds the other.
    yield from (f"in {key}" for key in one.place.beside)
    yield from (f"named {key}" for key in one.place.towns)
    if one.place.core:
        yield f"at {one.place.core}"
        yield f"titled {one.place.core.split()[0]}"
    yield from (f"at {word}" for word in _calling(one))


def _calling(one: Profile) -> frozenset[str]:
    """The words of a title that does not name the fact's own place, and may name the event's by another."""
    title = content(one.fact.citation.title)
    own = one.place.core.split()
    return frozenset() if own and title.issuperset(own) else title


def _weeks(one: Profile, slack: int) -> range:
    """The weeks of a fact's days by number, and of as many days around; none where they span months."""
    first, last = one.since.toordinal(), one.end.toordinal()
    return range((first - slack) // _WEEK, (last + slack) // _WEEK + 1) if last - first <= _LONG else range(0)
