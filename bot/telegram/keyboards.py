"""The buttons below messages: what stands on them, and the few bytes that they send back."""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple
from urllib.parse import quote

from bot.telegram.outgoing import Button, Buttons
from retrieval import Answer, Wording

# What a button does, by the letter with which its data begins. The first ones concern something that was shown.
ANSWER, SOURCES, MORE, ASK, LIKE, DISLIKE, CHART, EXPORT = "a", "s", "m", "q", "u", "d", "c", "e"
FOLLOW, BROADCAST, EVENTS, EVENT, REPORT = "w", "b", "v", "i", "r"
LATEST, OUTLETS, PREFER, FORGET, TOPICS = "l", "o", "p", "f", "t"
# What a link into /start begins with, and how long Telegram lets it be.
ANSWER_LINK, TOPIC_LINK, MAX_PAYLOAD = "a_", "t_", 64
# Stands in place of an id where there is nothing to name.
ALL = "all"
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


def new_id() -> str:
    """A name for something that is shown: twelve letters that nobody can guess, for a link may carry it."""
    return secrets.token_urlsafe(9)


def answer_buttons(name: str, answer: Answer, wording: Wording, *, username: str) -> Buttons:
    """The buttons below an answer: to what it rests on, and what the reader thinks of it; none below "not found"."""
    rows = []
    first = []
    if answer.citations:
        first.append(Button(wording.say("buttons.sources"), data(SOURCES, name)))
    if answer.passages or not answer.abstained:
        first.append(Button(wording.say("buttons.more"), data(MORE, name)))
    if first:
        rows.append(tuple(first))
    counted = []
    if not answer.abstained and any(fact.kind in _COUNTED for fact in answer.facts):
        counted.append(Button(wording.say("buttons.unfold"), data(EVENTS, name)))
    if answer.understood.kind == "casualty" and answer.understood.asks == "how_many" and len(answer.facts) > 1:
        counted.append(Button(wording.say("buttons.chart"), data(CHART, name)))
    if counted:
        rows.append(tuple(counted))
    if not answer.abstained:
        judging = [Button("👍", data(LIKE, name)), Button("👎", data(DISLIKE, name))]
        if username:
            judging.append(Button(wording.say("buttons.share"), url=share_link(username, ANSWER_LINK + name)))
        rows.append(tuple(judging))
    return tuple(rows)


# The kinds of facts whose numbers are made of events.
_COUNTED = frozenset({"casualty", "strike", "damage"})


def share_link(username: str, payload: str) -> str:
    """The address by which Telegram lets somebody send others a link that starts the bot with that payload."""
    return f"https://t.me/share/url?url={quote(f'https://t.me/{username}?start={payload}', safe='')}"


def share_topic(topic: str, username: str, wording: Wording) -> tuple[Button, ...]:
    """The button that shares a topic, where its words fit into a link."""
    payload = TOPIC_LINK + urlsafe_b64encode(topic.encode()).decode().rstrip("=")
    fits = username and len(payload) <= MAX_PAYLOAD
    return (Button(wording.say("buttons.share_topic"), url=share_link(username, payload)),) if fits else ()


def linked_topic(payload: str) -> str:
    """The topic that a link names, '' when it names none."""
    words = payload.removeprefix(TOPIC_LINK)
    try:
        return urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode() if words != payload else ""
    except ValueError:
        return ""


def page_buttons(pressed: Pressed, pages: int, wording: Wording) -> Buttons:
    """The buttons below one of several pages of what was shown: to the next, to the one before, back to the answer."""
    rows = [turning(pressed.action, pressed.id, pressed.page, wording, more=pressed.page + 1 < pages)]
    if pressed.action == SOURCES:
        rows.append((Button(wording.say("buttons.export"), data(EXPORT, pressed.id)),))
    rows.append((Button(wording.say("buttons.back"), data(ANSWER, pressed.id)),))
    return tuple(row for row in rows if row)


def turning_buttons(action: str, page: int, wording: Wording, *, more: bool) -> Buttons:
    """The buttons below one of several pages that belong to no answer."""
    row = turning(action, ALL, page, wording, more=more)
    return (row,) if row else ()


def turning(action: str, name: str, page: int, wording: Wording, *, more: bool) -> tuple[Button, ...]:
    """The buttons that turn the pages of what is named, those that there are."""
    # Buttons stand from left to right, and pages turn from right to left.
    onward = [Button(wording.say("buttons.next"), data(action, name, page + 1))] if more else []
    back = [Button(wording.say("buttons.previous"), data(action, name, page - 1))] if page > 0 else []
    return (*onward, *back)
