"""Removing articles for good, and remembering which they were until every index has let go of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa

from bot.store.corpus import chunks, locked_revision, next_revision
from bot.store.schema import alert, article, article_copy, corpus, removal


def expired(connection: sa.Connection, before: dt.datetime, limit: int) -> list[str]:
    """The ids of up to so many articles that came, or last changed, before that time; the oldest first."""
    old = sa.select(article.c.id).where(article.c.stored_at < before)
    return list(connection.execute(old.order_by(article.c.stored_at, article.c.number).limit(limit)).scalars())


def remove(connection: sa.Connection, ids: Collection[str], now: dt.datetime) -> int:
    """Delete the articles with all that was made of them; returns how many there were.

    Their versions, passages, facts and copies' keys go with them, and what followers were owed or told of them. Of
    copies of a removed text the one that came first becomes the original.
    """
    revision = locked_revision(connection)
    known = [
        name
        for chunk in chunks(ids)
        for name in connection.execute(sa.select(article.c.id).where(article.c.id.in_(chunk))).scalars()
    ]
    if not known:
        return 0
    following = next_revision(connection, revision)
    for chunk in chunks(known):
        _rename_originals(connection, chunk)
        connection.execute(sa.delete(alert).where(alert.c.article_id.in_(chunk)))
        connection.execute(sa.delete(article).where(article.c.id.in_(chunk)))
        connection.execute(sa.delete(removal).where(removal.c.article_id.in_(chunk)))
        rows = [{"article_id": name, "revision": following, "removed_at": now} for name in chunk]
        connection.execute(sa.insert(removal), rows)
    return len(known)


def removed(connection: sa.Connection, after: int) -> list[str]:
    """The ids of the articles that were removed since that revision of the corpus."""
    query = sa.select(removal.c.article_id).where(removal.c.revision > after)
    return list(connection.execute(query.order_by(removal.c.revision, removal.c.article_id)).scalars())


def forget_removals(connection: sa.Connection, before: dt.datetime) -> int:
    """Forget what was removed before that time; an index that has not followed since then must be built anew."""
    locked_revision(connection)
    old = removal.c.removed_at < before
    newest = connection.execute(sa.select(sa.func.max(removal.c.revision)).where(old)).scalar()
    if newest is None:
        return 0
    connection.execute(sa.update(corpus).values(horizon=newest))
    return connection.execute(sa.delete(removal).where(old)).rowcount


def _rename_originals(connection: sa.Connection, gone: Collection[str]) -> None:
    """Let the first that is left of each text's copies stand for the text."""
    left = (
        sa.select(article_copy.c.original, sa.func.min(article.c.number).label("number"))
        .join(article, article.c.id == article_copy.c.article_id)
        .where(article_copy.c.original.in_(gone), article_copy.c.article_id.not_in(gone))
        .group_by(article_copy.c.original)
        .subquery()
    )
    first = sa.select(left.c.original, article.c.id).join(article, article.c.number == left.c.number)
    for row in connection.execute(first).all():
        for table in (article_copy, alert):
            connection.execute(sa.update(table).where(table.c.original == row.original).values(original=row.id))
    # What was a copy when it was told and has changed since stands for itself.
    connection.execute(sa.update(alert).where(alert.c.original.in_(gone)).values(original=alert.c.article_id))
