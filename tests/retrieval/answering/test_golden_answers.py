"""Answers from the sample articles, as they were read through: the golden file changes only by intent.

`python -m tests.retrieval.answering.library` writes it anew.
"""

from __future__ import annotations

import pytest

from tests.retrieval.answering.library import GOLDEN, conversations, converse, samples

TALKS = conversations()
_ANSWERS = (GOLDEN / "answers.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0] for talk in TALKS])
def test_a_conversation_reads_as_it_was_read_through(talk: list[str]) -> None:
    for question, answered in converse(talk):
        assert f"## {question}\n{answered}\n" in _ANSWERS


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0] for talk in TALKS])
def test_every_citation_stands_word_for_word_in_its_article(talk: list[str]) -> None:
    before = None
    for text in talk:
        before, answered = samples().ask(text, before)
        for citation in answered.citations:
            article = samples().articles[citation.article_id]
            source = article.title if citation.field == "title" else article.body
            assert source[citation.start : citation.end] == citation.quote
