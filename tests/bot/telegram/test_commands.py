from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest

from bot.store import Store, chats
from bot.wording import load_wording
from retrieval import Reading
from tests.bot.telegram.chatting import MYSELF, Chat, buttons, calls
from tests.bot.telegram.conftest import now
from tests.bot.telegram.small_desk import SENTENCES, SmallDesk, article, found, hit
from tests.bot.telegram.test_handling import QUESTION
from tests.end_to_end.telegram_rules import parse_html


@pytest.fixture
def chat(store: Store) -> Chat[SmallDesk]:
    articles = [article(n, SENTENCES[n % 3], url=f"https://example.org/{n}") for n in range(14)]
    readings = [(one, Reading(article_id=one.id, passages=(), facts=())) for one in articles]
    store.put(readings, reader="test", now=now())
    passages = tuple(hit(n, SENTENCES[n % 3]) for n in range(2, 8))
    return Chat(store, SmallDesk(store, load_wording(), {QUESTION: found(QUESTION, citations=2)}, passages))


def text_of(call: dict[str, Any]) -> str:
    return parse_html(call["text"]).text


@pytest.mark.parametrize("said", ["/latest", "آخر الأخبار", "اخر الاخبار؟"])
def test_the_latest_articles_come_in_pages(chat: Chat[SmallDesk], said: str) -> None:
    [first] = chat.say(said)
    assert "عنوان الخبر 13" in first["text"]
    assert 'href="https://example.org/13"' in first["text"]
    _, second = chat.press(buttons(first)["التالي"])
    assert "عنوان الخبر 7" in second["text"]
    _, third = chat.press(buttons(second)["التالي"])
    assert list(buttons(third)) == ["السابق"]
    assert "عنوان الخبر 1\n" in text_of(third)
    _, back = chat.press(buttons(second)["السابق"])
    assert back["text"] == first["text"]


def test_the_outlets_are_told_with_their_articles(chat: Chat[SmallDesk]) -> None:
    [call] = chat.say("/sources")
    assert "مرصد التجربة: 14 خبراً" in text_of(call)


def test_an_empty_store_says_so(store: Store) -> None:
    chat = Chat(store, SmallDesk(store, load_wording(), {}))
    for command in ("/latest", "/sources"):
        assert chat.say(command)[0]["text"] == chat.desk.wording.say("telegram.latest_none")


def test_months_and_digits_are_said_as_the_chat_prefers(chat: Chat[SmallDesk]) -> None:
    [page] = chat.say("/settings")
    chosen = buttons(page)
    [_, changed] = chat.press(chosen["١٢٣"])
    assert "✓ ١٢٣" in buttons(changed)
    chat.press(chosen["آب"])
    [answer] = chat.say(QUESTION)
    assert "٤ أيار ٢٠٣١" in answer["text"]
    [_, latin] = chat.press(chosen["123"])
    assert "✓ 123" in buttons(latin)
    assert "4 أيار 2031" in chat.say(QUESTION)[0]["text"]


def test_a_choice_that_is_made_already_changes_nothing(chat: Chat[SmallDesk]) -> None:
    [page] = chat.say("/settings")
    [call] = chat.press(buttons(page)["✓ مع كلام المصادر"])
    assert call["method"] == "answerCallbackQuery"


def test_short_answers_name_their_sources_without_their_words(chat: Chat[SmallDesk]) -> None:
    [page] = chat.say("/settings")
    chat.press(buttons(page)["مختصر"])
    [answer] = chat.say(QUESTION)
    assert "blockquote" not in answer["text"]
    assert "مرصد التجربة" in answer["text"]


