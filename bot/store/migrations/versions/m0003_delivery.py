"""What delivery needs: which message is answered, what goes first, what may have arrived twice, files, parked chats."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("priority", sa.Integer, nullable=False, server_default="0"))
        outbox.add_column(sa.Column("answers", sa.BigInteger))
        outbox.add_column(sa.Column("doubts", sa.Integer, nullable=False, server_default="0"))
        outbox.add_column(sa.Column("attachment", sa.LargeBinary))
        outbox.add_column(sa.Column("attachment_name", sa.Text))
        outbox.create_index("ix_outbox_chat_id_answers", ["chat_id", "answers"])
    with op.batch_alter_table("chat") as chat:
        chat.add_column(sa.Column("parked_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("chat") as chat:
        chat.drop_column("parked_until")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index("ix_outbox_chat_id_answers")
        for column in ("attachment_name", "attachment", "doubts", "answers", "priority"):
            outbox.drop_column(column)
