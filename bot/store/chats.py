"""The chats that the bot talks to, and the answers that were shown in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.store.mail import ChatRow, Shown
from bot.store.schema import chat, feedback, inbox, outbox, shown, subscription

_CHAT = (chat.c.id, chat.c.kind, chat.c.settings, chat.c.state)
# Files, which are letters already sent, and what concerns the program alone.
_LEFT_OUT = frozenset({"attachment", "revision"})
_SHOWN = (shown.c.id, shown.c.chat_id, shown.c.question, shown.c.answer)


def chats(connection: sa.Connection, ids: Collection[int]) -> dict[int, ChatRow]:
    """Those of the chats that are known."""
    return {row.id: ChatRow(*row) for row in connection.execute(sa.select(*_CHAT).where(chat.c.id.in_(ids)))}


def shown_answer(connection: sa.Connection, chat_id: int | None, shown_id: str) -> Shown | None:
    """What was shown under that id in that chat, or in any (None); None when it is too old, or of another chat."""
    query = sa.select(*_SHOWN).where(shown.c.id == shown_id)
    if chat_id is not None:
        query = query.where(shown.c.chat_id == chat_id)
    row = connection.execute(query).first()
    return Shown(*row) if row else None


def parked(connection: sa.Connection, now: dt.datetime) -> dict[int, dt.datetime]:
    """The chats to which Telegram allows no message yet, and until when."""
    query = sa.select(chat.c.id, chat.c.parked_until).where(chat.c.parked_until > now)
    return {row.id: row.parked_until for row in connection.execute(query)}


def park(connection: sa.Connection, chat_id: int, until: dt.datetime) -> None:
    """Remember that Telegram allows no message to the chat before that time."""
    connection.execute(sa.update(chat).where(chat.c.id == chat_id).values(parked_until=until))


def blocked(connection: sa.Connection, ids: Collection[int]) -> set[int]:
    """Those of the chats that take no messages at present."""
    query = sa.select(chat.c.id).where(chat.c.id.in_(ids), chat.c.blocked_at.is_not(None))
    return set(connection.execute(query).scalars())


def rekey(connection: sa.Connection, old: int, new: int) -> None:
    """A group became a supergroup: it keeps its settings, state, shown answers and what is owed to it."""
    known = chats(connection, [old, new])
    if new in known:
        if old in known:  # how the group likes things said was chosen at its old place
            connection.execute(sa.update(chat).where(chat.c.id == new).values(settings=known[old].settings))
        connection.execute(sa.delete(chat).where(chat.c.id == old))
        mine = sa.select(subscription.c.text).where(subscription.c.chat_id == new)
        twice = (subscription.c.chat_id == old, subscription.c.text.in_(mine))
        connection.execute(sa.delete(subscription).where(*twice))
    else:
        connection.execute(sa.update(chat).where(chat.c.id == old).values(id=new))
    for table in (outbox, inbox, shown, feedback, subscription):
        connection.execute(sa.update(table).where(table.c.chat_id == old).values(chat_id=new))


def prune(connection: sa.Connection, before: dt.datetime, feedback_before: dt.datetime) -> int:
    """Delete the mail and the shown answers of before the one time, and opinions of before the other.

    Returns how many rows went.
    """
    old = (
        sa.delete(inbox).where(inbox.c.state != "waiting", inbox.c.settled_at < before),
        # The last letter to a chat that was forgotten, which said so, need not stay as long as others.
        sa.delete(outbox).where(
            outbox.c.state.in_(("sent", "uncertain", "failed")),
            sa.or_(outbox.c.settled_at < before, outbox.c.chat_id.not_in(sa.select(chat.c.id))),
        ),
        sa.delete(shown).where(shown.c.created_at < before),
        sa.delete(feedback).where(feedback.c.given_at < feedback_before),
    )
    return sum(connection.execute(statement).rowcount for statement in old)


def tally(connection: sa.Connection) -> dict[str, int]:
    """How many letters stand in each state of the outbox, how many updates wait, and how many were sent with doubt."""
    states = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    counts = {state: count for state, count in connection.execute(states)}  # noqa: C416 - rows are not pairs to mypy
    waits = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.state == "waiting")
    doubts = sa.select(sa.func.coalesce(sa.func.sum(outbox.c.doubts), 0))
    return {
        **counts,
        "waiting": connection.execute(waits).scalar_one(),
        "doubtful": int(connection.execute(doubts).scalar_one()),
    }


def everything(connection: sa.Connection, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of a chat, table by table, in words that JSON knows."""
    return {
        table.name: [
            {name: value for name, value in row._asdict().items() if name not in _LEFT_OUT}
            for row in connection.execute(sa.select(table).where(column == chat_id))
        ]
        for table, column in (
            (chat, chat.c.id),
            (shown, shown.c.chat_id),
            (feedback, feedback.c.chat_id),
            (subscription, subscription.c.chat_id),
            (outbox, outbox.c.chat_id),
        )
    }
