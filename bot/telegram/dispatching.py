"""Handling what came in: in order within a chat, many chats at a time, each answer stored together with its update."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.store import Store, chats, claims
from bot.store.mail import ChatRow, Handled, Owed, Received
from bot.telegram.faults import report
from bot.telegram.journal import Journal

log = logging.getLogger(__name__)
# Understanding a question is work for the processor: more threads than processors only make each other wait.
WORKERS = min(4, (os.cpu_count() or 1) + 1)
# Updates handled by one thread in one go when many wait; they share a transaction.
_TOGETHER = 16
# When so many wait, no more are fetched: they are as safe with Telegram.
_BACKLOG = 2_000
_TYPING_AFTER = 0.4

Handle = Callable[[Received, ChatRow | None], Handled]


class Dispatcher:
    """Hands updates to `handle` in threads, writes what comes of it, and tells `notify` what is now owed.

    Args:
        store, journal: where the state of the chats is read from, and through which everything is written.
        member: the number of this program among those that share the store.
        handle: from an update and what is kept of its chat to what is to be written; runs in a thread.
        notify: is told which letters are owed.
        typing: is told of a chat that has waited a while for its answer.
        now: the clock.
    """

    def __init__(  # noqa: PLR0913 - the parts it connects
        self,
        store: Store,
        journal: Journal,
        handle: Handle,
        *,
        member: int,
        notify: Callable[[Iterable[Owed]], None],
        typing: Callable[[Received], None],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store, self._journal, self._handle, self._member = store, journal, handle, member
        self._notify, self._typing, self._now = notify, typing, now
        self._lanes: dict[int, deque[Received]] = {}
        self._ready: deque[int] = deque()
        self._waiting = 0
        self._changed = asyncio.Condition()
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="handling")

    async def submit(self, updates: Sequence[Received]) -> None:
        """Have the updates handled, which are stored and claimed; waits while too many wait."""
        async with self._changed:
            for update in updates:
                # What belongs to no chat keeps no order.
                lane = update.chat_id if update.chat_id is not None else -update.update_id
                if lane in self._lanes:
                    self._lanes[lane].append(update)
                else:
                    self._lanes[lane] = deque([update])
                    self._ready.append(lane)
            self._waiting += len(updates)
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._waiting < _BACKLOG)

    async def run(self) -> None:
        """Handle updates until cancelled; one that is being handled then stays in the inbox."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(WORKERS):
                    group.create_task(self._work())
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _work(self) -> None:
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._ready)
                count = min(max(len(self._ready) // WORKERS, 1), _TOGETHER, len(self._ready))
                lanes = [self._ready.popleft() for _ in range(count)]
            updates = [self._lanes[lane].popleft() for lane in lanes]
            loop = asyncio.get_running_loop()
            patience = loop.call_later(_TYPING_AFTER, self._be_seen_typing, updates)
            try:
                handled = await loop.run_in_executor(self._threads, self._handle_all, updates)
            finally:
                patience.cancel()
            self._notify(await self._settle(handled))
            async with self._changed:
                self._waiting -= len(updates)
                for lane in lanes:
                    if self._lanes[lane]:
                        self._ready.append(lane)
                    else:
                        del self._lanes[lane]
                self._changed.notify_all()

    def _handle_all(self, updates: Sequence[Received]) -> list[Handled]:
        with self._store.reading() as connection:
            known = chats.chats(connection, {update.chat_id for update in updates if update.chat_id is not None})
        return [self._handle(update, known.get(update.chat_id or 0)) for update in updates]

    async def _settle(self, handled: list[Handled]) -> list[Owed]:
        try:
            return await self._write(handled)
        except Exception as error:  # noqa: BLE001 - see below
            # The store refuses what was to be written. One such update must not hold up the others, nor come back at
            # every start: it is set down as failed.
            if len(handled) > 1:
                return [owed for one in handled for owed in await self._settle([one])]
            report(log, f"update {handled[0].update_id} could not be answered", error)
            nothing = Handled(handled[0].update_id, type(error).__name__)
            return await self._write([nothing])

    async def _write(self, handled: list[Handled]) -> list[Owed]:
        work = partial(claims.settle, handled=handled, now=self._now(), member=self._member)
        return await self._journal.write(work)

    def _be_seen_typing(self, updates: Sequence[Received]) -> None:
        for update in updates:
            self._typing(update)
