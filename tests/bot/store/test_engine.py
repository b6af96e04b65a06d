from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import Store, StoreError
from bot.store.engine import create_engine
from bot.store.schema import Instant


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_databases_that_cannot_keep_anything_are_refused(url: str) -> None:
    with pytest.raises(StoreError):
        create_engine(url)


def test_both_names_of_postgresql_mean_the_driver_that_is_there() -> None:
    for url in ("postgres://me@localhost/x", "postgresql://me@localhost/x"):
        assert create_engine(url).url.drivername == "postgresql+psycopg"


def test_sqlite_is_opened_so_that_what_was_committed_stays(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/a/b/c.sqlite")
    with store.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    store.close()


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/a.sqlite")
    with store.reading() as reader:
        revision = sa.text("SELECT revision FROM corpus")
        before = reader.execute(revision).scalar_one()
        with store.writing() as writer:
            writer.execute(sa.text("UPDATE corpus SET revision = revision + 1"))
        assert reader.execute(revision).scalar() == before
    with store.reading() as reader:
        assert reader.execute(revision).scalar() == before + 1
    store.close()


def test_what_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/a.sqlite")
    stamp = store.stamp()
    with pytest.raises(KeyboardInterrupt), store.writing() as connection:  # noqa: PT012 - the block is what is tested
        connection.execute(sa.text("UPDATE corpus SET revision = revision + 1"))
        raise KeyboardInterrupt
    assert store.stamp() == stamp
    store.close()


def test_another_programs_database_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE article (x)")
    connection.close()
    with pytest.raises(StoreError, match="already exists"):
        Store.open(f"sqlite:///{path}")


def test_a_password_is_never_in_a_name_or_an_error() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://me:SECRET@127.0.0.1:9/x")
    assert "SECRET" not in str(caught.value)
    assert "does not answer" in str(caught.value)


def test_moments_need_a_zone_and_come_back_in_utc() -> None:
    moment = dt.datetime(2024, 5, 1, 3, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    dialect = create_engine("sqlite:////tmp/x").dialect
    stored = Instant().process_bind_param(moment, dialect)
    assert stored == dt.datetime(2024, 5, 1, 0, tzinfo=dt.UTC)
    assert Instant().process_result_value(dt.datetime(2024, 5, 1), dialect) == moment  # noqa: DTZ001 - as SQLite gives it
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(dt.datetime(2024, 5, 1), dialect)  # noqa: DTZ001 - what is tested
