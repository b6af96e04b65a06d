"""What the operator allows single users: a ban, or a limit of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "guest",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("banned_at", sa.DateTime(timezone=True)),
        sa.Column("per_minute", sa.Integer),
    )


def downgrade() -> None:
    op.drop_table("guest")
