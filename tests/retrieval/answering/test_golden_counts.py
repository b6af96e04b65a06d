"""Answers to counting questions, word for word as they were read through: the golden file changes only by intent."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.wording import load_wording
from retrieval import Article, Evidence, PassageHit, answer, understand
from retrieval.reading import read
from retrieval.types import Citation

GOLDEN = Path(__file__).with_name("golden")
AS_OF = dt.date(2026, 3, 1)
CASES = tomllib.loads((GOLDEN / "counts.toml").read_text(encoding="utf-8"))["case"]
ASKED = [(case, question) for case in CASES for question in case["asks"]]


def evidence_of(case: dict[str, Any]) -> Evidence:
    """All that the case's articles say, as if every passage had been found."""
    passages: list[PassageHit] = []
    facts: list[Any] = []
    for number, told in enumerate(case["articles"]):
        day = dt.datetime.fromisoformat(told["published"])
        published = day if "T" in told["published"] else day.date()
        article = Article(id=f"a{number}", **{**told, "published": published})
        reading = read(article)
        facts += reading.facts
        for passage in reading.passages:
            citation = Citation.of(article, passage.start, passage.end)
            span = {"text": citation.quote, "start": passage.start, "end": passage.end}
            passages.append(PassageHit(article_id=article.id, score=1.0, citation=citation, **span))
    return Evidence(tuple(passages), tuple(facts), copies=case.get("copies", {}))


def told(case: dict[str, Any], question: str) -> str:
    """The answer's text."""
    return answer(understand(question, as_of=AS_OF), evidence_of(case), load_wording()).answer


def read_golden() -> dict[str, str]:
    """The answers that were read through, by question."""
    text = (GOLDEN / "counts.txt").read_text(encoding="utf-8")
    pairs = [block.split("\n", 1) for block in text.strip().split("\n\n")]
    return {question: answered.strip() for question, answered in pairs}


@pytest.mark.parametrize(("case", "question"), ASKED, ids=[question for _, question in ASKED])
def test_a_count_is_told_as_it_was_read_through(case: dict[str, Any], question: str) -> None:
    assert told(case, question) == read_golden()[question]
