"""What the program in charge of the mail does: it sends what all programs owe, and whatever else one alone does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any

from bot.store import mail
from bot.store.mail import Owed
from bot.telegram.journal import Journal
from bot.telegram.sending import Sender

log = logging.getLogger(__name__)
# What is under way when the program is asked to stop has this long to come to its end; then it counts as doubtful.
_FAREWELL_SECONDS = 15.0
# How soon the letter of another program is seen. Its number may be lower than one that was seen before, because
# transactions do not end in the order in which they draw numbers; so far back it is looked for.
_LOOK_SECONDS, _LATE = 0.1, 1_000


class Delivering:
    """Delivers while `run` runs; `notify` it of letters at any time.

    Args:
        make_sender: a sender that has sent nothing yet.
        beside: further loops that only the program in charge runs.
        shared: whether other programs put letters into the outbox too.
    """

    def __init__(
        self,
        journal: Journal,
        make_sender: Callable[[], Sender],
        *,
        beside: Sequence[Callable[[], Coroutine[Any, Any, None]]],
        shared: bool,
    ) -> None:
        self._journal, self._make_sender = journal, make_sender
        self._beside, self._shared = beside, shared
        self._sender: Sender | None = None
        self._news = asyncio.Event()

    def notify(self, owed: Iterable[Owed]) -> None:
        """These letters are owed from now on; where another program is in charge, it finds them in the outbox."""
        if self._shared:
            # In the outbox they stand in order with what other programs owe to the same chats.
            self._news.set()
        elif self._sender is not None:
            self._sender.notify(owed)

    async def run(self) -> None:
        """Deliver until cancelled; then let what is under way come to its end.

        Raises:
            InvalidToken: when Telegram refuses the bot's token.
        """
        sender = self._make_sender()
        known = await self._journal.write(mail.owed) if self._shared else []
        await sender.resume()
        self._sender = sender
        sending = asyncio.create_task(sender.run(), name="sending")
        beside = [asyncio.create_task(work()) for work in self._beside]
        if self._shared:
            beside.append(asyncio.create_task(self._gather(sender, known), name="gathering"))
        try:
            await asyncio.wait([sending, *beside], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end(beside)
            self._sender = None
            sender.stop()
            await asyncio.wait([sending], timeout=_FAREWELL_SECONDS)
            await end([sending])
        for task in (sending, *beside):
            if not task.cancelled() and (error := task.exception()):
                raise error

    async def _gather(self, sender: Sender, known: Sequence[Owed]) -> None:
        """Bring what this and other programs owe to the sender, but for what it knew from the start."""
        seen = {letter.id for letter in known}
        highest = max(seen, default=0)
        while True:
            self._news.clear()
            found = await self._journal.write(partial(mail.owed, after=highest - _LATE))
            sender.notify([letter for letter in found if letter.id not in seen])
            highest = max([highest, *(letter.id for letter in found)])
            seen = {number for number in seen | {letter.id for letter in found} if number > highest - _LATE}
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                pass


async def end(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
