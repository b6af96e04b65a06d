from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import retrieval
from bot.desk.indexing import Indexing
from bot.store import Store, retention
from retrieval import Entry, Filters, Index, IndexStats
from retrieval.index.memory import MemoryIndex
from tests.bot.articles import a_casualty, a_reading, an_article

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(f"sqlite:///{tmp_path / 'a.sqlite'}")) as opened:
        yield opened


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


def put(store: Store, name: str, body: str = "سقطت رافعة في الميناء") -> None:
    article = an_article(name, body)
    store.put([(article, a_reading(article, a_casualty(article)))], reader="", now=NOW)


def found(index: Index, query: str) -> set[str]:
    return {hit.article_id for hit in index.search(query, 10, Filters(kinds=("passage",)))}


def test_an_empty_index_is_filled_from_the_store(store: Store, index: MemoryIndex) -> None:
    for name in ("a", "b"):
        put(store, name)
    told: list[tuple[int, int]] = []
    Indexing(store, index).refresh(lambda done, total: told.append((done, total)))
    assert found(index, "رافعة") == {"a", "b"}
    assert index.stats().stamp == store.stamp()
    assert index.stats().entries == 4
    assert told[-1] == (2, 2)


def test_what_was_removed_is_let_go_of_by_every_index_however_late_it_looks(store: Store, tmp_path: Path) -> None:
    put(store, "a")
    put(store, "b")
    with closing(retrieval.open_index("disk", tmp_path / "index")) as disk:
        indexes: list[Index] = [MemoryIndex(), MemoryIndex(), disk]
        for index in indexes:
            Indexing(store, index).refresh()
        store.remove(["a"], now=NOW)
        Indexing(store, indexes[0]).refresh()
        assert found(indexes[0], "رافعة") == {"b"}
        put(store, "a", "هبت عاصفة على المدينة")
        for index in indexes:
            Indexing(store, index).refresh()
            assert found(index, "رافعة") == {"b"}
            assert found(index, "عاصفة") == {"a"}


def test_an_index_that_slept_too_long_to_know_what_was_removed_is_built_anew(store: Store, index: MemoryIndex) -> None:
    put(store, "a")
    put(store, "b")
    Indexing(store, index).refresh()
    store.remove(["a"], now=NOW)
    with store.writing() as connection:
        retention.forget_removals(connection, NOW + dt.timedelta(days=31))
    Indexing(store, index).refresh()
    assert found(index, "رافعة") == {"b"}


def test_what_changed_is_brought_up_without_building_anew(store: Store, index: MemoryIndex) -> None:
    put(store, "a")
    put(store, "b")
    indexing = Indexing(store, index)
    indexing.refresh()
    put(store, "a", "هبت عاصفة على المدينة")
    put(store, "c")
    told: list[int] = []
    indexing.refresh(lambda done, _total: told.append(done))
    assert told == [2]
    assert found(index, "رافعة") == {"b", "c"}
    assert found(index, "عاصفة") == {"a"}
    assert index.stats().stamp == store.stamp()


def test_an_index_in_step_is_left_alone(store: Store, index: MemoryIndex) -> None:
    put(store, "a")
    indexing = Indexing(store, index)
    indexing.refresh()

    def fail(_done: int, _total: int) -> None:
        raise AssertionError("something was indexed")

    indexing.refresh(fail)


def test_an_index_of_another_store_is_built_anew(store: Store, index: MemoryIndex, tmp_path: Path) -> None:
    put(store, "a")
    with closing(Store.open(f"sqlite:///{tmp_path / 'b.sqlite'}")) as other:
        put(other, "b")
        Indexing(other, index).refresh()
    Indexing(store, index).refresh()
    assert found(index, "رافعة") == {"a"}


class OlderAnalyzer(MemoryIndex):
    """An index that was made by an analyzer that is not the present one."""

    made_by = "older"

    def stats(self) -> IndexStats:
        return super().stats()._replace(analyzer_version=self.made_by)


def test_an_index_of_another_analyzer_is_built_anew(store: Store) -> None:
    index = OlderAnalyzer()
    put(store, "a")
    indexing = Indexing(store, index)
    indexing.refresh()
    told: list[tuple[int, int]] = []
    indexing.refresh(lambda done, total: told.append((done, total)))
    assert told == [(1, 1)]
    index.made_by = retrieval.analyzer_version()
    indexing.refresh(lambda *_: told.clear())
    assert told


def test_an_article_that_has_nothing_left_to_find_is_taken_out(store: Store, index: MemoryIndex) -> None:
    put(store, "a")
    indexing = Indexing(store, index)
    indexing.refresh()
    article = an_article("a", "...")
    store.put([(article, a_reading(article).model_copy(update={"passages": ()}))], reader="", now=NOW)
    indexing.refresh()
    assert found(index, "رافعة") == set()


class SlowIndex(MemoryIndex):
    """An index that waits, once it holds something, before it adds more."""

    def __init__(self) -> None:
        super().__init__()
        self.adding, self.go_on = threading.Event(), threading.Event()

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        if self.stats().stamp:
            self.adding.set()
            assert self.go_on.wait(10)
        super().add(entries, stamp=stamp)


def test_while_one_thread_brings_it_up_the_index_answers_the_others(store: Store) -> None:
    index = SlowIndex()
    indexing = Indexing(store, index)
    put(store, "a")
    indexing.refresh()
    put(store, "b")
    thread = threading.Thread(target=indexing.refresh)
    thread.start()
    assert index.adding.wait(10)
    indexing.refresh()
    assert found(index, "رافعة") == {"a"}
    index.go_on.set()
    thread.join()
    assert found(index, "رافعة") == {"a", "b"}


def test_a_failed_build_leaves_the_index_as_it_was(store: Store, index: MemoryIndex) -> None:
    put(store, "a")
    indexing = Indexing(store, index)
    indexing.refresh()

    def fail(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild(fail)
    assert found(index, "رافعة") == {"a"}
