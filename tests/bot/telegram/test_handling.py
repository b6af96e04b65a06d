from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from bot.store import Store
from bot.telegram.handling import LONGEST_QUESTION
from bot.wording import load_wording
from tests.bot.telegram.chatting import MYSELF, Chat, buttons, calls
from tests.bot.telegram.small_desk import SENTENCES, SmallDesk, found, hit, not_found
from tests.end_to_end.telegram_rules import parse_html

QUESTION = "كم صيادا قتل في غرق القارب؟"


@pytest.fixture
def chat(store: Store) -> Chat[SmallDesk]:
    answers = {QUESTION: found(QUESTION, citations=2), "سؤال ذو مصادر": found("سؤال ذو مصادر", citations=12)}
    passages = tuple(hit(n, SENTENCES[n % 3]) for n in range(2, 8))
    return Chat(store, SmallDesk(store, load_wording(), answers, passages))


def test_a_question_is_answered_with_its_sources_their_words_and_buttons(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say(QUESTION)
    assert call["method"] == "sendMessage"
    assert call["text"].startswith('قُتل 3 صيادين <a href="https://example.org/1">[1]</a>.')
    assert f"<blockquote expandable>{SENTENCES[0]}</blockquote>" in call["text"]
    assert "مرصد التجربة" in call["text"]
    assert list(buttons(call)) == ["المصادر", "المزيد", "👍", "👎", "شارك الجواب"]


def test_sources_more_and_back_change_the_same_message(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    acknowledged, sources = chat.press(buttons(answer)["المصادر"])
    assert acknowledged == {"method": "answerCallbackQuery", "callback_query_id": "q"}
    assert (sources["method"], sources["message_id"]) == ("editMessageText", 3)
    assert "عنوان الخبر 2" in sources["text"]
    _, more = chat.press(buttons(answer)["المزيد"])
    assert SENTENCES[1] in more["text"]
    _, back = chat.press(buttons(sources)["رجوع إلى الجواب"])
    assert (back["text"], buttons(back)) == (answer["text"], buttons(answer))


def test_long_lists_have_pages_that_lead_to_each_other(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    _, first = chat.press(buttons(answer)["المزيد"])
    assert set(buttons(first)) == {"التالي", "رجوع إلى الجواب"}
    _, second = chat.press(buttons(first)["التالي"])
    assert "السابق" in buttons(second)
    assert chat.press(buttons(second)["السابق"])[1]["text"] == first["text"]


def test_an_answer_with_many_sources_shows_the_first_and_counts_the_others(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say("سؤال ذو مصادر")
    assert answer["text"].count("<blockquote") == 3
    assert answer["text"].endswith("و9 مصادر أخرى")
    _, sources = chat.press(buttons(answer)["المصادر"])
    assert sources["text"].count("<blockquote") == 12


def test_a_long_answer_has_pages_whose_sentences_are_whole(store: Store) -> None:
    said = " ".join(f"قُتل {n} صيادين في قارب من قوارب الساحل الغربي قبالة بلدة نخلان [1]." for n in range(90))
    chat = Chat(store, SmallDesk(store, load_wording(), {QUESTION: found(QUESTION, said)}))
    [first] = chat.say(QUESTION)
    pages = [first]
    while "التالي" in buttons(pages[-1]):
        pages.append(chat.press(buttons(pages[-1])["التالي"])[1])
    assert len(pages) > 2
    words = " ".join(parse_html(page["text"]).text for page in pages)
    assert [f"قُتل {n} صيادين" in words for n in range(90)] == [True] * 90
    assert all(parse_html(page["text"]).text.rstrip().endswith(".") for page in pages[:-1])
    assert "المصادر" in buttons(pages[1])
    assert chat.press(buttons(pages[1])["السابق"])[1]["text"] == first["text"]


def test_more_leaves_out_what_the_answer_has_shown(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say("سؤال ذو مصادر")
    [call] = chat.press(buttons(answer)["المزيد"])
    assert call["text"] == chat.desk.wording.say("telegram.no_more")


def test_buttons_work_after_a_restart(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    again = Chat(chat.store, chat.desk)
    again.count = 100
    assert "عنوان الخبر 1" in again.press(buttons(answer)["المصادر"])[1]["text"]


@pytest.mark.parametrize("data", ["s:unknown", "", "x", "s:", "z:abc", "s:abc:9999", "💥" * 16, "a:b:c:d"])
def test_a_button_that_is_too_old_or_foreign_is_answered_kindly_and_changes_nothing(
    chat: Chat[SmallDesk], data: str
) -> None:
    [call] = chat.press(data)
    assert call["method"] == "answerCallbackQuery"
    assert call["text"] == chat.desk.wording.say("telegram.too_old")


def test_nobody_sees_what_was_shown_in_another_chat(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION, chat_id=-5, reply_to_message={**chat.fake.message(1), "from": {
        "id": MYSELF.id, "is_bot": True, "first_name": "M"}})  # fmt: skip
    [call] = chat.press(buttons(answer)["المصادر"])
    assert call["text"] == chat.desk.wording.say("telegram.too_old")


def test_a_question_without_an_answer_is_told_so(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say("من فاز بالسباق؟")
    assert call["text"] == not_found("").answer
    assert buttons(call) == {}


@pytest.mark.parametrize("text", ["", "   ", "؟!", "\n", "…", "👍", "\u202e\u2066"])
def test_a_message_without_words_gets_one_kind_line(chat: Chat[SmallDesk], text: str) -> None:
    [call] = chat.say(text)
    assert call["text"] == chat.desk.wording.say("telegram.content.empty")
    assert chat.desk.asked == []


def test_a_message_of_ten_thousand_letters_gets_one_kind_line(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say("كم قتيلا؟ " * 1000)
    assert call["text"] == chat.desk.wording.say("telegram.too_long", n=LONGEST_QUESTION)
    assert chat.desk.asked == []


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({"sticker": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False,
                      "is_video": False, "type": "regular"}}, "sticker"),
        ({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}, "photo"),
        ({"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}}, "voice"),
        ({"document": {"file_id": "f", "file_unique_id": "u"}}, "document"),
        ({"location": {"longitude": 1.0, "latitude": 1.0}}, "place"),
        ({"contact": {"phone_number": "1", "first_name": "U"}}, "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_text_gets_one_kind_line(chat: Chat[SmallDesk], content: dict[str, Any], key: str) -> None:
    [call] = calls(chat.update(message=chat.fake.message(7, **content)))
    assert call["text"] == chat.desk.wording.say(f"telegram.content.{key}")


def test_the_words_below_a_picture_are_a_question(chat: Chat[SmallDesk]) -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    [call] = calls(chat.update(message=chat.fake.message(7, photo=photo, caption=QUESTION)))
    assert "3 صيادين" in call["text"]


@pytest.mark.parametrize("service", [{"new_chat_title": "x"}, {"pinned_message": {"message_id": 1, "date": 1, "chat": {
    "id": 7, "type": "private"}}}, {"left_chat_member": {"id": 1, "is_bot": False, "first_name": "U"}}])  # fmt: skip
def test_notes_of_telegram_itself_are_not_answered(chat: Chat[SmallDesk], service: dict[str, Any]) -> None:
    assert calls(chat.update(message=chat.fake.message(7, **service))) == []


def test_start_offers_questions_only_when_the_news_answers_them(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say("/start")
    assert call["text"].startswith("<b>أهلاً بك في مرصد</b>")
    assert buttons(call) == {}


@pytest.mark.parametrize("said", ["/help", "/help@marsad_test_bot", "مساعدة", "المساعدة؟", "ساعدني"])
def test_help_comes_by_command_and_by_word(chat: Chat[SmallDesk], said: str) -> None:
    [call] = chat.say(said)
    assert "كيف تسألني؟" in call["text"]
    assert "/ask" in call["text"]


def test_help_fits_a_screen(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say("/help")
    assert len(call["text"].split("\n")) <= 24


@pytest.mark.parametrize(("said", "key"), [("السلام عليكم", "peace"), ("شكراً!", "thanks"), ("أهلًا", "greeting")])
def test_a_greeting_is_returned(chat: Chat[SmallDesk], said: str, key: str) -> None:
    assert chat.say(said)[0]["text"] == chat.desk.wording.say(f"telegram.{key}")


def test_the_question_after_ask_is_answered(chat: Chat[SmallDesk]) -> None:
    assert "3 صيادين" in chat.say(f"/ask {QUESTION}")[0]["text"]
    assert chat.say("/ask")[0]["text"] == chat.desk.wording.say("telegram.ask_what")


def test_an_unknown_command_is_explained_in_private_and_passed_over_in_a_group(chat: Chat[SmallDesk]) -> None:
    assert "/help" in chat.say("/nonsense")[0]["text"]
    assert chat.say("/nonsense", chat_id=-5) == []
    assert chat.say("/help@another_bot", chat_id=-5) == []


def test_in_a_group_only_who_speaks_to_the_bot_is_answered(chat: Chat[SmallDesk]) -> None:
    assert chat.say(QUESTION, chat_id=-5) == []
    [call] = chat.say(f"@marsad_test_bot {QUESTION}", chat_id=-5)
    assert "3 صيادين" in call["text"]
    assert call["reply_parameters"]["allow_sending_without_reply"] is True


def test_an_answer_stays_in_its_forum_topic(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say(f"/ask {QUESTION}", chat_id=-5, message_thread_id=12, is_topic_message=True)
    assert call["message_thread_id"] == 12


def test_an_edited_question_changes_its_answer(chat: Chat[SmallDesk]) -> None:
    message = chat.fake.message(7, text=QUESTION)
    handled = chat.update(edited_message={**message, "edit_date": 5})
    assert [letter.method for letter in handled.letters] == ["editMessageText"]
    assert handled.letters[0].answers == message["message_id"]


def test_a_question_may_follow_the_last_one_for_half_an_hour(chat: Chat[SmallDesk]) -> None:
    at = int(dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC).timestamp())
    for minutes in (0, 10, 50):
        chat.say(QUESTION, date=at + 60 * minutes)
    assert [before.text if before else None for before in chat.desk.before] == [None, QUESTION, None]


def test_the_day_of_a_question_is_that_of_its_writer(chat: Chat[SmallDesk]) -> None:
    late = dt.datetime(2031, 5, 4, 22, 30, tzinfo=dt.UTC)  # half past one at night in Baghdad
    chat.say(QUESTION, date=int(late.timestamp()))
    assert chat.desk.asked[0].as_of == dt.date(2031, 5, 5)


def test_a_fault_of_the_program_is_told_kindly_and_logged_without_the_words(
    chat: Chat[SmallDesk], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(question: object, *_: object) -> None:
        raise RuntimeError(f"secret {question}")

    monkeypatch.setattr(chat.desk, "answer", fail)
    [call] = chat.say(QUESTION)
    assert call["text"] == chat.desk.wording.say("telegram.fault")
    assert "RuntimeError at test_handling.py" in caplog.text
    assert "secret" not in caplog.text


def test_who_blocks_the_bot_is_noted_and_who_adds_it_to_a_group_is_greeted(chat: Chat[SmallDesk]) -> None:
    def change(before: str, after: str, chat_id: int) -> dict[str, Any]:
        bot = {"id": MYSELF.id, "is_bot": True, "first_name": "M"}
        left: dict[str, Any] = {"status": before, "user": bot, "until_date": 0}
        kind = {"id": chat_id, "type": "private" if chat_id > 0 else "group", "title": "G"}
        person = {"id": 7, "is_bot": False, "first_name": "U"}
        return {
            "chat": kind,
            "from": person,
            "date": 1,
            "old_chat_member": left,
            "new_chat_member": {**left, "status": after},
        }

    assert chat.update(my_chat_member=change("member", "kicked", 7)).departed
    assert calls(chat.update(my_chat_member=change("kicked", "member", 7))) == []
    [hello] = calls(chat.update(my_chat_member=change("left", "member", -5)))
    assert "@marsad_test_bot" in hello["text"]


BROKEN: list[Any] = [
    {}, {"message": None}, {"message": 5}, {"message": {}}, {"message": {"chat": {}}}, {"callback_query": {}},
    {"message": {"message_id": 1, "date": "x", "chat": {"id": 7, "type": "private"}, "text": "خبر"}},
    {"message": {"message_id": 1, "date": 10**20, "chat": {"id": 7, "type": "private"}, "text": "خبر"}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": ["خبر"]}},
    {"poll": {}}, {"my_chat_member": {"chat": {"id": 7}}}, {"new_kind_of_update": {"a": 1}},
]  # fmt: skip


@pytest.mark.parametrize("update", BROKEN)
def test_an_update_that_nobody_can_read_is_passed_over(
    chat: Chat[SmallDesk], update: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    handled = chat.update(**update)
    assert len(handled.letters) <= 1
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]


@pytest.fixture
def lines(chat: Chat[SmallDesk]) -> Callable[..., list[str]]:
    def said(*messages: str) -> list[str]:
        return [line for text in messages for call in chat.say(text) for line in call["text"].split("\n")]

    return said


def test_every_line_begins_from_the_right(lines: Callable[..., list[str]]) -> None:
    from bot.telegram import markup  # noqa: PLC0415 - only here
    from bot.telegram.rendering import finish  # noqa: PLC0415 - only here

    for line in lines("/start", "/help", QUESTION, "سؤال ذو مصادر", "مرحبا"):
        assert finish(line) == line or markup.plain(line).startswith("\u200f")
