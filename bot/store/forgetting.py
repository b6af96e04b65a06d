"""Forgetting a user: everything that is kept of a chat and of whom it is with, but for what the operator decided."""

from __future__ import annotations

import json

import sqlalchemy as sa

from bot.store.schema import chat, feedback, inbox, outbox, shown, subscription


def forget(connection: sa.Connection, chat_id: int) -> None:
    """Delete everything that is kept of the chat and its user, but for what is still owed to it."""
    for table in (shown, feedback, subscription):
        connection.execute(sa.delete(table).where(table.c.chat_id == chat_id))
    # A private chat has the number of its user, who may have given opinions in groups too.
    connection.execute(sa.delete(feedback).where(feedback.c.user_id == chat_id))
    connection.execute(sa.delete(chat).where(chat.c.id == chat_id))
    # Of a group it is remembered who asked last, so that a second question may lean on the first.
    spoken = sa.select(chat.c.id, chat.c.state).where(chat.c.state.contains(str(chat_id)))
    for row in connection.execute(spoken).all():
        if json.loads(row.state).get("user_id") == chat_id:
            connection.execute(sa.update(chat).where(chat.c.id == row.id).values(state="{}"))
    settled = outbox.c.state.in_(("sent", "uncertain", "failed"))
    connection.execute(sa.delete(outbox).where(outbox.c.chat_id == chat_id, settled))
    connection.execute(sa.delete(inbox).where(inbox.c.chat_id == chat_id, inbox.c.state != "waiting"))
