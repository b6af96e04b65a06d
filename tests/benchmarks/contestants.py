"""The engines that are compared: ours, and those that a developer would otherwise take, as they come out of the box."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import bm25s
import numpy as np
import tantivy
from rank_bm25 import BM25Plus

from retrieval.arabic.tokens import words
from retrieval.index import Entry, Index, open_index
from retrieval.index.analyzer import Terms, terms_of_query, terms_of_text
from retrieval.index.similarity import K1, B

_PORTION = 2_000


class Contestant(Protocol):
    """An engine with a folder of its own, which may stay empty."""

    def build(self, passages: Iterable[str]) -> None:
        """Index the passages, numbered from 0."""

    def search(self, question: str, k: int) -> Sequence[int]:
        """The numbers of the `k` best passages."""

    def add(self, number: int, passage: str) -> None:
        """Make one more passage findable."""


class Ours:
    """One of our engines."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._index: Index = open_index(engine, folder)

    def build(self, passages: Iterable[str]) -> None:
        entries = (Entry(f"{n}#0", str(n), "passage", text) for n, text in enumerate(passages))
        with self._index.rebuilding() as fresh:
            while portion := list(islice(entries, _PORTION)):
                fresh.add(portion)

    def search(self, question: str, k: int) -> Sequence[int]:
        return [int(hit.article_id) for hit in self._index.search(question, k)]

    def add(self, number: int, passage: str) -> None:
        self._index.add([Entry(f"{number}#0", str(number), "passage", passage)])

    def close(self) -> None:
        """Leave on disk what is to be kept."""
        self._index.close()


class RankBm25:
    """rank-bm25 over whole words; it can only be built anew."""

    def __init__(self, _folder: Path) -> None:
        self._texts: list[list[str]] = []

    def build(self, passages: Iterable[str]) -> None:
        self._texts = [words(passage) for passage in passages]
        self._bm25 = BM25Plus(self._texts)

    def search(self, question: str, k: int) -> Sequence[int]:
        return best(self._bm25.get_scores(words(question)), k)

    def add(self, number: int, passage: str) -> None:
        self._texts[number:] = [words(passage)]
        self._bm25 = BM25Plus(self._texts)


class RankBm25OurTerms:
    """rank-bm25 over the very terms of our memory engine: the same scores, by the library's own arithmetic."""

    def __init__(self, _folder: Path) -> None:
        self._fields: list[list[list[str]]] = [[] for _ in Terms._fields]

    def build(self, passages: Iterable[str]) -> None:
        for passage in passages:
            self._append(passage)
        self._bm25 = [BM25Plus(texts, k1=K1, b=B, delta=0) for texts in self._fields]

    def search(self, question: str, k: int) -> Sequence[int]:
        scores = 0.0
        for bm25, weights in zip(self._bm25, terms_of_query(question), strict=True):
            # One call for each term, because the terms have weights of their own.
            scores = scores + sum(weight * bm25.get_scores([term]) for term, weight in weights.items())
        return best(np.asarray(scores), k)

    def add(self, number: int, passage: str) -> None:
        for texts in self._fields:
            del texts[number:]
        self._append(passage)
        self._bm25 = [BM25Plus(texts, k1=K1, b=B, delta=0) for texts in self._fields]

    def _append(self, passage: str) -> None:
        for texts, counts in zip(self._fields, terms_of_text(passage), strict=True):
            texts.append(list(Counter(counts).elements()))


class Bm25s:
    """bm25s with its own tokens; it can only be built anew."""

    def __init__(self, _folder: Path) -> None:
        self._texts: list[str] = []

    def build(self, passages: Iterable[str]) -> None:
        self._texts = list(passages)
        self._index()

    def search(self, question: str, k: int) -> Sequence[int]:
        asked = bm25s.tokenize([question], stopwords=None, show_progress=False)
        found, scores = self._bm25.retrieve(asked, k=k, show_progress=False)
        return [int(n) for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    def add(self, number: int, passage: str) -> None:
        self._texts[number:] = [passage]
        self._index()

    def _index(self) -> None:
        self._bm25 = bm25s.BM25()
        self._bm25.index(bm25s.tokenize(self._texts, stopwords=None, show_progress=False), show_progress=False)


class Fts5:
    """SQLite's own full-text search, in a file."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite")
        self._database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS news USING fts5(text)")

    def build(self, passages: Iterable[str]) -> None:
        self._database.executemany("INSERT INTO news (rowid, text) VALUES (?, ?)", enumerate(passages))
        self._database.commit()

    def search(self, question: str, k: int) -> Sequence[int]:
        asked = " OR ".join(f'"{word}"' for word in words(question))
        found = "SELECT rowid FROM news WHERE news MATCH ? ORDER BY bm25(news) LIMIT ?"
        return [number for (number,) in self._database.execute(found, (asked, k))]

    def add(self, number: int, passage: str) -> None:
        self._database.execute("DELETE FROM news WHERE rowid = ?", (number,))
        self._database.execute("INSERT INTO news (rowid, text) VALUES (?, ?)", (number, passage))
        self._database.commit()


class TantivyDefaults:
    """Tantivy with its default tokens and settings."""

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder().add_text_field("text").add_unsigned_field("number", stored=True).build()
        self._index: Any = tantivy.Index(schema, path=str(folder))

    def build(self, passages: Iterable[str]) -> None:
        writer = self._index.writer()
        for number, passage in enumerate(passages):
            writer.add_document(tantivy.Document(text=passage, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: str, k: int) -> Sequence[int]:
        searcher = self._index.searcher()
        asked = self._index.parse_query(" ".join(words(question)), ["text"])
        return [searcher.doc(address)["number"][0] for _, address in searcher.search(asked, k).hits]

    def add(self, number: int, passage: str) -> None:
        writer = self._index.writer()
        writer.add_document(tantivy.Document(text=passage, number=number))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()


def best(scores: Any, k: int) -> list[int]:
    """The places of the `k` highest scores, highest first."""
    chosen: list[int] = np.argsort(scores)[::-1][:k].tolist()
    return chosen


# The contestants by the name in the table, with the number of passages beyond which they are left out.
CONTESTANTS: dict[str, tuple[Callable[[Path], Contestant], int]] = {
    "marsad memory": (lambda folder: Ours(folder, "memory"), 100_000),
    "marsad disk": (lambda folder: Ours(folder, "disk"), 10_000_000),
    "rank-bm25": (RankBm25, 200_000),
    "rank-bm25, our terms": (RankBm25OurTerms, 20_000),
    "bm25s": (Bm25s, 1_000_000),
    "SQLite FTS5": (Fts5, 1_000_000),
    "tantivy defaults": (TantivyDefaults, 10_000_000),
}
