"""Decides which facts speak of the same event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from retrieval.events.profiles import Profile
from retrieval.reading.groups import compare

# Means that say nothing about how: an attack may be a blast or a shooting.
_ANY_MEANS = "attack"
# Two reports of one event differ in numbers, but hardly more than this unless their words agree as well.
_RATIO = 3
_SLACK = 5
_ALIKE = 0.25
# A word that a part's quote shares with its whole must stand this near, in characters.
_NEAR = 250


def group(profiles: Iterable[Profile]) -> list[list[Profile]]:
    """The facts gathered by event: every fact of an event could be of the same event as each of its others.

    Facts that say most about their day and place come first, so that a vague one joins an event rather than makes one.
    """
    events: list[list[Profile]] = []
    placed = _Places()
    for one in sorted(profiles, key=_certainty):
        home = next((event for event in placed.near(one) if all(same_event(one, other) for other in event)), None)
        if home is None:
            home = []
            events.append(home)
        home.append(one)
        placed.add(one, home)
    return events


def same_event(a: Profile, b: Profile) -> bool:
    """Whether two facts can speak of one event: days, places, harm, victims, actors and means go together."""
    if a.harm != b.harm or a.start > b.end or b.start > a.end:
        return False
    if not _same_people(a, b) or _apart(a.means - {_ANY_MEANS}, b.means - {_ANY_MEANS}) or _strangers(a, b):
        return False
    if a.fact.citation.article_id == b.fact.citation.article_id:
        return _same_place(a, b) is not False and _told_again(a, b)
    place = _same_place(a, b)
    if place is False:
        return False
    alike = likeness(a, b)
    if place is None or a.wide or b.wide:
        return alike >= _ALIKE
    return _near_numbers(a, b) or alike >= _ALIKE


def is_part(a: Profile, b: Profile) -> bool:
    """Whether `a` counts some of those that `b` counts: "10 people, three children among them"."""
    if a.fact.citation.article_id != b.fact.citation.article_id or a.harm != b.harm or a.vague:
        return False
    if "part" not in a.updates or a.high is None or a.high >= b.low:
        return False
    near = abs(a.fact.citation.start - b.fact.citation.start) <= _NEAR
    return near and b.fact.citation.start <= a.fact.citation.start


def likeness(a: Profile, b: Profile) -> float:
    """The share of the shorter text's words that the other has too."""
    fewer = min(len(a.words), len(b.words))
    return len(a.words & b.words) / fewer if fewer else 0.0


def _same_people(a: Profile, b: Profile) -> bool:
    if "other" in (compare(a.victims, b.victims), compare(b.victims, a.victims)):
        return False
    return not _apart(a.what, b.what)


def _strangers(a: Profile, b: Profile) -> bool:
    """Whether two different parties are named as having done it."""
    classes = {a.actors.victim_class, b.actors.victim_class}
    return (
        _apart(a.actors.parties, b.actors.parties)
        or _apart(a.actors.nations, b.actors.nations)
        or classes == {"militant", "security"}
    )


def _same_place(a: Profile, b: Profile) -> bool | None:
    """Whether one place is the other or holds it; None where a fact does not say its place."""
    if not a.place or not b.place:
        return None
    return a.place in b.around or b.place in a.around


def _told_again(a: Profile, b: Profile) -> bool:
    """Whether one article counts the same thing twice: again, in part, updated, or by another speaker."""
    if a.meets(b) or is_part(a, b) or is_part(b, a) or "rise" in a.updates | b.updates:
        return True
    return bool(a.fact.source and b.fact.source and a.fact.source != b.fact.source)


def _near_numbers(a: Profile, b: Profile) -> bool:
    if a.vague or b.vague or a.meets(b):
        return True
    low, high = sorted((a.low or a.high or 0, b.low or b.high or 0))
    return high - low <= _SLACK or high <= low * _RATIO


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b and not a & b)


def _certainty(one: Profile) -> tuple[bool, bool, int, dt.date, str]:
    return (one.wide, not one.place, -len(one.around), one.start, one.fact.id)


class _Places:
    """The events so far by the places of their facts, so that a fact is compared with those it could belong to."""

    def __init__(self) -> None:
        self._at: dict[str, list[list[Profile]]] = defaultdict(list)
        self._around: dict[str, list[list[Profile]]] = defaultdict(list)
        self._all: list[list[Profile]] = []

    def near(self, one: Profile) -> list[list[Profile]]:
        """The events in, around or inside the place of a fact, and those without a place, each once."""
        if not one.place:
            return self._all
        found = [*self._around[one.place], *(event for key in one.around for event in self._at[key]), *self._at[""]]
        return list({id(event): event for event in found}.values())

    def add(self, one: Profile, event: list[Profile]) -> None:
        """Remember a fact that has joined an event."""
        if len(event) == 1:
            self._all.append(event)
        self._at[one.place].append(event)
        for key in one.around:
            self._around[key].append(event)
