"""The Telegram bot from start to end: who it is, what it took up, and how it stops without losing anything."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.desk import Desk
from bot.store import chats, mail
from bot.store.mail import Received
from bot.telegram.announcing import announce
from bot.telegram.chat import find_shown
from bot.telegram.dispatching import Dispatcher
from bot.telegram.handling import Handling
from bot.telegram.incoming import WANTED, Myself
from bot.telegram.journal import Journal
from bot.telegram.limits import Limits
from bot.telegram.polling import poll, store_updates
from bot.telegram.presence import Typing
from bot.telegram.scene import Surroundings
from bot.telegram.sending import Sender
from bot.telegram.telling import Teller
from bot.telegram.transport import BotApi
from bot.telegram.webhook import Webhook
from retrieval import Wording

log = logging.getLogger(__name__)
# What is under way when the program is asked to stop has this long to come to its end; then it counts as doubtful.
_FAREWELL_SECONDS = 15.0
# Mail that was dealt with, and answers whose buttons still work, are kept this long.
_KEPT = dt.timedelta(days=30)
_PRUNE_SECONDS = 6 * 3600.0
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0


Clock = Callable[[], dt.datetime]


class TelegramRefusedError(Exception):
    """Telegram cannot be worked with: says what is wrong and what to do, in one line."""


async def serve(  # noqa: PLR0913 - the parts it connects
    settings: Settings,
    desk: Desk,
    wording: Wording,
    stop: asyncio.Event,
    now: Clock,
    *,
    webhook: Webhook | None = None,
) -> None:
    """Run the bot until `stop` is set, then let what is under way end; what waits is taken up at the next start.

    Updates are fetched, or brought to the webhook where there is one.

    Raises:
        TelegramRefusedError: when there is no token, or Telegram refuses it.
    """
    if settings.telegram_token is None:
        raise TelegramRefusedError(
            "there is no bot token: ask @BotFather on Telegram for one and set MARSAD_TELEGRAM_TOKEN"
        )
    async with BotApi(settings.telegram_token.get_secret_value(), settings.telegram_api) as api:
        try:
            myself = await _introduce(api, stop, webhook)
            if myself is not None:
                await _work(settings, api, desk, wording, myself, stop=stop, now=now, webhook=webhook)
        except InvalidToken:
            raise TelegramRefusedError(
                "Telegram refuses the bot token: copy it again from @BotFather into MARSAD_TELEGRAM_TOKEN"
            ) from None


async def _introduce(api: BotApi, stop: asyncio.Event, webhook: Webhook | None) -> Myself | None:
    """Who the bot is, as soon as the Bot API can be reached; None when the program is to stop before that."""
    wait = _FIRST_WAIT
    while not stop.is_set():
        try:
            me = await api.bot.get_me()
            if webhook:
                await api.bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=list(WANTED))
            else:
                # One of an earlier setup would keep the updates from being fetched; the updates themselves stay.
                await api.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("the Bot API cannot be reached: %s; trying again in %.1f s", error.message, wait)
            await _pause(stop, wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            log.info("working as @%s", me.username)
            return Myself(me.id, me.username or "")
    return None


async def _work(  # noqa: PLR0913 - the parts it connects
    settings: Settings,
    api: BotApi,
    desk: Desk,
    wording: Wording,
    myself: Myself,
    *,
    stop: asyncio.Event,
    now: Clock,
    webhook: Webhook | None,
) -> None:
    store = desk.store
    handling = Handling(Surroundings(desk, wording, settings.zone, myself, partial(find_shown, store), now))
    async with Journal(store) as journal:
        sender = Sender(api, journal, Limits(settings.messages_per_second), now)
        dispatcher = Dispatcher(store, journal, handling.handle, notify=sender.notify, typing=Typing(api).show, now=now)
        teller = Teller(desk, journal, wording, settings.zone, notify=sender.notify, now=now)
        await sender.resume()
        left = await journal.write(mail.waiting)
        if left:
            log.info("%d updates wait from before", len(left))
        sending = asyncio.create_task(sender.run(), name="sending")
        fetching = [
            asyncio.create_task(_fetch(api, journal, dispatcher, left, now, webhook), name="fetching"),
            asyncio.create_task(dispatcher.run(), name="handling"),
            asyncio.create_task(teller.run(), name="telling"),
            asyncio.create_task(_announce(api, wording), name="announcing"),
            asyncio.create_task(_prune(journal, now), name="pruning"),
        ]
        stopping = asyncio.create_task(stop.wait(), name="stopping")
        try:
            await asyncio.wait([stopping, sending, *fetching], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end([stopping, *fetching])
            sender.stop()
            await asyncio.wait([sending], timeout=_FAREWELL_SECONDS)
            await _end([sending])
        for task in (sending, *fetching):
            if not task.cancelled() and (error := task.exception()):
                raise error


async def _fetch(  # noqa: PLR0913, PLR0917 - the parts it connects
    api: BotApi, journal: Journal, dispatcher: Dispatcher, left: list[Received], now: Clock, webhook: Webhook | None
) -> None:
    await dispatcher.submit(left)
    if webhook is None:
        await poll(api, journal, dispatcher.submit, now)
        return

    async def take(received: list[Received]) -> None:
        if new := await store_updates(journal, received, now()):
            await dispatcher.submit(new)

    webhook.open(take)
    try:
        await asyncio.Event().wait()
    finally:
        webhook.close()


async def _announce(api: BotApi, wording: Wording) -> None:
    """Nobody waits for the menus: answers come first."""
    await announce(api.bot, wording)
    await asyncio.Event().wait()


async def _prune(journal: Journal, now: Clock) -> None:
    while True:
        gone = await journal.write(partial(chats.prune, before=now() - _KEPT))
        log.debug("%d old rows were deleted", gone)
        await asyncio.sleep(_PRUNE_SECONDS)


async def _end(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
