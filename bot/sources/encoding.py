"""Text out of bytes: UTF-8, what a byte order mark or an HTML page declares, or another Arabic encoding when sure."""

from __future__ import annotations

import codecs
import re

from bot.sources.items import Unusable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})|<\?xml[^>]{0,100}encoding=["']([\w-]+)""", re.IGNORECASE
)
_BEGINNINGS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"Rar!",
    b"SQLite format",
)
# Encodings of a byte a letter in which Arabic pages were written.
_ARABIC = ("cp1256", "iso8859-6")
_HEAD = 4096


def binary(data: bytes) -> bool:
    """Whether the beginning of a file is that of no text."""
    head = data[:_HEAD]
    if head.startswith(_BEGINNINGS):
        return True
    return b"\0" in head and not head.startswith(tuple(mark for mark, _ in _MARKS))


def decode(data: bytes, *, html: bool = False) -> str:
    """The text that the bytes spell, to the character, without a byte order mark.

    Raises:
        Unusable: when the bytes are no text, or of an encoding that is not surely known.
    """
    if binary(data):
        raise Unusable("is a binary file, not text")
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name)
            except UnicodeDecodeError as error:
                raise Unusable(f"begins as {name.upper()} but is broken at byte {error.start}") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = f"is not valid UTF-8: byte {error.start} is wrong"
    text = (_declared(data) if html else None) or _legacy(data)
    if text is None:
        raise Unusable(f"{broken}, and the encoding cannot be guessed surely; save it as UTF-8")
    return text


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii")
    try:
        # A page that says UTF-8 is not: that was tried. Pages that say ISO 8859-1 mean something else.
        return data.decode(name) if name.lower() not in {"utf-8", "utf8", "iso-8859-1", "latin1"} else None
    except (UnicodeDecodeError, LookupError):
        return None


def _legacy(data: bytes) -> str | None:
    """The text in the one older Arabic encoding that makes it look like Arabic, None when that is not sure."""
    if _arabic(data.decode("utf-8", errors="ignore")) > len(data) / 20:
        # UTF-8 with some damage: read in another encoding it would become nonsense that looks Arabic.
        return None
    readable = []
    for name in _ARABIC:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        readable.append((_plausible(text), text))
    score, text = max(readable, default=(0.0, ""))
    return text if score >= 0.5 else None


def _arabic(text: str) -> int:
    return sum("\u0621" <= c <= "\u064a" for c in text)


def _plausible(text: str) -> float:
    """Between 0 and 1: 1 when everything beyond ASCII is Arabic and its commonest letters are those of Arabic."""
    foreign = [c for c in text if c > "\x7f" and not c.isspace()]
    if len(foreign) < 8:
        return 0.0
    letters = [c for c in foreign if "\u0621" <= c <= "\u064a"]
    # In any Arabic text these are more than a third of all letters; in bytes misread as Arabic they are not.
    common = sum(letters.count(c) for c in ("ا", "ل", "ي", "م", "ن"))
    return len(letters) / len(foreign) if letters and common > len(letters) / 3 else 0.0
