"""What only the index on disk can suffer: other processes, damage, and old files."""

import json
import multiprocessing
import shutil
import threading
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.index import EngineError, Index, analyzer, open_index
from tests.retrieval.index.news import NEWS, entry


def write_some(folder: Path, name: str, count: int) -> None:
    with closing(open_index("disk", folder)) as index:
        for number in range(count):
            index.add([entry(f"{name}{number}", f"خبر {name} عن أعمال الصيانة")])


def test_two_processes_write_in_turns_and_both_find_everything(tmp_path: Path) -> None:
    spawned = multiprocessing.get_context("spawn")
    with closing(open_index("disk", tmp_path)) as index:
        index.add(NEWS)
        other = spawned.Process(target=write_some, args=(tmp_path, "other", 8))
        other.start()
        while other.is_alive():
            index.add([entry("mine", "خبر mine عن أعمال الصيانة")])
        other.join()
        assert other.exitcode == 0
        assert index.stats().articles == len(NEWS) + 8 + 1
        assert {hit.id for hit in index.search("other", 20)} == {f"other{number}#0" for number in range(8)}


def test_a_process_that_has_the_old_generation_open_goes_on_with_the_new_one(tmp_path: Path) -> None:
    with closing(open_index("disk", tmp_path)) as index, closing(open_index("disk", tmp_path)) as other:
        index.add(NEWS[:2])
        assert other.stats().entries == 2
        with index.rebuilding() as fresh:
            fresh.add(NEWS[2:4], stamp="new")
        assert other.stats()[2:] == (2, 2, "new")
        assert other.search("قطار طنطا", 1)[0].id == "train#0"
        other.add([NEWS[4]])
        assert index.stats().entries == 3


def test_no_files_of_the_old_generation_stay(tmp_path: Path) -> None:
    with closing(open_index("disk", tmp_path)) as index:
        index.add(NEWS)
        for _ in range(3):
            with index.rebuilding() as fresh:
                fresh.add(NEWS)
        assert len(list((tmp_path / "disk").glob("g*"))) == 1


def test_what_a_killed_builder_left_is_removed_and_a_living_one_left_in_peace(tmp_path: Path) -> None:
    with closing(open_index("disk", tmp_path)) as index, closing(open_index("disk", tmp_path)) as other:
        dead = tmp_path / "disk" / "g77"
        dead.mkdir()
        (dead / "building").touch()
        with other.rebuilding() as living:
            living.add(NEWS)
            with index.rebuilding() as fresh:
                fresh.add(NEWS[:2])
            assert not dead.exists()
            assert index.stats().entries == 2
        assert index.stats().entries == len(NEWS)


@pytest.mark.parametrize(
    "damage", ["no note", "broken note", "other layout", "no folder", "broken meta", "lost segment"]
)
def test_a_damaged_index_is_found_empty_and_can_be_used(tmp_path: Path, damage: str) -> None:
    with closing(open_index("disk", tmp_path)) as index:
        index.add(NEWS, stamp="5")
    note = tmp_path / "disk" / "current.json"
    generation = tmp_path / "disk" / json.loads(note.read_text())["folder"]
    match damage:
        case "no note":
            note.unlink()
        case "broken note":
            note.write_text('{"folder": ')
        case "other layout":
            note.write_text(json.dumps(json.loads(note.read_text()) | {"layout": 0}))
        case "no folder":
            shutil.rmtree(generation)
        case "broken meta":
            (generation / "passages" / "meta.json").write_text("{")
        case _:
            for path in (generation / "passages").glob("*.term"):
                path.unlink()
    with closing(open_index("disk", tmp_path)) as index:
        assert index.stats()[2:] == (0, 0, "")
        index.add(NEWS, stamp="6")
        assert index.search("قطار طنطا", 1)[0].id == "train#0"


def test_an_index_of_another_analyzer_says_so_and_still_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_index("disk", tmp_path)) as index:
        index.add(NEWS, stamp="5")
    monkeypatch.setattr(analyzer, "version", lambda: "newer")
    with closing(open_index("disk", tmp_path)) as index:
        stats = index.stats()
        assert stats.stale("newer")
        assert stats.stamp == "5"
        assert index.search("قطار طنطا", 1)[0].id == "train#0"
        with index.rebuilding() as fresh:
            fresh.add(NEWS, stamp="5")
        assert not index.stats().stale("newer")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "disk").write_text("not a folder")
    with pytest.raises(EngineError, match="cannot be opened"):
        open_index("disk", tmp_path)


def test_a_writer_that_never_ends_is_told_of_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.disk._PATIENCE", 0.2)
    with closing(open_index("disk", tmp_path)) as index, closing(open_index("disk", tmp_path)) as other:
        held = other._begun(other._opened.parts["passages"])  # type: ignore[attr-defined]  # what the engine has inside
        with pytest.raises(EngineError, match="another process has been writing"):
            index.add(NEWS)
        held.end()
        index.add(NEWS)
        assert index.stats().entries == len(NEWS)


def test_articles_added_by_several_threads_are_each_found_when_the_call_returns(tmp_path: Path) -> None:
    def add_and_find(index: Index, number: int) -> None:
        index.add([entry(f"new{number}", f"عاجل: وصول قافلة{number} إلى المدينة")])
        assert index.search(f"قافلة{number}", 1)[0].id == f"new{number}#0"

    with closing(open_index("disk", tmp_path)) as index:
        index.add([entry(f"a{n}", f"خبر رقم {n} عن أعمال الصيانة في الحي") for n in range(3_000)])
        for number in range(5):
            add_and_find(index, number)
        threads = [threading.Thread(target=add_and_find, args=(index, n)) for n in range(5, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert index.stats().entries == 3_009


def test_among_very_many_texts_the_best_are_those_that_all_grams_of_a_question_would_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "متى تفتتح مكتبة الجامعة المستنصرية للمخطوطات النادرة قاعاتها المرممة أمام الباحثات والطلبة المغتربين؟"
    told = "تفتتح مكتبة الجامعه المستنصريه للمخطوتات النادره قاعاتها المرممه امام الباحثين والطلاب المغتربين"
    others = [f"خبر رقم {n} عن مكتبة الجامعة وقاعات الطلبة" for n in range(40)]
    assert len(analyzer.terms_of_query(question).grams) > 24
    with closing(open_index("disk", tmp_path)) as index:
        index.add([entry(f"a{n}", text) for n, text in enumerate([*others, told])])
        exact = index.search(question, 3)
        monkeypatch.setattr("retrieval.index.diskpart._FEW_TEXTS", 10)
        fewer = index.search(question, 3)
    assert fewer[0].id == exact[0].id == "a40#0"
    assert fewer[0].score < exact[0].score
