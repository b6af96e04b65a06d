"""Greetings and politeness around a question, which ask nothing: "hello, could you tell me … please"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token, tokenize


class Courtesy(Row):
    """A phrase that only makes a message polite: where it opens one, or `anywhere` at its ends."""

    phrase: str
    stands: Literal["first", "anywhere"]


def strip_courtesies(text: str) -> str:
    """The text without the courtesies at its ends; unchanged when nothing but courtesies would go."""
    tokens = tokenize(text)
    first, last = 0, len(tokens)
    while (length := _opening(tokens, first, last)) and _says_something(tokens, first + length, last):
        first += length
    while (length := _closing(tokens, first, last)) and _says_something(tokens, first, last - length):
        last -= length
    if (first, last) == (0, len(tokens)):
        return text
    # A question mark behind "please" still ends the question.
    mark = tokens[-1].text if tokens[-1].kind == "mark" and last < len(tokens) else ""
    return text[tokens[first].start : tokens[last - 1].end] + mark


def _opening(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many tokens of courtesy, or of marks before a further word, the message begins with."""
    if first < last and tokens[first].kind == "mark" and first:
        return 1
    norms = tuple(token.norm for token in tokens[first : min(last, first + _longest())])
    return next((n for n in range(len(norms), 0, -1) if norms[:n] in _phrases()), 0)


def _closing(tokens: Sequence[Token], first: int, last: int) -> int:
    if first < last and tokens[last - 1].kind == "mark" and last < len(tokens):
        return 1
    end = last - 1 if first < last and tokens[last - 1].kind == "mark" else last
    norms = tuple(token.norm for token in tokens[max(first, end - _longest()) : end])
    found = next((n for n in range(len(norms), 0, -1) if _phrases().get(norms[-n:]) == "anywhere"), 0)
    return found + last - end if found else 0


def _says_something(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(token.kind != "mark" for token in tokens[first:last])


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    rows = [row for _, row in load("question_courtesies", Courtesy)]
    return {tuple(normalise(token.text) for token in tokenize(row.phrase)): row.stands for row in rows}


@cache
def _longest() -> int:
    return max(map(len, _phrases()))
