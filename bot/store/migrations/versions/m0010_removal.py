"""Articles that were removed, so that every index lets go of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_removal_revision", "removal", ["revision"])
    op.create_index("ix_article_stored_at", "article", ["stored_at"])
    op.add_column("corpus", sa.Column("horizon", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("corpus", "horizon")
    op.drop_index("ix_article_stored_at", "article")
    op.drop_table("removal")
