"""BM25 over postings: rank-bm25's Plus that grows and shrinks, and looks only at texts that hold a query term."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]

# A layer is merged into the one below when it is more than this part of it, so that there are never many of them.
_LAYER_RATIO = 1 / 4


class Layer(NamedTuple):
    """Postings in the order of their terms: `terms[i]` is held by `texts[starts[i]:starts[i + 1]]`, `counts` times."""

    terms: Numbers
    starts: Numbers
    texts: Numbers
    counts: Numbers


class Postings(BM25Plus):  # type: ignore[misc]  # rank-bm25 has no types
    """Scores equal to those of `rank_bm25.BM25Plus` over the same texts, term for term.

    Texts are numbered in the order of adding, and a removed text keeps its number until `compact`. Postings lie in a
    few flat arrays, sorted by term, one layer over the other: new ones are gathered unsorted and become a small layer
    when the next question comes, and small layers are merged into larger ones now and then. What depends on the whole
    collection (the average length, how many texts hold a term) is worked out when it is asked for.
    """

    def __init__(
        self, corpus: Iterable[Sequence[str]] = (), *, k1: float = 1.5, b: float = 0.75, delta: float = 1.0
    ) -> None:
        self._numbers: dict[str, int] = {}
        self._layers: list[Layer] = []
        self._gathered = array("I"), array("I"), array("H")
        self._lengths = array("I")
        self._alive = bytearray()
        self._total = 0
        self._norms: Scores | None = None
        super().__init__(corpus, k1=k1, b=b, delta=delta)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        for terms in corpus:
            self.append(Counter(terms))
        return {}

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Nothing beforehand: it is worked out for the terms of a query."""

    @property
    def alive(self) -> npt.NDArray[np.bool_]:
        """Of each number that was given, whether its text is still there."""
        return np.array(self._alive, np.uint8).view(np.bool_)

    def append(self, counts: Mapping[str, float]) -> int:
        """Add a text that holds each term so many times (whole, and 65,535 at most), and return its number."""
        number = len(self._lengths)
        numbers = self._numbers
        terms, texts, times = self._gathered
        terms.extend([numbers.setdefault(term, len(numbers)) for term in counts])
        texts.extend([number] * len(counts))
        times.extend(counts.values())  # type: ignore[arg-type]  # those of a text are whole
        length = int(sum(counts.values()))
        self._lengths.append(length)
        self._alive.append(1)
        self._measure(length, 1)
        return number

    def discard(self, numbers: Collection[int]) -> None:
        """Take texts out of every count and every result; their numbers are not given again."""
        for number in numbers:
            if self._alive[number]:
                self._alive[number] = 0
                self._measure(-self._lengths[number], -1)

    def compact(self) -> npt.NDArray[np.int64]:
        """Forget removed texts and renumber the others; returns the old number of each that is left, in order."""
        alive = self.alive
        kept = np.flatnonzero(alive)
        terms, texts, counts = self._flat()
        held = alive[texts]
        renumbered = (np.cumsum(alive) - 1).astype(np.uint32)
        self._take(list(self._numbers), terms[held], renumbered[texts[held]], counts[held])
        self._lengths = array("I", np.array(self._lengths, np.uint32)[kept].tobytes())
        self._alive = bytearray(b"\1" * len(kept))
        self._norms = None
        return kept

    def dump(self) -> dict[str, Numbers]:
        """Everything the postings hold as arrays to be kept in a file, removed texts left out."""
        self.compact()
        terms, texts, counts = self._flat()
        return {
            "names": np.frombuffer("\n".join(self._numbers).encode(), np.uint8),
            "terms": terms,
            "texts": texts,
            "counts": counts,
            "lengths": np.array(self._lengths, np.uint32),
        }

    def restore(self, held: Mapping[str, Numbers]) -> None:
        """Take over what `dump` gave, in place of what the postings hold.

        Raises:
            ValueError: when the arrays do not belong together.
        """
        lengths = held["lengths"].astype(np.uint32)
        terms, texts, counts = held["terms"], held["texts"], held["counts"]
        names = held["names"].tobytes().decode()
        listed = names.split("\n") if names else []
        if not len(terms) == len(texts) == len(counts) or not (_below(terms, listed) and _below(texts, lengths)):
            raise ValueError("the postings do not belong together")
        self._take(listed, terms, texts, counts)
        self._lengths = array("I", lengths.tobytes())
        self._alive = bytearray(b"\1" * len(lengths))
        self.corpus_size = self._total = 0
        self._measure(int(lengths.sum()), len(lengths))

    def contents(self) -> Iterator[dict[str, int]]:
        """What each text that is left holds, in the order of adding: terms and how often. Searches may go on."""
        self.compact()
        terms, texts, counts = self._flat()
        names = np.array(list(self._numbers), dtype=object)
        order = np.argsort(texts, kind="stable")
        ends = np.searchsorted(texts[order], np.arange(len(self._lengths)), side="right").tolist()
        spans = (order[start:end] for start, end in zip([0, *ends], ends, strict=False))
        return (dict(zip(names[terms[span]].tolist(), counts[span].tolist(), strict=True)) for span in spans)

    def accumulate(self, query: Mapping[str, float], scores: Scores) -> None:
        """Add to `scores` what each text holding a term of the query gains by it, each term weighed as given.

        `scores` has one place for each number ever given; those of removed texts get what they would have had. Delta
        is left out: it is the same for every text, so `get_scores` adds it and order does not depend on it.
        """
        known = {self._numbers[term]: weight for term, weight in query.items() if term in self._numbers}
        if not known:
            return
        wanted = np.fromiter(known, np.uint32, len(known))
        spans = [(layer, *_spans(layer, wanted)) for layer in self._layered()]
        holding = self._holding(spans, len(wanted))
        weights = np.fromiter(known.values(), np.float64, len(known))
        factors = weights * self._idf(holding) * (self.k1 + 1)
        norms = self._lengths_normed()
        for layer, starts, ends in spans:
            picked = [np.arange(a, z) for a, z in zip(starts, ends, strict=True)]
            places = np.concatenate(picked)
            if len(places):
                texts, counts = layer.texts[places], layer.counts[places]
                gains = np.repeat(factors, ends - starts) * counts / (norms[texts] + counts)
                scores += np.bincount(texts, gains, minlength=len(scores))

    def get_scores(self, query: Sequence[str]) -> Scores:
        """The BM25Plus score of every text that has not been removed, in the order of adding."""
        scores = np.zeros(len(self._lengths))
        self.accumulate(Counter(query), scores)
        wanted = np.fromiter((self._numbers[term] for term in query if term in self._numbers), np.uint32)
        holding = self._holding([(layer, *_spans(layer, wanted)) for layer in self._layered()], len(wanted))
        shift: float = self.delta * float(self._idf(holding).sum())
        return scores[self.alive] + shift

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The BM25Plus scores of the texts at those places of `get_scores`."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def _measure(self, length: int, texts: int) -> None:
        self._total += length
        self.corpus_size += texts
        self.avgdl = self._total / self.corpus_size if self.corpus_size else 0.0
        self._norms = None

    def _idf(self, holding: Numbers) -> Scores:
        """BM25Plus's inverse document frequency of terms held by so many texts; 0 where none holds it."""
        present = holding > 0
        idf = np.zeros(len(holding))
        idf[present] = np.log((self.corpus_size + 1) / holding[present])
        return idf

    def _holding(self, spans: Iterable[tuple[Layer, Numbers, Numbers]], terms: int) -> Numbers:
        alive = self.alive if self.corpus_size < len(self._lengths) else None
        holding = np.zeros(terms, np.int64)
        for layer, starts, ends in spans:
            if alive is None:
                holding += ends - starts
            else:
                for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
                    holding[place] += np.count_nonzero(alive[layer.texts[start:end]])
        return holding

    def _lengths_normed(self) -> Scores:
        if self._norms is None:
            lengths = np.array(self._lengths, np.float64)
            self._norms = self.k1 * (1 - self.b) + lengths * (self.k1 * self.b / (self.avgdl or 1.0))
        return self._norms

    def _layered(self) -> list[Layer]:
        """The layers, what was gathered since the last question among them."""
        terms, texts, counts = self._gathered
        if terms:
            new = _layer(np.array(terms, np.uint32), np.array(texts, np.uint32), np.array(counts, np.uint16))
            self._gathered = array("I"), array("I"), array("H")
            while self._layers and len(new.texts) > _LAYER_RATIO * len(self._layers[-1].texts):
                new = _merged(self._layers.pop(), new)
            self._layers.append(new)
        return self._layers

    def _flat(self) -> tuple[Numbers, Numbers, Numbers]:
        """All postings, sorted by term and text: term, text and count of each."""
        layers = self._layered()
        if not layers:
            return np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint16)
        while len(layers) > 1:
            layers.append(_merged(layers.pop(-2), layers.pop()))
        return _terms_of(layers[0]), layers[0].texts, layers[0].counts

    def _take(self, names: Sequence[str], terms: Numbers, texts: Numbers, counts: Numbers) -> None:
        """Hold these postings, sorted by term, and the names of the terms that they use."""
        used = np.unique(terms)
        self._numbers = {names[number]: place for place, number in enumerate(used.tolist())}
        renumbered = np.searchsorted(used, terms).astype(np.uint32)
        self._layers = [_sorted_layer(renumbered, texts, counts)] if len(terms) else []
        self._gathered = array("I"), array("I"), array("H")


