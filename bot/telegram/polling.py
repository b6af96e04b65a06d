"""Long polling: updates are stored before Telegram is told that they arrived."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.store import claims
from bot.store.mail import Received
from bot.telegram.faults import report
from bot.telegram.incoming import WANTED, chat_of
from bot.telegram.journal import Journal
from bot.telegram.transport import BotApi, FloodError

log = logging.getLogger(__name__)
# How long Telegram holds a request when there is nothing new, and what is waited for beyond that.
HOLD_SECONDS = 50
_PATIENCE = HOLD_SECONDS + 20.0
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0


async def poll(
    api: BotApi, journal: Journal, member: int, submit: Callable[[list[Received]], Any], now: Callable[[], dt.datetime]
) -> None:
    """Fetch updates until cancelled, and submit each once, after it was stored.

    Asking for the next batch tells Telegram to forget the last one, so a batch is asked for only when the one
    before it is on the disk; what Telegram sends again is recognised by its update_id. `submit` takes what `member` is
    to handle, and may return something to wait for before the next batch.

    Raises:
        InvalidToken: when Telegram refuses the bot's token.
    """
    offset = 0
    wait = _FIRST_WAIT
    while True:
        arguments = {"offset": offset, "limit": 100, "timeout": HOLD_SECONDS, "allowed_updates": list(WANTED)}
        try:
            batch = await api.call("getUpdates", arguments, patience=_PATIENCE)
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("no updates: %s; asking again in %.1f s", _meaning(error), wait)
            await asyncio.sleep(max(wait, error.seconds if isinstance(error, FloodError) else 0.0))
            wait = min(2 * wait, _LONGEST_WAIT)
            continue
        wait = _FIRST_WAIT
        received = list(read_batch(batch))
        if new := await store_updates(journal, received, now(), member):
            await submit(new)
        # An empty answer says that Telegram has forgotten what came before. From then on no offset is named, because
        # after a quiet week it numbers updates anew, and lower ones would be lost.
        offset = max((update.update_id for update in received), default=-1) + 1


async def store_updates(
    journal: Journal, received: list[Received], at: dt.datetime, member: int, limit: int | None = None
) -> list[Received]:
    """Store the updates and return what `member` is to handle of all that wait now.

    One that the store refuses must not keep the others out for ever.
    """
    try:
        return await journal.write(partial(claims.receive, updates=received, now=at, member=member, limit=limit))
    except Exception as error:  # noqa: BLE001 - see above
        if len(received) > 1:
            return [new for one in received for new in await store_updates(journal, [one], at, member, limit)]
        report(log, f"update {received[0].update_id} could not be stored", error)
        return []


def read_batch(batch: Any) -> Iterable[Received]:  # noqa: ANN401 - whatever the Bot API sent
    """The updates of a batch; what has no number cannot be kept, acknowledged or answered, and is left out."""
    for update in batch if isinstance(batch, list) else ():
        number = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(number, int):
            yield Received(number, chat_of(update), json.dumps(update))


def _meaning(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return "another program fetches the updates of this bot; stop one of the two"
    return error.message
