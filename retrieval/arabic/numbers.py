"""Quantities in a run of tokens: numbers with the bounds that the words around them set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic.bounds import change_before, find_after, find_before, find_joint, find_standing, opens_standing
from retrieval.arabic.number_kinds import QuantityKind, kind_of, negated, opens_percent, percent_end
from retrieval.arabic.numerals import Number, opens_number, read_number
from retrieval.arabic.tokens import Token
from retrieval.types import Bound


class Quantity(NamedTuple):
    """A quantity on the tokens from `first` to `last` (exclusive), bound words before the number included.

    `min` and `max` are whole units, None where that side is open (both for dozens, several, and for decimals).
    `number` is the index of the first token of the (first) number itself. `definite` says that the number has the
    article: it then often counts what was named before ("the three prisoners"). A bound that stands further on
    ("28 fighters at least") is in `bound` but not in the span.
    """

    first: int
    last: int
    min: int | None
    max: int | None
    bound: Bound
    kind: QuantityKind
    number: int
    definite: bool


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """The quantities of a sentence, in order, none overlapping another; ordinals are none."""
    numbers = _scan(tokens)
    found: list[Quantity] = []
    free = at = 0
    while at < len(numbers):
        taken = 2
        quantity = _range(tokens, numbers, at, free)
        if quantity is None:
            taken = 1
            following = numbers[at + 1].first if at + 1 < len(numbers) else len(tokens)
            after = find_after(tokens, numbers[at].last, following)
            quantity = _single(tokens, numbers[at], free, after.bound if after else None)
            free = after.last if after else free
        if quantity:
            found.append(quantity)
            free = max(free, quantity.last)
        at += taken
    return found


def _scan(tokens: Sequence[Token]) -> list[Number]:
    """Every number that is no ordinal, with figures repeated in brackets, "(7) seven", taken as one."""
    numbers: list[Number] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind != "number" and not _may_begin(tokens[at].norm):
            at += 1
            continue
        if end := percent_end(tokens, at):
            at = end
            continue
        end = find_standing(tokens, at)
        number = Number(at, end, None, 1, "vague", definite=False) if end else read_number(tokens, at)
        if number is None:
            at += 1
            continue
        at = number.last
        if number.role == "ordinal":
            continue
        if numbers and (end := _repeated(tokens, numbers[-1], number)):
            numbers[-1] = numbers[-1]._replace(last=end)
            at = max(at, end)
        else:
            numbers.append(number)
    return numbers


@lru_cache(maxsize=50_000)
def _may_begin(norm: str) -> bool:
    """Whether a quantity, or the words that say "per cent", may begin with this normalised word or mark."""
    return opens_number(norm) or opens_percent(norm) or opens_standing(norm)


def _repeated(tokens: Sequence[Token], before: Number, number: Number) -> int | None:
    """The end of a number that is said twice, in figures and in words, one of them in brackets."""
    if before.value is None or before.value != number.value or number.first - before.last != 1:
        return None
    if tokens[before.last].text == ")":
        return number.last
    closed = number.last < len(tokens) and tokens[number.last].text == ")"
    return number.last + 1 if tokens[before.last].text == "(" and closed else None


def _range(tokens: Sequence[Token], numbers: list[Number], at: int, free: int) -> Quantity | None:
    """The range that this number and the next are the ends of, if they are."""
    if at + 1 == len(numbers):
        return None
    low, high = numbers[at], numbers[at + 1]
    if low.value is None or high.value is None or high.first - low.last > 3:
        return None
    joint = find_joint(tokens, low, high, free)
    if joint is None or (joint.opener < low.first and change_before(tokens, joint.opener)):
        return None
    least, most = low.value, high.value
    if low.step == 1 < high.step and least * high.step < most:  # between 10 and 15 thousand
        least *= high.step
    kind = kind_of(tokens, high)
    if least >= most:
        if not joint.dashed:
            return None
        kind = kind if kind in {"date", "year", "phone", "clock"} else "score"
    elif kind == "cardinal":  # a date may say its month once, after both days
        kind = kind_of(tokens, low)
        kind = kind if kind in {"label", "phone", "date", "year"} else "cardinal"
    first = find_before(tokens, joint.opener, free)[1]
    whole = least.denominator == most.denominator == 1
    if least >= most or not whole:
        return Quantity(first, high.last, None, None, "vague", kind if whole else "decimal", low.first, low.definite)
    return Quantity(first, high.last, int(least), int(most), "range", kind, low.first, low.definite)


def _single(tokens: Sequence[Token], number: Number, free: int, after: Bound | None) -> Quantity | None:
    """The quantity of one number with the bound set before it, and the one set `after` it."""
    bound, first = find_before(tokens, number.first, free)
    definite = number.definite or (first < number.first and tokens[number.first - 1].norm == "ال")
    if number.value is None:
        return Quantity(first, number.last, None, None, "vague", "cardinal", number.first, definite)
    if number.role == "one_of":
        follows = number.last < len(tokens) and tokens[number.last].kind == "word"
        if not follows or negated(tokens, number.first):
            return None
        return Quantity(number.first, number.last, 1, 1, "exact", "one_of", number.first, definite)
    kind = kind_of(tokens, number)
    if kind not in {"cardinal", "duration", "percent"}:
        first, bound = number.first, "exact"
    elif bound in {"exact", "about"}:
        bound = after or bound
    if number.value.denominator != 1:
        return Quantity(first, number.last, None, None, "vague", "decimal", number.first, definite)
    value = int(number.value)
    least = None if bound == "up_to" else value
    most = None if bound in {"at_least", "more_than"} else value
    return Quantity(first, number.last, least, most, bound, kind, number.first, definite)
