from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.desk import Desk
from bot.store import Store
from bot.wording import load_wording
from retrieval import Article
from retrieval.index.memory import MemoryIndex
from tests.bot.telegram.chatting import Chat, buttons
from tests.end_to_end.telegram_rules import parse_html

NOW = dt.datetime(2031, 5, 6, 9, tzinfo=dt.UTC)
DAY = NOW.date()
UNFOLD, BACK = "كيف حُسب العدد؟", "رجوع إلى الجواب"


def told(name: str, count: str, where: str, outlet: str, day: int) -> Article:
    body = f"قال مصدر طبي إن {count} قتلوا في انهيار مبنى في {where} يوم السبت. وتواصل فرق الدفاع المدني البحث."
    return Article(id=name, title=f"انهيار مبنى في {where}", outlet=outlet, published=dt.date(2031, 5, day), body=body,
                   url=f"https://example.org/{name}")  # fmt: skip


@pytest.fixture
def chat(store: Store) -> Chat[Desk]:
    desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
    articles = [
        told("a", "سبعة عمال", "الموصل", "نشرة أولى", 4),
        told("b", "تسعة عمال", "الموصل", "نشرة ثانية", 5),
        told("c", "ثلاثة عمال", "البصرة", "نشرة ثالثة", 5),
    ]
    desk.ingest(articles, now=NOW)
    return Chat(store, desk)


def said(call: dict[str, Any]) -> str:
    return parse_html(call["text"]).text


def ask(chat: Chat[Desk]) -> dict[str, Any]:
    [answer] = chat.say("كم عدد القتلى في العراق؟", date=int(NOW.timestamp()))
    return answer


def test_a_total_unfolds_into_events_reports_and_words_and_folds_again(chat: Chat[Desk]) -> None:
    answer = ask(chat)
    _, events = chat.press(buttons(answer)[UNFOLD])
    assert events["method"] == "editMessageText"
    assert said(events).startswith("\u200fحدثان وراء هذا العدد") or said(events).startswith("حدثان وراء هذا العدد")
    assert "الموصل" in said(events)
    assert "البصرة" in said(events)

    mosul = next(label for label, line in enumerate(said(events).splitlines()) if "الموصل" in line)
    _, event = chat.press(buttons(events)[str(mosul)])
    assert "نشرة أولى، 4 مايو 2031" in said(event)
    assert "نشرة ثانية، 5 مايو 2031" in said(event)
    assert "نشرة ثالثة" not in said(event)

    first = next(n for n, line in enumerate(said(event).splitlines()[2:], 1) if "نشرة أولى" in line)
    _, words = chat.press(buttons(event)[str(first)])
    assert "وتواصل فرق الدفاع المدني البحث" in said(words)
    assert "<b>" in words["text"].partition("<blockquote>")[2]
    assert 'href="https://example.org/a"' in words["text"]

    _, again = chat.press(buttons(words)["رجوع إلى الحدث"])
    assert again["text"] == event["text"]
    _, again = chat.press(buttons(event)["رجوع إلى الأحداث"])
    assert again["text"] == events["text"]
    _, again = chat.press(buttons(words)[BACK])
    assert again["text"] == answer["text"]


def test_every_report_of_every_event_can_be_reached_once(chat: Chat[Desk]) -> None:
    _, events = chat.press(buttons(ask(chat))[UNFOLD])
    reached = []
    for label, data in buttons(events).items():
        if label.isdecimal():
            _, event = chat.press(data)
            for inside, leaf in buttons(event).items():
                if inside.isdecimal():
                    reached.append(said(chat.press(leaf)[1]))
    assert len(reached) == len(set(reached)) >= 3
    assert sum("https" in words or "نشرة" in words for words in reached) == len(reached)


def test_one_event_is_shown_without_a_list_before_it(chat: Chat[Desk]) -> None:
    [answer] = chat.say("كم قتيلا في انهيار مبنى البصرة؟", date=int(NOW.timestamp()))
    _, event = chat.press(buttons(answer)[UNFOLD])
    assert "نشرة ثالثة" in said(event)
    assert "رجوع إلى الأحداث" not in buttons(event)


def test_the_words_of_an_article_that_changed_are_shown_as_they_were_cited(chat: Chat[Desk]) -> None:
    _, event = chat.press(buttons(chat.say("كم قتيلا في انهيار مبنى البصرة؟", date=int(NOW.timestamp()))[0])[UNFOLD])
    changed = told("c", "خمسة عمال", "البصرة", "نشرة ثالثة", 5)
    chat.desk.ingest([changed], now=NOW)
    _, words = chat.press(buttons(event)["1"])
    assert "ثلاثة عمال" in said(words)
    assert "خمسة" not in said(words)


def test_what_counts_nothing_has_nothing_to_unfold(chat: Chat[Desk]) -> None:
    [answer] = chat.say("ماذا تفعل فرق الدفاع المدني في الموصل؟", date=int(NOW.timestamp()))
    assert UNFOLD not in buttons(answer)


def test_a_page_beyond_what_there_is_is_answered_kindly(chat: Chat[Desk]) -> None:
    data = buttons(ask(chat))[UNFOLD]
    assert len(chat.press(data + ":50")) == 2
    assert len(chat.press(data.replace("v:", "i:") + ":50")) == 2
    [gone] = chat.press(data.replace("v:", "r:") + ":50")
    assert gone["text"] == chat.desk.wording.say("telegram.too_old")
