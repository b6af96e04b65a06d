from __future__ import annotations

import datetime as dt
import zoneinfo
from functools import partial

import pytest

from bot.desk import Desk
from bot.store import Store, following
from bot.store.mail import TERMINAL
from bot.telegram.chat import find_shown
from bot.telegram.incoming import Myself
from bot.telegram.scene import Surroundings
from bot.telegram.terminal import Terminal, plain_text
from bot.wording import load_wording
from retrieval import Article
from retrieval.index.memory import MemoryIndex
from tests.bot.telegram.small_desk import SENTENCES, SmallDesk, found, hit

QUESTION = "كم صيادا قتل في غرق القارب؟"
NOW = dt.datetime(2031, 5, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def terminal(store: Store) -> Terminal:
    return open_terminal(store)


def open_terminal(store: Store) -> Terminal:
    desk = SmallDesk(store, load_wording(), {QUESTION: found(QUESTION, citations=2)}, (hit(5, SENTENCES[2]),))
    zone = zoneinfo.ZoneInfo("Asia/Baghdad")
    around = Surroundings(desk, desk.wording, zone, Myself(0, ""), partial(find_shown, store), lambda: NOW)
    return Terminal(around, lambda: NOW, save=lambda name, content: f"{name}: {len(content)}")


def test_an_answer_is_shown_with_its_sources_and_numbered_choices(terminal: Terminal) -> None:
    answer, choices = terminal.say(QUESTION)
    assert answer.startswith("قُتل 3 صيادين [1].")
    assert "[1] مرصد التجربة، 4 مايو 2031 (https://example.org/1)" in answer
    assert f"│ {SENTENCES[0]}" in answer
    assert choices == "1. المصادر\n2. المزيد\n3. 👍\n4. 👎"


@pytest.mark.parametrize("typed", ["1", "١", " 1 "])
def test_a_number_is_the_choice_of_that_number(terminal: Terminal, typed: str) -> None:
    list(terminal.say(QUESTION))
    assert "عنوان الخبر 2" in "\n".join(terminal.say(typed))


def test_a_number_that_is_no_choice_is_a_question(terminal: Terminal) -> None:
    assert list(terminal.say("7")) == ["لم أجد جوابا في الأخبار."]


def test_a_file_is_saved_and_named(terminal: Terminal) -> None:
    list(terminal.say(QUESTION))
    [shown] = terminal.say("/export")
    assert "marsad.csv: " in shown


def test_topics_and_preferences_are_kept_from_one_conversation_to_the_next(store: Store, terminal: Terminal) -> None:
    list(terminal.say("/follow قتلى الموصل"))
    list(terminal.say("1"))
    again = open_terminal(store)
    assert "1. قتلى الموصل (فور وصوله)" in "\n".join(again.say("/topics"))
    with store.reading() as connection:
        assert len(following.followed(connection, TERMINAL)) == 1


def test_bold_letters_are_switched_on_and_off_and_marks_of_direction_left_out() -> None:
    html = '\u200f<b>خبر</b> <a href="https://example.org/">\u2068CNN\u2069</a> <a href="https://example.org/">[1]</a>'
    assert plain_text(html, ("+", "-")) == "+خبر- CNN (https://example.org/) [1]"


def test_what_is_followed_here_is_told_here_once_when_it_comes_in(store: Store) -> None:
    desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
    day = dt.datetime(2031, 5, 4, 9, tzinfo=dt.UTC)
    zone = zoneinfo.ZoneInfo("Asia/Baghdad")
    around = Surroundings(desk, desk.wording, zone, Myself(0, ""), partial(find_shown, store), lambda: day)
    terminal = Terminal(around, lambda: day, save=lambda name, _: name)
    list(terminal.say("/follow قتلى تعز"))
    list(terminal.say("1"))
    assert list(terminal.news()) == []
    desk.ingest([Article(id="a", outlet="نشرة أولى", published=day.date(), body="قتل 15 مسلحا في تعز.")], now=day)
    [told] = terminal.news()
    assert told.startswith("جديد في موضوعك: قتلى تعز")
    assert "15 مسلحا" in told
    assert list(terminal.news()) == []
