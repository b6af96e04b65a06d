"""Words of a text with the place where each stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, Protocol

from retrieval.arabic.normalise import normalise

TokenKind = Literal["word", "number", "mark"]

# No Arabic word has as many letters; what is longer is words without the blanks between them, or no words at all.
LONGEST_WORD = 64

# Letters keep their vowel signs, tatweel and joiners; digits keep their own separators (1,500 and 3.5 and ٢٫٥).
# Longer runs than any that people write are cut, so that no token takes longer than another, whatever a text holds.
_NUMBER = r"\d{1,64}+(?:[.,٫٬]\d{1,64}+){0,20}+"
# A word begins with a letter that is seen: tatweel and the small letters of the Quran alone are no word.
_LETTER = r"[^\W\d_\u0640\u06e5\u06e6]"
_SIGNS = r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069]{0,200}+"
_WORD = rf"(?:{_LETTER}{_SIGNS}){{1,{LONGEST_WORD}}}+"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>{_WORD})|(?P<mark>[^\s\w]|_)")
_UNMARKED = re.compile(f"{_NUMBER}|{_WORD}")


class Token(NamedTuple):
    """A word, number or mark: `text[start:end]` of the text it was cut from, and its normalised form."""

    text: str
    start: int
    end: int
    norm: str
    kind: TokenKind


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, in order, with spans that count from the beginning of `text`.

    A number glued to a word ("إلى80") is cut off it; a clitic is not: "وقتل" is one token.
    """
    return [
        Token(word := m[0], *m.span(), normalise(word), m.lastgroup)  # type: ignore[arg-type]  # the pattern's group names are the kinds
        for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def between(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Those of a text's tokens that stand in `text[start:end]`, as `tokenize(text, start, end)` would cut them.

    Neither end may lie inside a token.
    """
    first = bisect_left(tokens, start, key=_start)
    return tokens[first : bisect_left(tokens, end, first, key=_start)]


def _start(token: Token) -> int:
    return token.start


def words(text: str) -> list[str]:
    """The words and numbers of `text` as written, without marks and spans, at a third of the cost."""
    return _UNMARKED.findall(text)


class Spanned(Protocol):
    """Whatever stands on tokens `first` to `last` (exclusive): a name, a date, a phrase of a table."""

    @property
    def first(self) -> int:
        """Its first token."""

    @property
    def last(self) -> int:
        """The token behind it."""


def covered(*groups: Iterable[Spanned]) -> set[int]:
    """The tokens on which any of them stands."""
    return {token for group in groups for each in group for token in range(each.first, each.last)}
