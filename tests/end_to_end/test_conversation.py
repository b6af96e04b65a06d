from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.wording import load_wording
from tests.end_to_end.fake_bot_api import FakeBotApi, Fault
from tests.end_to_end.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDING = load_wording()
QUESTION = "كم عدد القتلى في غرق العبارة قبالة البصرة؟"


async def replies(fake: FakeBotApi, chat: int, count: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await fake.until(lambda: len(fake.shown(chat)) >= count and fake.shown(chat), 30)
    return found


async def test_a_conversation_from_start_to_sources(fake: FakeBotApi, program: Program) -> None:
    await fake.say("/start")
    [welcome] = await replies(fake, 1)
    assert "أهلاً بك في مرصد" in welcome["text"]
    assert len(welcome["reply_markup"]["inline_keyboard"]) == 3

    # One tap on an example gives a cited answer.
    await fake.press_data(welcome, welcome["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    example = (await replies(fake, 1, 2))[1]
    assert "[1]" in example["text"]
    assert fake.called("answerCallbackQuery")

    await fake.say(QUESTION)
    answer = (await replies(fake, 1, 3))[2]
    assert re.search(r"\b9\b|تسعة", answer["text"])
    assert "صحيفة السعف التجريبية" in answer["text"]
    links = {entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"}
    assert "https://example.org/saaf/ferry" in links

    await fake.press(answer, WORDING.say("buttons.sources"))
    await fake.until(lambda: WORDING.say("telegram.sources_title") in answer["text"])
    assert any(entity["type"] == "expandable_blockquote" for entity in answer["entities"])
    await fake.press(answer, WORDING.say("buttons.back"))
    await fake.until(lambda: WORDING.say("telegram.sources_title") not in answer["text"])

    await fake.say("من اخترع المصباح الكهربائي؟")
    unknown = (await replies(fake, 1, 4))[3]
    assert not re.search(r"\[1\]", unknown["text"].split("\n")[0])

    assert fake.refused == {}
    assert QUESTION not in program.log


@pytest.mark.usefixtures("program")
async def test_every_message_gets_one_reply_even_when_telegram_sends_it_again(fake: FakeBotApi) -> None:
    said = {
        10: QUESTION,
        11: "؟؟؟",
        12: "كم قتيلا؟ " * 1000,
        13: "/help",
        14: "/nonsense",
        15: "السلام عليكم",
    }
    for chat, text in said.items():
        await fake.say(text, user=chat, times=2)
    await fake.push({"message": fake.message(16, sticker={
        "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False, "is_video": False,
        "type": "regular"})}, times=3)  # fmt: skip
    await fake.push({"message": {"message_id": 5, "date": "never"}})
    await fake.say("مرحبا", user=17)
    for chat in (*said, 16, 17):
        await replies(fake, chat)
    await asyncio.sleep(0.5)
    assert {chat: len(fake.shown(chat)) for chat in (*said, 16, 17)} == dict.fromkeys((*said, 16, 17), 1)
    assert fake.shown(12)[0]["text"] == WORDING.say("telegram.too_long", n=1000)
    assert fake.shown(11)[0]["text"] == WORDING.say("telegram.content.empty")


@pytest.mark.usefixtures("program")
async def test_an_edited_question_is_answered_in_the_same_reply(fake: FakeBotApi) -> None:
    message = await fake.say("كم قتيلا في حلب؟", user=21)
    [reply] = await replies(fake, 21)
    before = reply["text"]
    await fake.push({"edited_message": {**message, "text": QUESTION, "edit_date": message["date"] + 5}})
    await fake.until(lambda: reply["text"] != before)
    assert len(fake.shown(21)) == 1


@pytest.mark.usefixtures("program")
async def test_in_a_group_only_who_speaks_to_it_is_answered(fake: FakeBotApi) -> None:
    await fake.say(QUESTION, chat=-50)
    await fake.say(f"/ask@marsad_test_bot {QUESTION}", chat=-50, message_thread_id=7, is_topic_message=True)
    [answer] = await replies(fake, -50)
    assert answer["message_thread_id"] == 7
    assert answer["replies_to"] > 0
    assert len(fake.shown(-50)) == 1


@pytest.mark.usefixtures("program")
async def test_in_a_group_telegram_is_asked_who_may_follow(fake: FakeBotApi) -> None:
    await fake.say("/follow قتلى تعز", user=61, chat=-60, message_thread_id=7, is_topic_message=True)
    [refused] = await replies(fake, -60)
    assert refused["text"] == WORDING.say("telegram.admins_only")
    fake.admins.add((-60, 62))
    await fake.say("تابع قتلى تعز @marsad_test_bot", user=62, chat=-60, message_thread_id=7, is_topic_message=True)
    offer = (await replies(fake, -60, 2))[1]
    assert offer["message_thread_id"] == 7
    await fake.press(offer, WORDING.say("buttons.follow"), user=61)
    await fake.until(lambda: fake.called("answerCallbackQuery"))
    await fake.press(offer, WORDING.say("buttons.follow"), user=62)
    await fake.until(lambda: "صرت تتابع" in offer["text"])


async def test_old_buttons_work_after_a_restart_and_foreign_ones_are_answered_kindly(
    fake: FakeBotApi, program: Program
) -> None:
    await fake.say(QUESTION, user=31)
    [answer] = await replies(fake, 31)
    await program.kill()
    await program.start()
    await fake.press(answer, WORDING.say("buttons.sources"), user=31)
    await fake.until(lambda: WORDING.say("telegram.sources_title") in answer["text"], 30)
    await fake.press_data(answer, "s:somebodyelses", user=31)
    told = WORDING.say("telegram.too_old")
    await fake.until(lambda: any(call.get("text") == told for call in fake.called("answerCallbackQuery")), 30)


@pytest.mark.usefixtures("program")
async def test_commands_and_descriptions_are_told_to_telegram_in_arabic(fake: FakeBotApi) -> None:
    await fake.until(lambda: fake.called("setMyShortDescription"), 30)
    menus = [json.loads(p["commands"]) for name, p in fake.profile.items() if name.startswith("setMyCommands")]
    assert len(menus) == 8  # for everybody, private chats, groups and their admins, each also for who reads Arabic
    assert all(command["description"] for menu in menus for command in menu)


@pytest.mark.usefixtures("program")
async def test_a_bot_api_that_breaks_down_is_waited_for(fake: FakeBotApi) -> None:
    fake.break_down("getUpdates", Fault(page="<html>502 Bad Gateway</html>"), times=2)
    fake.break_down("getUpdates", Fault(drop="before"))
    fake.break_down("sendMessage", Fault(page="<html>502 Bad Gateway</html>"))
    await fake.say("مرحبا", user=41)
    await replies(fake, 41)


@pytest.mark.parametrize(("token", "told"), [("", "MARSAD_TELEGRAM_TOKEN"), ("1:wrong", "refuses")])
async def test_a_missing_or_refused_token_is_told_in_one_line(
    fake: FakeBotApi, corpus: Path, tmp_path: Path, token: str, told: str
) -> None:
    program = Program(fake.url, tmp_path / "data", corpus, MARSAD_TELEGRAM_TOKEN=token)
    await program.start()
    assert await program.ended() == 1
    assert told in program.log.splitlines()[-1]
    assert "1:wrong" not in program.log
