"""A whole store as one file, whichever database it lies in: a backup is itself a store in SQLite."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from bot.store.engine import StoreError
from bot.store.schema import Number, corpus, metadata
from bot.store.store import Store

_CHUNK = 500
Progress = Callable[[int, int], None]


def back_up(store: Store, target: Path, progress: Progress) -> int:
    """Write everything that the store holds at one moment to the file; returns the number of rows.

    Others may go on writing to the store meanwhile. The file is there whole or not at all, and it is readable by its
    owner alone, for it holds what people wrote.

    Raises:
        StoreError: when the file is there already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target} is there already: a backup never overwrites, so name a new file")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        rows = _write(store, partial, progress)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(target)
    except OSError as error:
        raise StoreError(f"the backup cannot be written to {target}: {error.strerror or error}") from error
    finally:
        for left in (partial, *_beside(partial)):
            with contextlib.suppress(OSError):
                left.unlink()
    return rows


def restore(source: Path, store: Store, progress: Progress) -> int:
    """Put everything that the backup holds into the store, which must be empty; returns the number of rows.

    Raises:
        StoreError: when the file is no backup, or the store holds something already.
    """
    if not source.is_file():
        raise StoreError(f"there is no backup {source}")
    with tempfile.TemporaryDirectory() as folder:
        # A backup of an older version is brought up to date first, and must stay as it is.
        copy = Path(shutil.copy(source, folder))
        backup = Store.open(f"sqlite:///{copy}")
        try:
            with store.writing() as into:
                if held := _rows(into) - 1:  # the row of the corpus is there from the start
                    raise StoreError(f"the store {store.name} holds {held} rows already: restore into an empty one")
                with backup.reading() as out:
                    into.execute(sa.delete(corpus))
                    rows = _copy(out, into, progress)
                _count_on(into)
        finally:
            backup.close()
    return rows


def _write(store: Store, path: Path, progress: Progress) -> int:
    copy = Store.open(f"sqlite:///{path}")
    try:
        with store.snapshot() as out, copy.writing() as into:
            into.execute(sa.delete(corpus))
            rows = _copy(out, into, progress)
    finally:
        copy.close()  # what SQLite keeps beside the file goes into it
    return rows


def _copy(out: sa.Connection, into: sa.Connection, progress: Progress) -> int:
    total, done = _rows(out), 0
    for table in metadata.sorted_tables:
        for rows in out.execution_options(yield_per=_CHUNK).execute(sa.select(table)).mappings().partitions():
            into.execute(sa.insert(table), [dict(row) for row in rows])
            done += len(rows)
            progress(done, total)
    return done


def _rows(connection: sa.Connection) -> int:
    counts = (sa.select(sa.func.count()).select_from(table) for table in metadata.sorted_tables)
    return sum(connection.execute(count).scalar_one() for count in counts)


def _count_on(connection: sa.Connection) -> None:
    """Let numbers that the database gives go on after those that were put in."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        for column in table.primary_key:
            if column.type is Number and not column.foreign_keys:
                highest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
                sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
                connection.execute(sa.select(sa.func.setval(sequence, highest, False)))  # noqa: FBT003 - SQL's setval


def _beside(path: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is open."""
    return [path.with_name(f"{path.name}-{end}") for end in ("wal", "shm", "journal")]
