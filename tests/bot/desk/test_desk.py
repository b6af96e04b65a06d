from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import retrieval
from bot.desk import Desk, Ingested, Unread
from bot.store import Store
from bot.wording import load_wording
from retrieval import Article, FactFilter, Reading
from retrieval.index.memory import MemoryIndex
from tests.bot.articles import an_article

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
DAY = dt.date(2024, 5, 1)
BODY = "قتل {n} جنود في هجوم على حاجز قرب الموصل."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(f"sqlite:///{tmp_path / 'a.sqlite'}")) as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, MemoryIndex(), load_wording(), workers=1)


def numbered(count: int, first: int = 0) -> Iterator[Article]:
    return (an_article(f"a{n}", BODY.format(n=n + 3)) for n in range(first, first + count))


def test_articles_are_counted_by_what_became_of_them(desk: Desk) -> None:
    assert desk.ingest(numbered(5), now=NOW) == Ingested(new=5)
    changed = an_article("a0", "أصيب شخص.")
    told: list[Ingested] = []
    assert desk.ingest([changed, *numbered(6, 1)], now=NOW, progress=told.append) == Ingested(2, 1, 4)
    assert told[-1] == Ingested(2, 1, 4)
    assert told[-1].seen == 7
    assert desk.ingest([], now=NOW) == Ingested()


def test_articles_that_were_kept_long_enough_are_gone_from_answers_too(desk: Desk, store: Store) -> None:
    later = NOW + dt.timedelta(days=400)
    desk.ingest(numbered(300), now=NOW)
    desk.ingest([an_article("new", "قتل سبعة عمال في حريق قرب الموصل.")], now=later)
    assert len(desk.search("الموصل", 10)) == 10
    assert desk.forget(later - dt.timedelta(days=365), now=later) == 300
    assert {hit.article_id for hit in desk.search("الموصل", 10)} == {"new"}
    assert {one.article_id for one in desk.ask("كم قتيلا سقط قرب الموصل؟", as_of=DAY).citations} == {"new"}
    assert store.counts().articles == 1


def test_a_count_of_more_than_can_be_weighed_says_since_when_it_counts(desk: Desk, store: Store) -> None:
    article = an_article("many", "قتل ثلاثة جنود في هجوم على حاجز قرب الموصل.")
    reading = retrieval.read(article)
    (fact,) = (one for one in reading.facts if one.kind == "casualty")
    limit = FactFilter().limit
    days = [DAY - dt.timedelta(days=n) for n in range(limit + 1)]
    many = tuple(fact.model_copy(update={"id": f"f{d}", "date_start": d, "date_end": d}) for d in days)

    def asked() -> list[str]:
        return desk.ask("كم قتيلا سقط في الموصل؟", as_of=DAY).answer.splitlines()

    store.put([(article, reading.model_copy(update={"facts": many[:-2]}))], reader="r", now=NOW)
    whole = asked()
    store.reread([(article, reading.model_copy(update={"facts": many}))], reader="s")
    said = desk.wording.say("answer.newest_only", date=desk.wording.date(days[limit - 1]))
    assert said in asked()
    assert not any(line.startswith(said[:20]) for line in whole)


