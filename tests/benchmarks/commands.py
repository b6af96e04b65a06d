"""How long a chat waits for each command, question and button over many articles, everything written included."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import opened
from bot.config import Settings
from bot.desk import Desk
from bot.telegram.commands import NAMES
from tests.benchmarks.answering import articles
from tests.bot.telegram.chatting import Chat

TITLE = "Commands on Telegram: milliseconds until everything is written down"
_SIZES = (10_000,)
_TIMES = 5
_ASKED = {
    "a question": "كم عدد القتلى في الموصل؟",
    "a great total": "كم عدد القتلى في العراق؟",
    "a claim passed on": "مقتل 90 مسلحا من داعش شرقي الرمادي",
    "/ask": "/ask من زار بغداد؟",
    "/follow": "/follow قتلى العراق -كرة",
    "/follow, words": "/follow أمطار غزيرة",
    "/chart": "/chart كم عدد القتلى في العراق؟",
}


def rows(sizes: Sequence[int]) -> Iterator[Mapping[str, object]]:
    """For each number of articles, the median and the longest of a few times for each command and button."""
    for size in [size for size in sizes if size <= max(_SIZES)] or _SIZES:
        with tempfile.TemporaryDirectory() as folder, opened(Settings(data=Path(folder), _env_file=None)) as app:
            now = dt.datetime.combine(_newest(size), dt.time(12), dt.UTC)
            app.desk.ingest(articles(size), now=now)
            app.desk.refresh()
            yield from _measured(Chat(app.store, app.desk), now, size)


def _newest(size: int) -> dt.date:
    return max(day for one in articles(size) if (day := one.day))


def _measured(chat: Chat[Desk], now: dt.datetime, size: int) -> Iterator[Mapping[str, object]]:
    at = int(now.timestamp())
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": at}

    def said(text: str, **more: Any) -> list[dict[str, Any]]:
        return chat.say(text, date=at, **more)

    for name, text in _ASKED.items():
        more = {"forward_origin": origin} if "claim" in name else {}
        yield _row(size, name, partial(said, text, **more))
    for name in NAMES:
        if name not in {"ask", "follow", "chart"}:
            yield _row(size, f"/{name}", partial(said, f"/{name}"))
    [answer] = said(_ASKED["a great total"])
    for button in (button for row in answer["reply_markup"]["inline_keyboard"] for button in row):
        if data := button.get("callback_data"):
            yield _row(size, f"button {button['text']}", partial(chat.press, data))
    query = {
        "id": "i",
        "from": {"id": 7, "is_bot": False, "first_name": "U"},
        "query": _ASKED["a question"],
        "offset": "",
    }
    yield _row(size, "inline", lambda: chat.update(inline_query=json.loads(json.dumps(query))))


def _row(size: int, name: str, work: Callable[[], object]) -> Mapping[str, object]:
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return {"articles": size, "what": name, "p50 ms": statistics.median(taken), "longest ms": max(taken)}
