"""What the operator sees of the program's use, and what single users are allowed."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.mail import _INSERTS, TERMINAL
from bot.store.schema import alert, article, chat, fact, feedback, guest, inbox, outbox, shown, subscription


class Guest(NamedTuple):
    """A user whom the operator treats apart; `per_minute` is None where the limit of all holds."""

    user_id: int
    banned_at: dt.datetime | None
    per_minute: int | None


class Opinion(NamedTuple):
    """What somebody thought of the answer to a question."""

    liked: bool
    question: str
    given_at: dt.datetime


def guests(connection: sa.Connection) -> dict[int, Guest]:
    """The users whom the operator treats apart."""
    return {row.user_id: Guest(*row) for row in connection.execute(sa.select(guest))}


def treat(connection: sa.Connection, user: Guest) -> None:
    """Treat a user so from now on; one with nothing of their own is a user like all."""
    connection.execute(sa.delete(guest).where(guest.c.user_id == user.user_id))
    if user.banned_at is not None or user.per_minute is not None:
        connection.execute(_INSERTS[connection.dialect.name](guest).values(user._asdict()).on_conflict_do_nothing())


def audience(connection: sa.Connection) -> list[int]:
    """The private chats that take messages."""
    query = sa.select(chat.c.id).where(chat.c.id > TERMINAL, chat.c.blocked_at.is_(None)).order_by(chat.c.id)
    return list(connection.execute(query).scalars())


def opinions(connection: sa.Connection, limit: int) -> list[Opinion]:
    """The latest opinions, newest first."""
    columns = (feedback.c.liked, feedback.c.question, feedback.c.given_at)
    return [Opinion(*row) for row in connection.execute(
        sa.select(*columns).order_by(feedback.c.given_at.desc(), feedback.c.shown_id).limit(limit)
    )]  # fmt: skip


def figures(connection: sa.Connection, now: dt.datetime) -> dict[str, int]:
    """How much there is of everything, and how much was asked within the last day and week."""
    day, week = now - dt.timedelta(days=1), now - dt.timedelta(days=7)
    rows = sa.select(sa.func.count()).select_from
    active = sa.select(sa.func.count(sa.distinct(shown.c.chat_id))).where(shown.c.created_at >= week)
    owing = ("owed", "sending")
    queries = {
        "articles": rows(article),
        "facts": rows(fact),
        "chats": rows(chat).where(chat.c.id != TERMINAL),
        "groups": rows(chat).where(chat.c.id < TERMINAL),
        "active": active,
        "blocked": rows(chat).where(chat.c.blocked_at.is_not(None)),
        "banned": rows(guest).where(guest.c.banned_at.is_not(None)),
        "topics": rows(subscription).where(subscription.c.paused_at.is_(None)),
        "answers_today": rows(shown).where(shown.c.created_at >= day),
        "answers_week": rows(shown).where(shown.c.created_at >= week),
        "liked": rows(feedback).where(feedback.c.liked),
        "disliked": rows(feedback).where(~feedback.c.liked),
        "inbox": rows(inbox).where(inbox.c.state == "waiting"),
        "outbox": rows(outbox).where(outbox.c.state.in_(owing)),
        "alerts": rows(alert).where(alert.c.state == "owed"),
        "failed": rows(outbox).where(outbox.c.state == "failed", outbox.c.settled_at >= day),
    }
    return {name: connection.execute(query).scalar_one() for name, query in queries.items()}
