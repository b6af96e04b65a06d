"""Tell a running or period total from the count of one incident."""

from __future__ import annotations

from functools import cache
from typing import Literal

from retrieval.arabic.dates import DateMention
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.reading.causing import events_in
from retrieval.reading.sentences import Sentence


class PeriodRow(Row):
    """One row of periods.csv: words that make a count in the same clause or sentence a total over several incidents.

    `since` marks the word that does so before a day of the calendar.
    """

    words: str
    reach: Literal["clause", "sentence", "since"]


def is_aggregate(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the count on tokens `first` to `last` (exclusive) is summed over a period or over several incidents."""
    begin, end = sentence.scope(first, last)
    norms = sentence.norms
    for i in range(len(norms)):
        found = _periods().match(norms, i)
        if found and (found.value == "sentence" or (found.value == "clause" and begin <= i < end)):
            return True
    if any(_since(sentence, date) and begin <= date.first < end for date in sentence.dates):
        return True
    one = _one_event(sentence, begin, end)
    return any(
        date.start is not None and date.end is not None and (date.end - date.start).days > 2
        and date.precision in ("period", "month", "year", "week")
        and not (one and date.precision in ("month", "year"))
        and begin <= date.first < end
        for date in sentence.dates
    )  # fmt: skip


def _one_event(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether the words name one attack or accident, so that a month says when it was: في انفجار الشهر الماضي."""
    heads = [event.first for event in events_in(sentence, begin, end)]
    return bool(heads) and all(a.number == "s" for i in heads for a in sentence.analyses[i][:1])


def _since(sentence: Sentence, date: DateMention) -> bool:
    """Whether a count runs from a day of the calendar: منذ 30 مارس, but not منذ أمس."""
    norms = sentence.norms
    found = [_periods().match(norms, i) for i in (date.first - 1, date.first) if i >= 0]
    opened = any(match is not None and match.value == "since" for match in found)
    return opened and any(token.kind == "number" for token in sentence.tokens[date.first : date.last])


@cache
def _periods() -> Phrases[str]:
    return Phrases((words(row.words), row.reach) for _, row in load("periods", PeriodRow))
