"""Articles with their versions, passages and facts."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    corpus = op.create_table(
        "corpus",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corpus"),
    )
    op.bulk_insert(corpus, [{"id": 1, "identity": uuid.uuid4().hex, "revision": 0}])
    op.create_table(
        "article",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("day", sa.Date),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_article"),
        sa.UniqueConstraint("id", name="uq_article_id"),
    )
    op.create_index("ix_article_day", "article", ["day"])
    op.create_index("ix_article_revision", "article", ["revision"])
    op.create_table(
        "article_version",
        _belongs_to_article("article_version"),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_version"),
    )
    op.create_table(
        "passage",
        _belongs_to_article("passage"),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("story", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_passage"),
    )
    op.create_table(
        "fact",
        _belongs_to_article("fact"),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("harm", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
    )
    op.create_index("ix_fact_article_id_position", "fact", ["article_id", "position"])
    op.create_index("ix_fact_kind_harm_date_start", "fact", ["kind", "harm", "date_start"])
    op.create_index("ix_fact_date_start_date_end", "fact", ["date_start", "date_end"])
    op.create_table(
        "fact_place",
        sa.Column("fact_id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name="fk_fact_place_fact_id_fact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("fact_id", "key", name="pk_fact_place"),
    )
    op.create_index("ix_fact_place_key_fact_id", "fact_place", ["key", "fact_id"])


def downgrade() -> None:
    for table in ("fact_place", "fact", "passage", "article_version", "article", "corpus"):
        op.drop_table(table)


def _belongs_to_article(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["article_id"], ["article.id"], name=f"fk_{table}_article_id_article", ondelete="CASCADE"
    )
