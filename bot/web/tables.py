"""Facts as rows, for the table of the page and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from bot.exporting import harmless
from retrieval import Citation, Fact

_HEAD = ("kind", "harm", "who", "count", "place", "date", "source", "outlet", "published", "url", "quote")
_WHO = ("victims", "visitor", "participants", "speaker", "target", "actor", "giver", "what", "body")


class Row(NamedTuple):
    """A fact as a row of the table."""

    kind: str
    harm: str
    what: str
    number: str
    place: str
    date: str
    source: str
    citation: Citation


def row(fact: Fact) -> Row:
    """What the table shows of the fact."""
    said = fact.model_dump(exclude_none=True)
    parts = (said.get(name) for name in _WHO)
    what = " · ".join("، ".join(part) if isinstance(part, tuple) else str(part) for part in parts if part)
    number = _number(said.get("min"), said.get("max"))
    day = str(fact.date_start or "")
    return Row(fact.kind, said.get("harm", ""), what, number, fact.place, day, fact.source, fact.citation)


def to_csv(facts: Iterable[Fact]) -> str:
    """The facts as CSV that a spreadsheet opens as text, whatever stands in it."""
    out = io.StringIO()
    # Without this mark spreadsheets take the file for another encoding.
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for shown in map(row, facts):
        cited = shown.citation
        cells = [*shown[:-1], cited.outlet, cited.published or "", cited.url, cited.quote]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _number(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"
