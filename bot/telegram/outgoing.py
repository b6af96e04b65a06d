"""What a handler wants said, as values, and the calls to the Bot API that say it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.store.mail import Letter
from bot.telegram.incoming import Incoming

# The longest hint that Telegram takes.
_HINT = 64
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


class Ask(NamedTuple):
    """A new message that wants words in reply; `hint` stands where they are written."""

    html: str
    hint: str


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


class File(NamedTuple):
    """A file with a caption: shown as a picture, or offered as a document."""

    name: str
    content: bytes
    html: str
    picture: bool = False


class InlineItem(NamedTuple):
    """One of the results from which somebody chooses what to send into another chat."""

    id: str
    title: str
    description: str
    html: str


class Inline(NamedTuple):
    """The results for what somebody types after the bot's name in another chat; none leads to the bot itself."""

    items: tuple[InlineItem, ...]
    otherwise: str


Outgoing = Say | Ask | Revise | Acknowledge | File | Inline


def letters(incoming: Incoming, messages: Sequence[Outgoing]) -> list[Letter]:
    """The calls that say those messages, in order, in answer to that update."""
    answers = incoming.message_id if incoming.kind in {"message", "edit"} else None
    written = []
    for number, message in enumerate(messages):
        method, payload = _call(incoming, message)
        letter = Letter(
            key=f"{incoming.update_id}.{number}",
            chat_id=incoming.chat_id,
            method=method,
            payload=json.dumps(payload, ensure_ascii=False),
            update_id=incoming.update_id,
            answers=answers,
        )
        if isinstance(message, File):
            letter = letter._replace(attachment=message.content, attachment_name=message.name)
        written.append(letter)
    return written


def _call(incoming: Incoming, message: Outgoing) -> tuple[str, dict[str, Any]]:
    match message:
        case Acknowledge(text):
            return "answerCallbackQuery", {"callback_query_id": incoming.query_id, **({"text": text} if text else {})}
        case Say(html, buttons):
            return "sendMessage", {**content(html, buttons), **_place(incoming)}
        case Ask(html, hint):
            reply = {"force_reply": True, "selective": True, "input_field_placeholder": hint[:_HINT]}
            return "sendMessage", {**content(html), "reply_markup": reply, **_place(incoming)}
        case Revise(html, buttons):
            which = {"message_id": incoming.message_id} if incoming.kind == "press" else {}
            return "editMessageText", {**content(html, buttons), **which}
        case File(html=html, picture=picture):
            caption = {"caption": html, "parse_mode": "HTML"}
            return "sendPhoto" if picture else "sendDocument", {**caption, **_place(incoming)}
        case Inline(items, otherwise):
            lead = {"button": {"text": otherwise, "start_parameter": "inline"}} if not items else {}
            results = [_inline_result(item) for item in items]
            return "answerInlineQuery", {
                "inline_query_id": incoming.query_id, "results": results, "cache_time": 60, **lead
            }  # fmt: skip


def _inline_result(item: InlineItem) -> dict[str, Any]:
    said = content(item.html)
    message = {"message_text": said.pop("text"), **said}
    return {
        "type": "article", "id": item.id, "title": item.title, "description": item.description,
        "input_message_content": message,
    }  # fmt: skip


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
