from __future__ import annotations

import subprocess
import sys

import retrieval

PUBLIC = """
COPIED Aid Answer Article Bar Casualty Chart Checked Citation Control Counted Damage Decision EngineError Entry Event
Evidence Fact FactFilter FactKind Filters Fired Grade Harm Hit Index IndexStats Match Meeting Passage PassageHit
Percolator Question Reading Relation Report Signature Statement Strike Subscription TableError Understanding Unfolded
Value Visit Wording WordingError analyzer_version answer bearing_on chart check claim_of conditions_of confront
entries_of evidence_wanted explain find_events normalise open_index place_key read reading_version relate resemblance
signature_of subscription_of trace understand unfold wants_facts
"""


def test_the_public_names_are_exactly_these() -> None:
    assert retrieval.__all__ == PUBLIC.split()
    assert set(retrieval._HOMES) == set(retrieval.__all__)


def test_every_public_name_is_there() -> None:
    for name in retrieval.__all__:
        assert getattr(retrieval, name) is not None


def test_a_name_that_is_not_public_is_not_there() -> None:
    assert not hasattr(retrieval, "tokenize")


def test_asking_for_an_article_imports_no_reader_and_no_engine() -> None:
    program = (
        "import sys; from retrieval import Article, Fact, FactFilter; "
        "print(sorted(m for m in sys.modules if m.startswith(('retrieval.', 'numpy', 'camel_tools', 'babel'))))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "['retrieval.types']"
