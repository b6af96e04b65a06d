"""The one place where the real parts of the program are chosen, opened and closed."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import retrieval
from bot.config import Settings
from bot.desk import Desk, Progress
from bot.electing import in_office
from bot.sources import Limits
from bot.store import Store, StoreError
from bot.store.membership import Office
from bot.wording import load_wording
from retrieval import Index, Wording

if TYPE_CHECKING:
    from bot.polling import Polled
    from bot.sources.fetching import FetchRules
    from bot.telegram.webhook import Webhook

log = logging.getLogger(__name__)
# How long the feeds rest after a fault of the program.
_REST_SECONDS = 60.0
# How often it is looked for articles that have been kept long enough.
_REMOVING_SECONDS = 3600.0
# How often a long work is heard of.
_TOLD_SECONDS = 10.0


@dataclass(frozen=True)
class App:
    """The parts of the running program."""

    settings: Settings
    store: Store
    index: Index
    wording: Wording
    desk: Desk

    def today(self) -> dt.date:
        """The day it is now in the zone of the settings."""
        return dt.datetime.now(self.settings.zone).date()


@contextmanager
def opened(settings: Settings) -> Iterator[App]:
    """The program over the store and index that the settings name; closed again at the end of the block.

    Raises:
        StoreError, EngineError, WordingError: when a part cannot be opened.
    """
    wording = load_wording()
    with closing(Store.open(settings.database_url)) as store, closing(open_index(settings)) as index:
        desk = Desk(store, index, wording, workers=settings.workers)
        yield App(settings, store, index, wording, desk)


def open_index(settings: Settings) -> Index:
    """The index that the settings name.

    Raises:
        EngineError: when it cannot be opened.
    """
    return retrieval.open_index(settings.index, settings.data / "index")


def fetch_rules(settings: Settings) -> FetchRules:
    """How far a fetch may go by the settings."""
    # What speaks to the network is imported where it is used: most commands do without it, and need not wait for it.
    from bot.sources.fetching import FetchRules  # noqa: PLC0415 - see above

    return FetchRules(
        max_bytes=settings.max_fetch_mb * 2**20,
        timeout=settings.fetch_seconds,
        host_interval=settings.host_seconds,
        private=settings.private_sources,
    )


async def run(app: App, stop: asyncio.Event) -> None:
    """The Telegram bot, its feeds and, where an address is set, HTTP, until `stop` is set.

    Raises:
        TelegramRefusedError: when there is no token, or Telegram refuses it.
    """
    from bot.telegram.serving import serve  # noqa: PLC0415 - see `fetch_rules`
    from bot.telegram.webhook import Webhook  # noqa: PLC0415 - see `fetch_rules`

    url = app.settings.webhook_url
    webhook = Webhook(url, _webhook_secret(app.settings)) if url and app.settings.listen else None
    membership = app.store.join()
    # The first question should not be the one that waits for the index.
    beside = [
        asyncio.create_task(asyncio.to_thread(app.desk.refresh, _indexing_told())),
        asyncio.create_task(in_office(membership, Office.FEEDS, partial(_keep_corpus, app))),
    ]
    if app.settings.listen:
        beside.append(asyncio.create_task(_keep_serving(app, app.settings.listen, webhook)))
    try:
        if app.settings.telegram_token is None and app.settings.listen:
            # Without a token it is a reader of feeds that answers over HTTP.
            await stop.wait()
        else:
            await serve(app.settings, app.desk, app.wording, stop, _now, membership=membership, webhook=webhook)
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        membership.close()


def _webhook_secret(settings: Settings) -> str:
    """The secret that was set, else one that every program with this token comes to by itself."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return hmac.new(token.encode(), b"the webhook of the bot", hashlib.sha256).hexdigest()


async def _keep_serving(app: App, address: str, webhook: Webhook | None) -> None:
    from bot.telegram.webhook import SECRET_HEADER  # noqa: PLC0415 - see `fetch_rules`
    from bot.web import create_web, serve_web  # noqa: PLC0415 - see `fetch_rules`
    from bot.web.webhook import add_webhook  # noqa: PLC0415 - see `fetch_rules`

    web = create_web(app.desk, app.wording, app.settings, app.today)
    if webhook:
        add_webhook(web, webhook.url, SECRET_HEADER, webhook.receive)
    try:
        await serve_web(web, address)
    except OSError as error:
        log.error("no HTTP: %s", error)  # noqa: TRY400 - the line says what is wrong


async def _keep_corpus(app: App) -> None:
    """Let news come in and, where that is wanted, what is old go: one program does so for all that share the store."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_keep_polling(app))
        if app.settings.keep_article_days:
            group.create_task(_keep_removing(app, app.settings.keep_article_days))


async def _keep_removing(app: App, days: int) -> None:
    while True:
        now = _now()
        try:
            gone = await asyncio.to_thread(app.desk.forget, now - dt.timedelta(days=days), now=now)
        except StoreError as error:
            log.warning("old articles stay for now: %s", error)
        else:
            if gone:
                log.info("%d articles were older than %d days and are removed", gone, days)
        await asyncio.sleep(_REMOVING_SECONDS)


async def _keep_polling(app: App) -> None:
    from bot.polling import Poller  # noqa: PLC0415 - see `fetch_rules`
    from bot.sources.fetching import Fetcher  # noqa: PLC0415 - see `fetch_rules`

    limits = Limits(article_chars=app.settings.max_article_chars)
    while True:
        try:
            async with Fetcher(fetch_rules(app.settings)) as fetcher:
                await Poller(app.desk, fetcher, clock=_now, limits=limits).keep_polling(_told)
        except Exception:  # a fault in the feeds must not silence the bot
            log.exception("the feeds rest for %.0f s", _REST_SECONDS)
        await asyncio.sleep(_REST_SECONDS)


def _indexing_told() -> Progress:
    """What logs, now and then, how far the index is behind the store."""
    last = time.monotonic()

    def told(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_SECONDS:
            last = time.monotonic()
            log.info("the index is brought in step: %d of %d articles", done, total)

    return told


def _told(look: Polled) -> None:
    if look.error:
        log.warning("feed %s: %s", look.url, look.error)
    elif look.articles or look.faults:
        log.info("feed %s: %d new, %d not to be had", look.url, look.articles, len(look.faults))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
