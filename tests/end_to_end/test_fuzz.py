from __future__ import annotations

import asyncio
import json
from collections import Counter

import pytest

from bot.telegram.incoming import chat_of
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.fuzz import updates

pytestmark = pytest.mark.asyncio(loop_scope="module")
COUNT = 2000


@pytest.mark.usefixtures("program")
async def test_whatever_comes_in_gets_at_most_one_reply_and_nothing_breaks(fake: FakeBotApi) -> None:
    sent = list(updates(COUNT))
    for update in sent:
        await fake.push(update)
    await fake.until(lambda: len(fake.messages) > COUNT / 8, 30)
    seen = 0
    while len(fake.calls) > seen:  # until nothing more comes
        seen = len(fake.calls)
        await asyncio.sleep(2)

    asked = Counter(chat_of(json.loads(json.dumps(update))) for update in sent)
    replied = Counter(
        int(call.parameters["chat_id"]) for call in fake.calls if call.method == "sendMessage" and call.result
    )
    assert {chat: n for chat, n in replied.items() if n > asked[chat]} == {}
    # A query that nobody made is refused; nothing that is said ever is.
    assert {call.method for call in fake.calls if call.result is None} <= {"answerCallbackQuery"}
