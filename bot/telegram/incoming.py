"""What an update of Telegram says, reduced to what the handlers look at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from telegram import CallbackQuery, ChatMemberUpdated, InlineQuery, Message, MessageEntity, Update
from telegram.constants import ChatMemberStatus, ChatType

Kind = Literal["message", "edit", "press", "inline", "arrival", "departure"]
# The kinds of update that are asked for; Telegram then leaves out all others.
WANTED = ("message", "edited_message", "channel_post", "callback_query", "inline_query", "my_chat_member")
COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
# The parts of an update that stand in a chat, wherever they hold it.
_PARTS = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "callback_query")


# Ids are smaller than this, as Telegram promises; any database holds them.
MOST = 2**52


class Myself(NamedTuple):
    """The bot's own id and name, by which it knows that it is spoken to."""

    id: int
    username: str


class Incoming(NamedTuple):
    """What somebody said or did.

    Attributes:
        at: when it was written; for a press or an inline question, when it was received.
        message_id: the user's message, or the bot's own when one of its buttons was pressed.
        command: the name of a command of this bot; `text` is then what follows it.
        content: what a message without text holds, such as a photo.
        first_said: when a text that was passed on was written, if it was passed on.
        as_chat: said in the name of the chat itself, which only its admins can do.
        addressed: false for talk in a group that does not speak to the bot, and for what a channel publishes.
    """

    update_id: int
    kind: Kind
    chat_id: int
    chat_kind: str
    at: dt.datetime
    user_id: int = 0
    message_id: int | None = None
    thread_id: int | None = None
    text: str = ""
    command: str = ""
    content: str = "text"
    addressed: bool = True
    forwarded: bool = False
    first_said: dt.datetime | None = None
    as_chat: bool = False
    query_id: str = ""
    data: str = ""


def chat_of(update: Mapping[str, Any]) -> int | None:
    """The chat whose order an update keeps, from its plain JSON however broken; None when it is in no chat."""
    for part in _PARTS:
        inside = update.get(part)
        for holder in (inside, inside.get("message") if isinstance(inside, Mapping) else None):
            chat = holder.get("chat") if isinstance(holder, Mapping) else None
            found = chat.get("id") if isinstance(chat, Mapping) else None
            if isinstance(found, int) and abs(found) < MOST:
                return found
    return None


def read_update(update: Update, myself: Myself, now: dt.datetime) -> Incoming | None:
    """What the update says; None when it is nothing that the bot answers.

    Raises:
        TypeError, ValueError, AttributeError: when the update is none that Telegram sends.
    """
    if update.callback_query:
        incoming = _press(update.update_id, update.callback_query, now)
    elif update.inline_query:
        incoming = _inline(update.update_id, update.inline_query, now)
    elif update.my_chat_member:
        incoming = _membership(update.update_id, update.my_chat_member)
    else:
        message = update.message or update.edited_message or update.channel_post
        if message is None or (message.from_user and message.from_user.is_bot):
            return None
        incoming = _message(update.update_id, message, myself, edited=update.edited_message is not None)
    if incoming:
        _check(incoming)
    return incoming


def _check(incoming: Incoming) -> None:
    """The library takes every value as it comes; what is kept and sent on must be what it should be."""
    numbers = [incoming.chat_id, incoming.user_id]
    numbers += [number for number in (incoming.message_id, incoming.thread_id) if number is not None]
    if not all(isinstance(number, int) and abs(number) < MOST for number in numbers):
        raise TypeError("an id is not a number that Telegram gives")
    if not all(isinstance(words, str) for words in (incoming.data, incoming.query_id, incoming.chat_kind)):
        raise TypeError("a text is none")
    if not isinstance(incoming.at, dt.datetime):
        raise TypeError("there is no date")


def _press(update_id: int, query: CallbackQuery, now: dt.datetime) -> Incoming | None:
    message = query.message
    if message is None:
        return None
    return Incoming(
        update_id,
        "press",
        message.chat.id,
        message.chat.type,
        now,
        user_id=query.from_user.id,
        message_id=message.message_id,
        thread_id=_thread(message) if isinstance(message, Message) else None,
        query_id=query.id,
        data=query.data or "",
    )


def _inline(update_id: int, query: InlineQuery, now: dt.datetime) -> Incoming:
    user = query.from_user.id
    return Incoming(update_id, "inline", user, "private", now, user, text=_clean(query.query), query_id=query.id)


def _membership(update_id: int, change: ChatMemberUpdated) -> Incoming | None:
    gone = change.new_chat_member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
    was_gone = change.old_chat_member.status in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
    if gone == was_gone:
        return None
    kind: Kind = "departure" if gone else "arrival"
    return Incoming(update_id, kind, change.chat.id, change.chat.type, change.date, user_id=change.from_user.id)


def _message(update_id: int, message: Message, myself: Myself, *, edited: bool) -> Incoming | None:
    text = _clean(message.text or message.caption or "")
    content = "text" if message.text is not None else _content(message)
    if content == "service":
        return None
    private = message.chat.type == ChatType.PRIVATE
    addressed = private or _replies_to(message, myself)
    mention = re.compile(rf"@{re.escape(myself.username)}\b", re.IGNORECASE)
    if mention.search(text) and not text.startswith("/"):
        text, addressed = mention.sub("", text).strip(), True
    command = ""
    if (found := COMMAND.fullmatch(text)) and _is_command(message):
        for_me = (found["bot"] or "").lower() == myself.username.lower()
        if found["bot"] and not for_me:
            return None
        command, text, addressed = found["name"].lower(), (found["rest"] or "").strip(), True
    return Incoming(
        update_id,
        "edit" if edited else "message",
        message.chat.id,
        message.chat.type,
        message.date,
        user_id=message.from_user.id if message.from_user else 0,
        message_id=message.message_id,
        thread_id=_thread(message),
        text=text,
        command=command,
        content=content,
        addressed=addressed,
        forwarded=message.forward_origin is not None,
        first_said=message.forward_origin.date if message.forward_origin else None,
        as_chat=message.sender_chat.id == message.chat.id if message.sender_chat else message.chat.type == "channel",
    )


def _clean(text: str) -> str:
    """The text without what no database takes: the character zero, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def _is_command(message: Message) -> bool:
    entities = message.entities or message.caption_entities
    return any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in entities)


def _replies_to(message: Message, myself: Myself) -> bool:
    answered = message.reply_to_message
    return bool(answered and answered.from_user and answered.from_user.id == myself.id)


def _thread(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


# What a message may hold beside text, in the words of messages.toml.
_CONTENTS = {
    "photo": "photo", "voice": "voice", "audio": "voice", "video_note": "video", "video": "video", "animation": "video",
    "sticker": "sticker", "document": "document", "location": "place", "venue": "place",
}  # fmt: skip
_UNREADABLE = ("contact", "poll", "dice", "story", "game", "paid_media", "checklist", "invoice", "giveaway")


def _content(message: Message) -> str:
    for attribute, name in _CONTENTS.items():
        if getattr(message, attribute, None):
            return name
    return "unreadable" if any(getattr(message, attribute, None) for attribute in _UNREADABLE) else "service"
