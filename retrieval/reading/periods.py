"""Tell a running or period total from the count of one incident."""

from __future__ import annotations

from functools import cache
from typing import Literal

from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.reading.sentences import Sentence


class PeriodRow(Row):
    """One row of periods.csv: words that make a count in the same clause or sentence a total over several incidents."""

    words: str
    reach: Literal["clause", "sentence"]


def is_aggregate(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the count on tokens `first` to `last` (exclusive) is summed over a period or over several incidents."""
    begin, end = sentence.scope(first, last)
    norms = [t.norm for t in sentence.tokens]
    for i in range(len(norms)):
        found = _periods().match(norms, i)
        if found and (found.value == "sentence" or begin <= i < end):
            return True
    return any(
        date.start is not None and date.end is not None and (date.end - date.start).days > 2
        and date.precision in ("period", "month", "year", "week")
        and begin <= date.first < end
        for date in sentence.dates
    )  # fmt: skip


@cache
def _periods() -> Phrases[str]:
    return Phrases((words(row.words), row.reach) for _, row in load("periods", PeriodRow))
