"""A total by place, month or group, and the highest of several: each share with its numbers and markers."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.answering import phrasing
from retrieval.answering.attesting import basis, event_line, leading
from retrieval.answering.counting import Tallied
from retrieval.answering.dividing import divided
from retrieval.answering.notes import Draft, Notes
from retrieval.events import Total, add_up
from retrieval.types import Per, Question, Value

# More than this many events are not named one by one.
_LISTED = 8


def tell_parts(question: Question, per: Per, tallied: Tallied, notes: Notes) -> Iterator[str]:
    """The total, then its share for each place, month or group, then what is in none of them."""
    total = tallied.total
    parts = divided(total.events, per, notes)
    named = {id(event) for part in parts.values() for event in part.events}
    rest = [event for event in total.events if id(event) not in named]
    yield notes.say.say(
        f"answer.per.{per}",
        count=phrasing.count(notes, total.events[0].harm, total.min, total.max, total.bound),
        where=phrasing.where(notes, question.understood.place),
        when=phrasing.when(notes, question.understood.date_from, question.understood.date_to),
    )
    shown = list(parts.items()) if per == "month" else sorted(parts.items(), key=lambda part: -part[1].min)
    for label, part in shown:
        yield _share(notes, label, part)
    if rest:
        yield _share(notes, notes.say.say(f"answer.no_label.{per}"), add_up(rest))
    yield basis(notes, total.events, tuple(fact for event in total.events for fact in event.facts))


def tell_highest(question: Question, tallied: Tallied, notes: Notes) -> Draft:
    """The event, or the place or month, with the highest number; others that may reach it are named beside it."""
    total = tallied.total
    if question.per is not None:
        parts = divided(total.events, question.per, notes)
        if parts:
            label, top = max(parts.items(), key=lambda part: (part[1].min, part[0]))
            lines = [
                _share(notes, label, top, f"answer.highest_share.{question.per}"),
                *(_share(notes, name, part) for name, part in parts.items() if name != label and _may_reach(part, top)),
                basis(notes, top.events, tuple(fact for event in top.events for fact in event.facts)),
            ]
            facts = tuple(fact for event in top.events for fact in event.facts)
            return Draft(tuple(lines), Value(text=label, min=top.min, max=top.max, bound=top.bound), facts)
    top_event = max(total.events, key=lambda event: (event.min or event.max or 0, event.max or 0))
    lines = [notes.say.say("answer.highest", event=event_line(notes, top_event).lstrip("• "))]
    day = notes.say.period(top_event.start, top_event.end) if top_event.dated else None
    if question.understood.asks == "when" and day is not None:
        lines.insert(0, notes.say.say("answer.span", text=day, marks=notes.mark([leading(top_event).fact.citation])))
    near = [e for e in total.events if e is not top_event and _may_reach(add_up([e]), add_up([top_event]))]
    if near:
        lines.append(notes.say.say("answer.may_reach"))
        lines += [event_line(notes, event) for event in near[:_LISTED]]
    lines.append(basis(notes, (top_event,), top_event.facts))
    text = day if question.understood.asks == "when" else None
    value = Value(min=top_event.min, max=top_event.max, bound=top_event.bound, text=text)
    return Draft(tuple(lines), value, tuple(top_event.facts))


def _share(notes: Notes, label: str, part: Total, key: str = "answer.share") -> str:
    return notes.say.say(
        key,
        label=label,
        count=phrasing.count(notes, part.events[0].harm, part.min, part.max, part.bound),
        detail=_addends(notes, part),
        marks=notes.mark(claim.fact.citation for event in part.events for claim in event.claims.current),
    )


def _addends(notes: Notes, part: Total) -> str:
    """The numbers that a share is the sum of, where it is one of several."""
    if len(part.events) < 2:
        return ""
    numbers = [phrasing.count_of_event(notes, event) for event in part.events]
    return notes.say.say("answer.addends", numbers=notes.say.list(numbers))


def _may_reach(one: Total, top: Total) -> bool:
    """Whether the numbers leave open that this one is as high as the highest."""
    return one.max is None or one.max >= top.min
