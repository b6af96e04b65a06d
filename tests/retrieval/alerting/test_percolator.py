from __future__ import annotations

import datetime as dt

import pytest

from retrieval.alerting import Percolator, subscription_of
from retrieval.types import Article, Casualty, Citation, Fact, Reading, Visit

TODAY = dt.date(2031, 5, 4)
BODY = (
    "قتل خمسة أشخاص وأصيب تسعة في تصادم حافلتين قرب الرمادي في محافظة الأنبار، "
    "فيما وصل وزير النقل سالم الكرخي إلى بغداد مساء اليوم."
)
ARTICLE = Article(id="a", title="حادث تصادم", outlet="صوت الرافدين", published=TODAY, body=BODY)


def cited(quote: str) -> Citation:
    start = BODY.index(quote)
    return Citation.of(ARTICLE, start, start + len(quote))


KILLED = Casualty(
    harm="killed", min=5, max=5, bound="exact", victims="أشخاص", place="الرمادي",
    places=("الرمادي", "الأنبار", "العراق"), actor="تصادم حافلتين", citation=cited("قتل خمسة أشخاص"),
)  # fmt: skip
VISIT = Visit(
    visitor="سالم الكرخي", visitor_title="وزير النقل", destination="بغداد", place="بغداد", places=("بغداد", "العراق"),
    citation=cited("وصل وزير النقل سالم الكرخي إلى بغداد"),
)  # fmt: skip
READING = Reading(article_id="a", passages=(), facts=(KILLED, VISIT))


def matched(*topics: str) -> dict[str, tuple[Fact, ...]]:
    subscriptions = [subscription_of(topic, as_of=TODAY, number=n) for n, topic in enumerate(topics)]
    return {topics[m.subscription_id]: m.facts for m in Percolator(subscriptions).match(ARTICLE, READING)}


def test_a_topic_is_met_by_the_fact_it_asks_for_only() -> None:
    found = matched("قتلى الأنبار", "جرحى الأنبار", "قتلى البصرة", "زيارات إلى بغداد", "زيارات إلى البصرة")
    assert found == {"قتلى الأنبار": (KILLED,), "زيارات إلى بغداد": (VISIT,)}


@pytest.mark.parametrize("topic", ["الرمادي", "الأنبار", "تصادم", "سالم الكرخي", "الرمادي +حافلتين"])
def test_a_topic_of_words_is_met_by_an_article_that_holds_them_all(topic: str) -> None:
    assert topic in matched(topic)


@pytest.mark.parametrize("topic", ["الرمادي -حافلتين", "البصرة", "تصادم قطار", "الرمادي مصدر: أفق"])
def test_an_excluded_word_another_place_or_another_outlet_keeps_it_away(topic: str) -> None:
    assert not matched(topic)


def test_the_outlet_that_is_wanted_meets_the_topic() -> None:
    assert matched("الرمادي مصدر: صوت الرافدين")


def test_a_topic_that_is_forgotten_is_met_no_more_and_its_twin_still_is() -> None:
    percolator = Percolator(subscription_of("الرمادي", as_of=TODAY, number=n) for n in (1, 2))
    percolator.remove(1)
    percolator.remove(99)
    assert [m.subscription_id for m in percolator.match(ARTICLE, READING)] == [2]
    percolator.add(subscription_of("البصرة", as_of=TODAY, number=2))
    assert percolator.match(ARTICLE, READING) == []


def test_what_is_only_recalled_from_the_past_is_no_news() -> None:
    past = KILLED.model_copy(update={"status": "background"})
    percolator = Percolator([subscription_of("قتلى الأنبار", as_of=TODAY, number=1)])
    assert percolator.match(ARTICLE, Reading(article_id="a", passages=(), facts=(past,))) == []
