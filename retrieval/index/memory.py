"""The index that lives in memory: the embedded default while the corpus is small, and the referee's partner.

It can leave a snapshot of itself in a file, because to read ten thousand passages again takes seconds, and to take up
a snapshot a fraction of one.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Self

import numpy as np
import numpy.typing as npt

from retrieval.arabic.normalise import normalise
from retrieval.index import analyzer, snapshots
from retrieval.index.bm25 import Postings, Scores
from retrieval.index.protocol import Entry, Filters, Hit, IndexStats
from retrieval.index.snapshots import Held

K1, B = 0.6, 0.75
STEM_WEIGHT, GRAM_WEIGHT = 1.0, 1.0
# Renumbering costs about as much as one search for each thousand texts; a third of dead weight is cheaper to carry.
_DEAD_SHARE = 1 / 3
# Fewer entries are made again about as fast as a snapshot is read.
_WORTH_KEEPING = 1000


class MemoryIndex:
    """Everything in memory: fast to search and to change.

    Without a `snapshot` it is empty again at the next start; with one it leaves what it holds there when it is closed,
    and takes it up again when it is first used. A snapshot that is broken, or of another analyzer, is left alone.
    """

    def __init__(self, snapshot: Path | None = None) -> None:
        self._lock = RLock()
        self._snapshot = snapshot
        self._taken_up = snapshot is None
        self._clear()

    def _clear(self) -> None:
        self._stems = Postings(k1=K1, b=B, delta=0)
        self._grams = Postings(k1=K1, b=B, delta=0)
        self._entries: list[Entry] = []
        self._days = array("i")
        self._by_article: dict[str, list[int]] = {}
        self._by_label: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        self._stamp = ""
        self._unsaved = False

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        new = {entry.id: entry for entry in entries}
        with self._lock:
            self._take_up()
            self._discard({entry.article_id for entry in new.values()})
            for entry in new.values():
                self._append(entry)
            self._changed(stamp)

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        with self._lock:
            self._take_up()
            self._discard(set(article_ids))
            self._changed(stamp)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        terms = analyzer.terms_of_query(query)
        with self._lock:
            self._take_up()
            scores = np.zeros(len(self._entries))
            self._stems.accumulate(terms.stems, scores, STEM_WEIGHT)
            self._grams.accumulate(terms.grams, scores, GRAM_WEIGHT)
            scores[~np.frombuffer(self._stems.alive, np.bool_)] = 0.0
            if filters:
                scores[~self._fitting(filters)] = 0.0
            return [Hit(self._entries[n].id, self._entries[n].article_id, float(scores[n])) for n in _best(scores, k)]

    def stats(self) -> IndexStats:
        """See `Index.stats`."""
        with self._lock:
            self._take_up()
            return IndexStats("memory", analyzer.version(), self._stems.corpus_size, len(self._by_article), self._stamp)

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """See `Index.rebuilding`."""
        fresh = type(self)()
        yield fresh
        kept = {"_lock", "_snapshot", "_taken_up"}
        with self._lock:
            self._taken_up = True
            vars(self).update({name: held for name, held in vars(fresh).items() if name not in kept})

    def close(self) -> None:
        """See `Index.close`: leaves a snapshot, and gives the memory back."""
        with self._lock:
            if self._snapshot and self._unsaved and len(self._entries) >= _WORTH_KEEPING:
                self._compact()
                # A snapshot only saves time: a full or read-only disk must not spoil what was done.
                with suppress(OSError):
                    snapshots.save(self._snapshot, self._held())
            self._clear()
            self._taken_up = True

    def _held(self) -> Held:
        fields = {"stems": self._stems.dump(), "grams": self._grams.dump()}
        return Held(analyzer.version(), self._stamp, self._entries, fields)

    def _take_up(self) -> None:
        if self._taken_up or self._snapshot is None:
            return
        self._taken_up = True
        held = snapshots.load(self._snapshot, analyzer.version())
        if held is None:
            return
        self._stems.restore(held.fields["stems"])
        self._grams.restore(held.fields["grams"])
        self._stamp = held.stamp
        self._register(held.entries)
        self._unsaved = False

    def _append(self, entry: Entry) -> None:
        terms = analyzer.terms_of_text(entry.text, entry.title)
        number = self._stems.append(terms.stems)
        self._grams.append(terms.grams)
        self._entries.append(entry._replace(text="", title=""))
        self._days.append(_day(entry))
        self._by_article.setdefault(entry.article_id, []).append(number)
        for label in _labels(entry):
            self._by_label[label].append(number)

    def _discard(self, article_ids: set[str]) -> None:
        for article_id in article_ids & self._by_article.keys():
            numbers = self._by_article.pop(article_id)
            self._stems.discard(numbers)
            self._grams.discard(numbers)

    def _changed(self, stamp: str | None) -> None:
        self._unsaved = True
        self._stamp = self._stamp if stamp is None else stamp
        if len(self._entries) - self._stems.corpus_size > _DEAD_SHARE * len(self._entries):
            self._compact()

    def _compact(self) -> None:
        kept = self._stems.compact()
        self._grams.compact()
        self._register([self._entries[n] for n in kept])

    def _register(self, entries: list[Entry]) -> None:
        """Make these the entries, numbered in their order, none of them removed."""
        self._entries = entries
        self._days = array("i", (_day(entry) for entry in entries))
        self._by_article.clear()
        self._by_label.clear()
        for number, entry in enumerate(entries):
            self._by_article.setdefault(entry.article_id, []).append(number)
            for label in _labels(entry):
                self._by_label[label].append(number)

    def _fitting(self, filters: Filters) -> npt.NDArray[np.bool_]:
        fits = np.ones(len(self._entries), np.bool_)
        if filters.date_from or filters.date_to:
            days = np.frombuffer(self._days, np.int32)
            first = (filters.date_from or dt.date.min).toordinal()
            fits &= (days >= first) & (days <= (filters.date_to or dt.date.max).toordinal())
        for name in ("kinds", "outlets", "places"):
            wanted = getattr(filters, name)
            if wanted:
                holds = np.zeros(len(self._entries), np.bool_)
                for value in wanted:
                    holds[self._by_label.get((name, normalise(value)), array("I"))] = True
                fits &= holds
        return fits


def _day(entry: Entry) -> int:
    return entry.date.toordinal() if entry.date else 0


def _labels(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "kinds", normalise(entry.kind)
    yield "outlets", normalise(entry.outlet)
    for place in dict.fromkeys(map(normalise, entry.places)):
        yield "places", place


def _best(scores: Scores, k: int) -> list[int]:
    """The numbers of the `k` highest scores above 0, highest first; of equal ones the earlier comes first."""
    found = np.flatnonzero(scores)
    if k <= 0 or not len(found):
        return []
    if len(found) > k:
        least = np.partition(scores[found], len(found) - k)[len(found) - k]
        found = found[scores[found] >= least]
    best: list[int] = found[np.argsort(-scores[found], kind="stable")][:k].tolist()
    return best
