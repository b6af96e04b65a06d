"""Updates of every kind that Telegram sends, whole and damaged, with texts that make trouble."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
_TEXTS = (
    "كم قتيلا في تعز؟",
    "/start",
    "/help",
    "/ask",
    "/start payload-1",
    "/ask@marsad_test_bot من؟",
    "/help@other",
    "/",
    "/ا",
    "",
    " ",
    "؟",
    "خ" * 4096,
    "خبر " * 2500,
    "\u202eخبر\u202c\u2066x\u2069\u2067",
    "<b>خبر & <i>",
    "[1] [2] [999]",
    "{n} {x}",
    "😀" * 100,
    "\x00خبر",
    "\ud83d",
    "%s %d",
    "مرحبا",
    "والجرحى؟",
    "12",
    "CNN",
    "\u200f\u200e",
    "`*_~|",
    "من زار عمان\n\nومتى؟",
)
_DATA = ("s:abc", "m:abc:2", "a:", "q:" + "x" * 60, "💥" * 16, "", "a:b:c", "s:../../x", "\x00", "1")
_KINDS = ("private", "private", "private", "group", "supergroup", "channel")
_USER: Json = {"id": 1, "is_bot": False, "first_name": "U", "language_code": "ar"}
_FILE: Json = {"file_id": "f", "file_unique_id": "u"}
_SIZED: Json = {**_FILE, "width": 1, "height": 1}
_CONTENTS: tuple[Json, ...] = (
    {"photo": [_SIZED], "caption": "كم قتيلا؟"},
    {"voice": {**_FILE, "duration": 1}},
    {"audio": {**_FILE, "duration": 1}},
    {"video": {**_SIZED, "duration": 1}},
    {"animation": {**_SIZED, "duration": 1}, "document": _FILE},
    {"document": _FILE},
    {"video_note": {**_FILE, "length": 1, "duration": 1}},
    {"location": {"longitude": 1.0, "latitude": 1.0}},
    {"sticker": {**_SIZED, "is_animated": False, "is_video": False, "type": "regular"}},
    {"dice": {"emoji": "🎲", "value": 1}},
    {"contact": {"phone_number": "1", "first_name": "U"}},
    {"new_chat_members": [_USER]},
    {"left_chat_member": _USER},
    {"new_chat_title": "x"},
    {"group_chat_created": True},
    {"migrate_to_chat_id": -100500},
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    {
        "successful_payment": {
            "currency": "USD",
            "total_amount": 1,
            "invoice_payload": "x",
            "telegram_payment_charge_id": "x",
            "provider_payment_charge_id": "x",
        }
    },
    {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
        }
    },
    {"forum_topic_created": {"name": "x", "icon_color": 1}},
    {"story": {"id": 1, "chat": {"id": 1, "type": "private"}}},
    {"users_shared": {"request_id": 1, "users": []}},
)


def updates(count: int, seed: int = 1) -> Iterator[Json]:
    """So many updates without their update_id, each in a chat of its own as far as it has one."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        kind, make = chance.choice(_MAKERS)
        update = {kind: copy.deepcopy(make(chance, number))}
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            _damage(chance, update)
        yield update


def _damage(chance: random.Random, whole: Json) -> None:
    """Take something out of the update, or put something there that does not belong."""
    place: Any = whole
    while place:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.75:
            place = place[key]
            continue
        if isinstance(place, dict) and chance.random() < 0.5:
            del place[key]
        else:
            place[key] = chance.choice((None, 0, -1, 2**63, "x", [], {}, True, 1.5, [None], {"id": 1}))
        return


def _chat(chance: random.Random, number: int) -> Json:
    kind = chance.choice(_KINDS)
    return {
        "id": number if kind == "private" else -number,
        "type": kind,
        "title": "G",
        "is_forum": chance.random() < 0.2,
    }


def _message(chance: random.Random, number: int) -> Json:
    message: Json = {
        "message_id": number,
        "date": chance.choice((1_700_000_000, 0, 2**31)),
        "chat": _chat(chance, number),
        "from": {**_USER, "id": number},
    }
    if chance.random() < 0.6:
        text = chance.choice(_TEXTS)
        message["text"] = text
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    else:
        message.update(chance.choice(_CONTENTS))
    for extra in (
        {"message_thread_id": 5, "is_topic_message": True},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 0}},
        {"via_bot": {"id": 2, "is_bot": True, "first_name": "B"}},
        {"sender_chat": {"id": -9, "type": "channel"}},
        {"reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x"}},
        {"quote": {"text": "x", "position": 0}},
        {"media_group_id": "1"},
        {"has_protected_content": True},
    ):
        if chance.random() < 0.1:
            message.update(extra)
    return message


def _press(chance: random.Random, number: int) -> Json:
    query: Json = {"id": f"q{number}", "from": _USER, "chat_instance": "c", "data": chance.choice(_DATA)}
    where = chance.random()
    if where < 0.7:
        query["message"] = _message(chance, number)
    elif where < 0.9:
        query["inline_message_id"] = "i"
    return query


def _membership(chance: random.Random, number: int) -> Json:
    def member() -> Json:
        status = chance.choice(("member", "left", "kicked", "administrator", "restricted", "creator", "new status"))
        return {"status": status, "user": _USER, "until_date": 0}

    return {
        "chat": _chat(chance, number),
        "from": _USER,
        "date": 0,
        "old_chat_member": member(),
        "new_chat_member": member(),
    }


def _query(_chance: random.Random, number: int) -> Json:
    return {"id": str(number), "from": _USER, "query": "x", "offset": "", "invoice_payload": "x"}


def _other(chance: random.Random, number: int) -> Json:
    return {
        "id": str(number),
        "chat": _chat(chance, number),
        "user": _USER,
        "date": 0,
        "message_id": 1,
        "user_chat_id": 1,
    }


_MAKERS: tuple[tuple[str, Callable[[random.Random, int], Json]], ...] = (
    *(("message", _message),) * 25,
    *(("callback_query", _press),) * 5,
    *(
        (kind, _message)
        for kind in (
            "edited_message",
            "edited_message",
            "channel_post",
            "edited_channel_post",
            "business_message",
            "edited_business_message",
            "guest_message",
        )
    ),
    *((kind, _membership) for kind in ("my_chat_member", "my_chat_member", "chat_member")),
    *((kind, _query) for kind in ("inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query")),
    *(
        (kind, _other)
        for kind in (
            "poll",
            "poll_answer",
            "chat_join_request",
            "message_reaction",
            "message_reaction_count",
            "chat_boost",
            "removed_chat_boost",
            "business_connection",
            "deleted_business_messages",
            "purchased_paid_media",
            "managed_bot",
            "kind_of_tomorrow",
        )
    ),
)

# Every kind of update that may come out.
KINDS = frozenset(kind for kind, _ in _MAKERS)
