"""What of an article and its reading goes into the index."""

from __future__ import annotations

from retrieval.index.protocol import Entry
from retrieval.types import Article, Passage, Reading

# So many words of its first passage stand for the title of an article that has none.
_LEAD_WORDS = 20


def entries_of(article: Article, reading: Reading) -> list[Entry]:
    """One entry for each passage and each fact of the article.

    A passage is found by its own text, a fact by its quote, both also by the title of the article. Without a title, the
    passages after the first are found by the beginning of their story, since they seldom say again who and where.
    """
    opening: dict[int, Passage] = {}
    for passage in reading.passages:
        opening.setdefault(passage.story, passage)
    passages = [
        Entry(
            id=passage.id,
            article_id=article.id,
            kind="passage",
            text=article.body[passage.start : passage.end],
            title=article.title
            or ("" if passage == opening[passage.story] else _lead(article, opening[passage.story])),
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


def _lead(article: Article, passage: Passage) -> str:
    return " ".join(article.body[passage.start : passage.end].split(maxsplit=_LEAD_WORDS)[:_LEAD_WORDS])
