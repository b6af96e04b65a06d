"""What there is in the store at a glance: the latest articles, those of some days, and the outlets they are of."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.rows import article_of
from bot.store.schema import article, article_copy, fact, fact_place
from retrieval import Article, FactFilter


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


def of_days(connection: sa.Connection, start: dt.date, end: dt.date, wanted: FactFilter) -> list[str]:
    """The ids of the articles of those days that hold a fact of the wanted kinds and places, newest first.

    Where no kind and no place is wanted, all of them. An article that bears no day is of the day on which it came.
    """
    since, until = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (start, end + dt.timedelta(days=1)))
    came = sa.and_(article.c.day.is_(None), article.c.stored_at >= since, article.c.stored_at < until)
    query = sa.select(article.c.id).where(sa.or_(article.c.day.between(start, end), came))
    holds = sa.select(fact.c.article_id)
    if wanted.kinds:
        holds = holds.where(fact.c.kind.in_(wanted.kinds))
    if wanted.place_keys:
        placed = sa.select(fact_place.c.fact_id).where(fact_place.c.key.in_(wanted.place_keys))
        holds = holds.where(fact.c.id.in_(placed))
    if wanted.kinds or wanted.place_keys:
        query = query.where(article.c.id.in_(holds))
    newest = (article.c.day.desc().nulls_last(), article.c.number.desc())
    return list(connection.execute(query.order_by(*newest).limit(wanted.limit)).scalars())


def outlets(connection: sa.Connection) -> list[Outlet]:
    """The outlets, the one with the most articles first."""
    count = sa.func.count().label("articles")
    columns = (article.c.outlet, count, sa.func.max(article.c.day))
    query = sa.select(*columns).group_by(article.c.outlet).order_by(count.desc(), article.c.outlet)
    return [Outlet(*row) for row in connection.execute(query)]
