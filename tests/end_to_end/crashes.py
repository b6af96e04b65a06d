"""Killing the program at random moments while people ask and news comes in, and counting what became of it all."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.wording import load_wording
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.newswire import Newswire
from tests.end_to_end.program import Program

# Three messages whose replies can be told apart, so that their order can be seen: the reply to each holds these words.
SAID = {text: load_wording().say(f"telegram.{key}") for text, key in (
    ("شكرا", "thanks"), ("مرحبا", "greeting"), ("السلام عليكم", "peace"))}  # fmt: skip
# After them a question of which the articles know the answer.
ASKED = {**SAID, "كم عدد القتلى في غرق العبارة قبالة البصرة؟": "صحيفة السعف التجريبية"}
# Half of the times the program lives so short, half of the times as long as that.
_SHORT, _LONG = 0.8, 3.0


class Survived(NamedTuple):
    """What became of the messages.

    Attributes:
        asked: how many messages were written.
        unanswered: how many of them have no reply.
        twice: replies and alerts beyond the first one.
        disordered: chats in which the first replies came in another order than the messages.
        doubtful: how many letters the program itself said may arrive twice.
        alerts: how many alerts were owed.
        lost: how many of them never came.
    """

    asked: int
    unanswered: int
    twice: int
    disordered: int
    doubtful: int
    alerts: int = 0
    lost: int = 0


async def crash(
    folder: Path,
    corpus: Path,
    *,
    kills: int,
    per_second: float = 20.0,
    followers: int = 0,
    news_per_second: float = 0.4,
    seed: int = 1,
) -> Survived:
    """Kill the program so many times while people write and news comes in, then let it finish, and count."""
    chance = random.Random(seed)
    chats: list[int] = []
    news = Newswire(folder, followers)
    async with FakeBotApi(delay=0.05) as fake, news.serving():
        program = Program(fake.url, folder, corpus, MARSAD_PRIVATE_SOURCES="true", MARSAD_HOST_SECONDS="0")
        news.take_up()
        flowing = [asyncio.create_task(_ask(fake, chats, per_second))]
        flowing += [asyncio.create_task(news.publish(news_per_second))] if followers else []
        for _ in range(kills):
            before = len(fake.calls)
            await program.start()
            # A kill before the program does anything would show nothing.
            await fake.until(partial(_has_worked, fake, before), 60)
            await asyncio.sleep(chance.choice((chance.uniform(0.0, _SHORT), chance.uniform(_SHORT, _LONG))))
            await program.kill()
        for task in flowing:
            task.cancel()
        await asyncio.gather(*flowing, return_exceptions=True)
        await program.start()
        with contextlib.suppress(AssertionError):  # what is missing is counted below
            await fake.until(
                lambda: complete(replies(fake), chats, ASKED) and news.owed() <= alerts(fake, news).keys(),
                300 + 6 * kills,
            )
        await program.stop()
        told = alerts(fake, news)
        survived = count(replies(fake), chats, program.log, ASKED)
        return survived._replace(
            twice=survived.twice + sum(told.values()) - len(told),
            alerts=len(news.owed()),
            lost=len(news.owed() - told.keys()),
        )


def _has_worked(fake: FakeBotApi, before: int) -> bool:
    return len(fake.calls) > before


async def _ask(fake: FakeBotApi, chats: list[int], per_second: float) -> None:
    for chat in itertools.count(1):
        chats.append(chat)
        for text in ASKED:
            await fake.say(text, user=chat)
        await asyncio.sleep(len(ASKED) / per_second)


def replies(fake: FakeBotApi) -> dict[int, list[str]]:
    """The texts of the replies by chat, in the order in which they arrived."""
    found = defaultdict(list)
    for call in fake.calls:
        if call.method == "sendMessage" and call.result:
            found[int(call.parameters["chat_id"])].append(call.result["text"])
    return found


def alerts(fake: FakeBotApi, news: Newswire) -> Counter[tuple[int, str]]:
    """How often each follower was told of each page."""
    return Counter(
        (chat, entity["url"])
        for call in fake.calls
        if call.method == "sendMessage" and call.result and (chat := int(call.parameters["chat_id"])) in news.followers
        for entity in call.result["entities"]
        if "url" in entity
    )


def complete(found: Mapping[int, list[str]], chats: list[int], said: Mapping[str, str] = SAID) -> bool:
    """Whether each message of the chats has its reply."""
    return all(len(set(found[chat])) >= len(said) for chat in chats)


def count(found: Mapping[int, list[str]], chats: list[int], log: str, said: Mapping[str, str] = SAID) -> Survived:
    """What became of the messages of the chats, by the replies that were found and what the programs logged."""
    unanswered = twice = disordered = 0
    for chat in chats:
        known = [next((words for words in said.values() if words in text), text) for text in found[chat]]
        firsts = list(dict.fromkeys(known))
        unanswered += len(set(said.values()) - set(firsts))
        twice += len(known) - len(firsts)
        disordered += firsts != [words for words in said.values() if words in firsts]
    doubtful = sum(int(number) for number in re.findall(r"(\d+) messages were under way", log))
    return Survived(len(said) * len(chats), unanswered, twice, disordered, doubtful)
