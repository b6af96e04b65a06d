"""Opening the database of the store, with the durability that each kind of database needs told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

# How long a write waits for another process's write.
BUSY_SECONDS = 15


class StoreError(Exception):
    """The store cannot do what was asked: says why and what helps, in one line."""


def create_engine(url: str) -> sa.Engine:
    """An engine for the URL; nothing is opened yet.

    Raises:
        StoreError: for a URL of another kind of database than SQLite and PostgreSQL.
    """
    parsed = sa.make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return sa.create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS})
    if backend != "sqlite":
        raise StoreError(f"{backend} databases are not supported: use sqlite or postgresql")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("a SQLite store needs a file: use a URL such as sqlite:////var/lib/marsad/marsad.sqlite")
    try:
        Path(parsed.database).absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the store's folder cannot be made: {error} (see MARSAD_DATA)") from error
    engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    # The driver would begin transactions late and only for some statements; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that will write takes the lock at once: one that asks for it later can only fail.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn an error of the database inside the block into a `StoreError` of one line about `where`."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise StoreError(f"the store {where} {_meaning(str(error.orig))}") from error


_MEANINGS = {
    "database is locked": "is being written by another process: wait for it to finish and try again",
    "unable to open database file": "cannot be opened: its folder must exist and be writable (see MARSAD_DATA)",
    "readonly database": "cannot be written: its file and folder must be writable (see MARSAD_DATA)",
    "file is not a database": "is not a Marsad store: move the file away, or point MARSAD_DATABASE elsewhere",
    "malformed": "is damaged: restore a backup, or move the file away and ingest the articles again",
    "database or disk is full": "cannot grow: the disk is full",
    "disk I/O error": "cannot be read or written: the disk reports an error or is full",
    "Connection refused": "does not answer: is the PostgreSQL server running at the address of MARSAD_DATABASE?",
    "timeout expired": "does not answer: is the address of MARSAD_DATABASE right?",
    "resolve host": "cannot be found: is the host name in MARSAD_DATABASE right?",
    "authentication failed": "refuses the user or the password of MARSAD_DATABASE",
    "no password supplied": "wants a password: put one into MARSAD_DATABASE",
    'FATAL:  database "': "does not exist: create the database named in MARSAD_DATABASE first",
    'FATAL:  role "': "refuses the user of MARSAD_DATABASE",
    "permission denied": "does not let this user in: check the rights of the user in MARSAD_DATABASE",
}


def _meaning(said: str) -> str:
    for words, meaning in _MEANINGS.items():
        if words in said:
            return meaning
    return "failed: " + " ".join(said.split())[:300]
