"""What came in from Telegram and what is owed to it: every function works on a connection in a transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import following
from bot.store.forgetting import forget
from bot.store.schema import chat, feedback, inbox, outbox, shown

REPLY, ALERT = 0, 1
# The chat of `marsad chat`, which is none of Telegram's: nothing is ever sent there.
TERMINAL = 0
_INSERTS: Mapping[str, Callable[[sa.Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Received(NamedTuple):
    """An update as it came: its JSON, and the chat whose order it keeps (None: of no chat)."""

    update_id: int
    chat_id: int | None
    payload: str


class Letter(NamedTuple):
    """A call to the Bot API that is to be made: `payload` holds its arguments, but for the chat, as JSON."""

    key: str
    chat_id: int
    method: str
    payload: str
    update_id: int | None = None
    priority: int = REPLY
    answers: int | None = None
    attachment: bytes | None = None
    attachment_name: str | None = None


class Owed(NamedTuple):
    """A letter in the outbox that waits to be sent, without what stands in it."""

    id: int
    chat_id: int
    method: str
    priority: int
    due_at: dt.datetime


class Taken(NamedTuple):
    """A letter that is being sent now; `attempts` counts this one too."""

    id: int
    chat_id: int
    method: str
    payload: str
    attempts: int
    priority: int
    answers: int | None
    attachment: bytes | None
    attachment_name: str | None


class Posted(NamedTuple):
    """A letter in the outbox: how far it came, the message that it became, and its arguments as JSON."""

    id: int
    state: str
    message_id: int | None
    payload: str


class Note(NamedTuple):
    """How sending a letter went.

    `state` is sent, uncertain or failed since `at`, or owed again not before `at`; then `doubtful` says that it may
    have arrived all the same, and `rewritten` is the method and payload of another form that Telegram may take.
    """

    id: int
    state: str
    at: dt.datetime
    error: str = ""
    message_id: int | None = None
    doubtful: bool = False
    rewritten: tuple[str, str] | None = None


class Shown(NamedTuple):
    """An answer that was shown, as the buttons below it need it."""

    id: str
    chat_id: int
    question: str
    answer: str


class Feedback(NamedTuple):
    """What somebody thought of an answer that was shown."""

    chat_id: int
    user_id: int
    shown_id: str
    liked: bool
    question: str
    understood: str


class ChatRow(NamedTuple):
    """What is kept of a chat: settings and state of its conversation as JSON."""

    id: int
    kind: str
    settings: str
    state: str


class Handled(NamedTuple):
    """What handling one update gave; all of it is written together, or nothing.

    `departed` says that the chat takes no messages from now on, `forgets` that everything that is kept of it goes;
    `writes` is whatever else is to be written, on the same connection.
    """

    update_id: int
    error: str = ""
    letters: Sequence[Letter] = ()
    chat: ChatRow | None = None
    shown: Sequence[Shown] = ()
    feedback: Sequence[Feedback] = ()
    departed: bool = False
    forgets: bool = False
    writes: Sequence[Callable[[sa.Connection], object]] = ()


def receive(connection: sa.Connection, updates: Sequence[Received], now: dt.datetime) -> list[Received]:
    """Store the updates; returns those that had not been stored before, in order."""
    if not updates:
        return []
    rows = {
        update.update_id: {**update._asdict(), "state": "waiting", "received_at": now}
        for update in sorted(updates, key=lambda update: update.update_id)
    }
    insert = _INSERTS[connection.dialect.name](inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
    new = set(connection.execute(insert, list(rows.values())).scalars())
    return [
        Received(row["update_id"], row["chat_id"], row["payload"]) for row in rows.values() if row["update_id"] in new
    ]


def settle(connection: sa.Connection, handled: Sequence[Handled], now: dt.datetime) -> list[Owed]:
    """Write what handling the updates gave, and mark them as done; returns the letters that are now owed, in order."""
    finished = [{"one": h.update_id, "to": "failed" if h.error else "done"} for h in handled]
    mark = sa.update(inbox).where(inbox.c.update_id == sa.bindparam("one"))
    # What people wrote is not kept longer than it takes to answer them.
    connection.execute(mark.values(state=sa.bindparam("to"), settled_at=now, payload="{}"), finished)
    if chats := [h.chat for h in handled if h.chat]:
        keep(connection, chats, now)
    if answers := [row for h in handled for row in h.shown]:
        insert = _INSERTS[connection.dialect.name](shown).on_conflict_do_nothing()
        connection.execute(insert, [{**row._asdict(), "created_at": now} for row in answers])
    if given := [row for h in handled for row in h.feedback]:
        _give(connection, given, now)
    for one in handled:
        for write in one.writes:
            write(connection)
        if one.chat and one.departed:
            block(connection, one.chat.id, now, "departed")
        if one.chat and one.forgets:
            forget(connection, one.chat.id)
    return post(connection, [letter for h in handled for letter in h.letters], now)


def keep(connection: sa.Connection, chats: Collection[ChatRow], now: dt.datetime) -> None:
    """Keep what is known of those chats; whoever writes to the bot takes messages again, and follows what it did."""
    back = sa.select(chat.c.id, chat.c.blocked_at).where(chat.c.id.in_([row.id for row in chats]))
    for row in connection.execute(back.where(chat.c.blocked_at.is_not(None))).all():
        following.resume_all(connection, row.id, row.blocked_at)
    insert = _INSERTS[connection.dialect.name](chat)
    values = {name: insert.excluded[name] for name in ("kind", "settings", "state")}
    upsert = insert.on_conflict_do_update(index_elements=[chat.c.id], set_={**values, "blocked_at": None})
    connection.execute(upsert, [{**row._asdict(), "created_at": now} for row in chats])


def block(connection: sa.Connection, chat_id: int, now: dt.datetime, error: str) -> None:
    """Remember that the chat takes no messages, give up what is owed to it, and let rest what it follows."""
    following.pause_all(connection, chat_id, now)
    taking = (chat.c.id == chat_id, chat.c.blocked_at.is_(None))
    connection.execute(sa.update(chat).where(*taking).values(blocked_at=now))
    unsent = sa.update(outbox).where(outbox.c.chat_id == chat_id, outbox.c.state == "owed")
    connection.execute(unsent.values(state="failed", error=error, settled_at=now))


def _give(connection: sa.Connection, given: Collection[Feedback], now: dt.datetime) -> None:
    """Keep what people thought; who thinks again is taken at the last word."""
    insert = _INSERTS[connection.dialect.name](feedback)
    last = {"liked": insert.excluded.liked, "given_at": insert.excluded.given_at}
    upsert = insert.on_conflict_do_update(index_elements=list(feedback.primary_key), set_=last)
    connection.execute(upsert, [{**row._asdict(), "given_at": now} for row in given])


def post(connection: sa.Connection, letters: Sequence[Letter], now: dt.datetime) -> list[Owed]:
    """Put the letters into the outbox; one whose key is there already is left out."""
    if not letters:
        return []
    rows = [
        {**letter._asdict(), "state": "owed", "attempts": 0, "due_at": now, "created_at": now, "error": ""}
        for letter in letters
    ]
    insert = _INSERTS[connection.dialect.name](outbox).on_conflict_do_nothing()
    found = connection.execute(insert.returning(*_OWED), rows)
    return sorted((Owed(*row) for row in found), key=lambda owed: owed.id)


_OWED = (outbox.c.id, outbox.c.chat_id, outbox.c.method, outbox.c.priority, outbox.c.due_at)
_TAKEN = tuple(outbox.c[name] for name in Taken._fields)


def recover(connection: sa.Connection) -> int:
    """Owe again what was being sent when the program was killed; returns how many may so arrive twice."""
    again = sa.update(outbox).where(outbox.c.state == "sending").values(state="owed", doubts=outbox.c.doubts + 1)
    return connection.execute(again).rowcount


def owed(connection: sa.Connection, after: int = 0) -> list[Owed]:
    """The letters that wait, in order; only those with higher numbers than `after`."""
    query = sa.select(*_OWED).where(outbox.c.state == "owed", outbox.c.id > after).order_by(outbox.c.id)
    return [Owed(*row) for row in connection.execute(query)]


def take(connection: sa.Connection, ids: Collection[int]) -> list[Taken]:
    """Mark the letters as being sent and return them, in order; one that is no longer owed is left out."""
    mark = sa.update(outbox).where(outbox.c.id.in_(ids), outbox.c.state == "owed")
    found = connection.execute(mark.values(state="sending", attempts=outbox.c.attempts + 1).returning(*_TAKEN))
    return sorted((Taken(*row) for row in found), key=lambda taken: taken.id)


def note(connection: sa.Connection, entries: Sequence[Note]) -> None:
    """Write down how sending letters went."""
    smooth = [entry for entry in entries if entry.state == "sent" and not entry.error]
    if smooth:  # nearly all of them, nearly always
        change = sa.update(outbox).where(outbox.c.id == sa.bindparam("one"))
        values = {"state": "sent", "settled_at": sa.bindparam("at"), "message_id": sa.bindparam("message")}
        rows = [{"one": entry.id, "at": entry.at, "message": entry.message_id} for entry in smooth]
        connection.execute(change.values(values), rows)
    for entry in entries:
        if entry.state != "sent" or entry.error:
            connection.execute(sa.update(outbox).where(outbox.c.id == entry.id).values(_changes(entry)))


def _changes(entry: Note) -> dict[str, Any]:
    change: dict[str, Any] = {"state": entry.state, "doubts": outbox.c.doubts + int(entry.doubtful)}
    change["due_at" if entry.state == "owed" else "settled_at"] = entry.at
    if entry.error:  # what went wrong at last stays known, even when it went well in the end
        change["error"] = entry.error
    if entry.rewritten:
        change["method"], change["payload"] = entry.rewritten
    return change


def letters_by_key(connection: sa.Connection, keys: Collection[str]) -> dict[str, Posted]:
    """Those of the letters that are in the outbox, by key."""
    columns = (outbox.c.key, outbox.c.id, outbox.c.state, outbox.c.message_id, outbox.c.payload)
    return {row.key: Posted(*row[1:]) for row in connection.execute(sa.select(*columns).where(outbox.c.key.in_(keys)))}


def reply_of(connection: sa.Connection, chat_id: int, message_id: int) -> int | None:
    """The bot's message that replies to that message of the chat; None when there is none."""
    query = sa.select(outbox.c.message_id).where(outbox.c.chat_id == chat_id, outbox.c.answers == message_id)
    return connection.execute(query.where(outbox.c.message_id.is_not(None)).order_by(outbox.c.id).limit(1)).scalar()


def waiting_counts(connection: sa.Connection) -> dict[str, int]:
    """How many updates wait to be handled, and how many letters there are in each unsettled state."""
    waits = sa.select(sa.func.count()).where(inbox.c.state == "waiting")
    counts = {"inbox_waiting": connection.execute(waits).scalar_one()}
    states = ("owed", "sending", "uncertain", "failed")
    letters = sa.select(outbox.c.state, sa.func.count()).where(outbox.c.state.in_(states)).group_by(outbox.c.state)
    found = {row[0]: row[1] for row in connection.execute(letters)}
    return {**counts, **{f"outbox_{state}": found.get(state, 0) for state in states}}
