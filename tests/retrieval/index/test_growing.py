"""How `auto` moves from memory to disk."""

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.index import EngineError, open_index
from retrieval.index.disk import DiskIndex
from retrieval.index.growing import GrowingIndex
from tests.retrieval.index.news import FACT, NEWS, entry


def test_a_small_index_stays_in_memory_and_a_larger_one_moves_by_itself(tmp_path: Path) -> None:
    with closing(GrowingIndex(tmp_path, limit=5)) as index:
        index.add(NEWS[:4], stamp="4")
        assert index.stats().engine == "auto: memory"
        before = [hit.id for hit in index.search("سيول محكمة قطار", 5)]
        index.add([NEWS[4], FACT])
        assert index.stats().engine == "auto: memory", "a fact of an article replaces what was there of it"
        index.add([entry("one", "خبر أول"), entry("two", "خبر ثان")])
        assert index.stats().engine == "auto: disk"
        assert index.stats()[2:] == (7, 7, "4")
        assert [hit.id for hit in index.search("محكمة قطار", 5)] == [name for name in before if name != "flood#0"]
    with closing(open_index("auto", tmp_path)) as index:
        assert index.stats()[::2] == ("auto: disk", 7, "4")


def test_the_move_carries_over_filters_and_facts(tmp_path: Path) -> None:
    with closing(GrowingIndex(tmp_path, limit=3)) as index, closing(DiskIndex(tmp_path / "asked")) as disk:
        index.add([*NEWS, FACT])
        disk.add([*NEWS, FACT])
        for query in ("سيول محكمة قطار", "انتشال تسعة أشخاص"):
            assert [hit.id for hit in index.search(query, 9)] == [hit.id for hit in disk.search(query, 9)]


def test_an_index_rebuilt_beyond_the_limit_is_on_disk_afterwards(tmp_path: Path) -> None:
    with closing(GrowingIndex(tmp_path, limit=3)) as index:
        index.add(NEWS[:2], stamp="2")
        with index.rebuilding() as fresh:
            fresh.add(NEWS, stamp="5")
            assert index.stats()[2:] == (2, 2, "2")
        assert index.stats()[::2] == ("auto: disk", 5, "5")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["disk"]


def test_a_move_that_fails_leaves_memory_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise EngineError("no room")

    with closing(GrowingIndex(tmp_path, limit=3)) as index:
        index.add(NEWS[:3])
        with monkeypatch.context() as patch:
            patch.setattr(DiskIndex, "fill", no_room)
            with pytest.raises(EngineError, match="no room"):
                index.add(NEWS[3:])
        assert index.stats()[::2] == ("auto: memory", 5, "")
        assert not (tmp_path / "disk").exists()
        index.add([entry("next", "خبر آخر")])
        assert index.stats().engine == "auto: disk"


def test_two_processes_that_outgrow_memory_end_on_the_same_disk(tmp_path: Path) -> None:
    with closing(GrowingIndex(tmp_path, limit=3)) as one, closing(GrowingIndex(tmp_path, limit=3)) as other:
        one.add(NEWS, stamp="5")
        other.add(NEWS, stamp="5")
        other.add([entry("next", "خبر آخر")], stamp="6")
        assert one.stats() == other.stats() == ("auto: disk", one.stats().analyzer_version, 6, 6, "6")
