"""Settle when something happened: the date said of it, never one that belongs to another event."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from retrieval.arabic.dates import DateMention
from retrieval.reading.sentences import Document, Sentence
from retrieval.types import DatePrecision


class Dated(NamedTuple):
    """The first and the last day on which something may have happened, and how precisely that is said."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "unknown"


def date_at(document: Document, sentence: Sentence, token: int) -> Dated:
    """When the thing told at `token` happened: a date of its clause, else of its sentence, else unknown."""
    del document
    clause = sentence.clauses[sentence.clause_at(token)]
    known = [date for date in sentence.dates if date.start is not None]
    inside = [date for date in known if clause.first <= date.first < clause.last]
    found = min(inside or known, key=lambda date: abs(date.first - token), default=None)
    return _dated(found) if found else Dated()


def _dated(date: DateMention) -> Dated:
    return Dated(date.start, date.end, date.precision)
