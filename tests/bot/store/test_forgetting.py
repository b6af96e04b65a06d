"""Who wants to be forgotten is: no table of the store names them afterwards."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.store import Store, chats, claims, following, mail, operating
from bot.store.following import Due, Follower
from bot.store.mail import ChatRow, Feedback, Handled, Letter, Note, Received, Shown
from bot.store.operating import Guest
from bot.store.schema import metadata
from retrieval import Question, Subscription, Understanding

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
USER, OTHER, GROUP, MEMBER = 7_001_002, 8_001_002, -5_001_002, 1
STATE = '{"user_id":%d,"question":null}'


def fill(store: Store, user: int, first: int) -> None:
    """All that a user leaves behind: in their own chat, in a group, and of the operator's."""
    wanted = Subscription(id=0, question=Question(text="حريق", as_of=NOW.date(), understood=Understanding(place="ب")))
    updates = [Received(first + n, chat, f'{{"from": {user}}}') for n, chat in enumerate((user, GROUP))]
    handled = [
        Handled(
            first + n,
            chat=ChatRow(chat, "private", "{}", STATE % user),
            letters=[Letter(f"{first + n}", chat, "m", "{}")],
            shown=[Shown(f"s{first + n}", chat, "سؤال", "{}")],
            feedback=[Feedback(chat, user, f"s{first + n}", liked=True, question="سؤال", understood="{}")],
        )
        for n, chat in enumerate((user, GROUP))
    ]
    with store.writing() as connection:
        claims.receive(connection, updates, NOW, MEMBER)
        owed = claims.settle(connection, handled, NOW, MEMBER)
        mail.note(connection, [Note(one.id, "sent", NOW, message_id=1) for one in owed])
        number = following.follow(connection, Follower(user), "حريق", wanted, NOW).id
        following.owe(connection, [Due(number, "a", 1, "a", ())], NOW)
        operating.treat(connection, Guest(user, None, 5))


def forget(store: Store, user: int, update: int) -> None:
    """The user presses the button; what is said of it is sent, and later the program tidies up."""
    goodbye = Letter(f"{update}", user, "editMessageText", "{}")
    with store.writing() as connection:
        claims.receive(connection, [Received(update, user, f'{{"from": {user}}}')], NOW, MEMBER)
        gone = Handled(update, chat=ChatRow(user, "private", "{}", STATE % user), letters=[goodbye], forgets=True)
        owed = claims.settle(connection, [gone], NOW, MEMBER)
        assert len(owed) == 1
        mail.note(connection, [Note(owed[0].id, "sent", NOW, message_id=2)])
        ages_ago = NOW - dt.timedelta(days=30)
        chats.prune(connection, ages_ago, ages_ago)


def naming(store: Store, user: int) -> dict[str, int]:
    """How many rows of each table name the user in any column."""
    found = {}
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table)).all()
            if said := sum(any(str(user) in str(value) for value in row) for row in rows):
                found[table.name] = said
    return found


def test_nothing_names_who_was_forgotten_but_what_the_operator_set_and_others_keep_all_of_theirs(store: Store) -> None:
    fill(store, OTHER, 200)
    others = naming(store, OTHER)
    fill(store, USER, 100)
    personal = {table.name for table in metadata.sorted_tables if {"chat_id", "user_id"} & set(table.columns.keys())}
    assert personal <= naming(store, USER).keys() | {"inbox"}, "a table that may name a user is not filled by this test"
    forget(store, USER, 300)
    assert naming(store, USER) == {"guest": 1}
    assert naming(store, OTHER) == {**others, "chat": others["chat"] - 1}  # the group's last word was the other's
    with store.reading() as connection:
        assert chats.chats(connection, [GROUP])[GROUP].state == "{}"
        assert connection.execute(sa.text("SELECT count(*) FROM alert")).scalar() == 1
