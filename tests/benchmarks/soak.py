"""The real program for as long as is said, asked so often a second while feeds bring news: does it grow, or grow slow?

It runs against the fake Bot API and feeds on this machine, over the sample articles. Every minute a line says what a
reply took, what the program's processes hold in memory, and what came in; at the end the slopes are told.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import itertools
import json
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.store import Store, feeds
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.program import Program, ingest

SEEDS = Path(__file__).parents[2] / "seeds"
FEEDS, FOLLOWERS = 100, 50
# Chats that ask, in turn: each waits long enough not to meet the limit of a chat.
CHATS = 3000
_MINUTE = 60.0
# A reply that has not come after so long is counted as missing.
_PATIENCE = 120.0
_PLACES = ("بلدة الزيتون", "مدينة الموصل", "مدينة طنطا", "ولاية سنار", "مدينة صفاقس", "محافظة مأرب", "حي الميناء")
_STORY = (
    "قال متحدث باسم الدفاع المدني إن {n} عمال أصيبوا بحروق في حريق شب في مخزن للحبوب في {place} مساء أمس، وإن عاملا "
    "قتل في الحريق. وأضاف المتحدث أن فرق الإنقاذ أخمدت النيران بعد ساعات، وأن التحقيق في أسباب الحريق رقم {number} ما "
    "زال جاريا، وأن الأضرار اقتصرت على جزء من المخزن وبعض الآليات الزراعية التي كانت متوقفة بجواره."
)


class Minute(NamedTuple):
    """What one minute showed; seconds of a reply, megabytes of all processes, and the load of the machine."""

    minute: int
    asked: int
    answered: int
    missing: int
    p50: float
    p95: float
    megabytes: float
    alerts: int
    articles: int
    load: float


class Newsroom:
    """Feeds that bring two new articles whenever they are looked at."""

    def __init__(self) -> None:
        self.written = 0
        self._day = dt.datetime.now(dt.UTC)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """The address that it is served at."""
        app = web.Application()
        app.router.add_get("/feed/{name}", self._feed)
        app.router.add_get("/page/{number}", self._page)
        app.router.add_get("/robots.txt", self._robots)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _robots(self, _: web.Request) -> web.Response:
        return web.Response(text="")

    async def _feed(self, request: web.Request) -> web.Response:
        base = f"http://{request.host}/page"
        self.written += 2
        items = "".join(
            f"<item><title>حريق في مخزن رقم {n}</title><link>{base}/{n}</link>"
            f"<pubDate>{dt.datetime.now(dt.UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for n in (self.written - 1, self.written)
        )
        text = f"<rss version='2.0'><channel><title>نشرة الساحل (عينة)</title>{items}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml")

    async def _page(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        text = _STORY.format(n=3 + number % 7, place=_PLACES[number % len(_PLACES)], number=number)
        page = (
            f"<html><head><title>حريق في مخزن رقم {number}</title></head><body><article><p>{text}</p></article></body>"
        )
        return web.Response(text=page, content_type="text/html")


class Asking:
    """Asks so often a second, and keeps how long each reply took."""

    def __init__(self, fake: FakeBotApi, questions: Sequence[str], per_second: float) -> None:
        self._fake, self._questions, self._rest = fake, itertools.cycle(questions), 1 / per_second
        self._chats = itertools.cycle(range(1, CHATS + 1))
        self._waiting: dict[int, float] = {}
        self.asked = self.missing = self.alerts = 0
        self.took: list[float] = []

    async def run(self) -> None:
        """Ask until cancelled, however slowly the replies come."""
        began = time.monotonic()
        for turn in itertools.count():
            await asyncio.sleep(max(0.0, began + turn * self._rest - time.monotonic()))
            chat = next(self._chats)
            if chat in self._waiting:  # it never came: the next reply would be taken for it
                continue
            self._waiting[chat] = time.monotonic()
            self.asked += 1
            await self._fake.say(next(self._questions), user=chat)

    def look(self) -> None:
        """Take note of what the bot sent, and let the fake forget it."""
        for call in self._fake.calls:
            if call.method == "sendMessage" and call.result:
                chat = int(call.parameters["chat_id"])
                if (since := self._waiting.pop(chat, None)) is not None:
                    self.took.append(call.at - since)
                self.alerts += chat > CHATS
        self._fake.calls.clear()
        self._fake.messages.clear()
        now = time.monotonic()
        for chat in [chat for chat, since in self._waiting.items() if now - since > _PATIENCE]:
            del self._waiting[chat]
            self.missing += 1


async def soak(minutes: float, per_second: float) -> list[Minute]:
    """Run it, print each minute as it ends, and return them."""
    lessons = (SEEDS / "lessons.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["q"] for line in lessons]
    newsroom, seen = Newsroom(), list[Minute]()
    with tempfile.TemporaryDirectory() as folder:
        data = ingest(Path(folder), SEEDS / "articles.jsonl")
        async with FakeBotApi() as fake, newsroom.running() as base:
            _add_feeds(data, base)
            program = Program(
                fake.url, data, MARSAD_PRIVATE_SOURCES="true", MARSAD_HOST_SECONDS="0", MARSAD_WORKERS="1"
            )
            await program.start()
            for chat in range(CHATS + 1, CHATS + FOLLOWERS + 1):
                await fake.say(f"/follow قتلى الحرائق في {_PLACES[chat % len(_PLACES)]}", user=chat)
            await fake.until(lambda: len(fake.calls) >= FOLLOWERS, 120)
            asking = Asking(fake, questions, per_second)
            asking.look()
            running = asyncio.create_task(asking.run())
            try:
                for minute in range(1, int(minutes) + 1):
                    seen.append(await _minute(minute, asking, program, newsroom))
                    print(json.dumps(seen[-1]._asdict()), flush=True)  # noqa: T201 - a report as it grows
            finally:
                running.cancel()
                code = await program.stop()
            assert (code, "Traceback" in program.log) == (0, False), program.log[-2000:]
    return seen


async def _minute(number: int, asking: Asking, program: Program, newsroom: Newsroom) -> Minute:
    before = asking.asked, asking.missing, asking.alerts, newsroom.written
    asking.took.clear()
    ends = time.monotonic() + _MINUTE
    while time.monotonic() < ends:
        await asyncio.sleep(0.2)
        asking.look()
    took = sorted(asking.took)
    cuts = statistics.quantiles(took, n=20) if len(took) > 1 else [float("nan")] * 19
    return Minute(
        number, asking.asked - before[0], len(took), asking.missing - before[1], round(cuts[9], 3), round(cuts[18], 3),
        round(program.megabytes(), 1), asking.alerts - before[2], newsroom.written - before[3],
        round(os.getloadavg()[0], 1),
    )  # fmt: skip


def _add_feeds(folder: Path, base: str) -> None:
    """Feeds that are due one after the other over the time between two looks."""
    now = dt.datetime.now(dt.UTC)
    store = Store.open(f"sqlite:///{folder / 'marsad.sqlite'}")
    with store.writing() as connection:
        for number in range(FEEDS):
            feeds.add(connection, f"{base}/feed/{number}", "", interval=300, now=now)
        for row in feeds.feeds(connection):
            feeds.save(connection, row._replace(due_at=now + dt.timedelta(seconds=3 * row.id)))
    store.close()


def told(seen: Sequence[Minute]) -> dict[str, float]:
    """What it comes to: the slopes are taken over the second half, when caches are warm."""
    half = seen[len(seen) // 2 :]
    minutes = [one.minute for one in half]
    memory = statistics.linear_regression(minutes, [one.megabytes for one in half])
    slowness = statistics.linear_regression(minutes, [one.p95 for one in half])
    return {
        "asked": sum(one.asked for one in seen),
        "answered": sum(one.answered for one in seen),
        "missing": sum(one.missing for one in seen),
        "alerts": sum(one.alerts for one in seen),
        "articles": sum(one.articles for one in seen),
        "megabytes at the end": seen[-1].megabytes,
        "megabytes an hour": round(60 * memory.slope, 2),
        "p95 at the end": seen[-1].p95,
        "p95 an hour": round(60 * slowness.slope, 3),
    }


def main() -> None:
    """Soak for so many minutes at so many questions a second, and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=50, help="questions a second")
    given = parser.parse_args()
    print(json.dumps(told(asyncio.run(soak(given.minutes, given.rate)))))  # noqa: T201 - the report


if __name__ == "__main__":
    main()
