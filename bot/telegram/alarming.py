"""Errors of the program told in a chat of the operator, a few together, without what anybody wrote."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from bot.store import mail
from bot.store.mail import ALERT, Letter, Owed
from bot.telegram import markup
from bot.telegram.journal import Journal
from bot.telegram.outgoing import content

# Errors that come together are told together, and no more often than this.
_GATHER_SECONDS, _PAUSE_SECONDS = 2.0, 60.0
_LINES, _LINE = 12, 300


class Alarm(logging.Handler):
    """Takes errors from the log, in any thread, and tells them in one chat while `run` runs.

    What cannot be sent to that chat must not be an error that is to be sent there: the sender's own lines are left out.
    """

    def __init__(
        self, chat_id: int, journal: Journal, notify: Callable[[Iterable[Owed]], None], now: Callable[[], dt.datetime]
    ) -> None:
        super().__init__(logging.ERROR)
        self._chat_id, self._journal, self._notify, self._now = chat_id, journal, notify, now
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the error; its trace stays in the log."""
        if record.name.startswith(("bot.telegram.sending", "bot.telegram.journal")):
            return
        line = f"{record.name}: {record.getMessage()}".split("\n", 1)[0][:_LINE]
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)

    async def run(self) -> None:
        """Tell what is noted until cancelled."""
        log = logging.getLogger("bot")
        log.addHandler(self)
        try:
            while True:
                lines = [await self._lines.get()]
                await asyncio.sleep(_GATHER_SECONDS)
                while not self._lines.empty():
                    lines.append(self._lines.get_nowait())
                await self._tell(lines)
                await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            log.removeHandler(self)

    async def _tell(self, lines: list[str]) -> None:
        counted = Counter(lines).most_common(_LINES)
        said = "\n".join(f"{count}× {line}" if count > 1 else line for line, count in counted)
        html = markup.split(f"<pre>{markup.escape(said)}</pre>")[0]
        payload = json.dumps(content(html), ensure_ascii=False)
        letter = Letter(f"alarm.{uuid.uuid4()}", self._chat_id, "sendMessage", payload, priority=ALERT)
        self._notify(await self._journal.write(partial(mail.post, letters=[letter], now=self._now())))
