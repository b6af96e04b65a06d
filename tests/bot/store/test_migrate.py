from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import Store, StoreError
from bot.store.migrate import HEAD, configuration, current
from bot.store.schema import metadata


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
