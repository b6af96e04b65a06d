"""The feeds that are polled and how they fare: every function works on a connection in a transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.schema import feed, feed_entry


class FeedRow(NamedTuple):
    """A feed: where it lies, whose it is, and how it fared; `interval` is in seconds."""

    id: int
    url: str
    outlet: str
    title: str
    format: str
    etag: str
    last_modified: str
    interval: int
    due_at: dt.datetime
    failures: int
    error: str
    paused: str
    added_at: dt.datetime
    checked_at: dt.datetime | None
    succeeded_at: dt.datetime | None
    articles: int


class EntryRow(NamedTuple):
    """An entry that was dealt with: its key in the feed, its mark of change, how often its page failed."""

    key: str
    mark: str
    failures: int = 0


_FEED = tuple(feed.c[name] for name in FeedRow._fields)


def feeds(connection: sa.Connection) -> list[FeedRow]:
    """Every feed, in the order in which they were added."""
    return [FeedRow(*row) for row in connection.execute(sa.select(*_FEED).order_by(feed.c.id))]


def due(connection: sa.Connection, now: dt.datetime) -> list[FeedRow]:
    """The feeds that are to be looked at now, the longest due first."""
    query = sa.select(*_FEED).where(feed.c.due_at <= now, feed.c.paused == "").order_by(feed.c.due_at)
    return [FeedRow(*row) for row in connection.execute(query)]


def add(connection: sa.Connection, url: str, outlet: str, *, interval: int, now: dt.datetime) -> bool:
    """Take up a feed; False when it is there already, in which case only a given outlet is set and a pause ends."""
    known = connection.execute(sa.select(feed.c.id).where(feed.c.url == url)).scalar()
    if known is not None:
        changed = {"paused": "", "due_at": now, **({"outlet": outlet} if outlet else {})}
        connection.execute(sa.update(feed).where(feed.c.id == known).values(**changed))
        return False
    empty = dict.fromkeys(("title", "format", "etag", "last_modified", "error", "paused"), "")
    values = {"url": url, "outlet": outlet, "interval": interval, "due_at": now, "added_at": now}
    connection.execute(sa.insert(feed).values(**values, **empty, failures=0, articles=0))
    return True


def remove(connection: sa.Connection, url: str) -> bool:
    """Forget a feed, not what came from it; False when there is none at that address."""
    return connection.execute(sa.delete(feed).where(feed.c.url == url)).rowcount > 0


def save(connection: sa.Connection, row: FeedRow) -> None:
    """Write what is now known of the feed; a new address that another feed has already is not taken over."""
    taken = connection.execute(sa.select(feed.c.id).where(feed.c.url == row.url, feed.c.id != row.id)).scalar()
    values = row._asdict()
    for name in ("id", *(("url",) if taken is not None else ())):
        del values[name]
    connection.execute(sa.update(feed).where(feed.c.id == row.id).values(**values))


def entries(connection: sa.Connection, feed_id: int) -> dict[str, EntryRow]:
    """The entries of the feed that were dealt with, by key."""
    columns = (feed_entry.c.key, feed_entry.c.mark, feed_entry.c.failures)
    query = sa.select(*columns).where(feed_entry.c.feed_id == feed_id)
    return {row.key: EntryRow(*row) for row in connection.execute(query)}


def settle(connection: sa.Connection, feed_id: int, done: Iterable[EntryRow], now: dt.datetime) -> None:
    """Remember that those entries were dealt with."""
    rows = {entry.key: {"feed_id": feed_id, **entry._asdict(), "seen_at": now} for entry in done}
    if not rows:
        return
    stale = sa.delete(feed_entry).where(feed_entry.c.feed_id == feed_id, feed_entry.c.key.in_(rows))
    connection.execute(stale)
    connection.execute(sa.insert(feed_entry), list(rows.values()))


def forget(connection: sa.Connection, feed_id: int, kept: Collection[str], before: dt.datetime) -> None:
    """Drop entries that the feed no longer shows and that are old, so that the table does not grow for ever."""
    gone = sa.delete(feed_entry).where(feed_entry.c.feed_id == feed_id, feed_entry.c.seen_at < before)
    connection.execute(gone.where(feed_entry.c.key.not_in(kept)))
