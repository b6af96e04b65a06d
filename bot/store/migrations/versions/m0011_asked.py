"""An index that holds all by which facts of a kind are asked for."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    asked = ["kind", "harm", "date_start", "date_end", "article_id", "position", "id"]
    op.create_index("ix_fact_asked", "fact", asked)
    op.drop_index("ix_fact_kind_harm_date_start", "fact")


def downgrade() -> None:
    op.create_index("ix_fact_kind_harm_date_start", "fact", ["kind", "harm", "date_start"])
    op.drop_index("ix_fact_asked", "fact")
