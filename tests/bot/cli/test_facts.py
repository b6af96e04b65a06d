from __future__ import annotations

import csv
import io
import json
from typing import get_args

import pytest

from bot.cli.facts import fields
from retrieval import FactKind
from tests.bot.cli.conftest import BRIDGE, Run

COMMON = {"id", "kind", "status", "date_start", "date_end", "date_precision", "place", "places", "source", "citation"}


def test_every_line_is_a_fact_of_the_contract_whose_quote_stands_in_its_article(filled: Run) -> None:
    ran = filled("facts", "--format", "jsonl", "--kind", "casualty")
    assert ran.code == 0
    killed = next(fact for fact in ran.lines if fact["harm"] == "killed")
    wanted = {"harm", "min", "max", "bound", "victims", "victim_class", "actor", "aggregate"}
    # `tie` says how a count hangs together with others of its article; the contract knows nothing of it.
    assert set(killed) == COMMON | wanted | {"tie"}
    assert (killed["min"], killed["max"], killed["bound"]) == (5, 5, "exact")
    for fact in ran.lines:
        cited = fact["citation"]
        assert BRIDGE[cited["start"] : cited["end"]] == cited["quote"]


def test_facts_are_chosen_by_kind_and_article(filled: Run) -> None:
    everything = filled("facts", "--format", "jsonl").lines
    casualties = filled("facts", "--format", "jsonl", "--kind", "casualty").lines
    of_bridge = filled("facts", "--format", "jsonl", "--article", "bridge").lines
    assert casualties == [fact for fact in everything if fact["kind"] == "casualty"]
    assert of_bridge == [fact for fact in everything if fact["citation"]["article_id"] == "bridge"]
    ran = filled("facts", "--article", "none")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "marsad: there is no article with the id 'none'\n"
    assert filled("facts", "--kind", "theft").code == 2


def test_csv_has_a_column_for_every_field(filled: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("facts", "--format", "csv").out)))
    facts = filled("facts", "--format", "jsonl").lines
    assert [row["id"] for row in rows] == [fact["id"] for fact in facts]
    for row, fact in zip(rows, facts, strict=True):
        assert row["citation_quote"] == fact["citation"]["quote"]
        assert row["places"] == "|".join(fact["places"])
    assert set(rows[0]) == set(fields())


@pytest.mark.parametrize("kind", get_args(FactKind))
def test_the_columns_of_a_kind_are_its_own(kind: str) -> None:
    assert set(fields(kind)) <= set(fields())
    assert fields(kind)[:2] == ["id", "kind"]
    assert len(fields(kind)) == len(set(fields(kind)))


def test_a_table_shows_the_gist_to_people(filled: Run) -> None:
    ran = filled("facts")
    assert ran.code == 0
    assert "قتلى 5" in ran.out
    assert "الموصل" in ran.out


def test_an_empty_store_has_no_facts(marsad: Run) -> None:
    assert marsad("facts", "--format", "jsonl") == (0, "", "")
    assert json.loads(json.dumps(marsad("facts", "--format", "csv").out.splitlines())) == [",".join(fields())]
