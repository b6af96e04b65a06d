"""What Telegram accepts in a message: lengths in UTF-16 units, its HTML, its keyboards and its commands."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_PIECE = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z-]*)(?P<rest>[^<>]*)>|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);"
)
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
# Telegram removes the old embedding marks and the line and paragraph separators; the isolates stay.
_STRIPPED = dict.fromkeys(range(0x2028, 0x202F))
MAX_TEXT, MAX_CAPTION, MAX_CALLBACK_BYTES, MAX_ENTITIES, MAX_ENTITY_BYTES = 4096, 1024, 64, 100, 9500


class RefusalError(Exception):
    """A request that the Bot API turns down: its code, its words and its parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Flood:
    """Telegram's flood control: 30 a second, 20 a minute in a group, in a chat one a second after a short burst."""

    def __init__(self, *, overall: int = 30, burst: int = 3, group: int = 20) -> None:
        self._overall, self._burst, self._group = overall, burst, group
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=group))

    def check(self, chat: int, now: float) -> None:
        """Raise a RefusalError (429) when this message comes too soon."""
        while self._all and now - self._all[0] >= 1:
            self._all.popleft()
        sent = self._chats[chat]
        if len(self._all) >= self._overall:
            raise RefusalError(429, "Too Many Requests: retry after 1", retry_after=1)
        if len(sent) >= self._burst and now - sent[-1] < 1 and now - sent[-self._burst] < self._burst:
            raise RefusalError(429, "Too Many Requests: retry after 2", retry_after=2)
        if chat < 0 and len(sent) == self._group and now - sent[0] < 60:
            raise RefusalError(429, "Too Many Requests: retry after 5", retry_after=5)
        self._all.append(now)
        sent.append(now)


class Parsed(NamedTuple):
    """A text without its tags, and the entities that the tags became."""

    text: str
    entities: list[dict[str, Any]]


def units(text: str) -> int:
    """The length by which Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(html: str) -> Parsed:
    """Return text and entities of Telegram's HTML.

    Raises:
        RefusalError: for an unknown, unclosed or crossing tag, and for a bare "<".
    """
    text, entities, opened, position = "", [], list[tuple[str, dict[str, Any]]](), 0
    for piece in _PIECE.finditer(html):
        text += _plain(html[position : piece.start()])
        position = piece.end()
        tag = (piece["tag"] or "").lower()
        if not tag:
            text += unescape(piece[0])
        elif piece["close"]:
            if not opened or opened[-1][0] != tag:
                raise RefusalError(
                    400, f"Bad Request: can't parse entities: Unmatched end tag at byte offset {position}"
                )
            entity = opened.pop()[1]
            entity["length"] = units(text) - entity["offset"]
            if entity["length"]:
                entities.append(entity)
        else:
            opened.append((tag, _entity(tag, piece["rest"], units(text), [t for t, _ in opened])))
    text += _plain(html[position:])
    if opened:
        raise RefusalError(
            400, f"Bad Request: can't parse entities: Can't find end tag corresponding to \"{opened[-1][0]}\""
        )
    return Parsed(text, entities)


def _plain(text: str) -> str:
    if "<" in text:
        raise RefusalError(400, "Bad Request: can't parse entities: Unsupported start tag")
    return text


def _entity(tag: str, rest: str, offset: int, around: Sequence[str]) -> dict[str, Any]:
    if tag not in _TAGS:
        raise RefusalError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
    if tag == "blockquote" and "blockquote" in around:
        raise RefusalError(400, "Bad Request: can't parse entities: blockquote entities can't be nested")
    entity: dict[str, Any] = {"type": _TAGS[tag], "offset": offset}
    if tag == "blockquote" and "expandable" in rest:
        entity["type"] = "expandable_blockquote"
    if tag == "a":
        href = _HREF.search(rest)
        entity["url"] = unescape(href[1] or href[2] or "") if href else ""
    return entity


def check_text(parameters: Mapping[str, str], field: str) -> Parsed:
    """Return what the message will show.

    Raises:
        RefusalError: when it is empty, too long, or its entities are.
    """
    raw = parameters.get(field) or ""
    limit = MAX_TEXT if field == "text" else MAX_CAPTION
    parsed = parse_html(raw) if parameters.get("parse_mode", "").upper() == "HTML" else Parsed(raw, [])
    shown = parsed.text.translate(_STRIPPED).strip()
    if field == "text" and not shown:
        raise RefusalError(400, "Bad Request: message text is empty")
    if units(shown) > limit:
        raise RefusalError(400, f"Bad Request: message {'is' if field == 'text' else 'caption is'} too long")
    # Telegram drops entities beyond the hundredth without a word; here it is an error, so that a test sees it.
    heavy = sum(16 + len(entity.get("url", "").encode()) for entity in parsed.entities) > MAX_ENTITY_BYTES
    if heavy or len(parsed.entities) > MAX_ENTITIES:
        raise RefusalError(400, "Bad Request: ENTITIES_TOO_LONG")
    return Parsed(shown, parsed.entities)


def check_keyboard(markup: Mapping[str, Any]) -> None:
    """Raise a RefusalError for an inline keyboard that Telegram would not take."""
    for button in (button for row in markup.get("inline_keyboard", ()) for button in row):
        if not button.get("text"):
            raise RefusalError(400, "Bad Request: inline keyboard button text is empty")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_BYTES:
            raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
        if "callback_data" not in button and not re.match(r"(?:https?|tg)://", button.get("url", "")):
            raise RefusalError(400, "Bad Request: BUTTON_URL_INVALID")


def check_commands(commands: Sequence[Mapping[str, str]]) -> None:
    """Raise a RefusalError for commands that are not Latin, or whose description is missing or too long."""
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise RefusalError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise RefusalError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
