"""The answer to "how many" as bars: the total divided by place, month or group, each bar with its range."""

from __future__ import annotations

from retrieval.answering import phrasing
from retrieval.answering.attesting import basis
from retrieval.answering.counting import tally
from retrieval.answering.dividing import divided
from retrieval.answering.evidence import Evidence, seek
from retrieval.answering.notes import Notes
from retrieval.answering.wording import Wording
from retrieval.events import Total
from retrieval.types import Bar, Chart, Per, Question

# More bars than this cannot be read on a telephone; the smallest are left out, and the chart says so.
_MOST = 14


def chart(question: Question, evidence: Evidence, wording: Wording) -> Chart | None:
    """The chart that answers a counting question; None where nothing is counted, or only at one place and time."""
    notes = Notes(wording.for_text(question.text))
    if question.understood.kind != "casualty" or question.understood.harm is None:
        return None
    tallied = tally(seek(question.model_copy(update={"form": "total"}), evidence), evidence)
    if tallied is None or not tallied.total.events:
        return None
    by, parts = _divided(question, tallied.total, notes)
    if len(parts) < 2:
        return None
    shown = _largest(parts) if by != "month" else list(parts.items())[-_MOST:]
    bars = tuple(Bar(label=label, min=part.min, max=part.max, events=len(part.events)) for label, part in shown)
    events = [event for _, part in shown for event in part.events]
    notes.mark(fact.citation for event in events for fact in event.facts)
    harm = question.understood.harm
    lines = [
        notes.say.say("chart.line", label=label, count=phrasing.count(notes, harm, part.min, part.max, part.bound))
        for label, part in shown
    ]
    left = len(parts) - len(shown)
    if left:
        lines.append(notes.say.say("chart.left_out", n=left))
    return Chart(
        title=notes.say.say(
            f"chart.title.{by}", harm=notes.say.say(f"chart.harm.{harm}"), where=_where(question, notes)
        ),
        by=by,
        bars=bars,
        text="\n".join(lines),
        basis=basis(notes, events, [fact for event in events for fact in event.facts]),
        citations=tuple(notes.citations),
    )


def _where(question: Question, notes: Notes) -> str:
    understood = question.understood
    place = phrasing.where(notes, understood.place)
    return place + phrasing.when(notes, understood.date_from, understood.date_to)


def _divided(question: Question, total: Total, notes: Notes) -> tuple[Per, dict[str, Total]]:
    """What the bars stand for: as the question says, else months where there are several, else places."""
    months = divided(total.events, "month", notes)
    if question.per is None:
        return ("month", months) if len(months) > 1 else ("place", divided(total.events, "place", notes))
    return question.per, divided(total.events, question.per, notes)


def _largest(parts: dict[str, Total]) -> list[tuple[str, Total]]:
    return sorted(parts.items(), key=lambda part: (-(part[1].max or part[1].min), part[0]))[:_MOST]
