"""Two or more places, or two times, beside one another: the total of each, and which is the larger if that is sure."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.answering import phrasing
from retrieval.answering.attesting import basis, event_line
from retrieval.answering.counting import tally
from retrieval.answering.evidence import Evidence, seek
from retrieval.answering.notes import Draft, Notes
from retrieval.events import Total
from retrieval.types import Question, Value

# More events than this of one side are counted in words.
_LISTED = 4


class Side(NamedTuple):
    """One side of a comparison: its name and its total, None where nothing is known of it."""

    label: str
    total: Total | None


def compare_counts(question: Question, evidence: Evidence, notes: Notes) -> Draft | None:
    """The draft that compares; None where the question names nothing to compare or nothing is known of any side."""
    sides = [_side(one, evidence, notes) for one in _variants(question)]
    known = [side for side in sides if side.total is not None]
    if len(sides) < 2 or not known:
        return None
    lines = [_verdict(sides, notes)]
    for side in sides:
        lines += _tell(side, question, notes)
    events = [event for side in known if side.total for event in side.total.events]
    facts = tuple({fact.id: fact for event in events for fact in event.facts}.values())
    lines.append(basis(notes, events, facts))
    largest = _largest(sides)
    return Draft(tuple(lines), Value(text=largest.label) if largest else None, facts, told=True)


def _variants(question: Question) -> list[Question]:
    """The question for each side by itself: its parts, or else the same for each place named."""
    alone = {"form": "total", "per": None, "parts": ()}
    if question.parts:
        return [part.model_copy(update=alone) for part in question.parts]
    return [
        question.model_copy(
            update={
                **alone,
                "understood": question.understood.model_copy(update={"place": place}),
                "places": (place,),
                "names": tuple(name for name in question.names if name not in question.places),
                "within": (),
            }
        )
        for place in question.places
    ]


def _side(question: Question, evidence: Evidence, notes: Notes) -> Side:
    tallied = tally(seek(question, evidence), evidence)
    understood = question.understood
    when = phrasing.when(notes, understood.date_from, understood.date_to)
    label = notes.say.say("answer.side", place=phrasing.clean(understood.place), when=when)
    return Side(label.strip("، "), tallied.total if tallied and tallied.total.events else None)


def _tell(side: Side, question: Question, notes: Notes) -> list[str]:
    harm = question.understood.harm or "killed"
    if side.total is None:
        return [notes.say.say("answer.side_unknown", label=side.label)]
    total = side.total
    more = notes.mark(fact.citation for event in total.events[_LISTED:] for fact in event.facts[:1])
    head = notes.say.say(
        "answer.side_count",
        label=side.label,
        count=phrasing.count(notes, harm, total.min, total.max, total.bound),
        events=notes.say.say("number.event", n=len(total.events), oblique=True),
        marks=f" {more}" if more else "",
    )
    return [head, *(event_line(notes, event) for event in total.events[:_LISTED])]


def _verdict(sides: list[Side], notes: Notes) -> str:
    """Which side is the larger, where no reading of the numbers says otherwise."""
    largest = _largest(sides)
    return notes.say.say("answer.larger", label=largest.label) if largest else notes.say.say("answer.larger_unsure")


def _largest(sides: list[Side]) -> Side | None:
    for side in sides:
        others = [other.total for other in sides if other is not side]
        if side.total and all(other and other.max is not None and other.max < side.total.min for other in others):
            return side
    return None
