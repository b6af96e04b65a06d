"""Turning what a file or page says about an article into an article, or saying why it cannot become one."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sources.items import Defaults, Item, Limits, Remark, Unusable
from retrieval import Article

_KEYS = ("id", "title", "outlet", "published", "url", "body")
_MAX_ID = 512
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


def articles_of(record: object, where: str, defaults: Defaults, limits: Limits) -> Iterator[Item]:
    """The article that a record of the contract's keys describes, and a remark when its date could not be read.

    Raises:
        Unusable: when the record is not an article.
    """
    if not isinstance(record, Mapping):
        raise Unusable(f"is {_kind(record)}, not an object with a body")
    body = record.get("body")
    if body is None or (isinstance(body, str) and not body.strip()):
        raise Unusable("has no body")
    if not isinstance(body, str):
        raise Unusable(f"its body is {_kind(body)}, not text")
    title, outlet, url = (_text(record, key) for key in ("title", "outlet", "url"))
    extra = {str(key): value for key, value in record.items() if key not in _KEYS}
    given = record.get("published")
    try:
        published = parse_published(given) or defaults.published
    except ValueError:
        published, extra = None, {**extra, "published": given}
        yield Remark(where, f"published {str(given)[:40]!r} is not a date; the article is in without one")
    yield made(
        Article.model_construct(
            id=_text(record, "id"),
            title=title,
            outlet=outlet or defaults.outlet,
            published=published,
            url=url or defaults.url,
            body=body,
            extra=extra,
        ),
        limits,
    )


def made(draft: Article, limits: Limits) -> Article:
    """The article, checked, with an id: its own, else a digest of its URL, else of title and body.

    Raises:
        Unusable: when it is too long, or holds what no text may hold.
    """
    said = (draft.id, draft.title, draft.outlet, draft.url, draft.body)
    size = len(draft.title) + len(draft.body)
    if size > limits.article_chars:
        raise Unusable(f"has {size:,} characters, more than {limits.article_chars:,} (MARSAD_MAX_ARTICLE_CHARS)")
    if any("\0" in text for text in said):
        raise Unusable("holds a NUL character, which no text does")
    try:
        for text in said:
            text.encode()
    except UnicodeEncodeError:
        raise Unusable("holds half of a character (a lone surrogate)") from None
    if len(draft.id) > _MAX_ID:
        raise Unusable(f"its id is longer than {_MAX_ID} characters")
    name = draft.id or _digest(draft.url or f"{draft.title}\n{draft.body}")
    return Article(**{**dict(draft), "id": name})


def parse_published(given: object) -> dt.date | None:
    """The date or moment that the text names: ISO 8601, a date with slashes that begins with the year, or RFC 2822.

    Raises:
        ValueError: when it names none.
    """
    if given is None or given == "":
        return None
    if isinstance(given, dt.date):
        return given
    if not isinstance(given, str):
        raise ValueError(f"{given!r} is not a date")  # noqa: TRY004 - to the caller it is one more unreadable date
    # int() knows the digits of every script, and so finds what fromisoformat would not.
    text = "".join(str(int(c)) if c.isdecimal() else c for c in given.strip())
    if match := _SLASHED.fullmatch(text):
        return dt.date(*map(int, match.groups()))
    for parse in (dt.date.fromisoformat, dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError):
            continue
    raise ValueError(f"{given!r} is not a date")


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Unusable(f"its {key} is {_kind(value)}, not text")


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]
