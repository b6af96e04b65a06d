"""Words that bound a number: more than, at least, about, between, up to, and words that stand for a vague count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.number_kinds import context_of
from retrieval.arabic.numerals import Number
from retrieval.arabic.phrase_ends import Phrases, ends_at, phrases_of, starts_at, without_clitics
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.tokens import Token
from retrieval.types import Bound

# opens goes on with "and" (between A and B), from with "to"
# around stands before with words of counting inside it: "exceeded … 50", "not less … than 50"
Side = Literal["before", "after", "around", "opens", "from", "joins", "stands"]

_DASHES = frozenset("-–—ـ")
_QUOTES = frozenset("«»\"'“”‘’()[]")
_COMMAS = frozenset("،,")
_GAP = "…"
_INSIDE = 4  # how many words the gap of a phrase may hold
_REACH = 8  # how far after its number "at least" may stand


class BoundPhrase(Row):
    """One row of bounds.csv: where the phrase stands to its number, and the bound that it sets."""

    phrase: str = Field(min_length=1)
    side: Side
    bound: Bound


class Joint(NamedTuple):
    """How two numbers are joined to a range: the index where the words of the range begin, and whether by a dash."""

    opener: int
    dashed: bool


@cache
def _bounds(side: Side) -> Phrases[Bound]:
    rows = ((number, row.phrase, row.bound) for number, row in load("bounds", BoundPhrase) if row.side == side)
    return phrases_of("bounds", rows)


def _inner(tokens: Sequence[Token], at: int) -> int:
    """The index back from `at` over brackets, quotation marks and an article set apart from its number."""
    start = at
    while start > 0 and at - start < 3 and (tokens[start - 1].text in _QUOTES or tokens[start - 1].norm == "ال"):
        start -= 1
    return start


@cache
def _around() -> list[tuple[tuple[str, ...], tuple[str, ...], Bound]]:
    """The phrases with a gap: words before it, words after it, bound; longest first."""
    found: list[tuple[tuple[str, ...], tuple[str, ...], Bound]] = []
    for number, row in load("bounds", BoundPhrase):
        if row.side == "around":
            before, gap, after = row.phrase.partition(_GAP)
            if not gap or not before.strip():
                raise TableError(f"bounds.csv row {number}: '{row.phrase}' needs words before {_GAP}")
            found.append((tuple(normalise(before).split()), tuple(normalise(after).split()), row.bound))
    return sorted(found, key=lambda phrase: -len(phrase[0]) - len(phrase[1]))


def find_before(tokens: Sequence[Token], number: int, free: int) -> tuple[Bound, int]:
    """The bound set by the words that end where the number begins, and where they begin; else exact and the number.

    Words before the index `free` belong to another quantity.
    """
    bound: Bound = "exact"
    first = number
    while (inner := _inner(tokens, first)) > free and (found := ends_at(_bounds("before"), tokens, inner)):
        if found.first < free:
            break
        bound, first = found.value, found.first
    if bound == "exact" and number > free and tokens[number - 1].norm == "ال":
        first = number - 1
    if bound == "exact":
        bound = _find_around(tokens, _inner(tokens, number), free) or bound
    return bound, first


def _find_around(tokens: Sequence[Token], end: int, free: int) -> Bound | None:
    """The bound of words that stand around what is counted: "exceeded, the number of dead, 50"."""
    start = max(free, end - _INSIDE - 4)
    counting = [at for at in range(start, end) if any(a.sense == "count" for a in analyse(tokens[at].text))]
    if not counting or any(token.kind != "word" for token in tokens[counting[-1] : end]):
        return None
    for before, after, bound in _around():
        tail = end - len(after)
        if tuple(token.norm for token in tokens[tail:end]) != after:
            continue
        for at in range(max(start, counting[-1] - len(before) - 1), counting[-1] - len(before) + 1):
            head = tuple(token.norm for token in tokens[at : at + len(before)])
            if head[1:] == before[1:] and before[0] in without_clitics(head[0]):
                return bound
    return None


def bound_at(tokens: Sequence[Token], at: int) -> int | None:
    """The end of words that bound the number after them, beginning at `at`."""
    found = starts_at(_bounds("before"), tokens, at)
    return found.last if found else None


class After(NamedTuple):
    """A bound set by words after the number, and the index where they end."""

    bound: Bound
    last: int


def find_after(tokens: Sequence[Token], at: int, following: int) -> After | None:
    """The bound set by words that follow the number, over the noun that it counts but not into a new clause.

    `following` is where the next number begins: words that stand directly before it bound that one, unless it is
    joined by "and".
    """
    for index in range(at, min(at + _REACH, len(tokens), following)):
        token = tokens[index]
        if found := starts_at(_bounds("after"), tokens, index):
            claimed = found.last == following < len(tokens) and not tokens[following].norm.startswith("و")
            return None if claimed else After(found.value, found.last)
        if token.text in _COMMAS and index + 1 < len(tokens) and starts_at(_bounds("after"), tokens, index + 1):
            continue  # "26 dead, at least,"
        if (token.kind == "mark" and token.text not in _QUOTES) or (token.norm[:1] == "و" and index > at):
            return None
    return None


def find_joint(tokens: Sequence[Token], low: Number, high: Number, free: int) -> Joint | None:
    """How the two numbers are joined to a range: between A and B, from A to B, A to B, A or B, A-B."""
    between = [token for token in tokens[low.last : high.first] if token.text not in _QUOTES and token.norm != "ال"]
    inner = _inner(tokens, low.first)
    pair = ends_at(_bounds("opens"), tokens, inner)
    opening = pair or ends_at(_bounds("from"), tokens, inner)
    if opening and opening.first < free:
        pair = opening = None
    opener = opening.first if opening else low.first
    linked = between[-1].norm == "و" if between else tokens[high.first].norm[:1] == "و"
    if linked:  # the noun may stand after A too: between 10 people and 15
        return Joint(opener, dashed=False) if pair and len(between) < 3 else None
    if len(between) != 1:
        return None
    if between[0].text in _DASHES:
        return Joint(opener, dashed=True)
    return Joint(opener, dashed=False) if starts_at(_bounds("joins"), between, 0) else None


def opens_standing(norm: str) -> bool:
    """Whether words that stand for a count may begin with this normalised word."""
    return bool(_bounds("stands").opening(norm))


def find_standing(tokens: Sequence[Token], at: int) -> int | None:
    """The end of words that stand for a count without number ("a number of"), beginning at `at`."""
    found = starts_at(_bounds("stands"), tokens, at)
    return found.last if found else None


def change_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether what rose or fell "from A to B" stands shortly before: then A and B are two numbers and no range."""
    return any(context_of(tokens, index, "before", "change") for index in _back(tokens, at))


def _back(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """The indexes after each word before `at`, backwards, within the clause and a few words."""
    for index in range(at, max(at - _REACH, 0), -1):
        if tokens[index - 1].kind == "mark" and tokens[index - 1].text not in _QUOTES:
            return
        yield index