def _below(numbers: Numbers, listed: Sized) -> bool:
    return not len(numbers) or int(numbers.max()) < len(listed)


def _layer(terms: Numbers, texts: Numbers, counts: Numbers) -> Layer:
    order = np.argsort(terms, kind="stable")
    return _sorted_layer(terms[order], texts[order], counts[order])


def _sorted_layer(terms: Numbers, texts: Numbers, counts: Numbers) -> Layer:
    used, starts = np.unique(terms, return_index=True)
    return Layer(used, np.append(starts, len(terms)), texts, counts)


def _merged(older: Layer, newer: Layer) -> Layer:
    """Both layers as one; within a term the texts of the older one come first, as their numbers are lower."""
    return _layer(
        np.concatenate([_terms_of(older), _terms_of(newer)]),
        np.concatenate([older.texts, newer.texts]),
        np.concatenate([older.counts, newer.counts]),
    )


def _terms_of(layer: Layer) -> Numbers:
    return np.repeat(layer.terms, np.diff(layer.starts))


def _spans(layer: Layer, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """Where the postings of each wanted term start and end in the layer; both the same for one it does not hold."""
    places = np.searchsorted(layer.terms, wanted)
    there = places < len(layer.terms)
    there[there] = layer.terms[places[there]] == wanted[there]
    places = np.where(there, places, 0)
    starts = layer.starts[places]
    return starts, np.where(there, layer.starts[places + 1], starts) if len(layer.terms) else starts
