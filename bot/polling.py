"""Looking at the feeds when they are due, and taking in what is new behind their entries."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import logging
import random
from collections.abc import Callable, Iterable
from html import escape
from typing import NamedTuple

from bot.desk import Desk
from bot.sources import Defaults, Limits, Unusable
from bot.sources.encoding import decode
from bot.sources.feeds import Entry, Feed, parse_feed
from bot.sources.fetching import Fetched, Fetcher, FetchError
from bot.sources.links import canonical
from bot.sources.pages import article_of_entry
from bot.store import StoreError, feeds
from bot.store.feeds import EntryRow, FeedRow
from retrieval import Article

log = logging.getLogger(__name__)
SHORTEST, LONGEST = 5 * 60, 24 * 3600
_ENTRY_TRIES = 5
_KEPT = dt.timedelta(days=30)
_SITEMAPS = 3
_PAGES_AT_ONCE = 8
_FEEDS_AT_ONCE = 16


class Polled(NamedTuple):
    """What one look at a feed gave: articles new and changed, pages that could not be had, and why it failed, if so."""

    url: str
    articles: int = 0
    faults: tuple[str, ...] = ()
    error: str = ""


class Poller:
    """Looks at feeds and hands what is behind them to the desk; `clock` says what time it is."""

    def __init__(self, desk: Desk, fetcher: Fetcher, *, clock: Callable[[], dt.datetime], limits: Limits) -> None:
        self._desk, self._fetcher, self._clock, self._limits = desk, fetcher, clock, limits

    async def poll(self, due: Iterable[FeedRow]) -> list[Polled]:
        """Look at each of the feeds once; a broken one is named and put off, and hinders none of the others."""
        turns = asyncio.Semaphore(_FEEDS_AT_ONCE)

        async def one(row: FeedRow) -> Polled:
            async with turns:
                return await self._guarded(row)

        # None is left looking while the next round begins, whatever befell another.
        outcomes = await asyncio.gather(*(one(row) for row in due), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return [outcome for outcome in outcomes if isinstance(outcome, Polled)]

    async def keep_polling(self, told: Callable[[Polled], None], pause: float = 5.0) -> None:
        """Look at feeds whenever they are due, until cancelled; `told` hears of each look, `pause` is in seconds."""
        while True:
            try:
                for outcome in await self.poll(await asyncio.to_thread(self._due)):
                    told(outcome)
            except StoreError as error:
                log.error("feeds wait: %s", error)  # noqa: TRY400 - the line says what is wrong, not where
            await asyncio.sleep(pause)

    async def _guarded(self, row: FeedRow) -> Polled:
        try:
            return await self._look(row)
        except (FetchError, Unusable) as error:
            fault: FetchError | Unusable = error
        except StoreError:
            raise
        except Exception as error:  # a page that breaks the program must not stop the other feeds
            log.exception("the feed %s broke the program", row.url)
            fault = Unusable(f"broke the program: {type(error).__name__}; please report it with its address")
        await asyncio.to_thread(self._save, after_failure(row, fault, self._clock()))
        return Polled(row.url, error=str(fault))

    async def _look(self, row: FeedRow) -> Polled:
        found = await self._fetcher.fetch(row.url, etag=row.etag, last_modified=row.last_modified)
        if found.not_modified:
            await asyncio.to_thread(self._save, after_success(row, found, None, 0, self._clock()))
            return Polled(row.url)
        feed = await _whole(self._fetcher, parse_feed(found.body, found.url))
        known = await asyncio.to_thread(self._entries, row.id)
        wanted = [entry for entry in feed.entries if _is_wanted(entry, known.get(key_of(entry)))]
        outcomes = await _pages(self._fetcher, wanted, Defaults(outlet=row.outlet or feed.title), self._limits)
        articles = [got for _, got in outcomes if isinstance(got, Article)]
        taken = await asyncio.to_thread(self._desk.ingest, articles, now=self._clock())
        settled = [settled_entry(entry, got, known.get(key_of(entry))) for entry, got in outcomes]
        faults = tuple(f"{entry.url}: {got}" for entry, got in outcomes if not isinstance(got, Article))
        # A feed with pages that could not be had is asked for whole again: its entries are where they are retried.
        validators = found if not faults else found._replace(etag="", last_modified="")
        after = after_success(row, validators, feed, taken.new + taken.changed, self._clock())
        await asyncio.to_thread(self._settle, after, settled, feed)
        return Polled(row.url, taken.new + taken.changed, faults)

    def _due(self) -> list[FeedRow]:
        with self._desk.store.reading() as connection:
            return feeds.due(connection, self._clock())

    def _entries(self, feed_id: int) -> dict[str, EntryRow]:
        with self._desk.store.reading() as connection:
            return feeds.entries(connection, feed_id)

    def _save(self, row: FeedRow) -> None:
        with self._desk.store.writing() as connection:
            feeds.save(connection, row)

    def _settle(self, row: FeedRow, done: list[EntryRow], feed: Feed) -> None:
        now = self._clock()
        with self._desk.store.writing() as connection:
            feeds.settle(connection, row.id, done, now)
            feeds.forget(connection, row.id, [key_of(entry) for entry in feed.entries], now - _KEPT)
            feeds.save(connection, row)


async def _whole(fetcher: Fetcher, feed: Feed) -> Feed:
    """The feed itself or, for a sitemap index, the entries of its newest sitemaps."""
    if feed.format != "sitemapindex":
        return feed
    entries: list[Entry] = []
    for child in feed.entries[:_SITEMAPS]:
        found = await fetcher.fetch(child.url)
        entries += parse_feed(found.body, found.url).entries
    return Feed("sitemapindex", feed.title, tuple(entries))


async def _pages(
    fetcher: Fetcher, wanted: list[Entry], defaults: Defaults, limits: Limits
) -> list[tuple[Entry, Article | FetchError | Unusable]]:
    turns = asyncio.Semaphore(_PAGES_AT_ONCE)

    async def one(entry: Entry) -> tuple[Entry, Article | FetchError | Unusable]:
        async with turns:
            try:
                return entry, await _article(fetcher, entry, defaults, limits)
            except (FetchError, Unusable) as error:
                return entry, error

    return list(await asyncio.gather(*(one(entry) for entry in wanted)))


async def _article(fetcher: Fetcher, entry: Entry, defaults: Defaults, limits: Limits) -> Article:
    """The article behind the entry: its page, or what the feed itself carries when the page gives less or nothing."""
    fault: FetchError | Unusable | None = None
    page = ""
    if entry.url:
        try:
            got: Fetched = await fetcher.fetch(entry.url, robots=True)
            page = decode(got.body, html=True)
        except (FetchError, Unusable) as error:
            fault = error
    try:
        return await asyncio.to_thread(article_of_entry, entry, page, defaults, limits)
    except Unusable as error:
        raise fault or error from None


def key_of(entry: Entry) -> str:
    """The entry's name in its feed: the address of its page, else a digest of what it says."""
    if entry.url:
        return canonical(entry.url)
    return hashlib.sha1(escape(entry.title + entry.html).encode(), usedforsecurity=False).hexdigest()


