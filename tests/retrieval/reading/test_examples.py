"""Every sentence of examples.csv is read as its row says; a known miss must go from the table when it starts to work.

What must be found is written `kind or harm, number; field=words; … | next fact`, or `nothing`. A number is `5`, `50+`
(open above), `-30` (open below), `40~` (about), `10-15` or `?` (vague), with the bound behind it where the number
does not say it. Words agree when half of the shorter phrase's stems are in the other. Beside what a row lists, only
uncounted casualties may be found. The day of publication of every example is 15 March 2017, a Wednesday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, NamedTuple

import pytest

from retrieval.arabic.stems import stem
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize
from retrieval.reading import read
from retrieval.types import Article, Casualty

DAY = dt.date(2017, 3, 15)


class ExampleRow(Row):
    text: str
    expected: str
    known_miss: Literal["", "yes"]


class Expected(NamedTuple):
    harm: str
    low: int | None
    high: int | None
    bound: str
    fields: dict[str, str]


def expected(cell: str) -> list[Expected]:
    return [] if cell == "nothing" else [fact(item) for item in cell.split(" | ")]


def fact(item: str) -> Expected:
    head, *fields = (part.strip() for part in item.split(";"))
    harm, number, *bound = head.split()
    low, high, said = count(number)
    return Expected(harm, low, high, bound[0] if bound else said, dict(field.split("=", 1) for field in fields))


def count(number: str) -> tuple[int | None, int | None, str]:
    if number == "?":
        return None, None, "vague"
    if number.endswith("+"):
        return int(number[:-1]), None, "more_than"
    if number.startswith("-"):
        return None, int(number[1:]), "up_to"
    if "-" in number:
        low, _, high = number.partition("-")
        return int(low), int(high), "range"
    value = int(number.rstrip("~"))
    return value, value, "about" if number.endswith("~") else "exact"


def bag(text: str) -> set[str]:
    return {stem(token.norm) for token in tokenize(text) if token.kind != "mark"}


def alike(one: str, two: str) -> bool:
    a, b = bag(one), bag(two)
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))


def faults(found: Casualty, wanted: Expected) -> Iterator[str]:
    if (found.harm, found.min, found.max) != (wanted.harm, wanted.low, wanted.high):
        yield f"{found.harm} {found.min}..{found.max}"
    if found.bound != wanted.bound:
        yield f"bound {found.bound}"
    said = {"class": found.victim_class, "status": found.status, "date": str(found.date_start)}
    said["aggregate"] = "yes" if found.aggregate else "no"
    for name, words in wanted.fields.items():
        if name in said:
            right = said[name] == words
        elif name == "place":
            right = any(alike(words, place) for place in (found.place, *found.places))
        else:
            right = alike(words, getattr(found, name))
        if not right:
            yield f"{name} {said.get(name) or getattr(found, name, '')!r}"


def rows() -> Iterator[object]:
    for number, row in load("examples", ExampleRow):
        marks = [pytest.mark.xfail(strict=True, reason=row.note)] if row.known_miss else []
        yield pytest.param(row, id=f"row {number}", marks=marks)


@pytest.mark.parametrize("row", list(rows()))
def test_an_example_is_read_as_its_row_says(row: ExampleRow) -> None:
    facts = [f for f in read(Article(id="x", body=row.text, published=DAY)).facts if isinstance(f, Casualty)]
    left = list(facts)
    for wanted in expected(row.expected):
        assert left, f"not found: {wanted}"
        best = min(left, key=lambda f: len(list(faults(f, wanted))))
        assert list(faults(best, wanted)) == [], wanted
        left.remove(best)
    counted = [f for f in left if f.min is not None or f.max is not None]
    assert counted == [], [f"{f.harm} {f.min}: {f.citation.quote}" for f in counted]
    assert all(f.citation.quote == row.text[f.citation.start : f.citation.end] for f in facts)


def test_every_known_miss_says_why() -> None:
    assert [row.text for _, row in load("examples", ExampleRow) if row.known_miss and not row.note] == []


def test_no_example_stands_twice() -> None:
    texts = [row.text for _, row in load("examples", ExampleRow)]
    assert len(texts) == len(set(texts))
