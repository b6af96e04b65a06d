from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.desk.following import Following
from bot.store import Arrival, Store, following
from bot.store.following import Follower
from retrieval import Article, Reading, subscription_of
from tests.growth import steps

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
TOWNS = ("الواحة", "المرفأ", "الجسر", "السوق", "الميناء", "الجامعة")
BODY = "افتتح الوزير في {} معرضا للكتاب حضره مئات الزوار."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(f"sqlite:///{tmp_path / 'a.sqlite'}")) as opened:
        yield opened


def arrivals() -> list[Arrival]:
    articles = [Article(id=f"{n}", body=BODY.format(town), published=NOW.date()) for n, town in enumerate(TOWNS)]
    return [Arrival(one, Reading(article_id=one.id, passages=(), facts=()), 1, one.id) for one in articles]


def owed(store: Store, one: Following) -> set[tuple[int, str]]:
    """Whom it would owe which articles, written nowhere."""
    owe = one.owing(NOW)
    with store.writing() as connection:
        owe(connection, arrivals())
        found = {(number, each.due.article_id) for number, due in following.owed(connection).items() for each in due}
        connection.rollback()
    return found


def change_something(store: Store, chance: random.Random) -> None:
    town, chat = chance.choice(TOWNS), chance.randint(1, 3)
    with store.writing() as connection:
        mine = following.followed(connection, chat)
        topic = chance.choice(mine) if mine else None
        wanted = subscription_of(town, as_of=NOW.date())
        match chance.choice(("follow", "pause", "resume", "reword", "drop")):
            case "pause" if topic:
                following.change(connection, chat, topic.id, paused_at=NOW)
            case "resume" if topic:
                following.change(connection, chat, topic.id, paused_at=None)
            case "reword" if topic:
                following.reword(connection, chat, topic.id, town, wanted)
            case "drop" if topic:
                following.unfollow(connection, chat, topic.id)
            case _:
                following.follow(connection, Follower(chat), town, wanted, NOW + dt.timedelta(seconds=chance.random()))


def test_whatever_changes_those_who_follow_are_owed_what_a_fresh_look_would_owe_them(store: Store) -> None:
    kept, chance = Following(store), random.Random(5)
    for _ in range(60):
        change_something(store, chance)
        assert owed(store, kept) == owed(store, Following(store))


def test_one_more_topic_costs_little_beside_the_many_that_are_known(store: Store) -> None:
    with store.writing() as connection:
        for number in range(300):
            wanted = subscription_of(f"معرض {number + 1000}", as_of=NOW.date())
            following.follow(connection, Follower(number + 1), f"معرض {number + 1000}", wanted, NOW)
    kept = Following(store)
    kept.owing(NOW)
    wanted, chats = subscription_of("الواحة", as_of=NOW.date()), itertools.count(1000)

    def one_more() -> None:
        with store.writing() as connection:
            following.follow(connection, Follower(next(chats)), "الواحة", wanted, NOW)
        kept.owing(NOW)

    assert steps(one_more) < steps(lambda: Following(store).owing(NOW)) / 5
