"""The tables of the store; a change here goes with a migration in `migrations/versions`."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa


class Instant(sa.TypeDecorator[dt.datetime]):
    """A moment: aware when it comes in and when it goes out, kept in UTC by every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment in UTC.

        Raises:
            ValueError: when the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment in UTC; SQLite gives it back without its zone, PostgreSQL in that of the session."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts by itself only in a column that is declared INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _belongs_to_article(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "article_id",
        sa.Text,
        sa.ForeignKey("article.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


# One row: `identity` tells this corpus from any other, `revision` grows by one with every transaction that changes
# articles, passages or facts. Together they are the stamp by which an index knows what it holds.
corpus = sa.Table(
    "corpus",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("identity", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
)

# `number` keeps the order of arrival, `revision` is that of the corpus when the row last changed,
# `published` is ISO text because a date alone and a moment in the outlet's own zone are different things,
# `extra` is JSON, `reader` the version of the rules that read it.
article = sa.Table(
    "article",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("day", sa.Date, index=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("extra", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
    sa.Column("stored_at", Instant, nullable=False),
)

# What an article said before it changed, with the facts (a JSON list) that were read from it then.
article_version = sa.Table(
    "article_version",
    metadata,
    _belongs_to_article(primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("extra", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
    sa.Column("stored_at", Instant, nullable=False),
    sa.Column("replaced_at", Instant, nullable=False),
)

passage = sa.Table(
    "passage",
    metadata,
    _belongs_to_article(primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("story", sa.Integer, nullable=False),
)

# `payload` is the whole fact as JSON; the columns beside it are those by which facts are asked for.
fact = sa.Table(
    "fact",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _belongs_to_article(),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("harm", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("date_start", sa.Date),
    sa.Column("date_end", sa.Date),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index(None, "article_id", "position"),
    sa.Index(None, "kind", "harm", "date_start"),
    sa.Index(None, "date_start", "date_end"),
)

# The key of a fact's place and of every place that contains it.
fact_place = sa.Table(
    "fact_place",
    metadata,
    sa.Column("fact_id", sa.Text, sa.ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Index(None, "key", "fact_id"),
)

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

# Which articles carry one text: `original` is the first article that carried it (itself, for most), `signature` what
# its text is compared by.
article_copy = sa.Table(
    "article_copy",
    metadata,
    _belongs_to_article(primary_key=True),
    sa.Column("original", sa.Text, nullable=False, index=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

# The keys under which copies meet.
copy_band = sa.Table(
    "copy_band",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _belongs_to_article(primary_key=True),
    sa.Index(None, "article_id"),
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
