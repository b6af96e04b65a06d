"""The samples are what they say they are, and the questions about them can be answered from them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from bot.sources.opml import read_opml
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.tokens import tokenize
from tests.quality import samples
from tests.quality.samples import Asked

ARTICLES = {article.id: article for article in samples.articles()}
QUESTIONS = samples.questions()
CONVERSATIONS = samples.conversations()
TOTALS = samples.totals()


def test_there_are_enough_samples_of_every_kind() -> None:
    assert len(ARTICLES) >= 100
    assert len(QUESTIONS) >= 200
    assert len(CONVERSATIONS) >= 60
    assert len(TOTALS) >= 40


def test_every_sample_has_an_id_and_a_url_of_its_own() -> None:
    assert len(ARTICLES) == len(samples.articles())
    assert len({article.url for article in ARTICLES.values()}) == len(ARTICLES)


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_sample_says_that_it_is_one_and_pretends_to_be_nobody_elses(name: str) -> None:
    article = ARTICLES[name]
    assert article.extra["sample"] is True
    assert samples.MARK in article.body
    assert article.url.startswith("https://example.org/")
    assert article.title
    assert article.outlet
    assert article.day is not None
    assert dt.date(2014, 1, 1) <= article.day <= samples.AS_OF


def test_a_fifth_of_the_questions_is_in_dialect_or_misspelt_and_a_tenth_has_no_answer() -> None:
    assert sum(question.dialect for question in QUESTIONS) >= len(QUESTIONS) / 5
    assert sum(question.gold is None for question in QUESTIONS) >= len(QUESTIONS) / 10


def test_no_question_stands_twice() -> None:
    assert not [q for q, times in Counter(question.q for question in QUESTIONS).items() if times > 1]
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if q.gold], ids=lambda q: q.id)
def test_the_evidence_of_a_question_stands_in_its_article_and_holds_its_number(asked: Asked) -> None:
    told = [ARTICLES[name] for name in asked.article]
    assert any(asked.evidence in article.body for article in told)
    if asked.gold and asked.gold.numbers and not asked.form:
        tokens = tokenize(asked.evidence)
        found = {end for quantity in find_quantities(tokens) for end in (quantity.min, quantity.max)}
        assert found & set(asked.gold.numbers)


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if not q.gold], ids=lambda q: q.id)
def test_a_question_without_an_answer_names_no_article(asked: Asked) -> None:
    assert not asked.article
    assert not asked.evidence


def test_conversations_and_totals_speak_of_articles_that_exist() -> None:
    named = {name for talk in CONVERSATIONS for turn in talk.turns for name in turn.article}
    assert named | {name for total in TOTALS for name in total.article} <= ARTICLES.keys()
    assert all(2 <= len(talk.turns) <= 4 for talk in CONVERSATIONS)


def test_at_least_eight_events_are_told_by_three_outlets() -> None:
    outlets = {
        total.article: {ARTICLES[name].outlet for name in total.article} for total in TOTALS if total.events == 1
    }
    assert sum(len(names) >= 3 for names in outlets.values()) >= 8


def test_a_total_reaches_from_its_lowest_to_its_highest_and_says_why() -> None:
    for total in TOTALS:
        assert total.why
        assert (total.min is None) == total.unquantified
        if total.min is not None and total.max is not None:
            assert total.min <= total.max


def test_the_starter_feeds_can_be_read_as_the_program_reads_them() -> None:
    feeds = read_opml((samples.ROOT / "seeds" / "feeds.opml").read_text(encoding="utf-8"))
    assert len(feeds) >= 4
    assert all(feed.url.startswith("https://") and feed.title for feed in feeds)
