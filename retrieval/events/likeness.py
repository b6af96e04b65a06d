"""Decides which facts speak of the same event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from retrieval.events.profiles import Profile, content
from retrieval.events.shelving import Event, Shelf, slack_of
from retrieval.events.whereabouts import compare_places
from retrieval.reading.groups import compare

# Means that say nothing about how: an attack may be a blast or a shooting.
_ANY_MEANS = "attack"
# Two reports of one event differ in numbers, but hardly more than this.
_RATIO = 3
_SLACK = 5
# Within one article "at least 12" does not stand for 19.
_LOOSE = 1.5
# So large a number is hardly told of two events.
_TELLING = 5
# Texts that share so many of their words have much or some in common.
_MUCH = 0.5
_SOME = 0.25
# A word that a part's quote shares with its whole must stand this near, in characters.
_NEAR = 250
_DAY = dt.timedelta(days=1)
# A figure that is recalled may be dated by the day on which it was given.
_RECALLED = dt.timedelta(days=10)

# What two reports must have in common to be of one event; more where neither, or only one, knows its day.
_ENOUGH = 2.0
_ENOUGH_WIDE = 2.25

_DEPENDENT = frozenset({"part", "earlier", "refuted"})


def group(profiles: Iterable[Profile]) -> list[Event]:
    """The facts gathered by event: no fact of an event contradicts another, and each has much in common with one.

    Facts that say most about their day and place come first, so that a vague one joins an event rather than makes one.
    What its own text calls a part, an older figure or a mistake goes where the count goes that it belongs to.
    """
    ordered = sorted(profiles, key=_certainty)
    numbered = {(_article(one), one.harm) for one in ordered if not one.vague and one.tie not in _DEPENDENT}
    leans = {id(one) for one in ordered if one.tie in _DEPENDENT or _echoes(one, numbered)}
    heads = [one for one in ordered if id(one) not in leans]
    events: list[Event] = []
    shelf = Shelf()
    for one in heads:
        _place(one, shelf, events)
    homes: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for one in event:
            homes[_article(one), one.harm].append(event)
    orphans = []
    for one in ordered:
        if id(one) in leans:
            home = _home(one, homes[_article(one), one.harm])
            if home is None:
                orphans.append(one)
            else:
                home.append(one)
    for one in orphans:
        _place(one, shelf, events)
    return events


def same_event(a: Profile, b: Profile) -> bool:
    """Whether two facts speak of one event: nothing contradicts, and enough is common."""
    return not contradict(a, b) and common(a, b) >= _enough(a, b)


def contradict(a: Profile, b: Profile) -> bool:
    """Whether two facts cannot be of one event: harm, days, victims, means, doers or places differ."""
    if a.harm != b.harm or not _days_meet(a, b):
        return True
    if a.means and b.means and _apart(a.means - {_ANY_MEANS}, b.means - {_ANY_MEANS}):
        return True
    if _strangers(a, b) or not _same_people(a, b):
        return True
    if _article(a) == _article(b) and not _told_again(a, b):
        return True
    return compare_places(a.place, b.place) == "apart" and (_article(a) == _article(b) or not _named_by(a, b))


def common(a: Profile, b: Profile) -> float:
    """How much two facts that do not contradict each other have in common."""
    if _article(a) == _article(b):
        return _ENOUGH_WIDE
    # What is not apart by a name in the other's text is as good as the same place.
    place = {"same": 1.0, "kin": 0.5, "unsaid": 0.0, "apart": 1.0}[compare_places(a.place, b.place)]
    alike = likeness(a, b)
    if not place and alike < _SOME:
        return 0.0
    return (
        place
        + _days(a, b)
        + (1.0 if (a.means & b.means) - {_ANY_MEANS} else 0.25 if a.means & b.means else 0.0)
        + _numbers(a, b)
        + (1.0 if alike >= _MUCH else 0.5 if alike >= _SOME else 0.0)
        + (0.5 if a.victims.parties & b.victims.parties else 0.0)
    )


def is_part(a: Profile, b: Profile) -> bool:
    """Whether `a` counts some of those that `b` counts: "10 people, three children among them"."""
    if a.harm != b.harm or a is b:
        return False
    if a.tie == "part":
        return b.tie != "part" and (b.vague or a.low <= b.low or b.high is None)
    if _article(a) != _article(b):
        return False
    if a.vague or a.tie or "part" not in a.updates or a.high is None or a.high >= b.low:
        return False
    near = abs(a.fact.citation.start - b.fact.citation.start) <= _NEAR
    return near and b.fact.citation.start <= a.fact.citation.start


def likeness(a: Profile, b: Profile) -> float:
    """The share of the shorter text's words that the other has too."""
    fewer = min(len(a.words), len(b.words))
    return len(a.words & b.words) / fewer if fewer else 0.0


def _place(one: Profile, shelf: Shelf, events: list[Event]) -> None:
    """Put a fact into the event with which it has most in common, or into a new one."""
    best: Event | None = None
    most = 0.0
    for event in shelf.near(one):
        if any(contradict(one, other) for other in event):
            continue
        shared = max(common(one, other) - _enough(one, other) for other in event)
        if shared >= 0 and (best is None or shared > most):
            best, most = event, shared
    if best is None:
        best = []
        events.append(best)
    best.append(one)
    shelf.add(one, best)


