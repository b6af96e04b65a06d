"""Which message a letter answers or changes: known only when the letters before it have been sent."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store import mail
from bot.store.mail import Taken
from bot.telegram.verdicts import as_new_message

# Members of a payload that name the letter which told what is gone on with; Telegram never sees them.
ANSWERS, CHANGES = "answers_letter", "changes_letter"


class Call(NamedTuple):
    """A method of the Bot API with its arguments, but for the chat."""

    method: str
    arguments: dict[str, Any]


def is_open(letter: Taken, arguments: dict[str, Any]) -> bool:
    """Whether the letter names a message by something else than its id."""
    unnamed = letter.method == "editMessageText" and "message_id" not in arguments
    return unnamed or ANSWERS in arguments


def address(connection: sa.Connection, letter: Taken, arguments: dict[str, Any]) -> Call | None:
    """The call with the ids of the messages that it answers or changes; None where there is nothing left to change.

    What was to answer a message that never came is said by itself; so is the new answer to an edited question.
    """
    rest = {name: value for name, value in arguments.items() if name not in {ANSWERS, CHANGES}}
    if key := arguments.get(ANSWERS):
        found = mail.letters_by_key(connection, [key]).get(key)
        if found and found.message_id:
            rest["reply_parameters"] = {"message_id": found.message_id, "allow_sending_without_reply": True}
        return Call(letter.method, rest)
    if key := arguments.get(CHANGES):
        found = mail.letters_by_key(connection, [key]).get(key)
        return Call(letter.method, {**rest, "message_id": found.message_id}) if found and found.message_id else None
    reply = mail.reply_of(connection, letter.chat_id, letter.answers or 0)
    return Call(letter.method, {**rest, "message_id": reply}) if reply else Call(*as_new_message(letter, rest))
