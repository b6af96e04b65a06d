"""One tantivy index: a part of the disk index, opened in one folder."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from contextlib import suppress
from heapq import nlargest
from math import log
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from retrieval.index.analyzer import Analysed, Terms
from retrieval.index.catalogue import LABELS, days_between, label, labels
from retrieval.index.protocol import Filters, Hit
from retrieval.index.similarity import K1

# Tantivy's formula has its k1 built in (and 0.75 for b, which is ours too). A term written n times over has n times
# the frequency and the text n times the length, which is the formula with k1 / n. A boost puts the factor k1 + 1 right.
_BUILT_IN_K1 = 1.2
_REPEATS = round(_BUILT_IN_K1 / K1)
_RESCALE = (K1 + 1) / (_BUILT_IN_K1 + 1)
# Bytes gathered before they become a segment.
_MEMORY = 64_000_000
# Of the grams of a question the strongest find nearly as well as all of them, in half the time. (Up to the number of
# texts it makes no difference to anybody, and the scores are those of the formula.)
_MOST_GRAMS, _FEW_TEXTS = 24, 10_000
_STAMP_ID = "stamp"
_BUSY = "LockBusy"


class Busy(Exception):  # noqa: N818 - it is no error: another process is writing
    """Another writer, in this process or another, is at work on the folder."""


class DiskPart:
    """The entries of one part on disk. Searching is safe from several threads; one writer at a time may change it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        # Opens what is there, and refuses it with ValueError when it has another schema or is damaged.
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.config_reader("manual")
        self._seen = self._committed()
        self._searcher = self._index.searcher()

    def searcher(self) -> tantivy.Searcher:
        """What was last committed, by whichever process."""
        if (committed := self._committed()) != self._seen:
            self._index.reload()
            self._seen, self._searcher = committed, self._index.searcher()
        return self._searcher

    def writing(self) -> Writing:
        """The beginning of a write.

        Raises:
            Busy: when another one is under way.
        """
        try:
            writer = self._index.writer(_MEMORY, num_threads=1)
        except ValueError as error:
            if _BUSY in str(error):
                raise Busy from error
            raise
        self._sweep()
        return Writing(writer)

    def _sweep(self) -> None:
        """Remove deletions that a killed writer wrote and did not commit: the next one would want their names."""
        meta = self._folder / "meta.json"
        segments = json.loads(meta.read_bytes())["segments"] if meta.exists() else []
        counted = [one for one in segments if one["deletes"]]
        kept = {f"{one['segment_id'].replace('-', '')}.{one['deletes']['opstamp']}.del" for one in counted}
        for left in self._folder.glob("*.del"):
            if left.name not in kept:
                left.unlink(missing_ok=True)

    def search(self, query: Terms, k: int, filters: Filters | None) -> list[Hit]:
        """The `k` entries with the highest scores, best first."""
        searcher = self.searcher()
        words = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight * _RESCALE))
            for field, weights in zip(Terms._fields, _telling(query, searcher), strict=True)
            for term, weight in weights.items()
        ]
        if not words or k <= 0:
            return []
        asked = Query.boolean_query(words)
        if filters:
            asked = Query.boolean_query([(Occur.Must, asked), *self._conditions(filters)])
        hits = []
        for score, address in searcher.search(asked, k, count=False).hits:
            document = searcher.doc(address)
            hits.append(Hit(document["id"][0], document["article"][0], float(score)))
        return hits

    def holds(self, article_ids: Iterable[str]) -> bool:
        """Whether there is anything of one of the articles."""
        searcher = self.searcher()
        return any(searcher.doc_freq("article", article_id) for article_id in article_ids)

    def count(self) -> tuple[int, int]:
        """How many entries there are, and how many articles have their first entry here."""
        searcher = self.searcher()
        roles = [Query.term_query(self._schema, "role", role) for role in ("stamp", "first")]
        found = [searcher.search(role, 1) for role in roles]
        stamps, first = (int(one.count) for one in found)  # type: ignore[attr-defined]  # missing from tantivy's stubs
        return searcher.num_docs - stamps, first

    def stamp(self) -> str:
        """The stamp that was committed last, or nothing."""
        searcher = self.searcher()
        found = searcher.search(Query.term_query(self._schema, "id", _STAMP_ID), 1, count=False).hits
        return str(searcher.doc(found[0][1])["stamp"][0]) if found else ""

    def _committed(self) -> tuple[int, int]:
        try:
            meta = (self._folder / "meta.json").stat()
        except OSError:
            return 0, 0
        return meta.st_ino, meta.st_mtime_ns

    def _conditions(self, filters: Filters) -> Iterable[tuple[Occur, Query]]:
        """What must hold besides the words, counting nothing."""
        for name in LABELS:
            if wanted := getattr(filters, name):
                terms = [Query.term_query(self._schema, name, label(name, value), "basic") for value in wanted]
                either = Query.boolean_query([(Occur.Should, term) for term in terms])
                yield Occur.Must, Query.const_score_query(either, 0.0)
        if filters.date_from or filters.date_to:
            first, last = days_between(filters)
            between = Query.range_query(self._schema, "day", tantivy.FieldType.Integer, first, last)
            yield Occur.Must, Query.const_score_query(between, 0.0)


class Writing:
    """One change of a part: nothing of it is seen before `commit`, and the part is locked until `end`."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer
        self._committed = False

    def replace(self, article_ids: Iterable[str], new: Iterable[Analysed], first: Container[str]) -> None:
        """Put the entries in place of what is there of the articles; the first of each article is marked as such."""
        for article_id in article_ids:
            self._writer.delete_documents_by_term("article", article_id)
        for one in new:
            self._writer.add_document(_document(one, first=one.entry.id in first))

    def commit(self, stamp: str | None) -> None:
        """Keep the change, and the stamp with it unless it is None."""
        if stamp is not None:
            self._writer.delete_documents_by_term("id", _STAMP_ID)
            document = tantivy.Document()
            document.add_text("id", _STAMP_ID)
            document.add_text("role", "stamp")
            document.add_text("stamp", stamp)
            self._writer.add_document(document)
        self._writer.commit()
        self._committed = True

    def end(self) -> None:
        """Drop what was not committed, wait until small segments are merged into larger ones, and let others write."""
        with suppress(ValueError):
            if not self._committed:
                self._writer.rollback()
            self._writer.wait_merging_threads()


def _telling(query: Terms, searcher: tantivy.Searcher) -> Terms:
    """The question with those of its grams that tell most, where so many texts are held that all of them take long."""
    if searcher.num_docs <= _FEW_TEXTS or len(query.grams) <= _MOST_GRAMS:
        return query

    def telling(gram: str) -> float:
        holding = searcher.doc_freq("grams", gram)
        return query.grams[gram] * log((searcher.num_docs + 1) / holding) if holding else 0.0

    return query._replace(grams={gram: query.grams[gram] for gram in nlargest(_MOST_GRAMS, query.grams, telling)})


def _document(one: Analysed, *, first: bool) -> tantivy.Document:
    entry, terms = one
    document = tantivy.Document()
    document.add_text("id", entry.id)
    document.add_text("article", entry.article_id)
    for field, counts in zip(Terms._fields, terms, strict=True):
        document.add_text(field, "".join([f"{term} " * (_REPEATS * int(n)) for term, n in counts.items()]))
    for name, value in labels(entry):
        document.add_text(name, value)
    document.add_integer("day", entry.date.toordinal() if entry.date else 0)
    if first:
        # So that articles can be counted.
        document.add_text("role", "first")
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "article"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in Terms._fields:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (*LABELS, "role"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=False, fast=True)
    return builder.build()
