"""The query that finds facts by what they speak of."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.store.schema import article, fact, fact_place
from retrieval import FactFilter

# How long after an event a report that names no day may still speak of it.
REPORTED = dt.timedelta(days=2)


def select_facts(wanted: FactFilter) -> sa.Select[str]:
    """A query for the payloads of the facts that fit, newest first, facts without a day last.

    The ids are chosen before the payloads are fetched: sorting thousands of payloads costs more than finding them.
    """
    chosen = sa.select(fact.c.id)
    if wanted.kinds:
        chosen = chosen.where(fact.c.kind.in_(wanted.kinds))
    if wanted.harms:
        chosen = chosen.where(fact.c.harm.in_(wanted.harms))
    if wanted.date_from or wanted.date_to:
        chosen = chosen.where(sa.or_(_dated(wanted), _undated(wanted)))
    if wanted.article_ids:
        chosen = chosen.where(fact.c.article_id.in_(wanted.article_ids))
    if wanted.place_keys:
        placed = sa.select(fact_place.c.fact_id).where(fact_place.c.key.in_(wanted.place_keys))
        chosen = chosen.where(fact.c.id.in_(placed))
    newest = (fact.c.date_start.desc().nulls_last(), fact.c.article_id, fact.c.position)
    ids = chosen.order_by(*newest).limit(wanted.limit).subquery()
    return sa.select(fact.c.payload).join(ids, ids.c.id == fact.c.id).order_by(*newest)


def _dated(wanted: FactFilter) -> sa.ColumnElement[bool]:
    """Facts whose own days meet the period."""
    within: list[sa.ColumnElement[bool]] = [fact.c.date_start.is_not(None)]
    if wanted.date_from:
        within.append(fact.c.date_end >= wanted.date_from)
    if wanted.date_to:
        within.append(fact.c.date_start <= wanted.date_to)
    return sa.and_(*within)


def _undated(wanted: FactFilter) -> sa.ColumnElement[bool]:
    """Facts that say no day, of articles published in the period or so soon after that they may speak of it."""
    published = sa.select(article.c.id)
    if wanted.date_from:
        published = published.where(article.c.day >= wanted.date_from)
    if wanted.date_to:
        published = published.where(article.c.day <= min(wanted.date_to, dt.date.max - REPORTED) + REPORTED)
    return sa.and_(fact.c.date_start.is_(None), fact.c.article_id.in_(published))
