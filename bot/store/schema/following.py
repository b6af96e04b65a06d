"""Where news comes from, and who is told of it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema.columns import Instant, Number, metadata

# A feed that is polled; `validators` are the ETag and Last-Modified of its last whole answer, `interval` the seconds
# between two looks when all goes well, `failures` how often in a row it failed, `paused` why it is no longer asked.
feed = sa.Table(
    "feed",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("interval", sa.Integer, nullable=False),
    sa.Column("due_at", Instant, nullable=False, index=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("paused", sa.Text, nullable=False),
    sa.Column("added_at", Instant, nullable=False),
    sa.Column("checked_at", Instant),
    sa.Column("succeeded_at", Instant),
    sa.Column("articles", sa.Integer, nullable=False),
)

# An entry of a feed that was dealt with: `mark` is what the feed said of its last change, `failures` how often its page
# could not be had.
feed_entry = sa.Table(
    "feed_entry",
    metadata,
    sa.Column("feed_id", Number, sa.ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
)

# What a chat follows; `payload` is the subscription as JSON, `cadence` now, hourly or daily, `revision` grows over all.
subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=True),
    sa.Column("chat_id", sa.BigInteger, nullable=False),
    sa.Column("thread_id", sa.BigInteger),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("cadence", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("paused_at", Instant),
    sa.Index(None, "chat_id", "text", unique=True),
)

# An article that a follower is owed: `facts` are those that fit (a JSON list), `state` is owed, sent or dropped, `key`
# that of the letter that told it, `version` that of the article; it is not told before `due_at`, where that is set.
alert = sa.Table(
    "alert",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=True),
    sa.Column("subscription_id", Number, sa.ForeignKey("subscription.id", ondelete="CASCADE"), nullable=False),
    sa.Column("article_id", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("original", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False, server_default=""),
    sa.Column("due_at", Instant),
    sa.Index(None, "subscription_id", "article_id", "version", unique=True),
    sa.Index(None, "state", "subscription_id", "id"),
    sa.Index(None, "state", "due_at"),
)
