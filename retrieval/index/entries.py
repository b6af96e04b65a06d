"""What of an article and its reading goes into the index."""

from __future__ import annotations

from retrieval.index.protocol import Entry
from retrieval.types import Article, Reading


def entries_of(article: Article, reading: Reading) -> list[Entry]:
    """One entry for each passage and each fact of the article.

    A passage is found by its own text, a fact by its quote; the article's title stands in front of both.
    """
    passages = [
        Entry(
            id=passage.id,
            article_id=article.id,
            kind="passage",
            text=article.body[passage.start : passage.end],
            title=article.title,
            date=article.day,
            outlet=article.outlet,
        )
        for passage in reading.passages
    ]
    facts = [
        Entry(
            id=f"{article.id}!{fact.id}",
            article_id=article.id,
            kind=fact.kind,
            text=fact.citation.quote,
            title=article.title,
            date=fact.date_start or article.day,
            outlet=article.outlet,
            places=fact.places,
        )
        for fact in reading.facts
    ]
    return passages + facts
