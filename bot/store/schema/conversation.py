"""What comes in from people, what is owed to them, and what is kept of them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema.columns import Instant, Number, metadata

# An update of Telegram (its JSON in `payload`), stored before it is acknowledged; `state` is waiting, done or failed,
# `claimed_by` the number of the program that handles it.
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat_id", sa.BigInteger),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("settled_at", Instant),
    sa.Column("claimed_by", sa.BigInteger),
    sa.Index(None, "state", "update_id"),
)

# A call that is owed to the Bot API (its arguments, but for the chat, as JSON in `payload`), stored before it is made;
# `state` is owed, sending, sent, uncertain (made, but whether it arrived is not known) or failed. Of one `key` there is
# one only. `priority` is 0 for a reply and 1 for an alert, `answers` the message of the chat that it replies to,
# `doubts` how often it was made anew although it may have arrived before.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("update_id", sa.BigInteger),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("settled_at", Instant),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False, server_default="0"),
    sa.Column("answers", sa.BigInteger),
    sa.Column("doubts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("attachment", sa.LargeBinary),
    sa.Column("attachment_name", sa.Text),
    sa.Index(None, "state", "chat_id", "id"),
    sa.Index(None, "chat_id", "answers"),
)

# A chat with its settings and the state of its conversation (both JSON); `blocked_at` is when it stopped taking
# messages, `parked_until` when Telegram allows the next one.
chat = sa.Table(
    "chat",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("settings", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("blocked_at", Instant),
    sa.Column("parked_until", Instant),
)

# An answer that was shown (JSON), so that its buttons still work after a restart; buttons carry its short `id`.
shown = sa.Table(
    "shown",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Index(None, "chat_id", "created_at"),
)

# What somebody thought of an answer: `liked`, with the question and what was understood of it (JSON).
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shown_id", sa.Text, primary_key=True),
    sa.Column("liked", sa.Boolean, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("understood", sa.Text, nullable=False),
    sa.Column("given_at", Instant, nullable=False),
)

# What the operator allows a user: banned since `banned_at`, `per_minute` messages a minute instead of what all may.
guest = sa.Table(
    "guest",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("banned_at", Instant),
    sa.Column("per_minute", sa.Integer),
)
