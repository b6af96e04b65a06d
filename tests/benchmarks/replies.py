"""How many replies and alerts a second the bot sends, and what is lost when it is killed.

The program runs in a process of its own over a desk that knows its answers, so that what is measured is the way from
update to reply: fetching, storing, handling, storing again, sending, noting.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.config import load_settings
from bot.desk import Desk
from bot.store import Store, following
from bot.store.following import Follower
from bot.telegram.journal import Journal
from bot.telegram.limits import Limits
from bot.telegram.sending import Sender
from bot.telegram.serving import serve
from bot.telegram.telling import Teller
from bot.telegram.transport import BotApi
from bot.wording import load_wording
from retrieval import Article, subscription_of
from retrieval.index.memory import MemoryIndex
from tests.bot.telegram.small_desk import SmallDesk, found
from tests.end_to_end.crashes import crash
from tests.end_to_end.fake_bot_api import TOKEN, FakeBotApi
from tests.end_to_end.program import ingest
from tests.end_to_end.telegram_rules import Flood

TITLE = "On Telegram (a fake Bot API on this machine)"
KILLS, ALERTS = 20, 10_000
# Two articles on different things, which come to each follower in this order.
_NEWS = {
    "a": "افتتحت في مدينة تعز اليوم مكتبة عامة تضم آلاف الكتب بعد أعوام من الترميم.",
    "b": "تساقطت أمطار غزيرة على تعز فأغلقت المياه طرقا فرعية في أحيائها الغربية.",
}
QUESTION = "كم صيادا قتل في غرق القارب؟"
DELAY = 0.1


class Replies(NamedTuple):
    """Replies a second when more are asked for than can be sent; seconds waited for one at the load said."""

    per_second: float
    load: float
    p50: float
    p95: float


async def measure(chats: int = 4000, load: float = 300.0, seconds: float = 8.0) -> Replies:
    """Measure both; each chat asks once, so that no limit of a chat counts."""
    async with FakeBotApi(delay=DELAY) as fake:
        with tempfile.TemporaryDirectory() as folder:
            program = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.benchmarks.replies", "--program", fake.url, folder, cwd=Path.cwd()
            )
            try:
                await fake.say(QUESTION, user=1)
                await fake.until(lambda: fake.shown(1), 30)
                per_second = await _most(fake, chats)
                waited = await _waited(fake, chats + 10, load, seconds)
            finally:
                program.terminate()
                await program.wait()
    cuts = statistics.quantiles(waited, n=20)
    return Replies(per_second, load, cuts[9], cuts[18])


async def _most(fake: FakeBotApi, chats: int) -> float:
    before = len(fake.messages)
    for chat in range(2, chats + 2):
        await fake.say(QUESTION, user=chat)
    began = time.monotonic()
    await fake.until(lambda: len(fake.messages) >= before + chats, 120)
    return chats / (time.monotonic() - began)


async def _waited(fake: FakeBotApi, first: int, load: float, seconds: float) -> list[float]:
    asked: dict[int, float] = {}
    done = len(fake.calls)
    began = time.monotonic()
    for chat in range(first, first + int(load * seconds)):
        asked[chat] = time.monotonic()
        await fake.say(QUESTION, user=chat)
        await asyncio.sleep(max(0.0, began + (chat - first) / load - time.monotonic()))
    answered: dict[int, float] = {}

    def all_answered() -> bool:
        nonlocal done
        for call in fake.calls[done:]:
            if call.method == "sendMessage" and call.result:
                answered[int(call.parameters["chat_id"])] = call.at
        done = len(fake.calls)
        return asked.keys() <= answered.keys()

    await fake.until(all_answered, 60)
    return [answered[chat] - at for chat, at in asked.items()]


async def run_program(url: str, folder: Path) -> None:
    """Serve over a desk that knows the answer, until the process is ended."""
    os.environ.update(MARSAD_TELEGRAM_TOKEN=TOKEN, MARSAD_TELEGRAM_API=url, MARSAD_MESSAGES_PER_SECOND="10000")
    store = Store.open(f"sqlite:///{folder / 'marsad.sqlite'}")
    desk = SmallDesk(store, load_wording(), {QUESTION: found(QUESTION, citations=2)})
    await serve(load_settings(data=folder), desk, desk.wording, asyncio.Event(), _now, membership=store.join())


class Alerts(NamedTuple):
    """How alerts that were owed at once left: how many, a second, refused by flood control, in chats out of order."""

    alerts: int
    per_second: float
    refused: int
    disordered: int


async def alert_all(count: int = ALERTS) -> Alerts:
    """Let two articles come in that so many chats in all are owed, and send them where 30 a second are allowed."""
    async with FakeBotApi(delay=0.05, flood=Flood()) as fake:
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(f"sqlite:///{Path(folder) / 'marsad.sqlite'}")
            desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
            with store.writing() as connection:
                wanted = subscription_of("تعز", as_of=_now().date())
                for chat in range(1, count // len(_NEWS) + 1):
                    following.follow(connection, Follower(chat), "تعز", wanted, _now())
            desk.ingest(
                [Article(id=name, body=body, published=_now().date()) for name, body in _NEWS.items()], now=_now()
            )
            async with BotApi(TOKEN, fake.url) as api, Journal(store) as journal:
                sender = Sender(api, journal, Limits(), _now)
                teller = Teller(desk, journal, desk.wording, zoneinfo.ZoneInfo("UTC"), notify=sender.notify, now=_now)
                await sender.resume()
                working = [asyncio.create_task(sender.run()), asyncio.create_task(teller.run())]
                began = time.monotonic()
                await fake.until(lambda: len(fake.messages) >= count, 60 + count / 20)
                took = time.monotonic() - began
                working[1].cancel()
                sender.stop()
                await asyncio.gather(*working, return_exceptions=True)
            store.close()
    first, second = (body.split()[0] for body in _NEWS.values())
    texts: dict[int, list[str]] = defaultdict(list)
    for (chat, _), message in sorted(fake.messages.items()):
        texts[chat].append(message["text"])
    disordered = sum(first not in said[0] or second not in said[-1] for said in texts.values())
    return Alerts(count, count / took, fake.refused[429], disordered)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def rows(_sizes: Sequence[int]) -> Iterator[Mapping[str, object]]:
    """What a line of the table says of replies, alerts, and a program that is killed again and again."""
    got = asyncio.run(measure())
    yield {"what": f"replies where a call takes {DELAY * 1000:.0f} ms", "a second": got.per_second}
    yield {"what": f"waiting at {got.load:.0f} a second", "p50 ms": got.p50 * 1000, "p95 ms": got.p95 * 1000}
    told = asyncio.run(alert_all())
    yield {
        "what": f"{told.alerts:,} alerts where 30 a second are allowed", "a second": told.per_second,
        "refused": told.refused, "disordered": told.disordered,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        corpus = ingest(Path(folder) / "corpus")
        survived = asyncio.run(crash(Path(folder) / "data", corpus, kills=KILLS, per_second=40, followers=16))
    yield {"what": f"killed {KILLS} times", **survived._asdict()}


def main() -> None:
    """Print what replies take, be the program that is measured, or kill it so many times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", nargs=2, metavar=("URL", "FOLDER"))
    parser.add_argument("--chats", type=int, default=4000)
    parser.add_argument("--load", type=float, default=300.0)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--alerts", type=int)
    chosen = parser.parse_args()
    if chosen.program:
        asyncio.run(run_program(chosen.program[0], Path(chosen.program[1])))
    elif chosen.alerts:
        sys.stdout.write(f"{asyncio.run(alert_all(chosen.alerts))}\n")
    elif chosen.kills:
        with tempfile.TemporaryDirectory() as folder:
            corpus = ingest(Path(folder) / "corpus")
            survived = asyncio.run(
                crash(Path(folder) / "data", corpus, kills=chosen.kills, per_second=40, followers=16)
            )
        sys.stdout.write(f"{survived}\n")
    else:
        got = asyncio.run(measure(chosen.chats, chosen.load))
        waited = f"waited p50 {got.p50 * 1000:.0f} ms, p95 {got.p95 * 1000:.0f} ms"
        sys.stdout.write(f"{got.per_second:.0f} replies/s; at {got.load:.0f}/s {waited}\n")


if __name__ == "__main__":
    main()
