"""Quotation marks and brackets of a piece cut from a text: each with its other half, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_OTHER = {"«": "»", "»": "«", "(": ")", ")": "(", "[": "]", "]": "[", '"': '"', "“": "”", "”": "“"}
_OPENING = frozenset("«([")
# Outlets write these either way round: "…", “…”, ”…“ and ”…”.
_ALIKE = frozenset('"“”')
PAIRED = frozenset(_OTHER)


class _Mark(NamedTuple):
    """A mark at a place of a text, and whether it opens."""

    at: int
    text: str
    opens: bool


def close_marks(text: str) -> str:
    """The text with every quotation mark and bracket paired.

    A mark without its other half goes where it stands at an end of the text, and is given the other half at that end
    to which the cut must have been: 'men of "the Front' is closed, 'the Front"' loses its mark.
    """
    if PAIRED.isdisjoint(text):
        return text
    marks = tuple(_marks(text))
    lone = _lone(marks)
    edge = next((mark.at for mark in lone if mark.at in (0, len(text) - 1)), None)
    if edge is not None:
        return close_marks((text[:edge] + text[edge + 1 :]).strip())
    opened = "".join(_OTHER[mark.text] for mark in lone if not mark.opens)
    closed = "".join(_OTHER[mark.text] for mark in reversed(lone) if mark.opens)
    return f"{opened[::-1]}{text}{closed}"


def _marks(text: str) -> Iterator[_Mark]:
    """The marks of a text; one that looks alike on both sides opens where a word follows and none ends before it."""
    for at, letter in enumerate(text):
        if letter in _ALIKE:
            before = text[:at].rpartition(" ")[2]
            follows = at + 1 < len(text) and not text[at + 1].isspace()
            # a single letter before it is a clitic: و"الجبهة"
            yield _Mark(at, letter, follows and len(before.strip('"“”(«')) < 2)
        elif letter in PAIRED:
            yield _Mark(at, letter, letter in _OPENING)


def _lone(marks: tuple[_Mark, ...]) -> tuple[_Mark, ...]:
    """The marks that have no other half."""
    open_: list[_Mark] = []
    lone: list[_Mark] = []
    for mark in marks:
        if mark.opens:
            open_.append(mark)
        elif open_ and _are_halves(open_[-1].text, mark.text):
            open_.pop()
        else:
            lone.append(mark)
    return tuple(sorted((*lone, *open_)))


def _are_halves(one: str, other: str) -> bool:
    return _OTHER[one] == other or (one in _ALIKE and other in _ALIKE)
