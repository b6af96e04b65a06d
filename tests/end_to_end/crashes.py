"""Killing the program at random moments while people write to it, and counting what became of their messages."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import re
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.wording import load_wording
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.program import Program

# Three messages whose replies can be told apart, so that their order can be seen.
SAID = {"شكرا": "thanks", "مرحبا": "greeting", "السلام عليكم": "peace"}


class Survived(NamedTuple):
    """What became of the messages.

    Attributes:
        asked: how many messages were written.
        unanswered: how many of them have no reply.
        twice: replies beyond the first one to a message.
        disordered: chats in which the first replies came in another order than the messages.
        doubtful: how many letters the program itself said may arrive twice.
    """

    asked: int
    unanswered: int
    twice: int
    disordered: int
    doubtful: int


async def crash(folder: Path, corpus: Path, *, kills: int, per_second: float = 30.0, seed: int = 1) -> Survived:
    """Kill the program so many times under load, then let it finish, and count."""
    chance = random.Random(seed)
    chats: list[int] = []
    async with FakeBotApi(delay=0.05) as fake:
        program = Program(fake.url, folder, corpus)
        asking = asyncio.create_task(_ask(fake, chats, per_second))
        for _ in range(kills):
            before = len(fake.calls)
            await program.start()
            # A kill before the program does anything would show nothing.
            await fake.until(partial(_has_worked, fake, before), 60)
            await asyncio.sleep(chance.uniform(0.0, 0.8))
            await program.kill()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await program.start()
        with contextlib.suppress(AssertionError):  # what is missing is counted below
            await fake.until(lambda: complete(replies(fake), chats), 120)
        await program.stop()
        return count(replies(fake), chats, program.log)


def _has_worked(fake: FakeBotApi, before: int) -> bool:
    return len(fake.calls) > before


async def _ask(fake: FakeBotApi, chats: list[int], per_second: float) -> None:
    for chat in itertools.count(1):
        chats.append(chat)
        for text in SAID:
            await fake.say(text, user=chat)
        await asyncio.sleep(len(SAID) / per_second)


def replies(fake: FakeBotApi) -> dict[int, list[str]]:
    """The texts of the replies by chat, in the order in which they arrived."""
    found = defaultdict(list)
    for call in fake.calls:
        if call.method == "sendMessage" and call.result:
            found[int(call.parameters["chat_id"])].append(call.result["text"])
    return found


def complete(found: dict[int, list[str]], chats: list[int]) -> bool:
    """Whether each message of the chats has its reply."""
    return all(len(set(found[chat])) >= len(SAID) for chat in chats)


def count(found: dict[int, list[str]], chats: list[int], log: str) -> Survived:
    """What became of the messages of the chats, by the replies that were found and what the programs logged."""
    wording = load_wording()
    wanted = [wording.say(f"telegram.{key}") for key in SAID.values()]
    unanswered = twice = disordered = 0
    for chat in chats:
        firsts = list(dict.fromkeys(found[chat]))
        unanswered += len(set(wanted) - set(firsts))
        twice += len(found[chat]) - len(firsts)
        disordered += firsts != [text for text in wanted if text in firsts]
    doubtful = sum(int(count) for count in re.findall(r"(\d+) messages were under way", log))
    return Survived(len(SAID) * len(chats), unanswered, twice, disordered, doubtful)
