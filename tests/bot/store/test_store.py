from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import Store, StoreError, digest
from bot.store.schema import fact_place
from retrieval import Article, FactFilter, Reading
from tests.bot.articles import a_casualty, a_reading, a_visit, an_article

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def put(store: Store, *readings: tuple[Article, Reading], now: dt.datetime = NOW) -> dict[str, str]:
    return dict(store.put(readings, reader="r1", now=now))


def test_what_was_stored_comes_back_the_same(store: Store) -> None:
    moment = dt.datetime(2024, 4, 30, 23, 15, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    article = an_article(
        published=moment,
        url="https://example.org/خبر",
        body="قُتِلَ ثلاثةٌ\r\n\u200fجنود\t«في» الزيتون 🙂",
        extra={"section": ["أخبار", 1]},
    )
    reading = a_reading(article, a_casualty(article, day=dt.date(2024, 4, 29)), a_visit(article, "سالم", "الميناء"))
    assert put(store, (article, reading)) == {"a1": "new"}
    assert store.article("a1") == article
    assert store.article("none") is None
    assert store.articles(["a1", "none"]) == {"a1": article}
    assert list(store.readings()) == [(article, reading)]
    assert store.passages([("a1", 0), ("a1", 9)]) == {("a1", 0): reading.passages[0]}
    assert store.counts() == (1, 0, 1, 2)


@pytest.mark.parametrize("published", [None, dt.date(2024, 4, 30), dt.datetime(2024, 4, 30, 0, 0)])  # noqa: DTZ001 - some outlets name no zone
def test_a_date_of_publication_stays_as_exact_as_it_was(store: Store, published: dt.date | None) -> None:
    article = an_article(published=published)
    put(store, (article, a_reading(article, a_casualty(article))))
    ((stored, reading),) = store.readings()
    assert stored.published == published
    assert type(stored.published) is type(published)
    assert reading.facts[0].citation.published == published
    assert type(reading.facts[0].citation.published) is type(published)


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    article = an_article()
    put(store, (article, a_reading(article)))
    stamp = store.stamp()
    assert put(store, (article, a_reading(article))) == {"a1": "unchanged"}
    assert store.stamp() == stamp


def test_a_changed_article_becomes_a_new_version_and_its_old_one_is_kept_with_its_facts(store: Store) -> None:
    old, new = an_article(), an_article(body="قتل أربعة جنود في هجوم قرب بلدة الزيتون.")
    old_fact, new_fact = a_casualty(old, 3), a_casualty(new, 4)
    put(store, (old, a_reading(old, old_fact)))
    stamp = store.stamp()
    assert put(store, (new, a_reading(new, new_fact))) == {"a1": "changed"}
    assert store.stamp() != stamp
    assert store.article("a1") == new
    assert store.facts(FactFilter()) == (new_fact,)
    assert store.versions("a1") == [(old, (old_fact,))]
    assert put(store, (old, a_reading(old, old_fact))) == {"a1": "changed"}
    assert [one for one, _ in store.versions("a1")] == [old, new]
    assert store.counts() == (1, 2, 1, 1)


def test_articles_keep_the_order_in_which_they_came_even_when_they_change(store: Store) -> None:
    articles = [an_article(name) for name in ("z", "m", "a")]
    put(store, *((one, a_reading(one, a_casualty(one))) for one in articles))
    changed = an_article("z", "قتل سبعة.")
    put(store, (changed, a_reading(changed, a_casualty(changed, 7))))
    assert [one.id for one, _ in store.readings()] == ["z", "m", "a"]
    ids = [line.partition('"article_id":"')[2][:1] for line in store.all_facts()]
    assert ids == ["z", "m", "a"]


def test_what_changed_since_a_stamp_can_be_told(store: Store) -> None:
    first, second = an_article("a1"), an_article("a2")
    put(store, (first, a_reading(first)))
    revision = store.revision_of(store.stamp())
    assert revision is not None
    put(store, (second, a_reading(second)))
    assert [one.id for one, _ in store.readings(after=revision)] == ["a2"]
    assert store.revision_of("another:1") is None
    assert store.revision_of("") is None


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    good, bad = an_article("good"), an_article("bad")
    clash = a_casualty(good, id="0123456789abcdef")
    put(store, (good, a_reading(good, clash)))
    stamp = store.stamp()
    other = an_article("other")
    with pytest.raises(StoreError):
        put(store, (other, a_reading(other)), (bad, a_reading(bad, a_casualty(bad, id=clash.id))))
    assert store.stamp() == stamp
    assert store.article("other") is None


def test_one_id_twice_in_a_batch_is_a_mistake_of_the_caller(store: Store) -> None:
    article = an_article()
    with pytest.raises(ValueError, match="twice"):
        put(store, (article, a_reading(article)), (article, a_reading(article)))


def test_facts_that_repeat_are_stored_once_and_facts_that_only_share_an_id_are_not_lost(store: Store) -> None:
    article = an_article()
    one, other = a_visit(article, "سالم", "الميناء"), a_visit(article, "ليلى", "المطار")
    other = other.model_copy(update={"id": one.id})
    put(store, (article, a_reading(article, one, one, other)))
    facts = store.facts(FactFilter())
    assert {fact.visitor for fact in facts if fact.kind == "visit"} == {"سالم", "ليلى"}
    assert len({fact.id for fact in facts}) == len(facts) == 2


@pytest.fixture
def filled(store: Store) -> Store:
    """Deaths on three days in April 2024 and one without a day, wounded on one, a visit, and places within places."""
    for number in range(1, 4):
        one = an_article(f"a{number}")
        places = ("الزيتون", "السهل") if number < 3 else ("المرفأ",)
        killed = a_casualty(one, number, dt.date(2024, 4, number), place=places[0], places=places)
        put(store, (one, a_reading(one, killed)))
    one = an_article("b1")
    wounded = a_casualty(one, 9, dt.date(2024, 4, 1), harm="wounded", date_end=dt.date(2024, 4, 30))
    put(store, (one, a_reading(one, wounded, a_casualty(one, 8), a_visit(one, "سالم", "الميناء"))))
    return store


def counts_of(store: Store, **wanted: object) -> list[int | None]:
    return [fact.min for fact in store.facts(FactFilter(**wanted)) if fact.kind == "casualty"]


def test_facts_are_found_by_kind_and_harm(filled: Store) -> None:
    assert len(filled.facts(FactFilter())) == 6
    assert len(filled.facts(FactFilter(kinds=("visit",)))) == 1
    assert counts_of(filled, kinds=("casualty",), harms=("wounded",)) == [9]
    assert sorted(counts_of(filled, harms=("killed", "wounded"))) == [1, 2, 3, 8, 9]  # type: ignore[type-var]  # all have a min


def test_facts_are_found_by_their_place_and_by_what_contains_it(filled: Store) -> None:
    with filled.reading() as connection:
        rows = connection.execute(sa.select(fact_place.c.key, sa.func.count()).group_by(fact_place.c.key)).all()
    keys: dict[str, int] = {key: count for key, count in rows}  # noqa: C416 - a row is no pair to the type checker
    assert sorted(keys.values()) == [1, 2, 2]
    shared = tuple(key for key, n in keys.items() if n == 2)
    assert counts_of(filled, place_keys=shared[:1]) == [2, 1]
    assert counts_of(filled, place_keys=tuple(keys)) == [3, 2, 1]


def test_facts_fit_a_period_when_their_own_days_meet_it(filled: Store) -> None:
    assert counts_of(filled, date_from=dt.date(2024, 4, 3)) == [3, 9]
    assert counts_of(filled, date_to=dt.date(2024, 4, 1)) == [1, 9]
    assert counts_of(filled, date_from=dt.date(2024, 4, 2), date_to=dt.date(2024, 4, 2)) == [2, 9]
    assert counts_of(filled, date_from=dt.date(2025, 1, 1)) == []


def test_facts_come_newest_first_and_a_limit_keeps_the_newest(filled: Store) -> None:
    assert counts_of(filled, harms=("killed",)) == [3, 2, 1, 8]
    assert counts_of(filled, harms=("killed",), limit=2) == [3, 2]


def test_facts_are_found_by_article_and_by_id(filled: Store) -> None:
    assert counts_of(filled, article_ids=("a1", "a3", "none")) == [3, 1]
    facts = filled.facts(FactFilter())
    ids = [fact.id for fact in reversed(facts)]
    assert filled.facts_by_id([*ids, "none"]) == tuple(reversed(facts))


def test_facts_are_listed_by_kind_and_article(filled: Store) -> None:
    assert len(list(filled.all_facts())) == 6
    assert len(list(filled.all_facts(kind="visit"))) == 1
    assert len(list(filled.all_facts(article_id="b1"))) == 3


def test_rereading_replaces_facts_and_leaves_the_text_and_the_versions(store: Store) -> None:
    same, other = an_article("same"), an_article("other")
    put(store, *((one, a_reading(one, a_casualty(one))) for one in (same, other)))
    stamp = store.stamp()
    revision = store.revision_of(stamp)
    assert [one.id for one, _ in store.readings(not_by="r2")] == ["same", "other"]
    assert store.reread([(same, a_reading(same, a_casualty(same)))], reader="r2") == 0
    assert store.stamp() == stamp
    assert store.reread([(other, a_reading(other, a_casualty(other, 5)))], reader="r2") == 1
    assert revision is not None
    assert [one.id for one, _ in store.readings(after=revision)] == ["other"]
    assert list(store.readings(not_by="r2")) == []
    assert store.counts() == (2, 0, 2, 2)


def test_rereading_leaves_alone_what_changed_in_the_meantime(store: Store) -> None:
    old, new = an_article(), an_article(body="قتل أربعة.")
    put(store, (new, a_reading(new, a_casualty(new, 4))))
    assert store.reread([(old, a_reading(old, a_casualty(old, 3)))], reader="r2") == 0
    assert counts_of(store) == [4]


def test_a_digest_tells_every_difference_and_nothing_else() -> None:
    article = an_article(extra={"a": 1, "b": 2})
    same = Article.model_validate_json(article.model_dump_json())
    assert digest(article) == digest(same)
    changes: list[dict[str, object]] = [
        {"title": "ت"},
        {"outlet": ""},
        {"url": "x"},
        {"body": "ب"},
        {"extra": {}},
        {"published": dt.date(2024, 1, 1)},
    ]
    assert len({digest(article), *(digest(article.model_copy(update=one)) for one in changes)}) == len(changes) + 1


def test_writers_wait_for_each_other(store: Store, url: str) -> None:
    def write(n: int) -> None:
        own = Store.open(url)
        for k in range(5):
            one = an_article(f"{n}-{k}")
            put(own, (one, a_reading(one, a_casualty(one))))
        own.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts() == (20, 0, 20, 20)
    assert store.revision_of(store.stamp()) == 20


def test_what_was_stored_outlives_a_killed_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'marsad.sqlite'}"
    program = (
        "import datetime as dt, sys\n"
        "from bot.store import Store\n"
        "from tests.bot.articles import *\n"
        "store = Store.open(sys.argv[1])\n"
        "for n in range(10**6):\n"
        "    one = an_article(f'a{n}')\n"
        "    store.put([(one, a_reading(one, a_casualty(one)))], reader='', now=dt.datetime.now(dt.UTC))\n"
        "    print(n, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(20)]
        os.kill(process.pid, signal.SIGKILL)
        last = int([*said, *process.stdout.read().splitlines()][-1])
    store = Store.open(url)
    counts = store.counts()
    assert counts.articles in {last + 1, last + 2}
    assert counts.articles == counts.passages == counts.facts
    store.close()
