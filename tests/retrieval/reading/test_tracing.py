"""A fact's words lead back to the row of the table that announced it."""

from __future__ import annotations

import csv
from importlib.resources import files

from retrieval.arabic import tables
from retrieval.reading.tracing import Fired, trace
from retrieval.types import Article


def rows_found(body: str) -> list[tuple[str, Fired]]:
    return [(body[one.start : one.end], one) for one in trace(Article(id="x", body=body))]


def row_of(table: str, number: int) -> dict[str, str]:
    """The row of a table with the number that an editor sees beside it, the header being row 1."""
    with (files(tables.__name__) / f"{table}.csv").open(encoding="utf-8") as file:
        return dict(enumerate(csv.DictReader(file), start=2))[number]


def test_each_fact_is_traced_to_its_row() -> None:
    found = rows_found("قتل ثلاثة جنود في الموصل، ووصل الوزير سامي قاسم إلى بغداد.")
    held = [(words, one) for words, one in found if one.facts]
    assert [(words, one.says) for words, one in held] == [("قتل", "casualty killed"), ("ووصل", "visit arrive")]
    for _, one in held:
        row = row_of(one.table, one.row)
        assert one.says.split() == [row["kind"], row["value"]]


def test_a_statement_is_traced_to_its_word_of_saying() -> None:
    found = rows_found("أكد وزير المالية سامي قاسم أن الأسعار ستنخفض.")
    ((words, one),) = [(words, one) for words, one in found if one.table == "speech"]
    assert (words, row_of("speech", one.row)["words"], len(one.facts)) == ("أكد", "أكد", 1)


def test_a_row_that_is_found_without_a_fact_is_shown_without_one() -> None:
    words, one = rows_found("وصل البرد إلى الجبال.")[0]
    assert (words, one.facts) == ("وصل", ())
