from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import Store, chats, forgetting, mail
from bot.store.schema import feedback, inbox, outbox

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)


def update(number: int, chat: int | None = 7) -> mail.Received:
    return mail.Received(number, chat, f'{{"update_id": {number}}}')


def waiting(connection: sa.Connection) -> list[mail.Received]:
    columns = (inbox.c.update_id, inbox.c.chat_id, inbox.c.payload)
    query = sa.select(*columns).where(inbox.c.state == "waiting").order_by(inbox.c.update_id)
    return [mail.Received(*row) for row in connection.execute(query)]


def letter(key: str, chat: int = 7, **more: Any) -> mail.Letter:
    return mail.Letter(key, chat, "sendMessage", '{"text": "خبر"}')._replace(**more)


def test_an_update_that_comes_twice_is_stored_once(store: Store) -> None:
    with store.writing() as connection:
        assert [u.update_id for u in mail.receive(connection, [update(2), update(1), update(2)], NOW)] == [1, 2]
        assert [u.update_id for u in mail.receive(connection, [update(2), update(3)], NOW)] == [3]
    with store.reading() as connection:
        assert waiting(connection) == [update(1), update(2), update(3)]


def test_what_handling_gave_is_written_together_with_the_mark_that_it_is_done(store: Store) -> None:
    row = mail.ChatRow(7, "private", "{}", '{"asked": 1}')
    answer = mail.Shown("a1", 7, "كم؟", "{}")
    with store.writing() as connection:
        mail.receive(connection, [update(1), update(2)], NOW)
        handled = [
            mail.Handled(1, letters=[letter("1.0"), letter("1.1")], chat=row, shown=[answer]),
            mail.Handled(2, "X"),
        ]
        assert [o.chat_id for o in mail.settle(connection, handled, NOW)] == [7, 7]
    with store.reading() as connection:
        assert waiting(connection) == []
        assert len(mail.owed(connection)) == 2
        assert chats.chats(connection, [7, 8]) == {7: row}
        assert chats.shown_answer(connection, 7, "a1") == answer
        assert chats.shown_answer(connection, 8, "a1") is None
        states = connection.execute(sa.select(inbox.c.state).order_by(inbox.c.update_id)).scalars()
        assert list(states) == ["done", "failed"]


