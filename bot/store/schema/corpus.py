"""Articles with their versions, passages, facts and copies."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema.columns import Instant, Number, belongs_to_article, metadata

# One row: `identity` tells this corpus from any other, `revision` grows by one with every transaction that changes
# articles, passages or facts. Together they are the stamp by which an index knows what it holds.
corpus = sa.Table(
    "corpus",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("identity", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("horizon", sa.BigInteger, nullable=False, server_default="0"),
)

# An article that was removed, with the revision in which it went, so that indexes can follow; what went before the
# `horizon` of the corpus is forgotten.
removal = sa.Table(
    "removal",
    metadata,
    sa.Column("article_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
    sa.Column("removed_at", Instant, nullable=False),
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
    sa.Column("stored_at", Instant, nullable=False, index=True),
)

# What an article said before it changed, with the facts (a JSON list) that were read from it then.
article_version = sa.Table(
    "article_version",
    metadata,
    belongs_to_article(primary_key=True),
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
    belongs_to_article(primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("story", sa.Integer, nullable=False),
)

# `payload` is the whole fact as JSON; the columns beside it are those by which facts are asked for. The index by kind
# holds all of these, for rows are long: looking for facts of a kind reads none that is not wanted.
fact = sa.Table(
    "fact",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    belongs_to_article(),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("harm", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("date_start", sa.Date),
    sa.Column("date_end", sa.Date),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Index(None, "article_id", "position"),
    sa.Index("ix_fact_asked", "kind", "harm", "date_start", "date_end", "article_id", "position", "id"),
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

# Which articles carry one text: `original` is the first article that carried it (itself, for most), `signature` what
# its text is compared by.
article_copy = sa.Table(
    "article_copy",
    metadata,
    belongs_to_article(primary_key=True),
    sa.Column("original", sa.Text, nullable=False, index=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

# The keys under which copies meet.
copy_band = sa.Table(
    "copy_band",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    belongs_to_article(primary_key=True),
    sa.Index(None, "article_id"),
)
