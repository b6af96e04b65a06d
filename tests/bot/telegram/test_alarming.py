"""Errors reach the operator's chat together, counted, and without a trace."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable

import pytest

from bot.store import mail
from bot.store.mail import Owed
from bot.telegram import alarming
from bot.telegram.alarming import Alarm
from bot.telegram.journal import Journal
from tests.bot.telegram.conftest import now
from tests.end_to_end.telegram_rules import parse_html


async def test_errors_are_told_together_and_counted(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarming, "_GATHER_SECONDS", 0.2)
    owed: asyncio.Queue[Owed] = asyncio.Queue()

    def notify(letters: Iterable[Owed]) -> None:
        for letter in letters:
            owed.put_nowait(letter)

    alarm = asyncio.create_task(Alarm(-42, journal, notify, now).run())
    log = logging.getLogger("bot.somewhere")
    before = len(logging.getLogger("bot").handlers)
    while len(logging.getLogger("bot").handlers) == before:  # noqa: ASYNC110 - a logger sets no event
        await asyncio.sleep(0)
    for _ in range(2):
        log.error("it <broke>", exc_info=ValueError("كلام مستخدم"))
    log.warning("no error")
    logging.getLogger("bot.telegram.sending").error("the chat of the operator is gone")
    letter = await asyncio.wait_for(owed.get(), 10)
    [taken] = await journal.write(lambda connection: mail.take(connection, [letter.id]))
    assert (taken.chat_id, taken.priority) == (-42, mail.ALERT)
    assert parse_html(json.loads(taken.payload)["text"]).text.strip("\u200f") == "2× bot.somewhere: it <broke>"
    alarm.cancel()
    await asyncio.gather(alarm, return_exceptions=True)
    assert len(logging.getLogger("bot").handlers) == before
