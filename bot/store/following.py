"""What chats follow and which articles they are owed: every function works on a connection in a transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

import sqlalchemy as sa

from bot.store.corpus import chunks
from bot.store.schema import alert, subscription
from retrieval import Subscription

Cadence = Literal["now", "hourly", "daily"]


class Followed(NamedTuple):
    """A topic that a chat follows, as it was written and as it was understood."""

    id: int
    chat_id: int
    thread_id: int | None
    text: str
    subscription: Subscription
    cadence: Cadence
    created_at: dt.datetime
    paused_at: dt.datetime | None


class Follower(NamedTuple):
    """Where alerts go: a chat and, in a forum, one of its topics."""

    chat_id: int
    thread_id: int | None = None


class Due(NamedTuple):
    """An article to be told to a follower: its version, the article that carried its text first, the facts that fit."""

    subscription_id: int
    article_id: str
    version: int
    original: str
    facts: tuple[str, ...]


class OwedAlert(NamedTuple):
    """A due article that waits to be told, and since when."""

    id: int
    due: Due
    created_at: dt.datetime


class Told(NamedTuple):
    """An article that a follower was told of, by the letter of that key."""

    due: Due
    key: str


def follow(
    connection: sa.Connection, follower: Follower, text: str, wanted: Subscription, now: dt.datetime
) -> Followed:
    """Take up a topic for a chat; one that it follows already is resumed and understood anew."""
    mine = (subscription.c.chat_id == follower.chat_id, subscription.c.text == text)
    values = {
        "thread_id": follower.thread_id,
        "payload": wanted.model_dump_json(by_alias=True),
        "paused_at": None,
        "revision": _next_revision(connection),
    }
    if not connection.execute(sa.update(subscription).where(*mine).values(values)).rowcount:
        row = {"chat_id": follower.chat_id, "text": text, "cadence": "now", "created_at": now, **values}
        connection.execute(sa.insert(subscription).values(row))
    return next(iter(_selected(connection, sa.and_(*mine))))


def followed(connection: sa.Connection, chat_id: int) -> list[Followed]:
    """What the chat follows, in the order in which it began to."""
    return list(_selected(connection, subscription.c.chat_id == chat_id))


def marks(connection: sa.Connection) -> dict[int, tuple[int, dt.datetime]]:
    """For everything that is followed and not paused what differs as soon as it is another topic, or other words."""
    columns = (subscription.c.id, subscription.c.revision, subscription.c.created_at)
    rows = connection.execute(sa.select(*columns).where(subscription.c.paused_at.is_(None)))
    return {row.id: (row.revision, row.created_at) for row in rows}


def state(connection: sa.Connection) -> tuple[object, ...]:
    """What changes whenever a topic is taken up, paused, resumed, understood anew or forgotten."""
    columns = (sa.func.count(), sa.func.max(subscription.c.revision), sa.func.max(subscription.c.created_at))
    return tuple(connection.execute(sa.select(*columns)).one())


def change(connection: sa.Connection, chat_id: int, number: int, **values: object) -> bool:
    """Set columns of a topic that the chat follows, such as `cadence`; False when it follows none such."""
    where = (subscription.c.id == number, subscription.c.chat_id == chat_id)
    changed = sa.update(subscription).where(*where).values(**values, revision=_next_revision(connection))
    return connection.execute(changed).rowcount > 0


def reword(connection: sa.Connection, chat_id: int, number: int, text: str, wanted: Subscription) -> None:
    """The topic of the chat is another one from now on; where the chat follows that already, the old one is dropped."""
    same = (subscription.c.chat_id == chat_id, subscription.c.text == text, subscription.c.id != number)
    if connection.execute(sa.select(subscription.c.id).where(*same)).scalar() is not None:
        unfollow(connection, chat_id, number)
    else:
        change(connection, chat_id, number, text=text, payload=wanted.model_dump_json(by_alias=True))


def unfollow(connection: sa.Connection, chat_id: int, number: int | None = None) -> int:
    """Forget a topic of the chat, or all of them, with what was owed for them; returns how many it were."""
    where = [subscription.c.chat_id == chat_id, *([subscription.c.id == number] if number is not None else [])]
    return connection.execute(sa.delete(subscription).where(*where)).rowcount


def pause_all(connection: sa.Connection, chat_id: int, now: dt.datetime) -> None:
    """The chat takes no messages any more: what it follows rests until it comes back."""
    where = (subscription.c.chat_id == chat_id, subscription.c.paused_at.is_(None))
    values = {"paused_at": now, "revision": _next_revision(connection)}
    connection.execute(sa.update(subscription).where(*where).values(values))


def resume_all(connection: sa.Connection, chat_id: int, since: dt.datetime) -> None:
    """The chat takes messages again: what rests since it took none goes on, what it paused itself goes on resting."""
    where = (subscription.c.chat_id == chat_id, subscription.c.paused_at == since)
    values = {"paused_at": None, "revision": _next_revision(connection)}
    connection.execute(sa.update(subscription).where(*where).values(values))


def owe(connection: sa.Connection, due: Iterable[Due], now: dt.datetime) -> None:
    """Owe those articles to their followers; one that is owed or was told already is not owed again."""
    rows = {(one.subscription_id, one.article_id, one.version): one for one in due}
    for chunk in chunks(list(rows)):
        known = sa.select(alert.c.subscription_id, alert.c.article_id, alert.c.version).where(
            alert.c.article_id.in_({name for _, name, _ in chunk})
        )
        for row in connection.execute(known):
            rows.pop(tuple(row), None)
    if rows:
        common = {"created_at": now, "state": "owed"}
        values = [{**one._asdict(), "facts": json.dumps(one.facts), **common} for one in rows.values()]
        connection.execute(sa.insert(alert), values)


def owed(
    connection: sa.Connection,
    limit: int = 500,
    now: dt.datetime | None = None,
    *,
    chat_id: int | None = None,
    without: int | None = None,
) -> dict[int, list[OwedAlert]]:
    """What waits to be told, by subscription, oldest first; with `now`, only what may be told by then.

    With `chat_id` only what that chat is owed, with `without` what every other chat is.
    """
    query = sa.select(alert).where(alert.c.state == "owed").order_by(alert.c.id).limit(limit)
    if chat_id is not None or without is not None:
        query = query.join(subscription, subscription.c.id == alert.c.subscription_id)
        wanted = subscription.c.chat_id == chat_id if chat_id is not None else subscription.c.chat_id != without
        query = query.where(wanted)
    if now is not None:
        query = query.where(sa.or_(alert.c.due_at.is_(None), alert.c.due_at <= now))
    found: dict[int, list[OwedAlert]] = {}
    for row in connection.execute(query):
        found.setdefault(row.subscription_id, []).append(OwedAlert(row.id, _due(row), row.created_at))
    return found


def hold(connection: sa.Connection, ids: Collection[int], until: dt.datetime) -> None:
    """Tell those alerts not before that time."""
    for chunk in chunks(list(ids)):
        connection.execute(sa.update(alert).where(alert.c.id.in_(chunk)).values(due_at=until))


def release(connection: sa.Connection, chat_id: int) -> None:
    """What is held for the chat is looked at anew: it now likes its alerts at other times."""
    mine = sa.select(subscription.c.id).where(subscription.c.chat_id == chat_id)
    held = (alert.c.state == "owed", alert.c.subscription_id.in_(mine))
    connection.execute(sa.update(alert).where(*held).values(due_at=None))


def told(connection: sa.Connection, chat_ids: Collection[int], since: dt.datetime) -> dict[int, list[Told]]:
    """What each of the chats was told since then, for whichever of its topics, oldest first."""
    found: dict[int, list[Told]] = {chat_id: [] for chat_id in chat_ids}
    for chunk in chunks(list(chat_ids)):
        query = sa.select(alert, subscription.c.chat_id).join(
            subscription, subscription.c.id == alert.c.subscription_id
        )
        query = query.where(subscription.c.chat_id.in_(chunk), alert.c.state == "sent", alert.c.created_at >= since)
        for row in connection.execute(query.order_by(alert.c.id)):
            found[row.chat_id].append(Told(_due(row), row.key))
    return found


def settle(connection: sa.Connection, ids: Collection[int], key: str) -> None:
    """Those alerts are told by the letter of that key, or by none where it is empty."""
    state = "sent" if key else "dropped"
    for chunk in chunks(list(ids)):
        connection.execute(sa.update(alert).where(alert.c.id.in_(chunk)).values(state=state, key=key))


def subscriptions(connection: sa.Connection, ids: Collection[int]) -> dict[int, Followed]:
    """Those of the subscriptions that there are, by id."""
    return {one.id: one for chunk in chunks(list(ids)) for one in _selected(connection, subscription.c.id.in_(chunk))}


def _next_revision(connection: sa.Connection) -> int:
    return (connection.execute(sa.select(sa.func.max(subscription.c.revision))).scalar() or 0) + 1


def _selected(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Iterator[Followed]:
    for row in connection.execute(sa.select(subscription).where(where).order_by(subscription.c.id)):
        wanted = Subscription.model_validate_json(row.payload).model_copy(update={"id": row.id})
        yield Followed(row.id, row.chat_id, row.thread_id, row.text, wanted, row.cadence, row.created_at, row.paused_at)


def _due(row: sa.Row[tuple[object, ...]]) -> Due:
    return Due(row.subscription_id, row.article_id, row.version, row.original, tuple(json.loads(row.facts)))
