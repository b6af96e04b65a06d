from __future__ import annotations

import datetime as dt

from bot.store import Store, feeds
from bot.store.feeds import EntryRow

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
URL = "https://news.example/rss"


def add(store: Store, url: str = URL, outlet: str = "") -> bool:
    with store.writing() as connection:
        return feeds.add(connection, url, outlet, interval=600, now=NOW)


def test_a_feed_is_taken_up_once_and_is_due_at_once(store: Store) -> None:
    assert add(store)
    assert not add(store, outlet="أفق")
    with store.reading() as connection:
        assert [(row.url, row.outlet) for row in feeds.due(connection, NOW)] == [(URL, "أفق")]


def test_what_is_known_of_a_feed_is_kept_and_a_paused_one_is_not_due(store: Store) -> None:
    add(store)
    with store.writing() as connection:
        [row] = feeds.feeds(connection)
        feeds.save(connection, row._replace(etag='"x"', failures=2, paused="gone for good"))
    with store.reading() as connection:
        assert feeds.due(connection, NOW) == []
        assert (feeds.feeds(connection)[0].etag, feeds.feeds(connection)[0].failures) == ('"x"', 2)


def test_a_feed_that_moves_to_the_address_of_another_keeps_its_own(store: Store) -> None:
    add(store)
    add(store, "https://other.example/rss")
    with store.writing() as connection:
        row = feeds.feeds(connection)[1]
        feeds.save(connection, row._replace(url=URL, title="ب"))
        assert [(one.url, one.title) for one in feeds.feeds(connection)][1] == ("https://other.example/rss", "ب")


def test_entries_are_remembered_until_they_are_old_and_gone_from_the_feed(store: Store) -> None:
    add(store)
    with store.writing() as connection:
        number = feeds.feeds(connection)[0].id
        feeds.settle(connection, number, [EntryRow("a", "1"), EntryRow("b", "1", 1)], NOW)
        feeds.settle(connection, number, [EntryRow("a", "2")], NOW)
        assert feeds.entries(connection, number) == {"a": EntryRow("a", "2"), "b": EntryRow("b", "1", 1)}
        feeds.forget(connection, number, ["b"], NOW)
        assert set(feeds.entries(connection, number)) == {"a", "b"}
        feeds.forget(connection, number, ["b"], NOW + dt.timedelta(days=1))
        assert set(feeds.entries(connection, number)) == {"b"}


def test_removing_a_feed_forgets_its_entries(store: Store) -> None:
    add(store)
    with store.writing() as connection:
        number = feeds.feeds(connection)[0].id
        feeds.settle(connection, number, [EntryRow("a", "1")], NOW)
        assert feeds.remove(connection, URL)
        assert not feeds.remove(connection, URL)
        assert feeds.entries(connection, number) == {}
