"""Telegram's HTML: how long it is by Telegram's count, how it is cut into messages, and what it says without tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as _escape
from html import unescape
from typing import NamedTuple

from telegram.constants import MessageLimit

# Telegram shows the first hundred entities of a message and refuses about 9.5 kB of them; a little room is left.
MAX_ENTITIES = 90
MAX_ENTITY_BYTES = 9_000
_ENTITY_BYTES = 16
_TAG = re.compile(r"<(/?)([a-z-]+)([^<>]*)>")
_HREF = re.compile(r'href="([^"]*)"')
# Where a text may be cut, the best kind first: after a paragraph, a line, a sentence, a word.
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!؟?…][\"»”)\]]*\s"), re.compile(r"\s"))
# A cut before one of these would tear a letter from what belongs to it.
_JOINED = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200d\ufe0f]|[\U0001f3fb-\U0001f3ff]")


class Mark(NamedTuple):
    """A tag of an HTML text, and where it stands in the text without tags."""

    at: int
    tag: str
    whole: str
    closes: bool
    weight: int  # bytes that its entity takes


def escape(text: str) -> str:
    """The text as Telegram's HTML says it."""
    return _escape(text, quote=False)


def link(address: str, html: str) -> str:
    """The HTML as a link; without a web address just the HTML."""
    return f'<a href="{_escape(address)}">{html}</a>' if address.startswith(("http://", "https://")) else html


def units(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def plain(html: str) -> str:
    """What the HTML says, without tags."""
    return unescape(_TAG.sub("", html))


def fits(html: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> bool:
    """Whether Telegram takes the HTML as one message."""
    text, marks = _parse(html)
    return _fits(text, marks, 0, len(text), limit)


def split(html: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> list[str]:
    """Cut the HTML into messages that Telegram takes; a tag that a cut crosses is closed before and opened after it.

    A cut falls between paragraphs if it can, else between lines, sentences or words outside of tags, and only
    inside a quote or link that alone is too long; inside a word only when the word alone is too long.
    """
    text, marks = _parse(html)
    pages = []
    start = 0
    while start < len(text):
        end = _end_of_page(text, marks, start, limit)
        page = _rebuild(text, marks, start, end)
        if plain(page).strip():
            pages.append(page.strip())
        start = end
    return pages


def _parse(html: str) -> tuple[str, list[Mark]]:
    text, marks, position = "", list[Mark](), 0
    for found in _TAG.finditer(html):
        text += unescape(html[position : found.start()])
        position = found.end()
        if found[1] and marks and marks[-1] == marks[-1]._replace(at=len(text), closes=False):
            marks.pop()  # a tag around nothing would only confuse the cuts
            continue
        href = _HREF.search(found[3])
        weight = 0 if found[1] else _ENTITY_BYTES + (len(unescape(href[1]).encode()) if href else 0)
        marks.append(Mark(len(text), found[2], found[0], bool(found[1]), weight))
    return text + unescape(html[position:]), marks


def _open_at(marks: list[Mark], at: int) -> list[Mark]:
    """The tags that are open around the place, outermost first; one that opens or closes right there is not."""
    around: list[Mark] = []
    for mark in marks:
        if mark.at > at or (mark.at == at and not mark.closes):
            break
        if mark.closes:
            around.pop()
        else:
            around.append(mark)
    return around


def _fits(text: str, marks: list[Mark], start: int, end: int, limit: int) -> bool:
    if units(text[start:end]) > limit:
        return False
    inside = [*_open_at(marks, start), *(mark for mark in marks if start <= mark.at < end and not mark.closes)]
    return len(inside) <= MAX_ENTITIES and sum(mark.weight for mark in inside) <= MAX_ENTITY_BYTES


def _end_of_page(text: str, marks: list[Mark], start: int, limit: int) -> int:
    if _fits(text, marks, start, len(text), limit):
        return len(text)
    low, high = start + 1, min(len(text), start + limit)
    while low < high:  # the largest end that fits; at least one character, however heavy
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(text, marks, start, middle, limit) else (low, middle - 1)
    least = start + (low - start) // 4
    for inside in (False, True):
        for pattern in _BREAKS:
            ends = [end for end in _breaks(text, pattern, start, low) if end > least]
            for end in reversed(ends):
                if inside or not _open_at(marks, end):
                    return end
    while low > start + 1 and _JOINED.match(text, low):
        low -= 1
    return low


def _breaks(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[int]:
    return (found.end() for found in pattern.finditer(text, start, min(end + 1, len(text))) if found.end() <= end)


def _rebuild(text: str, marks: list[Mark], start: int, end: int) -> str:
    around = _open_at(marks, start)
    parts = [mark.whole for mark in around]
    position = start
    for mark in marks:
        # What closes at the start was closed with the page before, what opens at the end belongs to the next one.
        if (
            mark.at < start
            or (mark.at == start and mark.closes)
            or mark.at > end
            or (mark.at == end and not mark.closes)
        ):
            continue
        parts += [escape(text[position : mark.at]), mark.whole]
        position = mark.at
    parts.append(escape(text[position:end]))
    parts += [f"</{mark.tag}>" for mark in reversed(_open_at(marks, end))]
    return "".join(parts)