def test_what_people_think_of_an_answer_is_kept_with_what_was_understood(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    [call] = chat.press(buttons(answer)["👎"])
    assert call["text"] == chat.desk.wording.say("telegram.disliked")
    with chat.store.reading() as connection:
        [opinion] = chats.everything(connection, 7)["feedback"]
    assert (opinion["question"], opinion["liked"], opinion["user_id"]) == (QUESTION, False, 7)
    assert "asks" in json.loads(opinion["understood"])


def test_a_shared_answer_opens_in_another_chat_and_its_buttons_work_there(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    link = buttons(answer)["شارك الجواب"]
    assert link.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmarsad_test_bot%3Fstart%3Da_")
    payload = link.rpartition("%3D")[2]
    assert len(payload) <= 64
    other = Chat(chat.store, chat.desk)
    other.count = 500
    [shown] = calls(other.update(message={**other.fake.message(8, text=f"/start {payload}"), "entities": [
        {"type": "bot_command", "offset": 0, "length": 6}]}))  # fmt: skip
    assert shown["text"].startswith(f"<b>{QUESTION}</b>")
    assert buttons(shown)["المصادر"] != buttons(answer)["المصادر"]


def test_a_link_to_what_is_no_longer_kept_is_answered_kindly(chat: Chat[SmallDesk]) -> None:
    assert chat.say("/start a_abcdefghijkl")[0]["text"] == chat.desk.wording.say("telegram.too_old")
    assert "أهلاً بك" in chat.say("/start nonsense")[0]["text"]


def test_the_sources_of_the_last_answer_come_as_a_table(chat: Chat[SmallDesk]) -> None:
    assert chat.say("/export")[0]["text"] == chat.desk.wording.say("telegram.export_what")
    [answer] = chat.say(QUESTION)
    handled = chat.update(message={**chat.fake.message(7, text="/export"), "entities": [
        {"type": "bot_command", "offset": 0, "length": 7}]})  # fmt: skip
    [letter] = handled.letters
    assert (letter.method, letter.attachment_name) == ("sendDocument", "marsad.csv")
    assert letter.attachment is not None
    rows = list(csv.DictReader(io.StringIO(letter.attachment.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == [SENTENCES[0], SENTENCES[1]]
    _, sources = chat.press(buttons(answer)["المصادر"])
    acknowledged, document = chat.press(buttons(sources)["المصادر في جدول"])
    assert (acknowledged["method"], document["method"]) == ("answerCallbackQuery", "sendDocument")


def test_a_chart_needs_a_total(chat: Chat[SmallDesk], monkeypatch: pytest.MonkeyPatch) -> None:
    assert chat.say("/chart")[0]["text"] == chat.desk.wording.say("telegram.chart_what")
    monkeypatch.setattr(chat.desk, "chart", lambda *_: None)
    assert chat.say(f"/chart {QUESTION}")[0]["text"] == chat.desk.wording.say("telegram.chart_none")


def test_all_that_is_kept_can_be_had_and_deleted(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION)
    chat.press(buttons(answer)["👍"])
    handled = chat.update(message={**chat.fake.message(7, text="/mydata"), "entities": [
        {"type": "bot_command", "offset": 0, "length": 7}]})  # fmt: skip
    document, question = handled.letters
    assert document.attachment is not None
    kept = json.loads(document.attachment)
    assert kept["shown"][0]["question"] == QUESTION
    assert len(kept["feedback"]) == 1
    [button] = buttons(json.loads(question.payload)).values()
    _, sure = chat.press(button)
    chat.press(next(iter(buttons(sure).values())))
    with chat.store.reading() as connection:
        left = chats.everything(connection, 7)
    assert {name: len(rows) for name, rows in left.items() if name != "outbox"} == dict.fromkeys(
        ("chat", "shown", "feedback", "subscription"), 0
    )


def test_a_question_typed_in_another_chat_offers_the_answer_and_passages(chat: Chat[SmallDesk]) -> None:
    person = {"id": 7, "is_bot": False, "first_name": "U"}
    [call] = calls(chat.update(inline_query={"id": "i", "from": person, "query": QUESTION, "offset": ""}))
    assert call["method"] == "answerInlineQuery"
    results = call["results"]
    assert results[0]["title"] == QUESTION
    assert results[0]["input_message_content"]["message_text"].startswith(f"<b>{QUESTION}</b>")
    assert len({result["id"] for result in results}) == len(results) == 6
    [early] = calls(chat.update(inline_query={"id": "i", "from": person, "query": "كم", "offset": ""}))
    assert early["results"] == []
    assert early["button"]["start_parameter"] == "inline"


def test_a_text_that_was_passed_on_is_set_beside_what_the_articles_say(chat: Chat[SmallDesk]) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    [call] = chat.say("قيل إن قاربا غرق " * 90, forward_origin=origin)
    assert chat.desk.wording.say("telegram.compare_title") in parse_html(call["text"]).text
    assert SENTENCES[2] in call["text"]


def test_privacy_is_told(chat: Chat[SmallDesk]) -> None:
    assert "/mydata" in chat.say("الخصوصية")[0]["text"]


def test_the_day_of_a_press_is_today(chat: Chat[SmallDesk]) -> None:
    [answer] = chat.say(QUESTION, date=int(dt.datetime(2031, 5, 4, tzinfo=dt.UTC).timestamp()))
    assert MYSELF.username in buttons(answer)["شارك الجواب"]
    chat.press(buttons(answer)["المزيد"])
    assert chat.desk.asked[0].as_of == dt.date(2031, 5, 4)
