"""What there is in the store at a glance: the latest articles, and the outlets they are of."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.rows import article_of
from bot.store.schema import article, article_copy
from retrieval import Article


class Outlet(NamedTuple):
    """An outlet: how many articles are of it, and the day of the newest."""

    name: str
    articles: int
    newest: dt.date | None


def latest(connection: sa.Connection, limit: int, offset: int = 0) -> list[Article]:
    """The newest articles by the day that they bear, then by arrival; of copies of one text, the first that came."""
    is_copy = sa.exists().where(article_copy.c.article_id == article.c.id, article_copy.c.original != article.c.id)
    newest = sa.select(article).where(~is_copy).order_by(article.c.day.desc().nulls_last(), article.c.number.desc())
    return [article_of(row) for row in connection.execute(newest.limit(limit).offset(offset))]


def outlets(connection: sa.Connection) -> list[Outlet]:
    """The outlets, the one with the most articles first."""
    count = sa.func.count().label("articles")
    columns = (article.c.outlet, count, sa.func.max(article.c.day))
    query = sa.select(*columns).group_by(article.c.outlet).order_by(count.desc(), article.c.outlet)
    return [Outlet(*row) for row in connection.execute(query)]
