"""Keeping the index in step with the store, which is the truth."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import retrieval
from bot.store import Store
from retrieval import Article, Index, Reading

T = TypeVar("T")
Progress = Callable[[int, int], None]

_PORTION = 500


def no_progress(_done: int, _total: int) -> None:
    """Say nothing."""


def portions(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of that size, the last one shorter."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion


class Indexing:
    """Brings one index in step with one store, by what changed when that can be told, else by building it anew."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store = store
        self._index = index
        self._lock = threading.Lock()

    def refresh(self, progress: Progress = no_progress) -> None:
        """Bring the index in step. While another thread does so, the index answers as it stands."""
        stamp = self._store.stamp()
        stats = self._index.stats()
        if stats.stamp == stamp and not stats.stale(retrieval.analyzer_version()):
            return
        if not self._lock.acquire(blocking=not stats.stamp):
            return
        try:
            self._catch_up(progress)
        finally:
            self._lock.release()

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Build the index anew, whatever it holds; it keeps answering until the new one takes its place."""
        with self._lock:
            self._build(progress)

    def _catch_up(self, progress: Progress) -> None:
        stats = self._index.stats()
        since = None
        if not stats.stale(retrieval.analyzer_version()):
            since = self._store.revision_of(stats.stamp)
        if since is None:
            self._build(progress)
            return
        # Taken before the articles are read: what changes meanwhile is read again, rather than missed.
        stamp = self._store.stamp()
        # First, for an article that was removed may have come again since.
        for gone in portions(self._store.removed(after=since), _PORTION):
            self._index.remove(gone)
        _fill(self._index, self._store.readings(after=since), progress, 0)
        self._index.add((), stamp=stamp)

    def _build(self, progress: Progress) -> None:
        stamp = self._store.stamp()
        with self._index.rebuilding() as fresh:
            _fill(fresh, self._store.readings(), progress, self._store.counts().articles)
            fresh.add((), stamp=stamp)


def _fill(index: Index, readings: Iterable[tuple[Article, Reading]], progress: Progress, total: int) -> None:
    done = 0
    for portion in portions(readings, _PORTION):
        entries = {article.id: retrieval.entries_of(article, reading) for article, reading in portion}
        # Adding replaces what the index holds of an article only when there is something to add.
        if gone := [name for name, found in entries.items() if not found]:
            index.remove(gone)
        index.add(entry for found in entries.values() for entry in found)
        done += len(portion)
        progress(done, max(done, total))
