"""Feeds that are polled, and the entries of them that were dealt with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("url", "outlet", "title", "format")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("etag", "last_modified")),
        sa.Column("interval", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("paused", sa.Text, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("succeeded_at", sa.DateTime(timezone=True)),
        sa.Column("articles", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
    )
    op.create_index("ix_feed_due_at", "feed", ["due_at"])
    op.create_table(
        "feed_entry",
        sa.Column("feed_id", NUMBER, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_feed_entry"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_feed_entry_feed_id_feed", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("feed_entry")
    op.drop_table("feed")
