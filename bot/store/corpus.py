"""Writing articles with what was read from them, and reading them back, on a connection in a transaction."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.rows import (
    Row,
    article_row,
    fact_rows,
    facts_of,
    passage_of,
    passage_rows,
    place_rows,
)
from bot.store.schema import article, article_version, corpus, fact, fact_place, passage
from retrieval import Article, Reading

Change = Literal["new", "changed", "unchanged"]
T = TypeVar("T")

# Databases limit how many values a statement may carry.
_VALUES = 500
_INSERTS: Mapping[str, Callable[[sa.Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Arrival(NamedTuple):
    """An article that is new or changed, its reading, its version, and the article that carried its text first."""

    article: Article
    reading: Reading
    version: int
    original: str


def chunks(items: Collection[T]) -> Iterator[tuple[T, ...]]:
    """The items in pieces that fit into one statement."""
    rest = iter(items)
    while chunk := tuple(itertools.islice(rest, _VALUES)):
        yield chunk


def stamp(connection: sa.Connection) -> str:
    """The corpus and its revision."""
    row = connection.execute(sa.select(corpus.c.identity, corpus.c.revision)).one()
    return f"{row.identity}:{row.revision}"


def horizon(connection: sa.Connection) -> int:
    """The revision before which it is no longer known what was removed."""
    return int(connection.execute(sa.select(corpus.c.horizon)).scalar_one())


def identity(connection: sa.Connection) -> str:
    """What tells this corpus from any other."""
    return str(connection.execute(sa.select(corpus.c.identity)).scalar_one())


def digests(connection: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """The digests of those of the articles that are stored."""
    return {
        row.id: row.digest
        for chunk in chunks(ids)
        for row in connection.execute(sa.select(article.c.id, article.c.digest).where(article.c.id.in_(chunk)))
    }


def put(
    connection: sa.Connection, readings: Sequence[tuple[Article, Reading]], *, reader: str, now: dt.datetime
) -> tuple[dict[str, Change], list[Arrival]]:
    """Store the articles with what was read from them, and say which of them are new or changed; see `Store.put`.

    Raises:
        ValueError: when an id occurs twice.
    """
    rows = {one.id: article_row(one) for one, _ in readings}
    if len(rows) != len(readings):
        raise ValueError("an article id occurs twice in one batch")
    revision = locked_revision(connection)
    known = _versions(connection, rows)
    changes: dict[str, Change] = {
        name: "new" if name not in known else "unchanged" if known[name][0] == row["digest"] else "changed"
        for name, row in rows.items()
    }
    arrivals = [
        Arrival(one, reading, known.get(one.id, ("", 0))[1] + 1, one.id)
        for one, reading in readings
        if changes[one.id] != "unchanged"
    ]
    written = [arrival.reading for arrival in arrivals]
    if written:
        changed = [name for name, change in changes.items() if change == "changed"]
        _keep_versions(connection, changed, now)
        _forget_readings(connection, changed)
        common = {"reader": reader, "revision": next_revision(connection, revision), "stored_at": now}
        _upsert_articles(
            connection,
            [{**rows[one.article.id], **common, "version": one.version} for one in arrivals],
        )
        _insert_readings(connection, written)
    return changes, arrivals


def reread(connection: sa.Connection, readings: Sequence[tuple[Article, Reading]], *, reader: str) -> int:
    """Replace what was read from articles that have not changed since; see `Store.reread`."""
    revision = locked_revision(connection)
    known = digests(connection, [one.id for one, _ in readings])
    current = [(one, new) for one, new in readings if known.get(one.id) == article_row(one)["digest"]]
    before = readings_of(connection, [one.id for one, _ in current])
    other = [new for one, new in current if _said(new) != _said(before[one.id])]
    ids = [one.article_id for one in other]
    _forget_readings(connection, ids)
    _insert_readings(connection, other)
    for chunk in chunks([one.id for one, _ in current]):
        connection.execute(sa.update(article).where(article.c.id.in_(chunk)).values(reader=reader))
    if other:
        following = next_revision(connection, revision)
        for chunk in chunks(ids):
            connection.execute(sa.update(article).where(article.c.id.in_(chunk)).values(revision=following))
    return len(other)


def some_articles(
    connection: sa.Connection, last: int, *, after: int, not_by: str | None, limit: int
) -> Sequence[sa.Row[Any]]:
    """Up to `limit` articles that arrived after number `last` and fit; see `Store.readings`."""
    query = sa.select(article).where(article.c.number > last)
    if after:
        query = query.where(article.c.revision > after)
    if not_by is not None:
        query = query.where(article.c.reader != not_by)
    return connection.execute(query.order_by(article.c.number).limit(limit)).all()


def readings_of(connection: sa.Connection, ids: Collection[str]) -> dict[str, Reading]:
    """What was read from each of the articles."""
    passages, payloads = defaultdict(list), defaultdict(list)
    for chunk in chunks(ids):
        of_chunk = sa.select(passage).where(passage.c.article_id.in_(chunk))
        for row in connection.execute(of_chunk.order_by(passage.c.article_id, passage.c.number)):
            passages[row.article_id].append(passage_of(row))
        told = sa.select(fact.c.article_id, fact.c.payload).where(fact.c.article_id.in_(chunk))
        for row in connection.execute(told.order_by(fact.c.article_id, fact.c.position)):
            payloads[row.article_id].append(row.payload)
    return {
        name: Reading(article_id=name, passages=tuple(passages[name]), facts=facts_of(payloads[name])) for name in ids
    }


def _said(reading: Reading) -> tuple[list[Row], list[Row], list[Row]]:
    return passage_rows(reading), fact_rows(reading), place_rows(reading)


def locked_revision(connection: sa.Connection) -> int:
    """The revision, which no other transaction can change until this one ends: so revisions commit in their order."""
    return int(connection.execute(sa.select(corpus.c.revision).with_for_update()).scalar_one())


def next_revision(connection: sa.Connection, revision: int) -> int:
    """Count the revision on: what this transaction changes bears it."""
    connection.execute(sa.update(corpus).values(revision=revision + 1))
    return revision + 1


def _versions(connection: sa.Connection, ids: Collection[str]) -> dict[str, tuple[str, int]]:
    columns = sa.select(article.c.id, article.c.digest, article.c.version)
    return {
        row.id: (row.digest, row.version)
        for chunk in chunks(ids)
        for row in connection.execute(columns.where(article.c.id.in_(chunk)))
    }


def _keep_versions(connection: sa.Connection, ids: Collection[str], now: dt.datetime) -> None:
    names = [c.name for c in article_version.c if c.name not in {"article_id", "facts", "replaced_at"}]
    for chunk in chunks(ids):
        payloads: defaultdict[str, list[str]] = defaultdict(list)
        told = sa.select(fact.c.article_id, fact.c.payload).where(fact.c.article_id.in_(chunk))
        for row in connection.execute(told.order_by(fact.c.article_id, fact.c.position)):
            payloads[row.article_id].append(row.payload)
        kept = [
            {
                **{name: getattr(row, name) for name in names},
                "article_id": row.id,
                "facts": "[" + ",".join(payloads[row.id]) + "]",
                "replaced_at": now,
            }
            for row in connection.execute(sa.select(article).where(article.c.id.in_(chunk)))
        ]
        connection.execute(sa.insert(article_version), kept)


def _forget_readings(connection: sa.Connection, ids: Collection[str]) -> None:
    for chunk in chunks(ids):
        connection.execute(sa.delete(fact).where(fact.c.article_id.in_(chunk)))
        connection.execute(sa.delete(passage).where(passage.c.article_id.in_(chunk)))


def _upsert_articles(connection: sa.Connection, rows: list[Row]) -> None:
    insert = _INSERTS[connection.dialect.name](article)
    replaced = {name: insert.excluded[name] for name in rows[0] if name != "id"}
    connection.execute(insert.on_conflict_do_update(index_elements=[article.c.id], set_=replaced), rows)


def _insert_readings(connection: sa.Connection, readings: Sequence[Reading]) -> None:
    for table, rows in (
        (passage, [row for one in readings for row in passage_rows(one)]),
        (fact, [row for one in readings for row in fact_rows(one)]),
        (fact_place, [row for one in readings for row in place_rows(one)]),
    ):
        if rows:
            connection.execute(sa.insert(table), rows)
