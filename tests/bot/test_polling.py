from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import opened
from bot.config import Settings
from bot.desk import Desk
from bot.polling import Polled, Poller, after_failure, after_success
from bot.sources import Limits
from bot.sources.fetching import Fetched, Fetcher, FetchError, FetchRules
from bot.store import StoreError, feeds
from bot.store.feeds import FeedRow
from tests.bot.feed_server import BROKEN, GOOD, FeedServer

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
RULES = FetchRules(private=True, host_interval=0.0, timeout=3.0, max_bytes=2_000_000)


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    with opened(Settings(data=folder, workers=1, _env_file=None)) as app:
        yield app.desk


def add(desk: Desk, *urls: str) -> None:
    with desk.store.writing() as connection:
        for url in urls:
            feeds.add(connection, url, "", interval=600, now=NOW)


def rows(desk: Desk) -> list[FeedRow]:
    with desk.store.reading() as connection:
        return feeds.feeds(connection)


async def polled(desk: Desk, only: FeedRow | None = None) -> list[Polled]:
    async with Fetcher(RULES) as fetcher:
        poller = Poller(desk, fetcher, clock=lambda: NOW, limits=Limits())
        return await poller.poll([only] if only else rows(desk))


async def test_of_fifty_feeds_the_good_ones_are_in_once_and_each_bad_one_is_named(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        async with FeedServer().running() as server:
            good = [f"{server.base}/{kind}/{n}" for kind in GOOD for n in (1, 2, 3)][:28]
            bad = [f"{server.base}/{kind}/{n}" for kind in BROKEN for n in (1, 2)]
            assert len(good) + len(bad) == 50
            add(desk, *good, *bad)
            first = await polled(desk)
            assert {outcome.url for outcome in first if outcome.error} == set(bad)
            assert all(outcome.articles == 2 for outcome in first if not outcome.error), first
            assert desk.store.counts().articles == 2 * len(good)
            again = await polled(desk)
            assert not any(outcome.articles for outcome in again)
            assert desk.store.counts().articles == 2 * len(good)
            # Of the pages behind entries; a page that is listed as a feed is looked at each time.
            assert not {
                page: n for page, n in server.asked.items() if page.startswith("page/") and "-" in page and n > 1
            }


async def test_feeds_are_looked_at_on_and_on_though_the_store_is_out_of_reach_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_in(tmp_path) as desk:
        async with FeedServer().running() as server:
            add(desk, *(f"{server.base}/{kind}/1" for kind in ("hanging", "rss", "nonsense", "atom")))
            looks: list[Polled] = []
            ingest, faults = desk.ingest, iter([StoreError("is being written"), StoreError("is being written")])

            def out_of_reach(*articles: Any, **more: Any) -> Any:
                for fault in faults:
                    raise fault
                return ingest(*articles, **more)

            monkeypatch.setattr(desk, "ingest", out_of_reach)
            all_looked = asyncio.Event()

            def told(look: Polled) -> None:
                looks.append(look)
                if desk.store.counts().articles == 4:
                    all_looked.set()

            async with Fetcher(RULES._replace(timeout=0.5)) as fetcher:
                poller = Poller(desk, fetcher, clock=lambda: NOW, limits=Limits())
                polling = asyncio.create_task(poller.keep_polling(told, pause=0.0))
                await asyncio.wait_for(all_looked.wait(), 60)
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
            failing = {row.url for row in rows(desk) if row.failures}
            assert failing == {f"{server.base}/{kind}/1" for kind in ("hanging", "nonsense")}
            assert looks


async def test_a_page_that_changed_becomes_a_new_version_of_its_article(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        async with FeedServer().running() as server:
            add(desk, f"{server.base}/atom/1")
            await polled(desk)
            server.edition = " وأعلن لاحقا أن عدد المصابين ارتفع إلى خمسة."
            assert [outcome.articles for outcome in await polled(desk)] == [2]
            counts = desk.store.counts()
            assert (counts.articles, counts.versions) == (2, 2)


async def test_a_page_that_robots_forbid_is_named_and_the_rest_is_in(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        async with FeedServer().running() as server:
            server.robots = "User-agent: *\nDisallow: /page/rss-1-1\n"
            add(desk, f"{server.base}/rss/1")
            [outcome] = await polled(desk)
            assert outcome.articles == 1
            assert "robots" in outcome.faults[0]


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address() -> None:
    found = Fetched(
        "https://b.example/",
        "https://b.example/",
        not_modified=True,
        body=b"",
        content_type="",
        etag="",
        last_modified="",
    )
    assert after_success(ROW, found, None, 0, NOW).url == "https://b.example/"


def test_a_feed_that_fails_is_put_off_twice_as_long_each_time_and_never_longer_than_a_day() -> None:
    waits, row = [], ROW
    for _ in range(12):
        row = after_failure(row, FetchError("answers 500"), NOW)
        waits.append((row.due_at - NOW).total_seconds())
    assert waits[:3] == [1200, 2400, 4800]
    assert waits[-1] == 24 * 3600
    assert row.error == "answers 500"


def test_a_host_that_says_how_long_to_wait_is_obeyed_and_a_feed_that_is_gone_is_paused() -> None:
    assert after_failure(ROW, FetchError("busy", retry_after=7200), NOW).due_at == NOW + dt.timedelta(seconds=7200)
    assert after_failure(ROW, FetchError("gone", gone=True), NOW).paused


ROW = FeedRow(
    id=1, url="https://a.example/", outlet="", title="", format="rss", etag="", last_modified="", interval=600,
    due_at=NOW, failures=0, error="", paused="", added_at=NOW, checked_at=None, succeeded_at=None, articles=0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MARSAD_DATA", "MARSAD_DATABASE", "MARSAD_INDEX"):
        monkeypatch.delenv(name, raising=False)