def _home(one: Profile, events: Sequence[Event]) -> Event | None:
    """The event of the count in its own article that a part, an older figure or a mistake belongs to."""
    found = []
    for event in events:
        for other in event:
            if _article(other) != _article(one) or not _belongs(one, other, alone=len(events) == 1):
                continue
            gap = one.fact.citation.start - other.fact.citation.start
            found.append((gap < 0, abs(gap), other.fact.id, event))
    return min(found, key=lambda each: each[:3])[3] if found else None


def _echoes(one: Profile, numbered: Collection[tuple[str, str]]) -> bool:
    """Whether a title says without a number what its article counts: "dozens killed in …"."""
    return one.vague and one.fact.citation.field == "title" and (_article(one), one.harm) in numbered


def _belongs(one: Profile, other: Profile, *, alone: bool) -> bool:
    """Whether a fact that leans on another leans on this one; `alone` if its article tells of no other event."""
    elsewhere = compare_places(one.place, other.place) == "apart"
    # What has been updated is the same event, whatever its place is called there.
    if elsewhere and one.tie == "earlier" and not alone and not other.rises:
        return False
    if one.tie == "refuted" or other.vague:
        return True
    if one.tie not in _DEPENDENT:
        return _same_people(one, other)
    if one.tie == "part":
        return one.low <= other.low or other.high is None
    near = one.since - _RECALLED <= other.end and other.since - _RECALLED <= one.end
    return near and (one.vague or one.low <= (other.high or other.low)) and _same_people(one, other)


def _enough(a: Profile, b: Profile) -> float:
    return _ENOUGH_WIDE if a.wide or b.wide else _ENOUGH


def _days_meet(a: Profile, b: Profile) -> bool:
    if a.since <= b.end and b.since <= a.end:
        return True
    if _article(a) == _article(b) and "claimed_by_party" in (a.fact.status, b.fact.status):
        # A party claims what has just been told, begun or ended a day apart.
        return a.since <= b.end + _DAY and b.since <= a.end + _DAY
    # Outlets differ by a day about what happens around midnight; the same large number in one place tells them one.
    slack = slack_of(a)
    near = a.since <= b.end + slack and b.since <= a.end + slack
    return near and a.low == b.low >= _TELLING and a.high == b.high and bool(a.place.towns & b.place.towns)


def _days(a: Profile, b: Profile) -> float:
    if a.wide or b.wide:
        near = abs(a.end - b.end) <= _DAY
        return 0.5 if near else 0.25
    return 1.0 if a.start <= b.end and b.start <= a.end else 0.25


def _article(one: Profile) -> str:
    return one.fact.citation.article_id


def _same_people(a: Profile, b: Profile) -> bool:
    if a.victims == b.victims:
        return not _apart(a.what, b.what)
    if "other" in (compare(a.victims, b.victims), compare(b.victims, a.victims)):
        return False
    return not _apart(a.what, b.what)


def _strangers(a: Profile, b: Profile) -> bool:
    """Whether two different parties are named as having done it."""
    if a.actors.anybody or b.actors.anybody:
        return False
    classes = {a.actors.victim_class, b.actors.victim_class}
    return (
        _apart(a.actors.parties, b.actors.parties)
        or _apart(a.actors.nations, b.actors.nations)
        or classes == {"militant", "security"}
    )


def _named_by(a: Profile, b: Profile) -> bool:
    """Whether a title calls the event by the place of the other and not by its own: told from elsewhere."""
    return _calls(a, b.place.core) or _calls(b, a.place.core)


def _calls(one: Profile, core: str) -> bool:
    title = content(one.fact.citation.title)
    own = one.place.core.split()
    return bool(core) and title.issuperset(core.split()) and not title.issuperset(own)


def _told_again(a: Profile, b: Profile) -> bool:
    """Whether one article counts the same thing twice: again, in part, updated, or by another speaker."""
    if "apart" in (a.tie, b.tie):
        return False
    if a.vague or b.vague or is_part(a, b) or is_part(b, a) or a.rises or b.rises:
        return True
    if a.meets(b) and max(a.low, b.low) <= _LOOSE * min(a.low, b.low):
        return True
    return bool(a.fact.source and b.fact.source and a.fact.source != b.fact.source)


def _numbers(a: Profile, b: Profile) -> float:
    if a.vague or b.vague:
        return 0.25
    if (a.low, a.high) == (b.low, b.high):
        return 1.0 if a.low >= _TELLING and not (a.wide or b.wide) else 0.5
    if a.meets(b):
        return 0.5
    low, high = sorted((a, b), key=lambda each: each.low)
    if high.rises:
        return 0.75
    return 0.25 if high.low - low.low <= _SLACK or high.low <= low.low * _RATIO else -0.5


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b and not a & b)


def _certainty(one: Profile) -> tuple[bool, bool, bool, int, dt.date, str, str]:
    when = str(one.fact.citation.published)
    return (one.wide, one.vague, not one.place.key, -len(one.place.around), one.start, one.fact.id, when)
