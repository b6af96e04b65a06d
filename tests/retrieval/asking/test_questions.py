"""Questions of every kind and dialect, each with what it means: a table that a speaker of Arabic can read and extend.

In questions.csv an empty cell says that the question does not say it, `*` that it may be read one way or another; names
may stand in longer phrases. `missed` names what is known to be misread: the mark must go when it is read rightly.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from retrieval.arabic import places
from retrieval.asking import understand
from retrieval.types import Question

DAY = dt.date(2019, 6, 14)
with Path(__file__).with_name("questions.csv").open(encoding="utf-8") as _file:
    ROWS = list(csv.DictReader(_file))
_PHRASES = ("who", "whom", "source")


def _meaning(question: Question) -> dict[str, str]:
    understood = question.understood
    said = understood.model_dump(by_alias=True)
    said |= {"form": question.form, "per": question.per, "parts": len(question.parts) or ""}
    return {name: "" if value is None else str(value) for name, value in said.items()}


def _meets(name: str, wanted: str, found: str) -> bool:
    if wanted == "*":
        return True
    if name == "place":
        return (places.key(wanted) if wanted else "") == (places.key(found) if found else "")
    return wanted == found or (name in _PHRASES and bool(wanted) and wanted in found)


@pytest.mark.parametrize("row", ROWS, ids=[row["question"] for row in ROWS])
def test_a_question_means_what_the_table_says(row: dict[str, str]) -> None:
    meaning = _meaning(understand(row["question"], as_of=DAY))
    missed = {name for name, found in meaning.items() if not _meets(name, row[name], found)}
    assert missed == set(row["missed"].split())


def test_the_table_holds_every_form_and_little_that_is_missed() -> None:
    assert len(ROWS) >= 250
    assert {row["form"] for row in ROWS} >= {"single", "total", "highest", "list", "compare", "timeline", "why"}
    assert sum(bool(row["missed"]) for row in ROWS) <= len(ROWS) * 0.08
