"""Articles, passages and facts as rows of the store, and rows as the values that they stand for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

import retrieval
from retrieval import Article, Fact, Passage, Reading

Row = dict[str, Any]


def digest(article: Article) -> str:
    """A digest of everything that the article says; two articles of one id differ exactly when their digests do."""
    said = [article.title, article.outlet, published_text(article), article.url, article.body, article.extra]
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def published_text(article: Article) -> str | None:
    """The date or moment of publication in ISO 8601, as exact as it was given."""
    return article.published.isoformat() if article.published else None


def article_row(article: Article) -> Row:
    """The columns of `article` that the article itself decides."""
    return {
        "id": article.id,
        "digest": digest(article),
        "title": article.title,
        "outlet": article.outlet,
        "published": published_text(article),
        "day": article.day,
        "url": article.url,
        "body": article.body,
        "extra": json.dumps(article.extra, ensure_ascii=True, default=str),
    }


def article_of(row: sa.Row[Any]) -> Article:
    """The article that the row holds."""
    return Article(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        # The validator of the field tells a date from a moment.
        published=row.published,
        url=row.url,
        body=row.body,
        extra=json.loads(row.extra),
    )


def passage_rows(reading: Reading) -> list[Row]:
    """The rows of the reading's passages."""
    return [passage.model_dump() for passage in reading.passages]


def passage_of(row: sa.Row[Any]) -> Passage:
    """The passage that the row holds."""
    return Passage(article_id=row.article_id, number=row.number, start=row.start, end=row.end, story=row.story)


def fact_rows(reading: Reading) -> list[Row]:
    """The rows of the reading's facts, in their order."""
    return [
        {
            "id": fact.id,
            "article_id": reading.article_id,
            "position": position,
            "kind": fact.kind,
            "harm": fact.harm if fact.kind == "casualty" else None,
            "status": fact.status,
            "date_start": fact.date_start,
            "date_end": fact.date_end or fact.date_start,
            "payload": fact.model_dump_json(),
        }
        for position, fact in enumerate(distinct(reading.facts))
    ]


def place_rows(reading: Reading) -> list[Row]:
    """The rows that say by which places the reading's facts are found."""
    return [
        {"fact_id": fact.id, "key": key}
        for fact in distinct(reading.facts)
        for key in sorted({retrieval.place_key(name) for name in (fact.place, *fact.places) if name} - {""})
    ]


def distinct(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without repeats; what differs under one id gets an id of its own, so that nothing is lost."""
    by_id: dict[str, Fact] = {}
    for fact in facts:
        name, n = fact.id, 1
        while name in by_id and by_id[name].model_copy(update={"id": fact.id}) != fact:
            n += 1
            name = f"{fact.id}-{n}"
        by_id.setdefault(name, fact.model_copy(update={"id": name}))
    return list(by_id.values())


def facts_of(payloads: Iterable[str]) -> tuple[Fact, ...]:
    """The facts that the payloads hold, in their order."""
    return _facts().validate_json("[" + ",".join(payloads) + "]")


@lru_cache(maxsize=8_192)
def fact_of(payload: str) -> Fact:
    """The fact that the payload holds; parsing costs more than finding it, so what is asked for again is kept."""
    return facts_of([payload])[0]


@cache
def _facts() -> TypeAdapter[tuple[Fact, ...]]:
    return TypeAdapter(tuple[Fact, ...])