def test_an_article_that_the_rules_fail_on_is_named_and_costs_no_other(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = retrieval.read

    def fail_on_one(article: Article) -> Reading:
        if article.id == "a1":
            raise IndexError("beyond the end")
        return read(article)

    monkeypatch.setattr(retrieval, "read", fail_on_one)
    failed: list[Unread] = []
    assert desk.ingest(numbered(3), now=NOW, failed=failed.append) == Ingested(new=2, failed=1)
    assert failed == [Unread("a1", "IndexError: beyond the end")]
    assert store.article("a1") is None
    monkeypatch.setattr(retrieval, "read", read)
    assert desk.ingest(numbered(3), now=NOW) == Ingested(new=1, unchanged=2)


def test_many_articles_are_read_by_several_processes_as_one_would_read_them(tmp_path: Path) -> None:
    readings = []
    for workers in (1, 2):
        with closing(Store.open(f"sqlite:///{tmp_path / str(workers)}.sqlite")) as store:
            desk = Desk(store, MemoryIndex(), load_wording(), workers=workers)
            assert desk.ingest(numbered(240), now=NOW) == Ingested(new=240)
            readings.append(list(store.readings()))
    assert readings[0] == readings[1]
    assert [article.id for article, _ in readings[1]] == [f"a{n}" for n in range(240)]


def test_an_ingest_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    program = (
        "import sys\n"
        "from bot.desk import Desk\n"
        "from bot.store import Store\n"
        "from tests.bot.desk.test_desk import *\n"
        "desk = Desk(Store.open(sys.argv[1]), MemoryIndex(), load_wording(), workers=1)\n"
        "desk.ingest(numbered(10**6), now=NOW, progress=lambda counts: print(counts.new, flush=True))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
    with closing(Store.open(url)) as store:
        kept = store.counts().articles
        assert kept >= 256
        desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
        assert desk.ingest(numbered(kept + 10), now=NOW) == Ingested(new=10, unchanged=kept)
        assert len(desk.search("هجوم على حاجز", kept + 50)) == kept + 10


def test_an_index_in_use_learns_of_new_articles_at_once(desk: Desk) -> None:
    desk.ingest(numbered(1), now=NOW)
    assert desk.index.stats().articles == 0, "nobody has asked yet"
    assert len(desk.search("هجوم", 10)) == 1
    desk.ingest(numbered(2), now=NOW)
    assert desk.index.stats().articles == 2


def test_articles_of_another_process_are_found_by_the_next_question(desk: Desk, tmp_path: Path) -> None:
    desk.ingest(numbered(1), now=NOW)
    desk.refresh()
    with closing(Store.open(f"sqlite:///{tmp_path / 'a.sqlite'}")) as other:
        Desk(other, MemoryIndex(), load_wording(), workers=1).ingest(
            [an_article("storm", "هبت عاصفة رملية على البصرة.")], now=NOW
        )
    assert desk.search("عاصفة", 5)[0].article_id == "storm"


def test_a_passage_that_was_found_is_quoted_as_it_stands(desk: Desk) -> None:
    desk.ingest([an_article("x", "السماء صافية.\n\n  وهبت عاصفةٌ رمليةٌ \t على البصرة.")], now=NOW)
    (hit,) = desk.search("عاصفة رملية", 1)
    article = desk.store.article("x")
    assert article is not None
    assert article.body[hit.start : hit.end] == hit.text == hit.citation.quote


def test_every_part_of_a_question_gets_its_evidence(desk: Desk) -> None:
    desk.ingest(
        [
            an_article("mosul", "قتل سبعة جنود في هجوم على حاجز في الموصل.", published=DAY),
            an_article("basra", "أصيب أحد عشر عاملا في حريق بمصنع في البصرة.", published=DAY),
        ],
        now=NOW,
    )
    question = desk.understand("كم عدد القتلى في الموصل؟ وكم عدد الجرحى في البصرة؟", as_of=DAY)
    evidence = desk.evidence(question)
    assert {fact.min for fact in evidence.facts if fact.kind == "casualty"} == {7, 11}
    assert {hit.article_id for hit in evidence.passages} == {"mosul", "basra"}
    assert len({fact.id for fact in evidence.facts}) == len(evidence.facts)


def test_a_question_may_follow_the_one_before(desk: Desk) -> None:
    desk.ingest([an_article("mosul", "قتل سبعة جنود وأصيب تسعة في هجوم في الموصل.", published=DAY)], now=NOW)
    first = desk.understand("كم عدد القتلى في الموصل؟", as_of=DAY)
    assert (answer := desk.answer(first)).value
    assert answer.value.min == 7
    second = desk.ask("وكم جريحا؟", as_of=DAY, before=first)
    assert second.value is not None
    assert second.value.min == 9


def test_rereading_finds_what_other_rules_did_not_and_keeps_ids(desk: Desk, store: Store) -> None:
    articles = list(numbered(3))
    store.put(
        [(one, retrieval.read(one).model_copy(update={"facts": ()})) for one in articles[:2]], reader="old", now=NOW
    )
    store.put([(one, retrieval.read(one)) for one in articles[2:]], reader="old", now=NOW)
    before = store.facts(FactFilter())
    told: list[tuple[int, int]] = []
    assert desk.reread(progress=lambda done, total: told.append((done, total))) == 2
    assert told[-1] == (3, 3)
    after = store.facts(FactFilter())
    assert len(after) == 3
    assert set(before) <= set(after)
    assert desk.reread() == 0
    assert store.read_by_others(retrieval.reading_version()) == 0
