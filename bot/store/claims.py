"""Which of the programs that share a store handles which update: a chat is with one of them at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.store import mail
from bot.store.mail import Handled, Owed, Received
from bot.store.schema import inbox

# Any number that no other use of advisory locks in this database takes.
_LOCK = 0x636C61696D


def receive(
    connection: sa.Connection, updates: Sequence[Received], now: dt.datetime, member: int, limit: int | None = None
) -> list[Received]:
    """Store the updates, and claim for that member what then waits; returns what it is to handle, in order."""
    mail.receive(connection, updates, now)
    return claim(connection, member, limit)


def claim(connection: sa.Connection, member: int, limit: int | None = None) -> list[Received]:
    """Claim for that member updates that nobody handles; returns them in order.

    Those of a chat of which another member handles an update stay, so that the order within a chat is kept.
    """
    if connection.dialect.name == "postgresql":
        # Two members that look at one moment would not see what the other one is about to claim.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    waits = inbox.c.state == "waiting"
    elsewhere = sa.select(inbox.c.chat_id).where(
        waits, inbox.c.claimed_by.is_not(None), inbox.c.claimed_by != member, inbox.c.chat_id.is_not(None)
    )
    free = (
        sa.select(inbox.c.update_id)
        .where(waits, inbox.c.claimed_by.is_(None))
        .where(sa.or_(inbox.c.chat_id.is_(None), inbox.c.chat_id.not_in(elsewhere)))
        .order_by(inbox.c.update_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = sa.update(inbox).where(inbox.c.update_id.in_(free)).values(claimed_by=member)
    found = connection.execute(claimed.returning(inbox.c.update_id, inbox.c.chat_id, inbox.c.payload))
    return sorted((Received(*row) for row in found), key=lambda update: update.update_id)


def release(connection: sa.Connection, alive: Collection[int]) -> int:
    """Give up the claims of all members but those; returns how many updates are free again."""
    dead = sa.update(inbox).where(inbox.c.state == "waiting", inbox.c.claimed_by.not_in(alive))
    return connection.execute(dead.values(claimed_by=None)).rowcount


def settle(connection: sa.Connection, handled: Sequence[Handled], now: dt.datetime, member: int) -> list[Owed]:
    """Write what handling the updates gave, as `mail.settle` does, but only of those that are still that member's.

    A member that was taken for dead has lost its claims: another one answers in its place.
    """
    query = sa.select(inbox.c.update_id).where(
        inbox.c.update_id.in_([one.update_id for one in handled]),
        inbox.c.state == "waiting",
        inbox.c.claimed_by == member,
    )
    held = set(connection.execute(query.with_for_update()).scalars())
    kept = [one for one in handled if one.update_id in held]
    return mail.settle(connection, kept, now) if kept else []
