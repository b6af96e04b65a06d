from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from typing import Any

import pytest

from bot.desk import Desk
from bot.store import Store, following, mail
from bot.store.following import Follower
from bot.telegram.addressing import Call, address, is_open
from bot.telegram.chat import Preferences
from bot.telegram.journal import Journal
from bot.telegram.telling import Teller
from bot.wording import load_wording
from retrieval import Article, open_index, subscription_of
from tests.end_to_end.telegram_rules import check_keyboard, check_text, parse_html

NOW = dt.datetime(2031, 5, 4, 9, tzinfo=dt.UTC)
ZONE = zoneinfo.ZoneInfo("Asia/Baghdad")
CHAT = 7


def clash(name: str, count: str, outlet: str = "نشرة أولى", extra: str = "") -> Article:
    body = f"قتل {count} في اشتباكات غربي مدينة تعز يوم السبت، بحسب مصدر عسكري. {extra}"
    return Article(id=name, title="اشتباكات غربي تعز", outlet=outlet, published=NOW.date(), body=body,
                   url=f"https://example.org/{name}")  # fmt: skip


class Newsroom:
    """A chat that follows a topic, articles that come in, and what the chat is then sent."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self.store, self.journal, self.now = store, journal, NOW
        self.desk = Desk(store, open_index("memory", store_folder(store)), load_wording(), workers=1)
        self.teller = Teller(self.desk, journal, load_wording(), ZONE, notify=lambda _: None, now=lambda: self.now)

    def follow(self, topic: str, chat: int = CHAT, **preferences: Any) -> int:
        with self.store.writing() as connection:
            row = mail.ChatRow(chat, "private", Preferences(**preferences).model_dump_json(), "{}")
            mail.keep(connection, [row], NOW)
            wanted = subscription_of(topic, as_of=NOW.date())
            return following.follow(connection, Follower(chat), topic, wanted, NOW).id

    def change(self, number: int, **values: Any) -> None:
        with self.store.writing() as connection:
            assert following.change(connection, CHAT, number, **values)

    async def bring(self, *articles: Article) -> list[dict[str, Any]]:
        """What Telegram is asked to do after the articles came, each call made at once and with success."""
        self.desk.ingest(articles, now=self.now)
        return await self.tell()

    async def tell(self) -> list[dict[str, Any]]:
        while await self.teller.tell_some():
            pass
        with self.store.writing() as connection:
            taken = mail.take(connection, [one.id for one in mail.owed(connection)])
            mail.note(connection, [mail.Note(one.id, "sent", self.now, message_id=one.id) for one in taken])
            calls = []
            for one in taken:
                arguments = json.loads(one.payload)
                said = address(connection, one, arguments) if is_open(one, arguments) else Call(one.method, arguments)
                assert said is not None
                calls.append({"chat": one.chat_id, "method": said.method, **said.arguments})
        for call in calls:
            check_text(call, "text")
            check_keyboard(call.get("reply_markup", {}))
        return calls


def store_folder(store: Store) -> Any:
    from pathlib import Path  # noqa: PLC0415 - only here

    return Path(store.name.removeprefix("sqlite:///")).parent / "index"


@pytest.fixture
def room(store: Store, journal: Journal) -> Newsroom:
    return Newsroom(store, journal)


def text_of(call: dict[str, Any]) -> str:
    return parse_html(call["text"]).text


async def test_who_follows_a_topic_is_told_of_an_article_with_its_source_and_words(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    [call] = await room.bring(clash("a", "15 مسلحا"))
    assert call["chat"] == CHAT
    assert text_of(call).startswith("جديد في موضوعك: قتلى تعز\nاشتباكات غربي تعز\nنشرة أولى، 4 مايو 2031")
    assert "15 مسلحا" in call["text"]
    assert 'href="https://example.org/a"' in call["text"]
    assert await room.tell() == []


async def test_a_story_that_two_outlets_have_is_told_once_and_the_second_is_named_in_it(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    [first] = await room.bring(clash("a", "15 مسلحا"))
    [change] = await room.bring(clash("b", "15 مسلحا", "نشرة ثانية", "ولم تعرف هويات المهاجمين بعد."))
    assert change["method"] == "editMessageText"
    assert text_of(change).endswith("وورد أيضاً في: نشرة ثانية")
    assert text_of(change).startswith(text_of(first))
    [more] = await room.bring(clash("c", "15 مسلحا", "نشرة ثالثة", "وما زال الطريق مغلقا."))
    assert text_of(more).endswith("وورد أيضاً في: نشرة ثانية، نشرة ثالثة")
    assert change["message_id"] == more["message_id"]


async def test_two_outlets_at_once_make_one_message(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    [call] = await room.bring(clash("a", "15 مسلحا"), clash("b", "15 مسلحا", "نشرة ثانية", "ولم تعرف الهويات."))
    assert text_of(call).endswith("وورد أيضاً في: نشرة ثانية")


async def test_a_later_count_comes_as_a_reply_to_the_first(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    await room.bring(clash("a", "15 مسلحا"))
    [call] = await room.bring(clash("b", "19 مسلحا", "نشرة ثانية"))
    assert text_of(call).startswith("تطوّر في خبر سابق: قتلى تعز")
    assert call["reply_parameters"]["message_id"] == 1


async def test_two_topics_of_a_chat_bring_one_article_once(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    room.follow("تعز")
    room.follow("تعز", chat=8)
    calls = await room.bring(clash("a", "15 مسلحا"))
    assert sorted(call["chat"] for call in calls) == [CHAT, 8]


async def test_a_daily_digest_comes_at_its_hour_with_each_story_once(room: Newsroom) -> None:
    number = room.follow("قتلى تعز", digest=18)
    room.change(number, cadence="daily")
    second = clash("b", "15 مسلحا", "نشرة ثانية", "ولم تعرف الهويات.")
    other = Article(id="c", title="انهيار سور", outlet="نشرة ثالثة", published=NOW.date(),
                    body="قتل عامل واحد في انهيار سور في تعز صباح الأحد، وفق الدفاع المدني.")  # fmt: skip
    assert await room.bring(clash("a", "15 مسلحا"), second, other) == []
    room.now = NOW + dt.timedelta(hours=6)  # six in the evening in Baghdad
    [call] = await room.tell()
    assert text_of(call).startswith("ملخّص موضوعك: قتلى تعز")
    assert text_of(call).count("نشرة") == 2


async def test_quiet_hours_hold_an_alert_and_silent_chats_hear_nothing(room: Newsroom) -> None:
    room.follow("قتلى تعز", quiet_from=22, quiet_to=7, silent=True)
    room.now = dt.datetime(2031, 5, 4, 20, tzinfo=dt.UTC)
    assert await room.bring(clash("a", "15 مسلحا")) == []
    room.now = dt.datetime(2031, 5, 5, 4, tzinfo=dt.UTC)
    [call] = await room.tell()
    assert call["disable_notification"] is True


async def test_a_paused_topic_brings_nothing(room: Newsroom) -> None:
    number = room.follow("قتلى تعز")
    room.change(number, paused_at=NOW)
    assert await room.bring(clash("a", "15 مسلحا")) == []


async def test_an_article_that_changed_is_told_to_who_saw_the_old_figure(room: Newsroom) -> None:
    room.follow("قتلى تعز")
    await room.bring(clash("a", "15 مسلحا"))
    [call] = await room.bring(clash("a", "12 مسلحا"))
    assert text_of(call).startswith(("تطوّر", "تصحيح"))
    assert call["reply_parameters"]["message_id"] == 1


async def test_a_topic_of_words_alone_is_told_with_how_the_article_begins(room: Newsroom) -> None:
    room.follow("العبارة")
    ferry = Article(id="f", title="", outlet="", published=None, body="عادت العبارة إلى العمل بين الضفتين أمس. " * 20)
    [call] = await room.bring(ferry)
    assert "عادت العبارة إلى العمل" in text_of(call)
    assert "مصدر بلا اسم، بلا تاريخ" in text_of(call)
