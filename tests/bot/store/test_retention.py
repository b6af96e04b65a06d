from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.store import Store, following, retention
from bot.store.following import Due, Follower
from bot.store.schema import alert, metadata
from retrieval import Article, Question, Subscription, Understanding
from tests.bot.articles import a_casualty, a_reading, an_article

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=10)
TEXT = (
    "قال متحدث باسم الدفاع المدني إن ثلاثة عمال أصيبوا بحروق في حريق شب في مخزن للحبوب في بلدة الزيتون مساء أمس، "
    "وأضاف أن فرق الإنقاذ أخمدت النيران بعد ساعات وأن التحقيق في الأسباب ما زال جاريا."
)


def put(store: Store, *articles: Article, now: dt.datetime = NOW) -> None:
    store.put([(one, a_reading(one, a_casualty(one))) for one in articles], reader="r", now=now)


def expired(store: Store, before: dt.datetime) -> list[str]:
    with store.reading() as connection:
        return retention.expired(connection, before, 100)


def follow(store: Store) -> None:
    question = Question(text="حريق", as_of=NOW.date(), understood=Understanding(place="الزيتون"))
    with store.writing() as connection:
        number = following.follow(connection, Follower(7), "حريق", Subscription(id=0, question=question), NOW).id
        due = Due(number, "gone", 1, "gone", ())
        following.owe(connection, [due, due._replace(article_id="stays")], NOW)


def rows_that_name(store: Store, name: str) -> dict[str, int]:
    """How many rows of each table say that word in any column."""
    found = {}
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).all()
            if said := sum(any(name in str(value) for value in row) for row in rows):
                found[table.name] = said
    return found


def test_articles_are_old_by_when_they_came_or_last_changed(store: Store) -> None:
    put(store, an_article("old"), an_article("changed"))
    put(store, an_article("changed", "قتل أربعة جنود في هجوم قرب بلدة الزيتون."), an_article("new"), now=LATER)
    assert expired(store, LATER) == ["old"]
    assert expired(store, NOW) == []


def test_nothing_of_a_removed_article_is_left_but_that_it_was_removed(store: Store) -> None:
    put(store, an_article("gone"), an_article("stays", TEXT))
    put(store, an_article("gone", "قتل أربعة جنود في هجوم قرب بلدة الزيتون."))
    follow(store)
    assert {"article_version", "passage", "fact", "article_copy", "alert"} <= rows_that_name(store, "gone").keys()
    assert store.remove(["gone", "never was"], now=LATER) == 1
    assert rows_that_name(store, "gone") == {"removal": 1}
    assert store.article("stays") is not None
    assert store.remove(["gone"], now=LATER) == 0


def test_a_copy_stands_for_the_text_when_its_original_is_removed(store: Store) -> None:
    put(store, an_article("gone", TEXT))
    put(store, an_article("second", TEXT), an_article("third", TEXT))
    assert store.originals(["second", "third"]) == {"second": "gone", "third": "gone"}
    store.remove(["gone"], now=LATER)
    assert store.originals(["second", "third"]) == {"third": "second"}
    put(store, an_article("fourth", TEXT), now=LATER)
    assert store.originals(["fourth"]) == {"fourth": "second"}


def test_an_alert_about_a_copy_names_the_copy_that_stands_for_the_text_now(store: Store) -> None:
    put(store, an_article("gone", TEXT))
    put(store, an_article("stays", TEXT))
    follow(store)
    store.remove(["gone"], now=LATER)
    with store.reading() as connection:
        assert connection.execute(sa.select(alert.c.article_id, alert.c.original)).all() == [("stays", "stays")]


def test_what_was_removed_is_known_since_any_revision_until_it_is_forgotten(store: Store) -> None:
    put(store, an_article("one"), an_article("two"))
    before = store.stamp()
    revision = store.revision_of(before)
    assert revision is not None
    store.remove(["one"], now=NOW)
    between = store.stamp()
    store.remove(["two"], now=LATER)
    assert store.removed(after=revision) == ["one", "two"]
    with store.writing() as connection:
        assert retention.forget_removals(connection, LATER) == 1
        assert retention.forget_removals(connection, LATER) == 0
    assert store.revision_of(before) is None
    assert store.removed(after=store.revision_of(between) or 0) == ["two"]


def test_an_article_that_comes_again_is_there_again(store: Store) -> None:
    put(store, an_article("one"))
    store.remove(["one"], now=NOW)
    put(store, an_article("one"), now=LATER)
    assert store.counts().articles == 1
    assert store.remove(["one"], now=LATER) == 1
