"""The index that lives on disk: persistent, incremental, for one machine and millions of passages."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock, Thread
from typing import NamedTuple, Self, TypeVar

from retrieval.index import analyzer
from retrieval.index.analyzer import Analysed
from retrieval.index.diskpart import Busy, DiskPart, Writing
from retrieval.index.generations import Generation, Generations
from retrieval.index.parts import PARTS, Part, best_of, parts_asked, split
from retrieval.index.protocol import EngineError, Entry, Filters, Hit, IndexStats

T = TypeVar("T")

# How long to wait for another process that is writing, and between two looks, in seconds.
_PATIENCE, _PAUSE = 60.0, 0.05
# Committed last: a process that is killed between the two commits leaves the old stamp, and whoever compares it with
# the store adds the articles again.
_STAMPED: Part = "passages"


class _Opened(NamedTuple):
    """A generation and its parts, and the mark that said it counts when it was opened."""

    mark: tuple[int, int] | None
    generation: Generation
    parts: Mapping[Part, DiskPart]


class DiskIndex:
    """Tantivy indexes in a folder. Several processes may read and write it; one write waits for the other."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root)
        self._lock = RLock()
        self._merging: Thread | None = None
        self._fixed = False
        self._opened = self._open()

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        self.put(analyzer.analysed(entries), stamp=stamp)

    def put(self, new: Iterable[Analysed], *, stamp: str | None = None) -> None:
        """Add entries whose terms are known already."""
        parted = split(new)
        self._change({one.entry.article_id for part in parted.values() for one in part}, parted, stamp)

    def fill(self, parted: Mapping[Part, Iterable[Analysed]], *, stamp: str | None = None) -> None:
        """Put in what another index holds; this one is empty. Little of it is in memory at a time.

        Raises:
            EngineError: when it could not be kept.
        """
        articles: set[str] = set()
        first: set[str] = set()

        def noted(new: Iterable[Analysed]) -> Iterator[Analysed]:
            for one in new:
                if one.entry.article_id not in articles:
                    articles.add(one.entry.article_id)
                    first.add(one.entry.id)
                yield one

        with self._lock, _explained("filled"):
            for part in reversed(PARTS):
                writing = self._begun(self._opened.parts[part])
                try:
                    writing.replace((), noted(parted[part]), first)
                    writing.commit(stamp if part == _STAMPED else None)
                finally:
                    writing.end()

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        self._change(set(article_ids), split(()), stamp)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        terms = analyzer.terms_of_query(query)
        asked = parts_asked(filters)
        return self._tried(
            lambda opened: best_of([opened.parts[part].search(terms, k, left) for part, left in asked], k)
        )

    def stats(self) -> IndexStats:
        """See `Index.stats`."""

        def measure(opened: _Opened) -> IndexStats:
            counts = [part.count() for part in opened.parts.values()]
            entries, articles = (sum(column) for column in zip(*counts, strict=True))
            return IndexStats("disk", opened.generation.analyzer, entries, articles, opened.parts[_STAMPED].stamp())

        return self._tried(measure)

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """See `Index.rebuilding`."""
        with _explained("built"):
            generation = self._generations.begin(analyzer.version())
            fresh = self._at(generation)
        try:
            yield fresh
            fresh.close()
            with _explained("built"):
                replaced = self._generations.current()
                self._generations.establish(generation)
        except BaseException:
            fresh.close()
            self._generations.discard(generation)
            raise
        with self._lock:
            self._settle()
            self._opened = self._open()
            if replaced:
                self._generations.discard(replaced)

    def close(self) -> None:
        """See `Index.close`: waits until segments are merged."""
        with self._lock:
            self._settle()

    def _at(self, generation: Generation) -> Self:
        """An index of that generation, whether it counts or not."""
        index = type(self).__new__(type(self))
        opened = _Opened(None, generation, _parts_in(generation))
        vars(index).update(vars(self), _lock=RLock(), _merging=None, _fixed=True, _opened=opened)
        return index

    def _open(self) -> _Opened:
        """The generation that counts; where there is none, or it is damaged, a new empty one, without a stamp."""
        with self._lock, _explained("opened"):
            mark, current = self._generations.mark(), self._generations.current()
            if current:
                try:
                    return _Opened(mark, current, _parts_in(current))
                except ValueError as error:
                    if "os error" in str(error):
                        raise
            empty = self._generations.begin(analyzer.version())
            parts = _parts_in(empty)
            self._generations.establish(empty)
            return _Opened(self._generations.mark(), empty, parts)

    def _change(
        self, article_ids: Collection[str], parted: Mapping[Part, Sequence[Analysed]], stamp: str | None
    ) -> None:
        """Put the parted entries in place of what the parts hold of the articles."""
        first = {one.entry.article_id: one.entry.id for part in reversed(PARTS) for one in reversed(parted[part])}

        def write(opened: _Opened) -> None:
            self._settle()
            begun: list[Writing] = []
            try:
                for part in reversed(PARTS):
                    if part == _STAMPED or parted[part] or opened.parts[part].holds(article_ids):
                        begun.append(self._begun(opened.parts[part]))
                        begun[-1].replace(article_ids, parted[part], set(first.values()))
                        begun[-1].commit(stamp if part == _STAMPED else None)
            except BaseException:
                _end(begun)
                raise
            self._merging = Thread(target=_end, args=(begun,), daemon=True)
            self._merging.start()

        with self._lock:
            self._tried(write)

    def _begun(self, part: DiskPart) -> Writing:
        """A write to the part, as soon as no other process is writing."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return part.writing()
            except Busy:
                if time.monotonic() > until:
                    raise EngineError(
                        f"another process has been writing to the search index for {_PATIENCE:.0f} seconds: try again"
                    ) from None
                time.sleep(_PAUSE)

    def _tried(self, act: Callable[[_Opened], T]) -> T:
        """What the act gives on the generation that counts, tried again when another one has taken its place."""
        opened = self._opened
        if self._fixed or self._generations.mark() == opened.mark:
            try:
                return act(opened)
            except (ValueError, OSError) as error:
                if self._fixed or self._generations.mark() == opened.mark:
                    raise EngineError(f"the search index cannot be used: {error}") from error
        with self._lock, _explained("used"):
            if self._generations.mark() != self._opened.mark:
                self._opened = self._open()
            return act(self._opened)

    def _settle(self) -> None:
        """Wait until the merging that the last write began is done and its lock on the folder is gone."""
        if self._merging:
            self._merging.join()
            self._merging = None


def _parts_in(generation: Generation) -> dict[Part, DiskPart]:
    return {part: DiskPart(generation.folder / part) for part in PARTS}


def _end(begun: Iterable[Writing]) -> None:
    for writing in begun:
        writing.end()


@contextmanager
def _explained(done: str) -> Iterator[None]:
    """Faults of files and of tantivy as the one error that the protocol names."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineError(f"the search index cannot be {done}: {error}") from error
