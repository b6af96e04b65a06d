"""BM25 over postings: rank-bm25's Plus that grows and shrinks, and looks only at texts that hold a query term."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

Scores = npt.NDArray[np.float64]


class Postings(BM25Plus):  # type: ignore[misc]  # rank-bm25 has no types
    """Scores equal to those of `rank_bm25.BM25Plus` over the same texts, term for term.

    Texts are numbered in the order of adding, and a removed text keeps its number until `compact`. Two growing arrays
    for each term hold the texts in which it occurs and how often; what depends on the whole collection (the average
    length, the number of texts holding a term) is worked out when it is asked for, so that adding a text touches the
    postings of its own terms alone.
    """

    def __init__(
        self, corpus: Iterable[Sequence[str]] = (), *, k1: float = 1.5, b: float = 0.75, delta: float = 1.0
    ) -> None:
        self.texts: dict[str, array[int]] = {}
        self.counts: dict[str, array[int]] = {}
        self.lengths = array("I")
        self.alive = bytearray()
        self._total = 0
        self._norms: Scores | None = None
        super().__init__(corpus, k1=k1, b=b, delta=delta)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        for terms in corpus:
            self.append(terms)
        return {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Nothing beforehand: `weight` works it out for the terms of a query."""

    def append(self, terms: Sequence[str]) -> int:
        """Add a text and return its number."""
        number = len(self.lengths)
        for term, count in Counter(terms).items():
            if term not in self.texts:
                self.texts[term], self.counts[term] = array("I"), array("H")
            self.texts[term].append(number)
            self.counts[term].append(min(count, 0xFFFF))
        self.lengths.append(len(terms))
        self.alive.append(1)
        self._measure(len(terms), 1)
        return number

    def discard(self, numbers: Collection[int]) -> None:
        """Take texts out of every count and every result; their numbers are not given again."""
        for number in numbers:
            if self.alive[number]:
                self.alive[number] = 0
                self._measure(-self.lengths[number], -1)

    def compact(self) -> npt.NDArray[np.int64]:
        """Forget removed texts and renumber the others; returns the old number of each that is left, in order."""
        alive = self._alive()
        kept = np.flatnonzero(alive)
        renumbered = np.cumsum(alive, dtype=np.uint32) - 1
        for term in list(self.texts):
            texts, counts = self._postings(term)
            holds = alive[texts]
            left = renumbered[texts[holds]]
            if len(left):
                self.texts[term] = array("I", left.tobytes())
                self.counts[term] = array("H", counts[holds].tobytes())
            else:
                del self.texts[term], self.counts[term]
        self.lengths = array("I", np.frombuffer(self.lengths, np.uint32)[kept].tobytes())
        self.alive = bytearray(b"\1" * len(kept))
        self._norms = None
        return kept

    def dump(self) -> dict[str, npt.NDArray[np.generic]]:
        """Everything that the postings hold, as arrays to be kept in a file."""
        names = "\n".join(self.texts).encode()
        return {
            "terms": np.frombuffer(names, np.uint8),
            "holding": np.fromiter(map(len, self.texts.values()), np.uint32, len(self.texts)),
            "texts": np.frombuffer(b"".join(self.texts.values()), np.uint32),
            "counts": np.frombuffer(b"".join(self.counts.values()), np.uint16),
            "lengths": np.frombuffer(self.lengths, np.uint32),
            "alive": np.frombuffer(self.alive, np.uint8),
        }

    def restore(self, held: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Take over what `dump` gave, in place of what the postings hold."""
        texts, counts = held["texts"].tobytes(), held["counts"].tobytes()
        ends = np.cumsum(held["holding"], dtype=np.int64).tolist()
        spans = list(zip([0, *ends[:-1]], ends, strict=True)) if ends else []
        names = held["terms"].tobytes().decode().split("\n") if spans else []
        self.texts = {name: array("I", texts[4 * a : 4 * z]) for name, (a, z) in zip(names, spans, strict=True)}
        self.counts = {name: array("H", counts[2 * a : 2 * z]) for name, (a, z) in zip(names, spans, strict=True)}
        self.lengths = array("I", held["lengths"].tobytes())
        self.alive = bytearray(held["alive"].tobytes())
        alive = self._alive()
        self.corpus_size, self._total = 0, 0
        self._measure(int(held["lengths"][alive].sum()), int(np.count_nonzero(alive)))

    def weight(self, term: str) -> float:
        """The inverse document frequency of a term, as BM25Plus defines it; 0 for a term that no text holds."""
        if term not in self.texts:
            return 0.0
        holding = len(self.texts[term])
        if self.corpus_size < len(self.lengths):
            holding = int(np.count_nonzero(self._alive()[np.frombuffer(self.texts[term], np.uint32)]))
        return math.log((self.corpus_size + 1) / holding) if holding else 0.0

    def accumulate(self, query: Sequence[str], scores: Scores, boost: float = 1.0) -> None:
        """Add `boost` times the score of every text holding a term of the query to `scores`, delta left out.

        `scores` has one place for each number ever given. What is left out is the same for every text, so that order
        is not changed by it: `get_scores` puts it back.
        """
        norms = self._lengths_normed()
        for term, times in Counter(query).items():
            factor = boost * times * self.weight(term) * (self.k1 + 1)
            if factor:
                texts, counts = self._postings(term)
                scores[texts] += factor * counts / (norms[texts] + counts)

    def get_scores(self, query: Sequence[str]) -> Scores:
        """The BM25Plus score of every text that has not been removed, in the order of adding."""
        scores = np.zeros(len(self.lengths))
        self.accumulate(query, scores)
        shift: float = self.delta * sum(self.weight(term) for term in query)
        return scores[self._alive()] + shift

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The BM25Plus scores of the texts at those places of `get_scores`."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def _measure(self, length: int, texts: int) -> None:
        self._total += length
        self.corpus_size += texts
        self.avgdl = self._total / self.corpus_size if self.corpus_size else 0.0
        self._norms = None

    def _postings(self, term: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
        return np.frombuffer(self.texts[term], np.uint32), np.frombuffer(self.counts[term], np.uint16)

    def _alive(self) -> npt.NDArray[np.bool_]:
        return np.frombuffer(self.alive, np.bool_)

    def _lengths_normed(self) -> Scores:
        norms = self._norms
        if norms is None:
            lengths = np.frombuffer(self.lengths, np.uint32)
            norms = self._norms = self.k1 * (1 - self.b + self.b * lengths / (self.avgdl or 1.0))
        return norms
