"""When an alert may be told: at once, with the next digest, or after the quiet hours."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.add_column(sa.Column("due_at", sa.DateTime(timezone=True)))
        alert.create_index("ix_alert_state_due_at", ["state", "due_at"])


def downgrade() -> None:
    with op.batch_alter_table("alert") as alert:
        alert.drop_index("ix_alert_state_due_at")
        alert.drop_column("due_at")
