"""The index that lives in memory: the embedded default while the corpus is small, and the referee's partner."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Self

import numpy as np
import numpy.typing as npt

from retrieval.arabic.normalise import normalise
from retrieval.index import analyzer
from retrieval.index.bm25 import Postings, Scores
from retrieval.index.protocol import Entry, Filters, Hit, IndexStats

K1, B = 0.6, 0.75
STEM_WEIGHT, GRAM_WEIGHT = 1.0, 1.0
# Renumbering costs about as much as one search for each thousand texts; a third of dead weight is cheaper to carry.
_DEAD_SHARE = 1 / 3


class MemoryIndex:
    """Everything in memory, nothing on disk: fast to search and to change, empty again at the next start."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._clear()

    def _clear(self) -> None:
        self._stems = Postings(k1=K1, b=B, delta=0)
        self._grams = Postings(k1=K1, b=B, delta=0)
        self._entries: list[Entry] = []
        self._days = array("i")
        self._by_article: dict[str, list[int]] = {}
        self._by_label: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        self._stamp = ""

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        new = {entry.id: entry for entry in entries}
        with self._lock:
            self._discard({entry.article_id for entry in new.values()})
            for entry in new.values():
                self._append(entry)
            self._changed(stamp)

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        with self._lock:
            self._discard(set(article_ids))
            self._changed(stamp)

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        terms = analyzer.terms_of_query(query)
        with self._lock:
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
            return IndexStats("memory", analyzer.version(), self._stems.corpus_size, len(self._by_article), self._stamp)

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """See `Index.rebuilding`."""
        fresh = type(self)()
        yield fresh
        with self._lock:
            vars(self).update({name: held for name, held in vars(fresh).items() if name != "_lock"})

    def close(self) -> None:
        """See `Index.close`: gives the memory back."""
        with self._lock:
            self._clear()

    def _append(self, entry: Entry) -> None:
        terms = analyzer.terms_of_text(entry.text, entry.title)
        number = self._stems.append(terms.stems)
        self._grams.append(terms.grams)
        self._entries.append(entry._replace(text="", title=""))
        self._days.append(entry.date.toordinal() if entry.date else 0)
        self._by_article.setdefault(entry.article_id, []).append(number)
        for label in _labels(entry):
            self._by_label[label].append(number)

    def _discard(self, article_ids: set[str]) -> None:
        for article_id in article_ids & self._by_article.keys():
            numbers = self._by_article.pop(article_id)
            self._stems.discard(numbers)
            self._grams.discard(numbers)

    def _changed(self, stamp: str | None) -> None:
        self._stamp = self._stamp if stamp is None else stamp
        if len(self._entries) - self._stems.corpus_size > _DEAD_SHARE * len(self._entries):
            kept = self._stems.compact()
            self._grams.compact()
            entries = [self._entries[n] for n in kept]
            self._days = array("i", np.frombuffer(self._days, np.int32)[kept].tobytes())
            self._entries = entries
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
