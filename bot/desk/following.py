"""Owing articles to those who follow what is in them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable

import sqlalchemy as sa

import retrieval
from bot.store import Arrival, Store, following
from retrieval import Percolator

# News older than this, in days, is history to a follower: an archive that is loaded alerts nobody.
_NEWS = 3


class Following:
    """Knows what is followed, and keeps step with the store when that changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._state: object = None
        self._percolator = Percolator()

    def owing(self, now: dt.datetime) -> Callable[[sa.Connection, Iterable[Arrival]], None]:
        """What writes, in the transaction that stores articles, who is owed which of them."""
        percolator = self._current()

        def owe(connection: sa.Connection, arrivals: Iterable[Arrival]) -> None:
            if len(percolator):
                following.owe(connection, [due for one in arrivals for due in _due(percolator, one, now)], now)

        return owe

    def _current(self) -> Percolator:
        with self._lock, self._store.reading() as connection:
            state = following.state(connection)
            if state != self._state:
                self._percolator = retrieval.Percolator(one.subscription for one in following.active(connection))
                self._state = state
            return self._percolator


def _due(percolator: Percolator, arrival: Arrival, now: dt.datetime) -> list[following.Due]:
    day = arrival.article.day
    if day is not None and now.date() - day > dt.timedelta(days=_NEWS):
        return []
    return [
        following.Due(
            match.subscription_id,
            arrival.article.id,
            arrival.version,
            arrival.original,
            tuple(fact.id for fact in match.facts),
        )
        for match in percolator.match(arrival.article, arrival.reading)
    ]
