from __future__ import annotations

import datetime as dt

from bot.store import Store, following
from bot.store.following import Due, Follower
from retrieval import Question, Subscription, Understanding

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
CHAT = Follower(7)


def wanted(text: str) -> Subscription:
    return Subscription(id=0, question=Question(text=text, as_of=NOW.date(), understood=Understanding(place="الواحة")))


def follow(store: Store, text: str, chat: Follower = CHAT) -> int:
    with store.writing() as connection:
        return following.follow(connection, chat, text, wanted(text), NOW).id


def due(number: int, article: str = "a", version: int = 1) -> Due:
    return Due(number, article, version, article, ("f1",))


def test_what_a_chat_follows_is_kept_as_it_was_understood(store: Store) -> None:
    number = follow(store, "قتلى الواحة")
    with store.reading() as connection:
        [one] = following.followed(connection, 7)
        assert (one.id, one.text, one.cadence) == (number, "قتلى الواحة", "now")
        assert one.subscription == wanted("قتلى الواحة").model_copy(update={"id": number})
        assert following.followed(connection, 8) == []


def test_following_a_topic_again_resumes_it(store: Store) -> None:
    number = follow(store, "الواحة")
    with store.writing() as connection:
        assert following.change(connection, 7, number, paused_at=NOW)
        assert following.marks(connection) == {}
    assert follow(store, "الواحة") == number
    with store.reading() as connection:
        assert list(following.marks(connection)) == [number]


def test_every_change_of_what_is_followed_changes_the_state(store: Store) -> None:
    seen = set()

    def look() -> None:
        with store.reading() as connection:
            state = following.state(connection)
        assert state not in seen
        seen.add(state)

    look()
    first = follow(store, "الواحة")
    look()
    second = follow(store, "المرفأ")
    look()
    with store.writing() as connection:
        following.change(connection, 7, first, paused_at=NOW)
    look()
    with store.writing() as connection:
        following.change(connection, 7, first, paused_at=None)
        following.change(connection, 7, second, paused_at=NOW)
    look()
    with store.writing() as connection:
        following.unfollow(connection, 7, second)
    look()


def test_another_chat_cannot_change_or_forget_a_topic(store: Store) -> None:
    number = follow(store, "الواحة")
    with store.writing() as connection:
        assert not following.change(connection, 8, number, paused_at=NOW)
        assert not following.unfollow(connection, 8, number)
        assert following.unfollow(connection, 7) == 1


def test_an_article_is_owed_once_in_each_version_until_it_is_told(store: Store) -> None:
    number = follow(store, "الواحة")
    with store.writing() as connection:
        following.owe(connection, [due(number), due(number), due(number, "b")], NOW)
        following.owe(connection, [due(number)], LATER)
        owed = following.owed(connection)[number]
        assert [one.due.article_id for one in owed] == ["a", "b"]
        following.settle(connection, [owed[0].id], "alert.1")
        following.settle(connection, [owed[1].id], "")
        following.owe(connection, [due(number), due(number, version=2)], LATER)
        assert [one.due.version for one in following.owed(connection)[number]] == [2]
        assert following.told(connection, [7, 8], NOW) == {7: [following.Told(due(number), "alert.1")], 8: []}


def test_forgetting_a_topic_forgets_what_was_owed_for_it(store: Store) -> None:
    number = follow(store, "الواحة")
    with store.writing() as connection:
        following.owe(connection, [due(number)], NOW)
        following.unfollow(connection, 7, number)
        assert following.owed(connection) == {}


def test_a_held_alert_is_told_when_its_time_has_come_or_its_chat_likes_it_otherwise(store: Store) -> None:
    number = follow(store, "الواحة")
    with store.writing() as connection:
        following.owe(connection, [due(number), due(number, "b")], NOW)
        first = following.owed(connection, now=NOW)[number][0]
        following.hold(connection, [first.id], LATER)
        assert [one.due.article_id for one in following.owed(connection, now=NOW)[number]] == ["b"]
        assert len(following.owed(connection, now=LATER)[number]) == 2
        following.release(connection, 8)
        assert len(following.owed(connection, now=NOW)[number]) == 1
        following.release(connection, 7)
        assert len(following.owed(connection, now=NOW)[number]) == 2
