"""The index on an OpenSearch cluster, for a corpus that outgrows one machine.

Terms are sent ready-made, so that the server only cuts at spaces; every name stands for an alias, behind which one
index takes the place of another without a pause.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from threading import RLock
from typing import Any, Self

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, RequestError

from retrieval.index import analyzer
from retrieval.index.analyzer import Analysed, Terms
from retrieval.index.catalogue import LABELS, days_between, label, labels
from retrieval.index.cluster import Address, Cluster
from retrieval.index.parts import Part, best_of, part_of, parts_asked
from retrieval.index.protocol import Entry, Filters, Hit, IndexStats
from retrieval.index.similarity import K1, B

_STAMP_ID = "~stamp"
_LONGEST_ID = 512
# Lucene leaves out BM25's constant factor k1 + 1.
_RESCALE = K1 + 1
# An index that a killed process was building is removed by a later building, once it is this old, in seconds.
_ABANDONED = 24 * 3600.0


class OpenSearchIndex:
    """One alias of a cluster. Several processes may read and write it."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._cluster = Cluster(address)
        self._lock = RLock()
        self._target = address.name
        # While an index is being built, the articles that are in it already; None for one that is in use.
        self._built: set[str] | None = None
        self._begin()

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """See `Index.add`."""
        write = uuid.uuid4().hex
        new = list({one.entry.id: one for one in analyzer.analysed(entries)}.values())
        articles = {one.entry.article_id for one in new}
        first = {one.entry.article_id: one.entry.id for one in reversed(new)}
        with self._lock:
            self._cluster.bulk(self._action(one, write, first[one.entry.article_id]) for one in new)
            replaced = articles if self._built is None else articles & self._built
            if self._built is not None:
                self._built |= articles
            self._delete(replaced, keep=write)
            self._stamp(stamp)
            self._refresh()

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """See `Index.remove`."""
        with self._lock:
            self._delete(set(article_ids))
            self._stamp(stamp)
            self._refresh()

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """See `Index.search`."""
        terms = analyzer.terms_of_query(query)
        if not any(terms) or k <= 0:
            return []
        return best_of([self._found(_query(part, terms, left), k) for part, left in parts_asked(filters)], k)

    def stats(self) -> IndexStats:
        """See `Index.stats`."""
        entries = self._count({"exists": {"field": "kinds"}})
        articles = self._count({"term": {"first": True}})
        return IndexStats("opensearch", self._made_by(), entries, articles, self._stamped())

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """See `Index.rebuilding`."""
        self._remove_abandoned()
        fresh = type(self).__new__(type(self))
        target = f"{self._address.name}-{time.time_ns()}"
        vars(fresh).update(vars(self), _lock=RLock(), _target=target, _built=set())
        self._create(target, aliases=())
        try:
            yield fresh
            self._replace_with(target)
        except BaseException:
            self._drop(target)
            raise

    def close(self) -> None:
        """See `Index.close`."""
        self._cluster.close()

    def _begin(self) -> None:
        """Make an empty index behind the alias, unless there is one."""
        name = self._address.name
        if not self._cluster.tried(lambda client: client.indices.exists_alias(name=name)):
            self._create(f"{name}-0", aliases=(name,))

    def _create(self, index: str, aliases: Iterable[str]) -> None:
        body = json.loads(files(__package__).joinpath("opensearch.json").read_text(encoding="utf-8"))
        body["settings"]["index"] |= self._address.settings
        body["settings"]["index"]["similarity"]["news"] |= {"k1": K1, "b": B}
        body["mappings"]["_meta"] = {"analyzer": analyzer.version()}
        body["aliases"] = {alias: {} for alias in aliases}

        def create(client: OpenSearch) -> None:
            try:
                client.indices.create(index=index, body=body)
            except RequestError as error:
                # An earlier try, or another process, made it.
                if error.error != "resource_already_exists_exception":
                    raise

        self._cluster.tried(create)

    def _replace_with(self, target: str) -> None:
        """Let the alias stand for the target from one moment to the next, and remove what it stood for."""
        name = self._address.name
        old = [
            index
            for index in self._cluster.tried(lambda client: client.indices.get_alias(name=name))
            if index != target
        ]
        moves = [{"add": {"index": target, "alias": name}}, *({"remove_index": {"index": index}} for index in old)]
        self._cluster.tried(lambda client: client.indices.update_aliases(body={"actions": moves}))

    def _remove_abandoned(self) -> None:
        name = self._address.name
        standing = self._cluster.tried(lambda client: client.indices.get(index=f"{name}-*"))
        for index, held in standing.items():
            age = time.time() - int(held["settings"]["index"]["creation_date"]) / 1000
            if not held["aliases"] and age > _ABANDONED and index.removeprefix(f"{name}-").isdigit():
                self._drop(index)

    def _drop(self, index: str) -> None:
        self._cluster.tried(lambda client: client.indices.delete(index=index, ignore=404))

    def _action(self, one: Analysed, write: str, first: str) -> dict[str, Any]:
        entry, terms = one
        part = part_of(entry.kind)
        document: dict[str, Any] = {"id": entry.id, "article": entry.article_id, "write": write}
        document["first"] = entry.id == first
        document["day"] = entry.date.toordinal() if entry.date else 0
        for name, value in labels(entry):
            document.setdefault(name, []).append(value)
        for field, counts in zip(Terms._fields, terms, strict=True):
            document[f"{part}_{field}"] = " ".join(" ".join([term] * int(count)) for term, count in counts.items())
        return {"_op_type": "index", "_index": self._target, "_id": _document_id(entry.id), "_source": document}

    def _delete(self, article_ids: Collection[str], keep: str = "") -> None:
        """Delete what is there of the articles, except what the write `keep` has put there."""
        if not article_ids:
            return
        self._refresh()
        query = {
            "bool": {"filter": [{"terms": {"article": sorted(article_ids)}}], "must_not": [{"term": {"write": keep}}]}
        }
        if self._count(query):
            self._cluster.tried(
                lambda client: client.delete_by_query(
                    index=self._target, body={"query": query}, conflicts="proceed", refresh=True
                )
            )

    def _stamp(self, stamp: str | None) -> None:
        if stamp is not None:
            self._cluster.tried(lambda client: client.index(index=self._target, id=_STAMP_ID, body={"stamp": stamp}))

    def _stamped(self) -> str:
        def get(client: OpenSearch) -> str:
            try:
                return str(client.get(index=self._target, id=_STAMP_ID)["_source"]["stamp"])
            except NotFoundError:
                return ""

        return self._cluster.tried(get)

    def _made_by(self) -> str:
        mappings = self._cluster.tried(lambda client: client.indices.get_mapping(index=self._target))
        return str(next(iter(mappings.values()))["mappings"]["_meta"]["analyzer"])

    def _refresh(self) -> None:
        self._cluster.tried(lambda client: client.indices.refresh(index=self._target))

    def _count(self, query: Mapping[str, Any]) -> int:
        return int(self._cluster.tried(lambda client: client.count(index=self._target, body={"query": query}))["count"])

    def _found(self, query: Mapping[str, Any], k: int) -> list[Hit]:
        body = {"query": query, "size": k, "_source": ["id", "article"], "track_total_hits": False}
        answer = self._cluster.tried(
            lambda client: client.search(
                index=self._target,
                body=body,
                search_type="dfs_query_then_fetch",  # how rare a term is counts over all shards
                allow_partial_search_results=False,
            )
        )
        return [
            Hit(hit["_source"]["id"], hit["_source"]["article"], float(hit["_score"])) for hit in answer["hits"]["hits"]
        ]


def _query(part: Part, terms: Terms, filters: Filters | None) -> dict[str, Any]:
    words = [
        {"term": {f"{part}_{field}": {"value": term, "boost": weight * _RESCALE}}}
        for field, weights in zip(Terms._fields, terms, strict=True)
        for term, weight in weights.items()
    ]
    return {"bool": {"should": words, "minimum_should_match": 1, "filter": list(_conditions(filters))}}


def _conditions(filters: Filters | None) -> Iterator[dict[str, Any]]:
    if not filters:
        return
    for name in LABELS:
        if wanted := getattr(filters, name):
            yield {"terms": {name: [label(name, value) for value in wanted]}}
    if filters.date_from or filters.date_to:
        first, last = days_between(filters)
        yield {"range": {"day": {"gte": first, "lte": last}}}


def _document_id(entry_id: str) -> str:
    """The entry's own id where the server can take it as a document's, and a digest where it is too long."""
    if len(entry_id.encode()) <= _LONGEST_ID and entry_id != _STAMP_ID:
        return entry_id
    return hashlib.sha256(entry_id.encode()).hexdigest()
