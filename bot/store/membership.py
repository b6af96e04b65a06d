"""The programs that share one store: which of them are alive, and which one holds an office of which there is one."""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections.abc import Collection
from enum import IntEnum
from typing import Protocol

import sqlalchemy as sa

from bot.store.engine import told

log = logging.getLogger(__name__)
# The first halves of the advisory locks that say who is alive and who holds which office.
_ALIVE, _OFFICES = 0x6D656D62, 0x6F666669
# A machine that vanished is noticed after about ten seconds without a word from it.
_KEEPALIVES = {"tcp_keepalives_idle": 4, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}


class Office(IntEnum):
    """What one program alone may do at a time."""

    MAIL = 1
    FEEDS = 2


class Membership(Protocol):
    """A program's place among those that share the store; safe to use from several threads.

    Attributes:
        number: what tells this program from the others.
        shared: whether there can be others.
    """

    number: int
    shared: bool

    def alive(self) -> Collection[int]:
        """The numbers of the programs that are alive, this one among them."""

    def holds(self, office: Office) -> bool:
        """Whether this program holds the office now; it takes one that is free."""

    def close(self) -> None:
        """Leave, and give up every office."""


def join(engine: sa.Engine) -> Membership:
    """A place among the programs that share the database of the engine.

    Raises:
        StoreError: when the database cannot be reached.
    """
    return SharedMembership(engine) if engine.dialect.name == "postgresql" else SoleMembership()


class SoleMembership:
    """The place of a program that has its store for itself, as a SQLite file is meant to be had."""

    shared = False

    def __init__(self) -> None:
        self.number = _new_number()

    def alive(self) -> Collection[int]:
        """This program alone."""
        return (self.number,)

    def holds(self, office: Office) -> bool:  # noqa: ARG002 - the protocol's signature
        """Always."""
        return True

    def close(self) -> None:
        """Nothing is to be given up."""


class SharedMembership:
    """A place held by advisory locks on a connection of its own: the server frees them when the program dies."""

    shared = True

    def __init__(self, engine: sa.Engine) -> None:
        self.number = _new_number()
        self._engine = engine
        self._lock = threading.Lock()
        self._session: sa.Connection | None = None
        self._offices: set[Office] = set()
        with self._lock, told(engine.url.render_as_string(hide_password=True)):
            self._connected()

    def alive(self) -> Collection[int]:
        """The programs whose lock is held.

        Raises:
            StoreError: when the database cannot be reached.
        """
        query = sa.text(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :kind AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        with self._lock, told(self._engine.url.render_as_string(hide_password=True)):
            try:
                found = set(self._connected().execute(query, {"kind": _ALIVE}).scalars())
            except sa.exc.DBAPIError:
                self._leave()
                raise
        return found | {self.number}

    def holds(self, office: Office) -> bool:
        """Whether the lock of the office is held; not, while the database cannot be reached."""
        with self._lock:
            try:
                session = self._connected()
                if office in self._offices:
                    session.execute(sa.text("SELECT 1"))
                elif _try_lock(session, _OFFICES, office):
                    self._offices.add(office)
            except sa.exc.DBAPIError as error:
                log.warning("the place among the programs is lost: %s", str(error.orig).strip())
                self._leave()
            return office in self._offices

    def close(self) -> None:
        """Leave; the server frees the locks with the connection."""
        with self._lock:
            self._leave()

    def _connected(self) -> sa.Connection:
        if self._session is None:
            session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            session.detach()  # given back to the pool it would keep its locks
            self._session = session
            for name, value in _KEEPALIVES.items():
                session.execute(sa.text(f"SET {name} = {value}"))
            # After a break the server may not have noticed yet that the old connection is gone: then its lock stands
            # for this program still.
            _try_lock(session, _ALIVE, self.number)
        return self._session

    def _leave(self) -> None:
        session, self._session = self._session, None
        self._offices.clear()
        if session is not None:
            with contextlib.suppress(sa.exc.DBAPIError):  # it may be broken already
                session.close()


def _try_lock(session: sa.Connection, kind: int, number: int) -> bool:
    taken = session.execute(sa.text("SELECT pg_try_advisory_lock(:kind, :number)"), {"kind": kind, "number": number})
    return bool(taken.scalar_one())


def _new_number() -> int:
    return secrets.randbelow(2**31 - 1) + 1
