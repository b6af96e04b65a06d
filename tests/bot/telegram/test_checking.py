from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.desk import Desk
from bot.store import Store
from bot.wording import load_wording
from retrieval import Article
from retrieval.index.memory import MemoryIndex
from tests.bot.telegram.chatting import Chat
from tests.end_to_end.telegram_rules import parse_html

NOW = dt.datetime(2031, 5, 6, 9, tzinfo=dt.UTC)


@pytest.fixture
def chat(store: Store) -> Chat[Desk]:
    desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
    said = {
        "نشرة أولى": "قال مصدر طبي إن تسعة أشخاص قتلوا في انهيار مبنى في الموصل يوم السبت.",
        "نشرة ثانية": "نفى محافظ نينوى مقتل أربعين شخصا في انهيار المبنى في الموصل.",
        "نشرة ثالثة": "افتتح معرض للكتاب في دمشق بحضور مئات الزوار.",
    }
    articles = [
        Article(id=f"n{n}", title="", outlet=outlet, published=dt.date(2031, 5, 5), body=body)
        for n, (outlet, body) in enumerate(said.items())
    ]
    desk.ingest(articles, now=NOW)
    return Chat(store, desk)


def pass_on(chat: Chat[Desk], text: str) -> str:
    origin: dict[str, Any] = {"type": "hidden_user", "sender_user_name": "x", "date": int(NOW.timestamp())}
    later = int((NOW + dt.timedelta(days=200)).timestamp())
    [call] = chat.say(text, forward_origin=origin, date=later)
    return parse_html(call["text"]).text


def test_a_rumour_that_is_passed_on_long_after_is_set_beside_what_speaks_against_it(chat: Chat[Desk]) -> None:
    said = pass_on(chat, "عاجل: مقتل أربعين شخصا في انهيار مبنى في الموصل!!! انشروها")
    assert "أخبار تخالفه:" in said
    assert "أخبار توافقه:" not in said
    assert "نشرة ثانية" in said
    assert "معرض" not in said


def test_what_is_true_is_shown_with_who_says_so(chat: Chat[Desk]) -> None:
    said = pass_on(chat, "مقتل تسعة أشخاص في انهيار مبنى في الموصل")
    assert "أخبار توافقه:" in said
    assert "نشرة أولى" in said


def test_what_nobody_speaks_of_is_set_beside_what_is_nearest(chat: Chat[Desk]) -> None:
    said = pass_on(chat, "سيبنى معرض جديد للكتاب في دمشق")
    assert "لم أجد ما يؤكده أو ينفيه" in said
    assert "نشرة ثالثة" in said


def test_a_number_that_goes_round_stands_beside_that_of_the_articles(chat: Chat[Desk]) -> None:
    said = pass_on(chat, "مقتل ستين شخصا في انهيار مبنى في الموصل")
    assert "المتداول 60 قتيلاً، وفي الأخبار 9 قتلى." in said
