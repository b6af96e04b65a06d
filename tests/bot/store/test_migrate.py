from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import Store, StoreError
from bot.store.migrate import HEAD, configuration, current
from bot.store.schema import Instant, metadata


def test_the_newest_migration_is_the_one_the_program_works_with(store: Store) -> None:
    with store.reading() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_heads() == [HEAD]
        assert current(connection) == HEAD


def test_migrations_make_the_tables_that_the_schema_describes(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_can_be_taken_back_and_applied_again(store: Store, url: str) -> None:
    with store.writing() as connection:
        command.downgrade(configuration(connection), "base")
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    store.close()
    again = Store.open(url)
    assert again.counts().articles == 0
    again.close()


def test_every_migration_can_be_taken_back_and_applied_again_with_data_in_every_table(store: Store) -> None:
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            if table.name != "corpus":
                connection.execute(sa.insert(table).values({column.name: _some(column) for column in table.columns}))
        assert all(contents(connection).values())
        steps = [one.revision for one in ScriptDirectory.from_config(configuration(connection)).walk_revisions()]
        for below in steps[1:]:
            before = contents(connection)
            command.downgrade(configuration(connection), below)
            there = contents(connection)
            assert there == {name: restricted(before[name], rows) for name, rows in there.items()}, below
        for above in reversed(steps[:-1]):
            before = contents(connection)
            command.upgrade(configuration(connection), above)
            now = contents(connection)
            assert before == {name: restricted(now[name], rows) for name, rows in before.items()}, above
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


Rows = list[dict[str, Any]]


def contents(connection: sa.Connection) -> dict[str, Rows]:
    """Every table that the database has, with its rows."""
    found = sa.MetaData()
    found.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        for table in found.tables.values()
        if table.name != "alembic_version"
    }


def restricted(rows: Rows, shape: Rows) -> Rows:
    """The rows with those columns only that the others have."""
    return [{name: row[name] for name in shape[0]} for row in rows]


def _some(column: sa.Column[Any]) -> object:
    """A value that the column takes; the same for all, so that rows belong together."""
    match column.type:
        case Instant():
            return dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
        case sa.Date():
            return dt.date(2031, 5, 4)
        case sa.Boolean():
            return True
        case sa.Integer():
            return 7
        case sa.LargeBinary():
            return b"7"
        case _:
            return "سبعة"


def test_opening_an_existing_store_changes_nothing(store: Store, url: str) -> None:
    before = store.stamp()
    again = Store.open(url)
    assert again.stamp() == before
    again.close()


def test_a_store_of_a_newer_version_is_refused(store: Store, url: str) -> None:
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Marsad"):
        Store.open(url)


def test_two_that_open_a_new_store_at_once_make_it_once(url: str) -> None:
    stamps: list[str] = []

    def open_it() -> None:
        opened = Store.open(url)
        stamps.append(opened.stamp())
        opened.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stamps) == 4
    assert len(set(stamps)) == 1


def test_stores_differ_in_their_stamps_even_when_both_are_empty(tmp_path: Path) -> None:
    one, other = (Store.open(f"sqlite:///{tmp_path / name}.sqlite") for name in "ab")
    assert one.stamp() != other.stamp()
    one.close()
    other.close()
