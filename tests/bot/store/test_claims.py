"""An update is with one program at a time, and a chat too."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.store import Store, claims, mail
from bot.store.schema import inbox

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
HERE, THERE = 11, 22


def update(number: int, chat: int | None = 7) -> mail.Received:
    return mail.Received(number, chat, f'{{"update_id": {number}}}')


def numbers(updates: list[mail.Received]) -> list[int]:
    return [one.update_id for one in updates]


def answer(number: int, chat: int = 7) -> mail.Handled:
    return mail.Handled(number, letters=[mail.Letter(f"{number}", chat, "sendMessage", "{}")])


def test_what_comes_in_is_claimed_once(store: Store) -> None:
    with store.writing() as connection:
        assert numbers(claims.receive(connection, [update(2), update(1), update(2)], NOW, HERE)) == [1, 2]
        assert claims.receive(connection, [update(2)], NOW, HERE) == []
        assert claims.claim(connection, THERE) == []


def test_a_chat_stays_with_the_program_that_has_an_update_of_it(store: Store) -> None:
    with store.writing() as connection:
        claims.receive(connection, [update(1, chat=7)], NOW, HERE)
        arrived = [update(2, chat=7), update(3, chat=8), update(4, chat=None)]
        assert numbers(claims.receive(connection, arrived, NOW, THERE)) == [3, 4]
        assert numbers(claims.claim(connection, HERE)) == [2]


def test_a_chat_is_free_again_when_its_updates_are_settled(store: Store) -> None:
    with store.writing() as connection:
        claims.receive(connection, [update(1)], NOW, HERE)
        mail.receive(connection, [update(2)], NOW)
        assert claims.claim(connection, THERE) == []
        assert len(claims.settle(connection, [answer(1)], NOW, HERE)) == 1
        assert numbers(claims.claim(connection, THERE)) == [2]


def test_no_more_is_claimed_than_asked_for_and_the_oldest_first(store: Store) -> None:
    with store.writing() as connection:
        mail.receive(connection, [update(n, chat=n) for n in (5, 3, 9)], NOW)
        assert numbers(claims.claim(connection, HERE, 2)) == [3, 5]
        assert numbers(claims.claim(connection, THERE, 2)) == [9]


def test_what_the_dead_had_is_taken_up_and_what_they_still_say_counts_no_more(store: Store) -> None:
    with store.writing() as connection:
        claims.receive(connection, [update(1), update(2, chat=8)], NOW, THERE)
        assert claims.release(connection, alive=[HERE, THERE]) == 0
        assert claims.release(connection, alive=[HERE]) == 2
        assert numbers(claims.claim(connection, HERE)) == [1, 2]
        assert claims.settle(connection, [answer(1)], NOW, THERE) == []
        assert len(claims.settle(connection, [answer(1), answer(2, 8)], NOW, HERE)) == 2
        assert claims.settle(connection, [answer(1)], NOW, HERE) == []
        states = connection.execute(sa.select(inbox.c.state)).scalars()
        assert set(states) == {"done"}
