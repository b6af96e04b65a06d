"""What a handler wants said, as values, and the calls to the Bot API that say it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bot.store.mail import Letter
from bot.telegram.incoming import Incoming

Buttons = tuple[tuple["Button", ...], ...]


class Button(NamedTuple):
    """A button below a message: it sends `data` (at most 64 bytes) back, or opens `url`."""

    text: str
    data: str = ""
    url: str = ""


class Say(NamedTuple):
    """A new message."""

    html: str
    buttons: Buttons = ()


class Revise(NamedTuple):
    """A message of the bot says something else from now on.

    It is the one below which a button was pressed, or else the reply to the message that the user edited. Where there
    is none, a new message says it.
    """

    html: str
    buttons: Buttons = ()


class Acknowledge(NamedTuple):
    """A pressed button stops waiting, with a short note (at most 200 letters) or without one."""

    text: str = ""


Outgoing = Say | Revise | Acknowledge


def letters(incoming: Incoming, messages: Sequence[Outgoing]) -> list[Letter]:
    """The calls that say those messages, in order, in answer to that update."""
    return [
        Letter(
            key=f"{incoming.update_id}.{number}",
            chat_id=incoming.chat_id,
            method=method,
            payload=json.dumps(payload, ensure_ascii=False),
            update_id=incoming.update_id,
            answers=incoming.message_id if incoming.kind in {"message", "edit"} else None,
        )
        for number, (method, payload) in enumerate(_calls(incoming, messages))
    ]


def _calls(incoming: Incoming, messages: Sequence[Outgoing]) -> Iterator[tuple[str, dict[str, Any]]]:
    for message in messages:
        match message:
            case Acknowledge(text):
                note = {"text": text} if text else {}
                yield "answerCallbackQuery", {"callback_query_id": incoming.query_id, **note}
            case Say(html, buttons):
                yield "sendMessage", {**content(html, buttons), **_place(incoming)}
            case Revise(html, buttons):
                which = {"message_id": incoming.message_id} if incoming.kind == "press" else {}
                yield "editMessageText", {**content(html, buttons), **which}


def content(html: str, buttons: Buttons = ()) -> dict[str, Any]:
    """The arguments that say the HTML with those buttons, in a new message or an old one."""
    said: dict[str, Any] = {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if buttons:
        said["reply_markup"] = {"inline_keyboard": [[_button(one) for one in row] for row in buttons]}
    return said


def _button(button: Button) -> dict[str, str]:
    return {"text": button.text, **({"url": button.url} if button.url else {"callback_data": button.data})}


def _place(incoming: Incoming) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if incoming.thread_id is not None:
        place["message_thread_id"] = incoming.thread_id
    if incoming.chat_kind != "private" and incoming.kind == "message":
        place["reply_parameters"] = {"message_id": incoming.message_id, "allow_sending_without_reply": True}
    return place
