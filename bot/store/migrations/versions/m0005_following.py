"""Copies of one text, what chats follow, and the alerts that they are owed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article_copy",
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("original", sa.Text, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_copy"),
        _article("article_copy"),
    )
    op.create_index("ix_article_copy_original", "article_copy", ["original"])
    op.create_table(
        "copy_band",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_copy_band"),
        _article("copy_band"),
    )
    op.create_index("ix_copy_band_article_id", "copy_band", ["article_id"])
    op.create_table(
        "subscription",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("text", "payload", "cadence")),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
    )
    op.create_index("ix_subscription_chat_id_text", "subscription", ["chat_id", "text"], unique=True)
    _create_alert()


def _create_alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("subscription_id", NUMBER, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("original", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name="fk_alert_subscription_id_subscription", ondelete="CASCADE"
        ),
    )
    columns = ["subscription_id", "article_id", "version"]
    op.create_index("ix_alert_subscription_id_article_id_version", "alert", columns, unique=True)
    op.create_index("ix_alert_state_subscription_id_id", "alert", ["state", "subscription_id", "id"])


def _article(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id"], ["article.id"], name=f"fk_{table}_article_id_article", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("alert", "subscription", "copy_band", "article_copy"):
        op.drop_table(table)
