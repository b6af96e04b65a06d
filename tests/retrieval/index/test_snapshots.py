"""The memory index between two runs."""

from contextlib import closing
from pathlib import Path

import pytest

from retrieval.index import Entry, analyzer, open_index
from tests.retrieval.index.news import FACT, NEWS, entry

MANY = [*NEWS, FACT, *(entry(f"m{n}", f"نشرة الطقس رقم {n}") for n in range(1_000))]


def left(folder: Path, *, stamp: str = "9") -> Path:
    with closing(open_index("memory", folder)) as index:
        index.add(MANY, stamp=stamp)
        index.remove(["visit"])
    return folder / "memory.npz"


def test_a_snapshot_gives_back_entries_postings_filters_and_stamp(tmp_path: Path) -> None:
    left(tmp_path)
    with closing(open_index("memory", tmp_path)) as index:
        assert index.stats()[2:] == (len(MANY) - 1, len(MANY) - 2, "9")
        assert index.search("سيول حضرموت", 1)[0].id == "flood#0"
        index.add([entry("flood", "عادت الحياة إلى طبيعتها.")])
        assert [hit.id for hit in index.search("انتشال تسعة أشخاص", 5)] == []


def test_a_snapshot_of_another_analyzer_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left(tmp_path)
    monkeypatch.setattr(analyzer, "version", lambda: "another")
    with closing(open_index("memory", tmp_path)) as index:
        assert index.stats() == ("memory", "another", 0, 0, "")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_snapshot_cut_off_anywhere_is_as_good_as_none(tmp_path: Path, share: float) -> None:
    snapshot = left(tmp_path)
    whole = snapshot.read_bytes()
    snapshot.write_bytes(whole[: int(len(whole) * share)])
    with closing(open_index("memory", tmp_path)) as index:
        assert index.stats()[2:] == (0, 0, "")


def test_a_snapshot_with_garbled_bytes_is_as_good_as_none(tmp_path: Path) -> None:
    snapshot = left(tmp_path)
    whole = bytearray(snapshot.read_bytes())
    for at in range(100, len(whole), len(whole) // 50):
        whole[at] ^= 0xFF
    snapshot.write_bytes(whole)
    with closing(open_index("memory", tmp_path)) as index:
        assert index.stats()[2:] == (0, 0, "")


def test_a_small_index_leaves_nothing_behind(tmp_path: Path) -> None:
    with closing(open_index("memory", tmp_path)) as index:
        index.add(NEWS, stamp="3")
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "memory.npz").mkdir()
    with closing(open_index("memory", tmp_path)) as index:
        index.add([Entry(f"x#{n}", "x", "passage", "نشرة الطقس") for n in range(1_100)])
    assert [path.name for path in tmp_path.iterdir()] == ["memory.npz"]