def test_a_failure_while_writing_leaves_the_update_waiting(store: Store) -> None:
    with store.writing() as connection:
        mail.receive(connection, [update(1)], NOW)

    def settle_and_fail() -> None:
        with store.writing() as connection:
            mail.settle(connection, [mail.Handled(1, letters=[letter("1.0")])], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        settle_and_fail()
    with store.reading() as connection:
        assert waiting(connection) == [update(1)]
        assert mail.owed(connection) == []


def test_a_letter_is_posted_once_for_each_key(store: Store) -> None:
    with store.writing() as connection:
        assert len(mail.post(connection, [letter("1.0"), letter("1.1")], NOW)) == 2
        assert [o.chat_id for o in mail.post(connection, [letter("1.1"), letter("1.2", 8)], NOW)] == [8]


def test_a_letter_is_taken_once_and_owed_again_after_a_crash(store: Store) -> None:
    with store.writing() as connection:
        ids = [o.id for o in mail.post(connection, [letter("1"), letter("2"), letter("3")], NOW)]
        assert [t.attempts for t in mail.take(connection, ids[:2])] == [1, 1]
        assert mail.take(connection, ids[:2]) == []
        mail.note(connection, [mail.Note(ids[0], "sent", NOW, message_id=99)])
        assert mail.recover(connection) == 1
        assert [o.id for o in mail.owed(connection)] == ids[1:]
        assert chats.tally(connection) == {"owed": 2, "sent": 1, "waiting": 0, "doubtful": 1}


def test_a_letter_may_be_owed_again_later_in_another_form(store: Store) -> None:
    with store.writing() as connection:
        [one] = mail.post(connection, [letter("1")], NOW)
        mail.take(connection, [one.id])
        mail.note(
            connection, [mail.Note(one.id, "owed", LATER, "too long", rewritten=("sendMessage", '{"text": "خ"}'))]
        )
        assert [o.due_at for o in mail.owed(connection)] == [LATER]
        [again] = mail.take(connection, [one.id])
    assert (again.attempts, again.payload) == (2, '{"text": "خ"}')


def test_the_reply_to_a_message_is_known_once_it_was_sent(store: Store) -> None:
    with store.writing() as connection:
        [one] = mail.post(connection, [letter("1", answers=50)], NOW)
        assert mail.reply_of(connection, 7, 50) is None
        mail.note(connection, [mail.Note(one.id, "sent", NOW, message_id=51)])
        assert mail.reply_of(connection, 7, 50) == 51
        assert mail.reply_of(connection, 8, 50) is None


def test_a_blocked_chat_is_owed_nothing_until_it_writes_again(store: Store) -> None:
    row = mail.ChatRow(7, "private", "{}", "{}")
    with store.writing() as connection:
        mail.keep(connection, [row], NOW)
        mail.post(connection, [letter("1"), letter("2", 8)], NOW)
        mail.block(connection, 7, NOW, "Forbidden")
        assert [o.chat_id for o in mail.owed(connection)] == [8]
        assert chats.blocked(connection, [7, 8]) == {7}
        mail.keep(connection, [row], NOW)
        assert chats.blocked(connection, [7, 8]) == set()


def test_a_parked_chat_is_known_until_its_time_has_come(store: Store) -> None:
    with store.writing() as connection:
        mail.keep(connection, [mail.ChatRow(7, "private", "{}", "{}")], NOW)
        chats.park(connection, 7, LATER)
        assert chats.parked(connection, NOW) == {7: LATER}
        assert chats.parked(connection, LATER) == {}


def test_a_group_that_became_a_supergroup_keeps_what_it_has_and_is_owed(store: Store) -> None:
    with store.writing() as connection:
        mail.keep(connection, [mail.ChatRow(-7, "group", '{"short": true}', "{}")], NOW)
        mail.post(connection, [letter("1", -7)], NOW)
        chats.rekey(connection, -7, -1007)
        assert chats.chats(connection, [-7, -1007]) == {-1007: mail.ChatRow(-1007, "group", '{"short": true}', "{}")}
        assert [o.chat_id for o in mail.owed(connection)] == [-1007]


def test_who_asks_to_be_forgotten_is_but_for_what_is_still_owed(store: Store) -> None:
    with store.writing() as connection:
        mail.receive(connection, [update(1)], NOW)
        row, answer = mail.ChatRow(7, "private", "{}", "{}"), mail.Shown("a", 7, "؟", "{}")
        mail.settle(connection, [mail.Handled(1, letters=[letter("1")], chat=row, shown=[answer])], NOW)
        forgetting.forget(connection, 7)
        assert chats.chats(connection, [7]) == {}
        assert chats.shown_answer(connection, 7, "a") is None
        assert connection.execute(sa.select(sa.func.count()).select_from(inbox)).scalar() == 0
        assert len(mail.owed(connection)) == 1


def test_who_thinks_again_of_an_answer_is_taken_at_the_last_word(store: Store) -> None:
    first = mail.Feedback(7, 1, "a", liked=True, question="كم؟", understood="{}")
    with store.writing() as connection:
        for opinion in (first, first._replace(liked=False), first._replace(user_id=2)):
            mail.settle(connection, [mail.Handled(1, feedback=[opinion])], NOW)
        given = connection.execute(sa.select(feedback.c.user_id, feedback.c.liked).order_by(feedback.c.user_id))
        assert [tuple(row) for row in given] == [(1, False), (2, True)]
        mail.settle(connection, [mail.Handled(2, chat=mail.ChatRow(7, "private", "{}", "{}"), forgets=True)], NOW)
        assert connection.execute(sa.select(sa.func.count()).select_from(feedback)).scalar() == 0
        assert chats.chats(connection, [7]) == {}


def test_old_mail_is_deleted_and_what_waits_is_kept(store: Store) -> None:
    with store.writing() as connection:
        mail.receive(connection, [update(1), update(2)], NOW)
        mail.settle(connection, [mail.Handled(1, letters=[letter("1"), letter("2")])], NOW)
        one, _ = mail.owed(connection)
        mail.note(connection, [mail.Note(one.id, "sent", NOW)])
        assert chats.prune(connection, feedback_before=NOW, before=LATER) == 2
        assert waiting(connection) == [update(2)]
        assert connection.execute(sa.select(sa.func.count()).select_from(outbox)).scalar() == 1
