"""Owing articles to those who follow what is in them, and telling beforehand what a topic would bring."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

import retrieval
from bot.store import Arrival, Store, following, overview
from retrieval import Article, Fact, FactFilter, Filters, Index, Percolator, Subscription

# News older than this, in days, is history to a follower: an archive that is loaded alerts nobody.
_NEWS = 3
# Of how many articles of a few days it is looked at closely whether they concern a topic.
_LOOKED_AT = 200


class Concerning(NamedTuple):
    """An article that concerns a topic: the one that carried its text first, and the facts that fit."""

    article: Article
    original: str
    facts: tuple[Fact, ...]


class Following:
    """Knows what is followed, and keeps step with the store when that changes. Safe to use from threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._state: object = None
        self._marks: Mapping[int, object] = {}
        self._percolator = Percolator()

    def owing(self, now: dt.datetime) -> Callable[[sa.Connection, Iterable[Arrival]], None]:
        """What writes, in the transaction that stores articles, who is owed which of them."""
        self._keep_step()

        def owe(connection: sa.Connection, arrivals: Iterable[Arrival]) -> None:
            with self._lock:
                due = [each for one in arrivals for each in _due(self._percolator, one, now)]
            following.owe(connection, due, now)

        return owe

    def _keep_step(self) -> None:
        """Take up what is followed since the last time, and forget what is not followed any more."""
        with self._lock, self._store.reading() as connection:
            state = following.state(connection)
            if state == self._state:
                return
            marks = following.marks(connection)
            changed = [number for number, mark in marks.items() if self._marks.get(number) != mark]
            taken_up = following.subscriptions(connection, changed).values()
            if not self._marks:  # all at once: the percolator then knows beforehand which keys are rare
                self._percolator = Percolator(one.subscription for one in taken_up)
            else:
                for number in self._marks.keys() - marks.keys():
                    self._percolator.remove(number)
                for one in taken_up:
                    self._percolator.add(one.subscription)
            self._state, self._marks = state, marks


def concerning(store: Store, index: Index, wanted: Subscription, start: dt.date, end: dt.date) -> list[Concerning]:
    """The articles of those days that a follower of the topic would have been owed, the oldest first.

    They are chosen by the percolation that owes them; of very many, those that speak of its words and places most.
    """
    ids = list(dict.fromkeys(_candidates(store, index, wanted, start, end)))
    percolator = Percolator([wanted])
    originals = store.originals(ids)
    found = [
        Concerning(article, originals.get(article.id, article.id), match.facts)
        for article, reading in store.readings_of(ids)
        for match in percolator.match(article, reading)
    ]
    return sorted(found, key=lambda one: (one.article.day or end, one.article.id))


def _candidates(store: Store, index: Index, wanted: Subscription, start: dt.date, end: dt.date) -> list[str]:
    kind = wanted.question.understood.kind
    holding = FactFilter(
        kinds=(kind,) if kind else (),
        place_keys=tuple(retrieval.place_key(name) for name in wanted.question.places),
        limit=_LOOKED_AT + 1,
    )
    with store.reading() as connection:
        everything = overview.of_days(connection, start, end, FactFilter(limit=_LOOKED_AT + 1))
        if len(everything) <= _LOOKED_AT:
            return everything
        found = overview.of_days(connection, start, end, holding) if kind or holding.place_keys else []
    if kind:  # no article without such a fact can concern it
        return found
    words = " ".join([*wanted.question.words, *wanted.include])
    hits = index.search(words, _LOOKED_AT, Filters(date_from=start, date_to=end, kinds=("passage",)))
    return [*found, *(hit.article_id for hit in hits)]


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
