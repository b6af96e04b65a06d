"""A message that asks several things is parted into its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from retrieval.asking.hearing import Heard, hear

_ENDS = frozenset("?؟\n؛")


def split_parts(text: str, as_of: dt.date) -> list[list[str]]:
    """The questions of a message in order, those of one sentence together.

    A sentence ends at a question mark or a line end; inside it a question begins before "and" with a question word.
    """
    return [parts for line in _lines(text) if (parts := list(_joined(line, as_of)))]


def _lines(text: str) -> Iterator[str]:
    start = 0
    for at, letter in enumerate(text):
        if letter in _ENDS:
            yield text[start : at + 1]
            start = at + 1
    yield text[start:]


def _joined(text: str, as_of: dt.date) -> Iterator[str]:
    heard = hear(text, as_of)
    if heard is None:
        return
    start = 0
    for at in _seams(heard):
        cut = heard.sentence.tokens[at].start
        yield text[start:cut]
        start = cut
    yield text[start:]


def _seams(heard: Heard) -> Iterator[int]:
    """Where a further question begins inside a sentence: "how many died, and when was it?"."""
    for found in heard.asked[1:]:
        if found.first > 1 and heard.norms[found.first][:1] == "و" and found.row.stands == "anywhere":
            yield found.first
