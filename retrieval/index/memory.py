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

from retrieval.index import analyzer, snapshots
from retrieval.index.analyzer import Analysed
from retrieval.index.parts import PARTS, Part, best_of, parts_asked, split
from retrieval.index.protocol import Entry, Filters, Hit, IndexStats
from retrieval.index.shelf import Shelf

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
        self._shelves: dict[Part, Shelf] = {part: Shelf() for part in PARTS}
        self._stamp = ""
        self._unsaved = False

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        self.put(analyzer.analysed(entries), stamp=stamp)

    def put(self, new: Iterable[Analysed], *, stamp: str | None = None) -> None:
        """Add entries whose terms are known already."""
        parted = split(new)
        with self._lock:
            self._take_up()
            self._discard({one.entry.article_id for part in parted.values() for one in part})
            for part, shelf in self._shelves.items():
                shelf.put(parted[part])
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
            found = [self._shelves[part].search(terms, k, left) for part, left in parts_asked(filters)]
        return best_of(found, k)

    def stats(self) -> IndexStats:
        """See `Index.stats`."""
        with self._lock:
            self._take_up()
            articles = {name for shelf in self._shelves.values() for name in shelf.catalogue.articles}
            return IndexStats("memory", analyzer.version(), len(self), len(articles), self._stamp)

    def __len__(self) -> int:
        """How many entries it holds."""
        return sum(map(len, self._shelves.values()))

    def contents(self) -> dict[Part, Iterator[Analysed]]:
        """Everything that the index holds, without the entries' texts; it is searched meanwhile, but not changed."""
        with self._lock:
            self._take_up()
            return {part: shelf.contents() for part, shelf in self._shelves.items()}

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """See `Index.rebuilding`."""
        fresh = type(self)()
        yield fresh
        self.take(fresh)

    def take(self, other: Self) -> None:
        """Hold what the other index holds, which is not used afterwards."""
        with self._lock:
            vars(self).update({name: held for name, held in vars(other).items() if name in ("_shelves", "_stamp")})
            self._taken_up = self._unsaved = True

    def close(self) -> None:
        """See `Index.close`: leaves a snapshot, and gives the memory back."""
        with self._lock:
            if self._snapshot and self._unsaved and len(self) >= _WORTH_KEEPING:
                # A snapshot only saves time: a full or read-only disk must not spoil what was done.
                with suppress(OSError):
                    snapshots.save(self._snapshot, analyzer.version(), self._stamp, self._shelves)
            self._clear()
            self._taken_up = True

    def _take_up(self) -> None:
        if self._taken_up or self._snapshot is None:
            return
        self._taken_up = True
        held = snapshots.load(self._snapshot, analyzer.version())
        if held:
            self._stamp, self._shelves = held

    def _discard(self, article_ids: Collection[str]) -> None:
        for shelf in self._shelves.values():
            shelf.discard(article_ids)

    def _changed(self, stamp: str | None) -> None:
        self._unsaved = True
        self._stamp = self._stamp if stamp is None else stamp
