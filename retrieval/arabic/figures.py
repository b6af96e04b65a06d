"""Numbers in figures: thousands and decimals as the press of each region parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from retrieval.arabic.numeral_words import atom_of
from retrieval.arabic.tokens import Token

_LONGEST = 16
_SEPARATOR = re.compile(r"[.,]")


def read_figures(tokens: Sequence[Token], at: int) -> tuple[Fraction, bool, int] | None:
    """The value of the digits at a token, whether they have decimals, and the index after them.

    None for what is no single number: 5.3.2016, or more digits than anything counted has.
    """
    if at + 1 < len(tokens) and (agency := _agency_decimal(tokens, at)) is not None:
        return agency, True, at + 3
    text = tokens[at].norm.replace("٬", ",")
    if len(text) > _LONGEST or (not text.isascii() and "٫" not in text):
        return None
    whole, point, decimals = text.partition("٫")
    if point:
        return _decimal(whole, decimals, at)
    return _separated(tokens, at, text) if _SEPARATOR.search(text) else _spaced(tokens, at)


def _agency_decimal(tokens: Sequence[Token], at: int) -> Fraction | None:
    """A number as some agencies write it, the decimals first and a letter for the point: 5ر2 is two and a half."""
    parts = tokens[at : at + 3]
    if len(parts) < 3 or parts[1].norm != "ر" or parts[0].kind != "number" or parts[2].kind != "number":
        return None
    touching = parts[0].end == parts[1].start and parts[1].end == parts[2].start
    decimals, whole = parts[0].norm, parts[2].norm
    plain = decimals.isdecimal() and whole.isdecimal() and len(decimals + whole) < _LONGEST
    return Fraction(f"{whole}.{decimals}") if touching and plain else None


def _separated(tokens: Sequence[Token], at: int, text: str) -> tuple[Fraction, bool, int] | None:
    """Digits with commas or points, which part thousands or decimals."""
    groups, marks = _SEPARATOR.split(text), _SEPARATOR.findall(text)
    power_follows = at + 1 < len(tokens) and _is_power(tokens[at + 1])
    if len(set(marks)) == 1 and 0 < len(groups[0].lstrip("0")) <= 3 and all(len(group) == 3 for group in groups[1:]):
        # 3.125 million has decimals, 3.125 people has thousands
        if marks == ["."] and power_follows:
            return _decimal(groups[0], groups[1], at)
        return Fraction("".join(groups)), False, at + 1
    return None if marks[-1] in marks[:-1] else _decimal("".join(groups[:-1]), groups[-1], at)


def _decimal(whole: str, decimals: str, at: int) -> tuple[Fraction, bool, int] | None:
    return (Fraction(f"{whole}.{decimals}"), True, at + 1) if whole.isdecimal() and decimals.isdecimal() else None


def _is_power(token: Token) -> bool:
    atom = atom_of(token.norm)
    return atom is not None and atom.role in {"power", "plural", "either"}


def _spaced(tokens: Sequence[Token], at: int) -> tuple[Fraction, bool, int]:
    """Digits whose thousands are set apart by a space, as the Maghreb writes them: 12 500."""
    digits, end = tokens[at].norm, at + 1
    if len(digits) <= 3 and digits[0] != "0":
        while (
            end < len(tokens)
            and tokens[end].kind == "number"
            and len(tokens[end].text) == 3
            and tokens[end].norm.isdigit()
            and tokens[end].start - tokens[end - 1].end == 1
        ):
            digits += tokens[end].norm
            end += 1
    return _whole(digits), False, end


@lru_cache(maxsize=10_000)
def _whole(digits: str) -> Fraction:
    return Fraction(digits)
