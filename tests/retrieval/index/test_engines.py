"""What every engine promises, asked of each of them."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import closing, suppress

import pytest

from retrieval.index import Entry, Filters, Hit, Index, analyzer_version
from tests.retrieval.index.news import FACT, NEWS, entry
from tests.retrieval.index.referee import score

WORDS = "سيول جسر محكمة سجن قطار وزير زيارة المياه"


def alike(hits: list[Hit], others: list[Hit]) -> bool:
    """Whether the hits are the same; on disk, removed texts count for the scores until their segment is merged."""
    same = [hit.id for hit in hits] == [hit.id for hit in others]
    return same and [hit.score for hit in hits] == pytest.approx([hit.score for hit in others], rel=0.15)


def found(index: Index, query: str, **filters: object) -> list[str]:
    return [hit.id for hit in index.search(query, 10, Filters(**filters) if filters else None)]  # type: ignore[arg-type]  # members by name


def test_an_index_that_was_never_filled_finds_nothing_and_has_no_stamp(index: Index) -> None:
    assert index.search("السيول", 5) == []
    assert index.stats()[1:] == (analyzer_version(), 0, 0, "")


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("سيول حضرموت", "flood"),
        ("من استقبل وزير خارجية فنلندا؟", "visit"),
        ("الحكم على موظفي صندوق الاسكان", "court"),
        ("مين انصاب بحادث القطر شمالي طنطا", "train"),
        ("صيانه شبكه المياة", "undated"),
        ("السيوول في حظرموت", "flood"),
    ],
)
def test_questions_in_any_spelling_find_their_passage_first(index: Index, query: str, article: str) -> None:
    index.add(NEWS)
    assert found(index, query)[:1] == [f"{article}#0"]


def test_scores_are_those_of_the_written_out_formula(index: Index, engine: str) -> None:
    index.add(NEWS)
    by_id = {one.id: one for one in NEWS}
    # The others keep the length of a text in one byte, to within an eighth.
    allowed, held = (1e-9, 0.0) if engine == "memory" else (0.1, 0.5)
    for query in (WORDS, "وزير الخارجية في بغداد", "أصيب السائق"):
        hits = index.search(query, 10)
        assert hits
        for hit in hits:
            assert hit.score == pytest.approx(score(by_id[hit.id], NEWS, query, held=held), rel=allowed)
        assert {hit.id for hit in hits} == {one.id for one in NEWS if score(one, NEWS, query) > 0}


def test_hits_come_best_first_and_no_more_than_asked_for(index: Index) -> None:
    index.add(NEWS)
    hits = index.search(WORDS, 10)
    assert len(hits) == len(NEWS)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert [hit.id for hit in index.search(WORDS, 2)] == [hit.id for hit in hits[:2]]
    assert index.search(WORDS, 0) == []


def test_a_question_without_a_known_word_finds_nothing(index: Index) -> None:
    index.add(NEWS)
    assert index.search("xylophone", 5) == []
    assert index.search("", 5) == []
    assert index.search("؟!", 5) == []


def test_days_are_inclusive_and_what_has_no_date_satisfies_none(index: Index) -> None:
    index.add(NEWS)
    assert set(found(index, WORDS, date_from=dt.date(2031, 4, 5), date_to=dt.date(2031, 4, 9))) == {
        "visit#0",
        "court#0",
    }
    assert set(found(index, WORDS, date_to=dt.date(2031, 4, 5))) == {"flood#0", "visit#0"}
    assert set(found(index, WORDS, date_from=dt.date(2031, 5, 1))) == {"train#0"}


def test_of_several_outlets_or_places_one_is_enough_in_any_spelling(index: Index) -> None:
    index.add(NEWS)
    assert set(found(index, WORDS, outlets=("صحيفه الرابيه", "نشرة الحي"))) == {"flood#0", "court#0", "undated#0"}
    assert set(found(index, WORDS, places=("مدينة وهران", "جمهورية العراق"))) == {"court#0", "visit#0"}
    assert found(index, WORDS, places=("وهران",), outlets=("وكالة مرافئ",)) == []


def test_facts_and_passages_are_found_together_or_apart(index: Index) -> None:
    index.add([*NEWS, FACT])
    assert set(found(index, "انتشال تسعة أشخاص")) == {"flood#0", "flood!f1"}
    assert found(index, "انتشال تسعة أشخاص", kinds=("passage",)) == ["flood#0"]
    assert found(index, "انتشال تسعة أشخاص", kinds=("casualty", "visit")) == ["flood!f1"]
    assert found(index, "انتشال تسعة أشخاص", kinds=("visit",)) == []
    assert found(index, "انتشال تسعة أشخاص", kinds=("casualty",), date_to=dt.date(2031, 4, 1)) == ["flood!f1"]


def test_facts_do_not_change_how_passages_are_scored(index: Index) -> None:
    index.add(NEWS)
    before = index.search(WORDS, 10)
    index.add([*NEWS, FACT])
    assert alike(index.search(WORDS, 10, Filters(kinds=("passage",))), before)


def test_adding_an_article_again_replaces_all_that_was_there_of_it(index: Index) -> None:
    index.add([*NEWS, FACT])
    index.add([entry("flood", "انحسرت المياه وأعيد فتح الطريق الساحلي.")])
    assert found(index, "انتشال تسعة أشخاص من السيول") == []
    assert found(index, "الطريق الساحلي")[:1] == ["flood#0"]
    assert index.stats().entries == len(NEWS)


def test_adding_the_same_entries_twice_is_the_same_as_once(index: Index) -> None:
    index.add([*NEWS, FACT])
    once, stats = index.search(WORDS, 10), index.stats()
    index.add([*NEWS, FACT])
    assert alike(index.search(WORDS, 10), once)
    assert index.stats()[1:] == stats[1:]


def test_removing_what_was_added_leaves_the_index_as_before(index: Index) -> None:
    index.add(NEWS[:4], stamp="four")
    before, stats = index.search(WORDS, 10), index.stats()
    index.add([NEWS[4], FACT._replace(article_id="undated")])
    index.remove(["undated", "never there"])
    assert alike(index.search(WORDS, 10), before)
    assert index.stats()[2:] == stats[2:]


def test_everything_can_be_removed_and_added_again(index: Index) -> None:
    index.add([*NEWS, FACT])
    index.remove([one.article_id for one in NEWS])
    assert (index.stats().entries, index.stats().articles) == (0, 0)
    assert index.search(WORDS, 10) == []
    index.add(NEWS)
    assert found(index, "سيول حضرموت")[:1] == ["flood#0"]


def test_articles_are_counted_however_many_entries_they_have(index: Index) -> None:
    index.add([*NEWS, FACT, Entry("flood#1", "flood", "passage", "ولا يزال البحث جاريا عن مفقودين.")])
    assert index.stats()[2:4] == (len(NEWS) + 2, len(NEWS))
    index.add([FACT._replace(id="only!f", article_id="only")])
    assert index.stats()[2:4] == (len(NEWS) + 3, len(NEWS) + 1)


def test_the_stamp_is_that_of_the_last_change_which_gave_one(index: Index) -> None:
    index.add(NEWS[:2], stamp="two")
    index.add(NEWS[2:])
    assert index.stats().stamp == "two"
    index.remove(["visit"], stamp="one gone")
    assert index.stats().stamp == "one gone"
    index.add([], stamp="in step")
    assert index.stats().stamp == "in step"
    assert index.stats().entries == len(NEWS) - 1


def test_a_rebuilt_index_takes_the_place_of_the_old_one_when_it_is_whole(index: Index) -> None:
    index.add(NEWS[:2], stamp="old")
    with index.rebuilding() as fresh:
        fresh.add(NEWS[2:4], stamp="new")
        fresh.remove(["court"])
        assert set(found(index, WORDS)) == {"flood#0", "visit#0"}
        fresh.add([NEWS[4]])
    assert set(found(index, WORDS)) == {"train#0", "undated#0"}
    assert index.stats()[2:] == (2, 2, "new")
    index.add([NEWS[0]])
    assert set(found(index, WORDS)) == {"train#0", "undated#0", "flood#0"}


def test_a_rebuilding_that_fails_leaves_the_old_index(index: Index) -> None:
    index.add(NEWS[:2], stamp="old")
    with suppress(KeyError), index.rebuilding() as fresh:
        fresh.add(NEWS[2:], stamp="new")
        raise KeyError
    assert set(found(index, WORDS)) == {"flood#0", "visit#0"}
    assert index.stats().stamp == "old"


def test_what_was_kept_is_there_after_closing_and_opening(opened: Callable[[], Index], engine: str) -> None:
    many = [entry(f"a{n}", f"الخبر رقم {n} عن أعمال الصيانة") for n in range(1200 if engine == "memory" else 5)]
    with closing(opened()) as index:
        index.add([*many, *NEWS, FACT], stamp="7")
        before, stats = index.search(WORDS, 10), index.stats()
    with closing(opened()) as index:
        assert index.stats() == stats
        assert alike(index.search(WORDS, 10), before)
        index.remove(["flood"])
        assert "flood#0" not in found(index, WORDS)


def test_searches_go_on_while_another_thread_writes(index: Index) -> None:
    index.add(NEWS)
    faults: list[BaseException] = []
    stop = threading.Event()

    def keep_searching() -> None:
        try:
            while not stop.is_set():
                assert found(index, "محكمة وهران")[:1] == ["court#0"]
        except BaseException as error:  # noqa: BLE001 - it is told to the test's own thread
            faults.append(error)

    searching = threading.Thread(target=keep_searching)
    searching.start()
    for n in range(8):
        index.add([entry(f"more{n}", "أعلنت البلدية موعد افتتاح الحديقة.")])
    with index.rebuilding() as fresh:
        fresh.add(NEWS)
    stop.set()
    searching.join()
    assert faults == []
    assert index.stats().entries == len(NEWS)


def test_long_ids_and_texts_of_marks_alone_do_no_harm(index: Index) -> None:
    name = "https://example.org/" + "خبر-" * 60
    index.add([entry(name, "افتتحت المكتبة العامة أبوابها"), entry("marks", "--- !!! ؟")])
    assert found(index, "المكتبة العامة") == [f"{name}#0"]
    index.remove([name])
    assert found(index, "المكتبة العامة") == []
    assert index.stats().entries == 1
