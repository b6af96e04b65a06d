"""A total divided by place, by month or by those who were harmed."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import get_args

from retrieval.answering import phrasing
from retrieval.answering.notes import Notes
from retrieval.events import Event, Total, divide
from retrieval.reading.groups import read_people
from retrieval.types import Casualty, Per, VictimClass

_CLASSES = frozenset(get_args(VictimClass)) - {"mixed", "unknown"}


def divided(events: Sequence[Event], per: Per, notes: Notes) -> dict[str, Total]:
    """The total of each part by its name: months oldest first, places and groups in the order of their events.

    Events whose month, place or group is not known are in none.
    """
    if per == "month":
        ordered = sorted(events, key=lambda event: event.start)
        return divide(ordered, lambda event: month_of(event, notes))
    if per == "place":
        return divide(events, lambda event: phrasing.clean(event.place))
    return divide(events, lambda event: group_of(event, notes))


def month_of(event: Event, notes: Notes) -> str:
    """The month in which an event lies wholly, as it is said; empty where that is not known."""
    if not event.dated or event.start.replace(day=1) != event.end.replace(day=1):
        return ""
    first = event.start.replace(day=1)
    return notes.say.period(first, _month_end(first))


def group_of(event: Event, notes: Notes) -> str:
    """The party or the class that an event harmed, as its facts call them; empty where they do not."""
    casualties = [fact for fact in event.facts if isinstance(fact, Casualty)]
    people = [read_people(fact.victims, fact.victim_class) for fact in casualties]
    party = next((min(each.parties) for each in people if each.parties), "")
    found = next((each.victim_class for each in people if each.victim_class in _CLASSES), "")
    return party or (notes.say.say(f"answer.class.{found}") if found else "")


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