def _is_wanted(entry: Entry, known: EntryRow | None) -> bool:
    if known is None:
        return True
    return known.mark != entry.updated if not known.failures else known.failures < _ENTRY_TRIES


def settled_entry(entry: Entry, got: Article | Exception, known: EntryRow | None) -> EntryRow:
    """What is to be remembered of an entry that was dealt with; one whose page failed is tried a few times more."""
    failures = 0 if isinstance(got, Article) else (known.failures if known else 0) + 1
    return EntryRow(key_of(entry), entry.updated, failures)


def after_success(row: FeedRow, found: Fetched, feed: Feed | None, changed: int, now: dt.datetime) -> FeedRow:
    """The feed after a look that went well: asked sooner when there was news, later when there was none."""
    interval = int(min(max(row.interval * (0.7 if changed else 1.2), SHORTEST), 3600))
    return row._replace(
        url=found.moved_to or row.url,
        title=feed.title if feed and feed.title else row.title,
        format=feed.format if feed else row.format,
        etag=found.etag if not found.not_modified else row.etag,
        last_modified=found.last_modified if not found.not_modified else row.last_modified,
        interval=interval,
        due_at=now + dt.timedelta(seconds=interval * random.uniform(0.9, 1.1)),  # noqa: S311 - spreads load, hides nothing
        failures=0,
        error="",
        checked_at=now,
        succeeded_at=now,
        articles=row.articles + changed,
    )


def after_failure(row: FeedRow, error: FetchError | Unusable, now: dt.datetime) -> FeedRow:
    """The feed after a look that failed: put off twice as long each time, or paused when it is gone for good."""
    failures = row.failures + 1
    wait = min(row.interval * 2 ** min(failures, 10), LONGEST)
    if isinstance(error, FetchError) and error.retry_after is not None:
        wait = max(wait, min(int(error.retry_after), LONGEST))
    gone = isinstance(error, FetchError) and error.gone
    return row._replace(
        failures=failures,
        error=str(error),
        paused="gone for good" if gone else "",
        checked_at=now,
        due_at=now + dt.timedelta(seconds=wait),
    )
