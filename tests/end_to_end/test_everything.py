"""Every command and every button over the socket: each is answered, and nothing that is said is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from telegram import Update

from bot.telegram.commands import COMMANDS
from bot.wording import load_wording
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.fuzz import KINDS

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDING = load_wording()
QUESTION = "كم عدد القتلى في غرق العبارة قبالة البصرة؟"
SPOKEN = (
    QUESTION,
    "/follow قتلى البصرة -كرة",
    "/chart كم عدد القتلى في العراق؟",
    "/ask من زار عمان؟",
    "تابع زيارات إلى عمان",
)
# How often the buttons that have come up are pressed.
_ROUNDS = 3


def buttons(message: dict[str, Any]) -> Iterator[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return (button["callback_data"] for row in rows for button in row if "callback_data" in button)


async def press(fake: FakeBotApi, message: dict[str, Any], data: str, user: int) -> None:
    """Press, and wait until the button has stopped waiting."""
    seen = len(fake.calls)
    query = await fake.press_data(message, data, user)

    def acknowledged() -> bool:
        return any(call.parameters.get("callback_query_id") == query for call in fake.calls[seen:])

    await fake.until(acknowledged, 30)


async def try_all(fake: FakeBotApi, text: str, user: int) -> int:
    """Say it, and press every button of the reply and of what comes in its place; returns how many it were."""
    await fake.say(text, user=user)
    await fake.until(lambda: fake.shown(user), 30)
    pressed: set[str] = set()
    for _ in range(_ROUNDS):
        for message in fake.shown(user):
            for data in list(buttons(message)):
                # Ids differ from message to message, what is done to them does not.
                kind = data if data[0] in "pt" else f"{data[0]}{data.rpartition(':')[2]}"
                if kind not in pressed and not data.startswith("f:"):
                    pressed.add(kind)
                    await press(fake, message, data, user)
    return len(pressed)


@pytest.mark.usefixtures("program")
async def test_every_command_and_every_button_is_answered(fake: FakeBotApi) -> None:
    spoken = [*SPOKEN, *(f"/{name}" for name in COMMANDS if name not in {"greeting", "peace", "thanks"})]
    # Each in a chat of its own, because Telegram takes one message a second in a chat.
    pressed = await asyncio.gather(*(try_all(fake, text, 100 + number) for number, text in enumerate(spoken)))
    assert sum(pressed) > 40
    assert fake.refused == {}


@pytest.mark.usefixtures("program")
async def test_what_is_kept_is_shown_and_deleted_once_that_was_confirmed(fake: FakeBotApi) -> None:
    await fake.say("/mydata", user=2)
    shown = await fake.until(lambda: len(fake.shown(2)) == 2 and fake.shown(2), 30)
    assert shown[0]["document"]["size"] > 10
    await press(fake, shown[1], "f:ask", 2)
    await press(fake, shown[1], "f:sure", 2)
    await fake.until(lambda: shown[1]["text"] == WORDING.say("telegram.forgotten"))


@pytest.mark.usefixtures("program")
async def test_a_question_in_another_chat_and_a_claim_that_is_passed_on_are_answered(fake: FakeBotApi) -> None:
    person = {"id": 3, "is_bot": False, "first_name": "U"}
    await fake.push({"inline_query": {"id": "i1", "from": person, "query": QUESTION, "offset": ""}})
    await fake.until(lambda: fake.called("answerInlineQuery"), 30)
    results = json.loads(fake.called("answerInlineQuery")[-1]["results"])
    assert "صحيفة السعف التجريبية" in results[0]["input_message_content"]["message_text"]
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 1_936_000_000}
    await fake.say("مقتل تسعين صيادا في غرق العبارة قبالة البصرة", user=3, forward_origin=origin)
    [reply] = await fake.until(lambda: fake.shown(3), 30)
    assert WORDING.say("telegram.check_against") in reply["text"]
    assert fake.refused == {}


@pytest.mark.usefixtures("program")
async def test_a_topic_and_an_answer_are_opened_by_their_links(fake: FakeBotApi) -> None:
    await fake.say(QUESTION, user=4)
    [answer] = await fake.until(lambda: fake.shown(4), 30)
    urls = [button["url"] for row in answer["reply_markup"]["inline_keyboard"] for button in row if "url" in button]
    payload = urls[0].rpartition("%3D")[2]
    await fake.say(f"/start {payload}", user=5)
    [opened] = await fake.until(lambda: fake.shown(5), 30)
    assert opened["text"].startswith(QUESTION)
    assert "صحيفة السعف التجريبية" in opened["text"]


async def test_the_fuzz_knows_every_kind_of_update_that_the_library_knows() -> None:
    assert set(Update.ALL_TYPES) <= KINDS
