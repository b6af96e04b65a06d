"""Conversations in five dialects: which message leans on the one before it, and what it then means.

In conversations.csv a row of one `talk` follows the row before it; an empty cell says that nothing is meant, `*` that
it may be read one way or another. `missed` names what is known to be misread: the mark must go when it is read rightly.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from pathlib import Path

import pytest

from retrieval.arabic import places
from retrieval.asking import understand
from retrieval.types import Question

DAY = dt.date(2019, 6, 14)
with Path(__file__).with_name("conversations.csv").open(encoding="utf-8") as _file:
    TALKS = [list(rows) for _, rows in itertools.groupby(csv.DictReader(_file), key=lambda row: row["talk"])]


def _meaning(question: Question) -> dict[str, str]:
    understood = question.understood
    said = {"asks": understood.asks, "harm": understood.harm, "from": understood.date_from, "to": understood.date_to}
    place = places.key(understood.place) if understood.place else ""
    told = {**said, "place": place, "form": question.form, "follows": "yes" if question.follows else ""}
    return {name: str(value or "") for name, value in told.items()}


def _wanted(row: dict[str, str], name: str) -> str:
    return places.key(row[name]) if name == "place" and row[name] not in ("", "*") else row[name]


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0]["text"] for talk in TALKS])
def test_a_conversation_goes_on_as_the_table_says(talk: list[dict[str, str]]) -> None:
    before: Question | None = None
    for row in talk:
        before = understand(row["text"], as_of=DAY, before=before)
        found = _meaning(before)
        missed = {name for name in found if _wanted(row, name) not in ("*", found[name])}
        assert missed == set(row["missed"].split()), row["text"]


def test_little_is_missed() -> None:
    rows = [row for talk in TALKS for row in talk]
    assert sum(not row["missed"] for row in rows) >= 0.95 * len(rows)
