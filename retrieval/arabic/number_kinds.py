"""What a number is a number of: a count, a time, a date, a label, as the words and marks beside it say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from pydantic import Field

from retrieval.arabic.months import read_month
from retrieval.arabic.morphology import analyse
from retrieval.arabic.numerals import Number
from retrieval.arabic.phrase_ends import Phrases, ends_at, phrases_of, starts_at
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token

# cardinal counts something; duration counts time (28 years old, 3 days); one_of is "one of the soldiers";
# the others count nothing that a reader of casualties, strikes or aid should take.
QuantityKind = Literal[
    "cardinal", "one_of", "duration", "decimal", "percent", "clock", "date", "year", "label", "phone", "score"
]
ContextKind = Literal[
    "label", "clock", "phone", "percent", "year", "maybe_year", "duration", "change", "negation", "group"
]
Side = Literal["before", "after"]

_PERCENT = frozenset({"%", "٪"})
_SLASHES = frozenset({"/", "\\"})
_DASHES = frozenset("-–")
_BRACKETS = frozenset("()[]«»\"'“”")


class ContextWord(Row):
    """One row of number_contexts.csv: a word beside a number that says what the number is."""

    phrase: str = Field(min_length=1)
    side: Side
    kind: ContextKind


@cache
def _contexts(side: Side, kind: ContextKind) -> Phrases[ContextKind]:
    rows = (
        (number, row.phrase, row.kind)
        for number, row in load("number_contexts", ContextWord)
        if row.side == side and row.kind == kind
    )
    return phrases_of("number_contexts", rows)


def context_of(tokens: Sequence[Token], at: int, side: Side, kind: ContextKind) -> bool:
    """Whether a word of this kind ends before index `at` (side before) or begins at it (side after)."""
    if side == "before":
        return ends_at(_contexts(side, kind), tokens, at) is not None
    return at < len(tokens) and starts_at(_contexts(side, kind), tokens, at) is not None


def opens_percent(norm: str) -> bool:
    """Whether words that say "per cent" may begin with this normalised word."""
    return bool(_contexts("after", "percent").opening(norm))


def percent_end(tokens: Sequence[Token], at: int) -> int | None:
    """The end of words that say "per cent", beginning at `at`; the hundred in them is no number."""
    found = starts_at(_contexts("after", "percent"), tokens, at)
    return found.last if found else None


def negated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation stands within four words before: "none of them" is not one of them."""
    return any(context_of(tokens, index, "before", "negation") for index in range(max(at - 3, 1), at + 1))


def kind_of(tokens: Sequence[Token], number: Number) -> QuantityKind:
    """The kind of a number, by what stands directly before and after it."""
    figures = number.role == "digits"
    if figures and (kind := _kind_by_marks(tokens, number)):
        return kind
    before = number.first
    while before > 0 and (tokens[before - 1].text in _BRACKETS or tokens[before - 1].norm in {"ال", "ب", "ل"}):
        before -= 1
    if number.role != "vague" and _is_date(tokens, number):
        return "date"
    if _is_year(tokens, number, before):
        return "year"
    if number.definite and context_of(tokens, before, "before", "group"):
        return "label"
    for side, at in (("before", before), ("after", number.last)):
        for kind in ("label", "clock", "percent", "phone", "duration"):
            if context_of(tokens, at, side, kind):  # type: ignore[arg-type]  # the loops run over the literals
                return kind  # type: ignore[return-value]  # a context kind that is a quantity kind too
    return "cardinal"


def _kind_by_marks(tokens: Sequence[Token], number: Number) -> QuantityKind | None:
    """What the marks and letters that touch the figures say."""
    first, last, text = number.first, number.last, tokens[number.first].norm
    before = tokens[first - 1].text if first else ""
    after = tokens[last].text if last < len(tokens) else ""
    if before in _PERCENT or after in _PERCENT:
        return "percent"
    if _in_numeric_date(tokens, first):
        return "date"
    if (before in _SLASHES and _figures(tokens, first - 2)) or (after in _SLASHES and _figures(tokens, last + 1)):
        return "year" if len(text) == 4 and _beside_year(tokens, number) else "date"
    if _is_clock(tokens, first, last):
        return "clock"
    if len(text) > 8 or (text[0] == "0" and len(text) > 3) or (before == "+" and len(text) > 5):
        return "phone"
    return "label" if _is_label(tokens, number) else None


