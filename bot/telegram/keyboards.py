"""The buttons below messages: what stands on them, and the few bytes that they send back."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import NamedTuple

from bot.telegram.outgoing import Button, Buttons
from retrieval import Wording

# What a button does, by the letter with which its data begins.
ANSWER, SOURCES, MORE, ASK = "a", "s", "m", "q"
_DATA = re.compile(r"([a-z]):([A-Za-z0-9_-]{1,32})(?::(\d{1,3}))?")


class Pressed(NamedTuple):
    """What a pressed button wants: to do `action` with what was shown under `id`, at a page of it."""

    action: str
    id: str
    page: int = 0


def data(action: str, shown_id: str, page: int = 0) -> str:
    """The bytes that a button sends: never more than 64."""
    return f"{action}:{shown_id}:{page}" if page else f"{action}:{shown_id}"


def read_data(received: str) -> Pressed | None:
    """What the bytes mean; None for bytes that no button of this program sends."""
    found = _DATA.fullmatch(received)
    return Pressed(found[1], found[2], int(found[3] or 0)) if found else None


def shown_id(*named: object) -> str:
    """A short name for something that is shown: the same for the same things, twelve letters."""
    digest = hashlib.blake2b(repr(named).encode(), digest_size=9).digest()
    return base64.urlsafe_b64encode(digest).decode()


def answer_buttons(name: str, wording: Wording, *, sources: bool, more: bool) -> Buttons:
    """The buttons below an answer."""
    row = []
    if sources:
        row.append(Button(wording.say("buttons.sources"), data(SOURCES, name)))
    if more:
        row.append(Button(wording.say("buttons.more"), data(MORE, name)))
    return (tuple(row),) if row else ()


def page_buttons(action: str, name: str, page: int, pages: int, wording: Wording) -> Buttons:
    """The buttons below one of several pages: to the page before, to the next, and back to the answer."""
    row = []
    if page > 0:
        row.append(Button(wording.say("buttons.previous"), data(action, name, page - 1)))
    if page + 1 < pages:
        row.append(Button(wording.say("buttons.next"), data(action, name, page + 1)))
    back = (Button(wording.say("buttons.back"), data(ANSWER, name)),)
    return (tuple(row), back) if row else (back,)
