"""One writer for all that the loop writes: what is asked for at the same time shares a transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Self, TypeVar

import sqlalchemy as sa

from bot.store import Store, StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")
# What one transaction takes at most, so that readers and other programs get their turn.
_MOST = 256
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 10.0
_FAREWELL_SECONDS = 10.0


class _Wish(NamedTuple):
    work: Callable[[sa.Connection], Any]
    done: asyncio.Future[Any]


class Journal:
    """Writes to the store from a loop, in the order in which they are asked for.

    A write has reached the disk when `write` returns. When the store is locked or out of reach the journal tries
    again until it is not, for nothing that was received may be dropped; any other error is the asker's own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wishes: asyncio.Queue[_Wish] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="journal")
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await asyncio.wait_for(self._wishes.join(), _FAREWELL_SECONDS)
        except TimeoutError:
            log.error("the store cannot be written; what is under way will be taken up at the next start")  # noqa: TRY400 - its trace says nothing
        self._task.cancel()
        self._thread.shutdown()

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Do the work on a connection in a transaction; returns its result once that is on the disk.

        The work may run more than once and must then do the same, which what works on the connection alone does.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._wishes.put_nowait(_Wish(work, done))
        return await done

    async def _run(self) -> None:
        while True:
            batch = [await self._wishes.get()]
            while len(batch) < _MOST and not self._wishes.empty():
                batch.append(self._wishes.get_nowait())
            await self._serve(batch)
            for _ in batch:
                self._wishes.task_done()

    async def _serve(self, batch: Sequence[_Wish]) -> None:
        wait = _FIRST_WAIT
        while True:
            try:
                results = await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, batch)
            except Exception as error:  # noqa: BLE001 - it belongs to whoever asked for the work
                if _passing(error):
                    log.warning("%s; what came in is kept, trying again in %.1f s", error, wait)
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, _LONGEST_WAIT)
                elif len(batch) > 1:
                    for wish in batch:
                        await self._serve([wish])
                    return
                else:
                    _settle(batch[0], error=error)
                    return
            else:
                for wish, result in zip(batch, results, strict=True):
                    _settle(wish, result)
                return

    def _commit(self, batch: Sequence[_Wish]) -> list[Any]:
        with self._store.writing() as connection:
            return [wish.work(connection) for wish in batch]


def _settle(wish: _Wish, result: object = None, error: Exception | None = None) -> None:
    if wish.done.done():  # the asker was cancelled meanwhile
        return
    if error:
        wish.done.set_exception(error)
    else:
        wish.done.set_result(result)


def _passing(error: Exception) -> bool:
    """Whether the store may be able to do later what it could not do now."""
    return isinstance(error, StoreError) and isinstance(error.__cause__, sa.exc.OperationalError | OSError)
