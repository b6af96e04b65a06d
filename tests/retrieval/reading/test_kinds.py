"""Every kind but casualties in our own sentences, also where nothing may be found."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading import read
from retrieval.types import Article, Fact

_KINDS = ("visit", "meeting", "statement", "strike", "control", "aid", "damage", "decision")


class Example(NamedTuple):
    """A sentence, the kind it is read for, the facts expected of it, and whether it is a known miss."""

    text: str
    kind: str
    expected: tuple[dict[str, str], ...]
    miss: bool


def _examples() -> list[Example]:
    with Path(__file__).with_name("kinds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    return [Example(row["text"], row["kind"], _expected(row["expected"]), row["miss"] == "yes") for row in rows]


def _expected(cell: str) -> tuple[dict[str, str], ...]:
    facts = (dict(pair.split("=") for pair in fact.split()) for fact in cell.split(";") if fact)
    return tuple(
        {name: value.replace("_", " ") if name != "bound" else value for name, value in f.items()} for f in facts
    )


def _read(text: str, kind: str) -> list[Fact]:
    facts = read(Article(id="example", body=text, published=dt.date(2024, 5, 14))).facts
    return [fact for fact in facts if fact.kind == kind]


def _told(value: object) -> str:
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _right(example: Example) -> bool:
    found = _read(example.text, example.kind)
    if len(found) != len(example.expected):
        return False
    told = (
        {name: _told(getattr(fact, name)) for name in wanted}
        for fact, wanted in zip(found, example.expected, strict=True)
    )
    return all(values == wanted for values, wanted in zip(told, example.expected, strict=True))


@pytest.mark.parametrize("example", [e for e in _examples() if not e.miss], ids=lambda e: f"{e.kind}: {e.text[:40]}")
def test_an_example_is_read_as_a_person_reads_it(example: Example) -> None:
    assert _right(example), [fact.model_dump(exclude={"citation"}) for fact in _read(example.text, example.kind)]


@pytest.mark.parametrize("example", [e for e in _examples() if e.miss], ids=lambda e: f"{e.kind}: {e.text[:40]}")
def test_a_known_miss_is_still_missed(example: Example) -> None:
    assert not _right(example), "read rightly now: take the mark of a known miss off its row"


@pytest.mark.parametrize("kind", _KINDS)
def test_every_kind_has_examples_where_nothing_may_be_found(kind: str) -> None:
    rows = [example for example in _examples() if example.kind == kind]
    assert len(rows) >= 20
    assert any(not example.expected for example in rows)


@given(st.lists(st.sampled_from([word for e in _examples() for word in e.text.split()]), max_size=60))
def test_words_in_any_order_give_quotes_that_stand_in_the_text(words: list[str]) -> None:
    article = Article(id="mixed", body=" ".join(["نص", *words]), published=dt.date(2024, 5, 14))
    for fact in read(article).facts:
        assert article.body[fact.citation.start : fact.citation.end] == fact.citation.quote
