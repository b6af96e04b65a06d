"""Settle when something happened: the date said of it, never one that belongs to another event."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from retrieval.arabic.dates import DateMention
from retrieval.reading.sentences import Document, Sentence, once
from retrieval.types import DatePrecision

# How many sentences back a story's date is still remembered, and how many ahead a lead looks for it.
_MEMORY = 4
_AHEAD = 4
# A date further back than this is that of another event unless it stands in the clause itself.
_FRESH = dt.timedelta(days=10)
# The words between a verb of saying and a date that says when it was said: "the ministry, on Monday, said".
_BESIDE = 14


class Dated(NamedTuple):
    """The first and the last day on which something may have happened, and how precisely that is said.

    `own` is true when the sentence itself names the date, false when it was inherited from around.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "unknown"
    own: bool = False


def date_at(document: Document, sentence: Sentence, first: int, last: int) -> Dated:
    """When what is told on tokens `first` to `last` (exclusive) happened.

    First a date of its clause, the nearest before others; then of its sentence. A date beside a verb of saying says
    when it was said: it counts only when no sentence around tells the day of the event. What the sentence leaves open
    is inherited from the sentences before it in the story, for a story's opening from those right behind it; from
    there only a day shortly before publication is taken.
    """
    begin, end = sentence.scope(first, last)
    said = said_dates(sentence)
    known = [d for d in sentence.dates if d.start is not None and d not in said]
    inside = [d for d in known if begin <= d.first < end]
    found = min(inside or known, key=lambda d: _distance(d, first, last), default=None)
    if found is not None:
        return Dated(found.start, found.end, found.precision, own=True)
    inherited = _inherited(document, sentence)
    if inherited is not None:
        return Dated(inherited.start, inherited.end, inherited.precision)
    spoken = next((d for d in said if d.start is not None), None)
    return Dated(spoken.start, spoken.end, spoken.precision) if spoken else Dated()


def _distance(date: DateMention, first: int, last: int) -> int:
    """Dates behind the words come before dates as far ahead of them."""
    return date.first - last if date.first >= last else 2 * (first - date.first)


@once
def said_dates(sentence: Sentence) -> tuple[DateMention, ...]:
    """The dates that stand beside a verb of saying, before what is said."""
    found = []
    for date in sentence.dates:
        clause = sentence.clauses[sentence.clause_at(date.first)]
        if clause.said >= 0 and clause.said <= date.first <= clause.said + _BESIDE and date.last <= clause.content:
            found.append(date)
    return tuple(found)


def _inherited(document: Document, sentence: Sentence) -> DateMention | None:
    opening = document.opening(sentence, 2)
    leads = all(s.headline for s in opening) and len(opening) < 2
    around = document.before(sentence, _MEMORY) + (document.behind(sentence, _AHEAD) if leads else [])
    return next((fresh[0] for other in around if (fresh := _fresh(other, document.day))), None)


@once
def _fresh(sentence: Sentence, day: dt.date | None) -> tuple[DateMention, ...]:
    """The dates of a sentence that may be those of the news: days shortly before publication."""
    said = said_dates(sentence)
    return tuple(
        d for d in sentence.dates
        if d.start is not None and d.end is not None and d not in said
        and (d.end - d.start).days <= 2 and (day is None or day - _FRESH <= d.end <= day)
    )  # fmt: skip
