"""The index that lives in memory: the embedded default while the corpus is small, and the referee's partner.

It can leave a snapshot of itself in a file, because to read ten thousand passages again takes seconds, and to take up
a snapshot a fraction of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Self

import numpy as np

from retrieval.index import analyzer, snapshots
from retrieval.index.analyzer import Analysed, Terms
from retrieval.index.bm25 import Postings, Scores
from retrieval.index.catalogue import Catalogue
from retrieval.index.protocol import Entry, Filters, Hit, IndexStats
from retrieval.index.similarity import K1, B
from retrieval.index.snapshots import Held

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
        self._catalogue = Catalogue()
        self._fields = {name: Postings(k1=K1, b=B, delta=0) for name in Terms._fields}
        self._stamp = ""
        self._unsaved = False

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        self.put(analyzer.analysed(entries), stamp=stamp)

    def put(self, new: Iterable[Analysed], *, stamp: str | None = None) -> None:
        """Add entries whose terms are known already."""
        by_id = {one.entry.id: one for one in new}
        with self._lock:
            self._take_up()
            self._discard({one.entry.article_id for one in by_id.values()})
            for entry, terms in by_id.values():
                self._catalogue.append(entry)
                for postings, counts in zip(self._fields.values(), terms, strict=True):
                    postings.append(counts)
            self._changed(stamp)

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        with self._lock:
            self._take_up()
            self._discard(article_ids)
            self._changed(stamp)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        terms = analyzer.terms_of_query(query)
        with self._lock:
            self._take_up()
            entries = self._catalogue.entries
            scores = np.zeros(len(entries))
            for postings, weights in zip(self._fields.values(), terms, strict=True):
                postings.accumulate(weights, scores)
            scores[~self._fields["stems"].alive] = 0.0
            if filters:
                scores[~self._catalogue.fitting(filters)] = 0.0
            return [Hit(entries[n].id, entries[n].article_id, float(scores[n])) for n in _best(scores, k)]

    def stats(self) -> IndexStats:
        """See `Index.stats`."""
        with self._lock:
            self._take_up()
            count = self._fields["stems"].corpus_size
            return IndexStats("memory", analyzer.version(), count, self._catalogue.articles, self._stamp)

    def contents(self) -> Iterator[Analysed]:
        """Yield everything that the index holds, without the entries' texts."""
        with self._lock:
            self._take_up()
            self._compact()
            fields = [postings.contents() for postings in self._fields.values()]
            for entry, *counts in zip(self._catalogue.entries, *fields, strict=True):
                yield Analysed(entry, Terms(*counts))

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
            if self._snapshot and self._unsaved and len(self._catalogue.entries) >= _WORTH_KEEPING:
                self._compact()
                fields = {name: postings.dump() for name, postings in self._fields.items()}
                held = Held(analyzer.version(), self._stamp, self._catalogue.entries, fields)
                # A snapshot only saves time: a full or read-only disk must not spoil what was done.
                with suppress(OSError):
                    snapshots.save(self._snapshot, held)
            self._clear()
            self._taken_up = True

    def _take_up(self) -> None:
        if self._taken_up or self._snapshot is None:
            return
        self._taken_up = True
        held = snapshots.load(self._snapshot, analyzer.version())
        if held is None:
            return
        try:
            for name, postings in self._fields.items():
                postings.restore(held.fields[name])
        except (KeyError, ValueError):
            self._clear()
            return
        self._catalogue = Catalogue(held.entries)
        self._stamp = held.stamp

    def _discard(self, article_ids: Collection[str]) -> None:
        numbers = self._catalogue.discard(article_ids)
        for postings in self._fields.values():
            postings.discard(numbers)

    def _changed(self, stamp: str | None) -> None:
        self._unsaved = True
        self._stamp = self._stamp if stamp is None else stamp
        held = len(self._catalogue.entries)
        if held - self._fields["stems"].corpus_size > _DEAD_SHARE * held:
            self._compact()

    def _compact(self) -> None:
        if self._fields["stems"].corpus_size < len(self._catalogue.entries):
            kept = [postings.compact() for postings in self._fields.values()]
            self._catalogue = Catalogue(self._catalogue.entries[n] for n in kept[0])


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
