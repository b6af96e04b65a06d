"""Entries of one sort with their postings, in memory: passages stand on one shelf and facts on another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.analyzer import Analysed, Terms
from retrieval.index.bm25 import Postings, Scores
from retrieval.index.catalogue import Catalogue
from retrieval.index.protocol import Entry, Filters, Hit
from retrieval.index.similarity import K1, B

# Renumbering costs about as much as one search for each thousand texts; a third of dead weight is cheaper to carry.
_DEAD_SHARE = 1 / 3


class Shelf:
    """Entries that are scored against each other: how rare a word is, and how long a text, is counted on one shelf."""

    def __init__(self) -> None:
        self.catalogue = Catalogue()
        self._fields = {name: Postings(k1=K1, b=B, delta=0) for name in Terms._fields}

    def __len__(self) -> int:
        """How many entries stand here."""
        count: int = self._fields["stems"].corpus_size
        return count

    def put(self, new: Iterable[Analysed]) -> None:
        """Add entries; what stood here of their articles must have been discarded before."""
        for entry, terms in new:
            self.catalogue.append(entry)
            for postings, counts in zip(self._fields.values(), terms, strict=True):
                postings.append(counts)

    def discard(self, article_ids: Collection[str]) -> None:
        """Take out the entries of the articles."""
        numbers = self.catalogue.discard(article_ids)
        for postings in self._fields.values():
            postings.discard(numbers)
        held = len(self.catalogue.entries)
        if held - len(self) > _DEAD_SHARE * held:
            self.compact()

    def search(self, query: Terms, k: int, filters: Filters | None) -> list[Hit]:
        """The `k` entries with the highest scores, best first."""
        entries = self.catalogue.entries
        scores = np.zeros(len(entries))
        for postings, weights in zip(self._fields.values(), query, strict=True):
            postings.accumulate(weights, scores)
        if len(self) < len(entries):
            scores[~self._fields["stems"].alive] = 0.0
        if filters:
            scores[~self.catalogue.fitting(filters)] = 0.0
        return [Hit(entries[n].id, entries[n].article_id, float(scores[n])) for n in _best(scores, k)]

    def compact(self) -> None:
        """Forget what was discarded for good."""
        if len(self) < len(self.catalogue.entries):
            kept = [postings.compact() for postings in self._fields.values()]
            self.catalogue = Catalogue(self.catalogue.entries[n] for n in kept[0])

    def contents(self) -> Iterator[Analysed]:
        """Every entry, without its text, and its terms."""
        self.compact()
        fields = [postings.contents() for postings in self._fields.values()]
        rows = zip(self.catalogue.entries, *fields, strict=True)
        return (Analysed(entry, Terms(*counts)) for entry, *counts in rows)

    def dump(self) -> dict[str, npt.NDArray[Any]]:
        """The postings as arrays, in the order of the entries of the catalogue as it stands afterwards."""
        self.compact()
        return {
            f"{field}.{name}": held
            for field, postings in self._fields.items()
            for name, held in postings.dump().items()
        }

    @classmethod
    def restored(cls, entries: Iterable[Entry], arrays: Mapping[str, npt.NDArray[Any]]) -> Shelf:
        """A shelf with these entries, and the postings that `dump` gave.

        Raises:
            ValueError, KeyError: when they do not belong together.
        """
        shelf = cls()
        for field, postings in shelf._fields.items():
            cut = len(field) + 1
            postings.restore({name[cut:]: held for name, held in arrays.items() if name.startswith(f"{field}.")})
        shelf.catalogue = Catalogue(entries)
        if any(postings.corpus_size != len(shelf.catalogue.entries) for postings in shelf._fields.values()):
            raise ValueError("the postings are not those of the entries")
        return shelf


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
