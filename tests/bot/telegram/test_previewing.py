from __future__ import annotations

import datetime as dt

import pytest

from bot.telegram.previewing import Expected, expected
from bot.wording import load_wording
from retrieval import Article, subscription_of
from tests.bot.telegram.test_alerting import NOW, ZONE, Newsroom, clash, room

__all__ = ["room"]

TODAY = NOW.date()


def previewed(newsroom: Newsroom, topic: str) -> Expected:
    wanted = subscription_of(topic, as_of=TODAY)
    found = newsroom.desk.concerning(wanted, TODAY - dt.timedelta(days=7), TODAY)
    return expected(topic, wanted, found, load_wording(), NOW, ZONE)


def news() -> list[Article]:
    quiet = Article(id="q", title="هدوء في تعز", outlet="نشرة رابعة", published=TODAY, body="عاد الهدوء إلى مدينة تعز.")
    old = clash("old", "7 مسلحين").model_copy(update={"published": TODAY - dt.timedelta(days=30)})
    away = Article(id="x", title="حريق في عدن", outlet="نشرة أولى", published=TODAY,
                   body="قتل 3 عمال في حريق في ميناء عدن يوم السبت، وفق الدفاع المدني.")  # fmt: skip
    return [
        clash("a", "15 مسلحا"),
        clash("b", "15 مسلحا", "نشرة ثانية", "ولم تعرف هويات المهاجمين بعد."),
        clash("c", "19 مسلحا", "نشرة ثالثة", "وما زال الطريق مغلقا."),
        quiet, old, away,
    ]  # fmt: skip


@pytest.mark.parametrize("topic", ["قتلى تعز", "تعز", "قتلى اليمن -ميناء", "تعز مصدر: نشرة ثانية", "زيارات إلى تعز"])
async def test_a_preview_shows_as_many_messages_as_a_follower_is_sent(room: Newsroom, topic: str) -> None:
    room.follow(topic)
    sent = [call for one in news() for call in await room.bring(one) if call["method"] == "sendMessage"]
    assert previewed(room, topic).messages == len(sent)


async def test_the_newest_comes_first_and_what_is_older_than_a_week_not_at_all(room: Newsroom) -> None:
    room.desk.ingest(news(), now=NOW)
    found = previewed(room, "تعز")
    assert "old" not in [one.article.id for one in found.newest]
    assert {one.article.id for one in found.newest} <= {"a", "b", "c", "q"}


async def test_among_very_many_articles_those_that_concern_the_topic_are_found(room: Newsroom) -> None:
    crowd = [
        Article(id=f"n{n}", title=f"خبر {n}", published=TODAY, body=f"افتتح معرض للكتاب رقم {n} في دمشق صباح اليوم.")
        for n in range(230)
    ]
    room.desk.ingest([*crowd, *news()], now=NOW)
    assert previewed(room, "قتلى تعز").messages == 2
    assert previewed(room, "الهدوء").messages == 1
