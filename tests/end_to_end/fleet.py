"""Two programs behind one webhook on one PostgreSQL, killed in turn while people write, and what became of it all."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from tests.end_to_end.crashes import SAID, Survived, complete, count, replies
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.program import Program

SECRET = "a-secret-of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
# As Telegram does, an update that was not taken is brought again; a little sooner here.
_AGAIN_SECONDS = 0.1


async def endure(
    folder: Path, database: str, ports: Sequence[int], *, kills: int, rest: float, per_second: float = 30.0
) -> Survived:
    """Kill one of two programs every `rest` seconds or so, `kills` times in all; count what became of it."""
    chance = random.Random(1)
    chats: list[int] = []
    async with FakeBotApi(delay=0.05) as fake, aiohttp.ClientSession() as session:
        programs = [_member(fake, folder / str(port), database, port) for port in ports]
        for program in programs:
            await program.start()
        bringing = asyncio.create_task(_write(fake, session, ports, chats, per_second))
        for turn in range(kills):
            await fake.until(lambda: len(replies(fake)) > 0, 60)
            await asyncio.sleep(rest * chance.uniform(0.5, 1.5))
            one = programs[turn % 2]
            await one.kill()
            await asyncio.sleep(chance.uniform(0.0, 1.0))
            await one.start()
        bringing.cancel()
        await asyncio.gather(bringing, return_exceptions=True)
        with contextlib.suppress(AssertionError):  # what is missing is counted below
            await fake.until(lambda: complete(replies(fake), chats), 120)
        for program in programs:
            await program.stop()
        return count(replies(fake), chats, "".join(program.log for program in programs))


def _member(fake: FakeBotApi, folder: Path, database: str, port: int) -> Program:
    folder.mkdir(parents=True)
    return Program(
        fake.url, folder, MARSAD_DATABASE=database, MARSAD_WEBHOOK_URL="http://127.0.0.1/hook",
        MARSAD_WEBHOOK_SECRET=SECRET, MARSAD_LISTEN=f"127.0.0.1:{port}",
    )  # fmt: skip


async def _write(
    fake: FakeBotApi, session: aiohttp.ClientSession, ports: Sequence[int], chats: list[int], per_second: float
) -> None:
    """People write, each three messages one after the other; Telegram brings what is written until it is taken."""
    numbers = itertools.count(1)
    async with asyncio.TaskGroup() as group:
        try:
            for chat in itertools.count(1):
                chats.append(chat)
                updates = [{"update_id": next(numbers), "message": fake.message(chat, text=text)} for text in SAID]
                group.create_task(_bring(session, ports, updates))
                await asyncio.sleep(len(SAID) / per_second)
        except asyncio.CancelledError:
            return  # what is written already is brought all the same


async def _bring(session: aiohttp.ClientSession, ports: Sequence[int], updates: Sequence[dict[str, object]]) -> None:
    """Bring the updates of a chat in their order, to whichever program takes each."""
    turns = itertools.cycle(random.sample(ports, len(ports)))
    for update in updates:
        while not await _taken(session, next(turns), update):  # noqa: ASYNC110 - nobody says when a program is back
            await asyncio.sleep(_AGAIN_SECONDS)


async def _taken(session: aiohttp.ClientSession, port: int, update: dict[str, object]) -> bool:
    try:
        async with session.post(
            f"http://127.0.0.1:{port}/hook", data=json.dumps(update), headers={HEADER: SECRET}
        ) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
