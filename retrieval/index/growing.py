"""The index that chooses by itself: in memory while the corpus is small, on disk once it has outgrown that."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from retrieval.index.disk import DiskIndex
from retrieval.index.memory import MemoryIndex
from retrieval.index.protocol import EngineError, Entry, Filters, Hit, Index, IndexStats

# Up to here memory is quicker to change and as quick to search, and its snapshot is read within a start-up's time.
LIMIT = 20_000


class GrowingIndex:
    """A memory index that becomes a disk index when it holds more than `limit` entries, and stays one.

    The disk index is built beside and put in its place when it is whole: a process killed on the way starts again from
    memory. Searches go on meanwhile.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = RLock()
        self._home = folder / "disk"
        self._snapshot = folder / "memory.npz"
        self._engine: MemoryIndex | DiskIndex
        self._engine = DiskIndex(self._home) if self._home.exists() else MemoryIndex(self._snapshot)

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        with self._lock:
            self._engine.add(entries, stamp=stamp)
            if isinstance(self._engine, MemoryIndex) and len(self._engine) > self._limit:
                self._move(self._engine)

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        with self._lock:
            self._engine.remove(article_ids, stamp=stamp)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        return self._engine.search(query, k, filters)

    def stats(self) -> IndexStats:
        """See `Index.stats`; the engine is named behind "auto"."""
        stats = self._engine.stats()
        return stats._replace(engine=f"auto: {stats.engine}")

    @contextmanager
    def rebuilding(self) -> Iterator[Index]:
        """See `Index.rebuilding`; the new index may outgrow memory where the old one did not."""
        if isinstance(self._engine, DiskIndex):
            with self._engine.rebuilding() as disk:
                yield disk
            return
        workshop = self._folder / f"growing.{os.getpid()}"
        fresh = GrowingIndex(workshop, self._limit)
        try:
            yield fresh
            with self._lock:
                grown = fresh._engine
                if isinstance(grown, DiskIndex):
                    grown.close()
                    self._settle_in(workshop / "disk")
                elif isinstance(self._engine, MemoryIndex):
                    self._engine.take(grown)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)

    def close(self) -> None:
        """See `Index.close`."""
        with self._lock:
            self._engine.close()

    def _move(self, memory: MemoryIndex) -> None:
        """Carry everything over to a disk index; what the terms of a text are need not be found out again."""
        workshop = self._folder / f"moving.{os.getpid()}"
        shutil.rmtree(workshop, ignore_errors=True)
        try:
            disk = DiskIndex(workshop)
            disk.fill(memory.contents(), stamp=memory.stats().stamp or None)
            disk.close()
            self._settle_in(workshop)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)

    def _settle_in(self, built: Path) -> None:
        """Put a whole disk index in its place and use it from now on."""
        try:
            # Another process that has grown at the same time put its own there: then that one is used.
            if not self._home.exists():
                built.rename(self._home)
            self._snapshot.unlink(missing_ok=True)
        except OSError as error:
            raise EngineError(f"the search index cannot be moved to disk: {error}") from error
        self._engine = DiskIndex(self._home)
