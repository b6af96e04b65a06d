"""Bringing the tables of a store to the shape that this version of the program works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.store.engine import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

# The newest migration; a test holds it equal to the last file of `migrations/versions`.
HEAD = "0011"

# Any number that no other program takes as an advisory lock of the same database.
_LOCK = 0x6D617273


def migrate(connection: sa.Connection) -> None:
    """Apply the migrations that the database lacks, within the transaction of `connection`.

    Raises:
        StoreError: when the database was written by a newer version of the program.
    """
    if current(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    found = current(connection)
    if found == HEAD:
        return
    # Importing alembic takes longer than anything else in opening a store, and it is rarely needed.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(f"the store was written by a newer Marsad (its tables are at {found}, this one knows {HEAD})")
    command.upgrade(config, "head")


def current(connection: sa.Connection) -> str | None:
    """The migration that the database stands at, None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def configuration(connection: sa.Connection) -> Config:
    """Alembic's configuration for running the packaged migrations on that connection."""
    from alembic.config import Config  # noqa: PLC0415 - rarely needed, see `migrate`

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
