"""The Telegram bot from start to end: who it is, what it took up, and how it stops without losing anything."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bot.config import Settings
from bot.desk import Desk
from bot.electing import in_office
from bot.store import Store, StoreError, claims
from bot.store.mail import Received
from bot.store.membership import Membership, Office
from bot.store.operating import Guest, guests
from bot.telegram.admins import Admins
from bot.telegram.alarming import Alarm
from bot.telegram.allowing import Allowance
from bot.telegram.announcing import announce
from bot.telegram.chat import find_shown
from bot.telegram.delivering import Delivering, end
from bot.telegram.dispatching import Dispatcher
from bot.telegram.handling import Handling
from bot.telegram.incoming import WANTED, Myself
from bot.telegram.journal import Journal
from bot.telegram.limits import Limits
from bot.telegram.polling import poll, store_updates
from bot.telegram.presence import Typing
from bot.telegram.scene import Operating, Surroundings
from bot.telegram.sending import Sender
from bot.telegram.telling import Teller
from bot.telegram.tidying import keep_tidy
from bot.telegram.transport import BotApi
from bot.telegram.webhook import Webhook
from retrieval import Wording

log = logging.getLogger(__name__)
# Of what waits a program takes so much at a time where others may take the rest, and looks so often for more.
_PORTION, _LOOK_SECONDS = 64, 0.5
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
    membership: Membership,
    webhook: Webhook | None = None,
) -> None:
    """Run the bot until `stop` is set, then let what is under way end; what waits is taken up at the next start.

    Updates are fetched, or brought to the webhook where there is one. Of several programs that share the store each
    answers, and one of them, which another replaces when it dies, fetches, sends and tells alerts.

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
                await _work(
                    settings, api, desk, wording, myself, membership=membership, stop=stop, now=now, webhook=webhook
                )
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
    membership: Membership,
    stop: asyncio.Event,
    now: Clock,
    webhook: Webhook | None,
) -> None:
    store, member = desk.store, membership.number
    find, is_admin = partial(find_shown, store), Admins(api).is_admin
    allowance = Allowance(settings.user_per_minute, partial(_guests, store))
    operating = Operating(
        frozenset(settings.admins),
        settings.user_per_minute,
        settings.keep_days,
        settings.feed_minutes * 60,
        settings.data / "backups",
        allowance.forget,
    )
    around = Surroundings(desk, wording, settings.zone, myself, find, now, is_admin, operating)
    handling = Handling(around, allowance)
    async with Journal(store) as journal:

        def make_sender() -> Sender:
            return Sender(api, journal, Limits(settings.messages_per_second), now)

        async def tell() -> None:
            await Teller(desk, journal, wording, settings.zone, notify=delivering.notify, now=now).run()

        async def announce_all() -> None:
            # Nobody waits for the menus: answers come first.
            await announce(api.bot, wording)
            await asyncio.Event().wait()

        async def fetch() -> None:
            await poll(api, journal, member, dispatcher.submit, now)

        async def tidy() -> None:
            await keep_tidy(journal, settings.keep_days, settings.keep_feedback_days, now)

        beside = (tell, announce_all, tidy, *(() if webhook else (fetch,)))
        delivering = Delivering(journal, make_sender, beside=beside, shared=membership.shared)
        dispatcher = Dispatcher(
            store, journal, handling.handle, member=member, notify=delivering.notify, typing=Typing(api).show, now=now
        )
        mail = asyncio.create_task(in_office(membership, Office.MAIL, delivering.run), name="mail")
        receiving = [
            asyncio.create_task(_receive(journal, dispatcher, membership, now, webhook), name="receiving"),
            asyncio.create_task(dispatcher.run(), name="handling"),
        ]
        if settings.error_chat is not None:
            alarm = Alarm(settings.error_chat, journal, delivering.notify, now)
            receiving.append(asyncio.create_task(alarm.run(), name="alarm"))
        stopping = asyncio.create_task(stop.wait(), name="stopping")
        try:
            await asyncio.wait([stopping, mail, *receiving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end([stopping, *receiving])
            await end([mail])
        for task in (mail, *receiving):
            if not task.cancelled() and (error := task.exception()):
                raise error


def _guests(store: Store) -> dict[int, Guest]:
    with store.reading() as connection:
        return guests(connection)


async def _receive(
    journal: Journal, dispatcher: Dispatcher, membership: Membership, now: Clock, webhook: Webhook | None
) -> None:
    """Take up what was left by programs that ended, here or elsewhere, and what the webhook is brought."""
    portion = _PORTION if membership.shared else None

    async def take(received: list[Received]) -> None:
        if new := await store_updates(journal, received, now(), membership.number, portion):
            await dispatcher.submit(new)

    await _take_up(journal, dispatcher, membership, portion)
    if webhook:
        webhook.open(take)
    try:
        while membership.shared:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await _take_up(journal, dispatcher, membership, portion)
            except StoreError as error:
                log.warning("what other programs left waits: %s", error)
        await asyncio.Event().wait()
    finally:
        if webhook:
            webhook.close()


async def _take_up(journal: Journal, dispatcher: Dispatcher, membership: Membership, portion: int | None) -> None:
    alive = await asyncio.to_thread(membership.alive)
    if freed := await journal.write(partial(claims.release, alive=alive)):
        log.info("%d updates wait from before", freed)
    if left := await journal.write(partial(claims.claim, member=membership.number, limit=portion)):
        await dispatcher.submit(left)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
