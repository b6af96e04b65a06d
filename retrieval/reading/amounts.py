"""Count the things that a phrase names: by a number, a dual, a single thing, or a plural that leaves it open."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.reading.acting import head_of
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import Bound

_OPENING = frozenset({"count", "quantifier", "number"})


class Amount(NamedTuple):
    """How many things: `min` and `max` are None where that side is open; `head` is the token of the counted noun."""

    min: int | None
    max: int | None
    bound: Bound
    head: int


def amount_of(sentence: Sentence, chunk: Chunk) -> Amount:
    """How many of what a phrase names, a number right before it included.

    A singular noun is one, a dual two; a plural without a number, "dozens" and "a number of" are vague.
    """
    head = head_of(sentence, chunk)
    quantity = next((q for q in sentence.quantities if chunk.first <= q.first < chunk.last and q.first <= head), None)
    if quantity is None and chunk.first:
        quantity = next((q for q in sentence.quantities if q.last == chunk.first), None)
    reading = next((a for a in sentence.analyses[head] if a.pos != "verb"), None)
    if quantity is not None and quantity.kind in ("cardinal", "one_of"):
        return Amount(quantity.min, quantity.max, quantity.bound, head)
    if reading is not None and reading.sense in _OPENING:
        behind = next((i for i in range(head + 1, chunk.last) if sentence.parts[i] == "noun"), head)
        return Amount(None, None, "vague", behind)
    if quantity is not None or reading is None or not reading.known or reading.number == "p":
        return Amount(None, None, "vague", head)
    count = 2 if reading.number == "d" else 1
    return Amount(count, count, "exact", head)