def _is_clock(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the figures are the hours or the minutes of "17:36"."""
    minutes = first > 1 and tokens[first - 1].text == ":" and tokens[first - 1].end == tokens[first].start
    hours = last < len(tokens) and tokens[last].text == ":" and tokens[last].start == tokens[last - 1].end
    return (minutes and _figures(tokens, first - 2)) or (hours and _figures(tokens, last + 1))


def _in_numeric_date(tokens: Sequence[Token], at: int) -> bool:
    """Whether the figures are one of three that dashes join: 2016-11-05."""
    chain = 1
    for step in (-2, 2):
        place = at + step
        while _figures(tokens, place) and tokens[place - step // 2].text in _DASHES and chain < 4:
            chain += 1
            place += step
    return chain > 2


def _figures(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].kind == "number"


def _beside_year(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the other number of "2016/2017" is a year too."""
    return any(_figures(tokens, at) and len(tokens[at].norm) == 4 for at in (number.first - 2, number.last + 1))


def _is_label(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the figures are part of a name (M16, F-16, 5+1) or the number of a list's item ("1- ")."""
    first, last = number.first, number.last
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    touches_before = before is not None and before.end == tokens[first].start
    touches_after = after is not None and after.start == tokens[last - 1].end
    if after and (after.text == "+" or (touches_after and after.kind == "word" and after.norm[0].isascii())):
        return True
    if before is None:
        return bool(touches_after and after and after.text in "-–)." and not _figures(tokens, last + 1))
    if before.text == "+":
        return True
    if touches_before and before.kind == "word":
        return before.norm[0].isascii() or _is_name(before.norm)
    if touches_before and before.text in "-–" and first > 1:
        name = tokens[first - 2]
        return name.kind == "word" and name.end == before.start
    return False


def _is_name(norm: str) -> bool:
    """Whether a word glued to figures is a name that the figures belong to, not a word that lost its space."""
    return len(norm) > 2 and not any(analysis.known for analysis in analyse(norm))


def _is_date(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the number is the day of a month: 5 May, the 14th "of" July, 10 June/July."""
    if number.value is None or not 1 <= number.value <= 31 or number.last >= len(tokens):
        return False
    at = number.last
    if read_month(tokens, at):
        return True
    return (
        len(tokens[at].norm) == 2
        and at + 1 < len(tokens)
        and tokens[at].norm == "من"
        and bool(read_month(tokens, at + 1))
    )


def _is_year(tokens: Sequence[Token], number: Number, before: int) -> bool:
    """Whether the number names a year rather than counts two thousand of something."""
    value = number.value
    if value is None or not 1300 <= value <= 2100 or any(mark in tokens[number.first].norm for mark in ",.٫٬"):
        return False
    if context_of(tokens, before, "before", "year") or context_of(tokens, number.last, "after", "year"):
        return True
    if value < 1900 or number.role != "digits":
        return False
    if _month_ends(tokens, before) or _in_years(tokens, number):
        return True
    bracketed = before < number.first and number.last < len(tokens) and tokens[number.last].text in _BRACKETS
    counts = number.last < len(tokens) and tokens[number.last].kind == "word" and value % 100 == 0
    in_place = context_of(tokens, before, "before", "maybe_year") or _after_name(tokens, number)
    return bracketed or (in_place and not counts)


def _after_name(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the number stands between a name and no word that it could count: "Munich 1972"."""
    if number.first == 0 or tokens[number.first - 1].kind != "word":
        return False
    after = tokens[number.last] if number.last < len(tokens) else None
    counts = after is not None and after.kind == "word" and _pos(after) not in {"prep", "conj", "part"}
    return not counts and _pos(tokens[number.first - 1]) == "name"


def _pos(token: Token) -> str:
    """The part of speech that a word has most often."""
    return next((analysis.pos for analysis in analyse(token.text)), "")


def _in_years(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the number is one end of a span of years: 2011-2015, 2011 and 2015."""
    for glue, other in ((number.first - 1, number.first - 2), (number.last, number.last + 1)):
        if _figures(tokens, other) and len(tokens[other].norm) == 4 and tokens[other].norm[:2] in {"19", "20"}:
            return tokens[glue].text in _DASHES or (glue < number.first and tokens[glue].norm == "و")
    return False


def _month_ends(tokens: Sequence[Token], end: int) -> bool:
    """Whether the name of a month ends before index `end`."""
    return any((month := read_month(tokens, at)) and month.last == end for at in range(max(end - 3, 0), end))
