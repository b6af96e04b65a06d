"""The period that a question is about, from the dates it names and the words around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from babel.dates import get_day_names

from retrieval.arabic.dates import DateMention
from retrieval.arabic.months import read_month
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import Phrases, openings, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token

Loose = Literal["", "year", "week"]
Effect = Literal["since", "after", "before", "until", "between", "relative", "week"]

_DAY = dt.timedelta(days=1)


class PeriodWord(Row):
    """A word before a date that stretches it, or one beside a month that says which year without naming it."""

    word: str
    effect: Effect


class Period(NamedTuple):
    """The days asked about, both inclusive, either side open; `loose` says what of a date was not said."""

    start: dt.date | None = None
    end: dt.date | None = None
    loose: Loose = ""


def find_period(tokens: Sequence[Token], dates: Sequence[DateMention], as_of: dt.date) -> Period:
    """The period that the dates of a question give together; both sides open when it names none."""
    known = [date for date in dates if date.start is not None and not _length(tokens[date.first : date.last], date)]
    if not known:
        return Period()
    if len(known) >= 2 and _joined(tokens, known[0], known[1]):
        start, end = _start(known[0]), _end(known[1])
        # "From February until May 2017": the year is said once, for both.
        start = start if start <= end else start.replace(year=end.year - (start.month > end.month))
        return Period(start, end, _LOOSE[_looseness(tokens, known[1])])
    beside = tokens[known[0].last : known[1].first + 1] if len(known) == 2 else ()
    if beside and len(beside) <= 2 and beside[0].norm[:1] == _AND:
        return Period(_start(known[0]), _end(known[1]), _LOOSE[_looseness(tokens, known[1])])
    # What the question says in full goes before what it leaves open: "on Tuesday in May 2016".
    fullest = min(_looseness(tokens, date) for date in known)
    known = [date for date in known if _looseness(tokens, date) == fullest]
    loose = _LOOSE[fullest]
    date = min(known, key=lambda each: (_end(each) - _start(each), each.first))
    start, end = _start(date), _end(date)
    if _word_before(tokens, date.first) == "week" and start == end and start.day <= 5:
        # "The third week of July" holds a third that is no day.
        start = start.replace(day=7 * start.day - 6)
        return Period(start, start + 6 * _DAY, loose)
    return _stretched(Period(start, end, loose), _effect_before(tokens, date.first), as_of)


def _stretched(period: Period, effect: Effect | None, as_of: dt.date) -> Period:
    """The period as the word before its date stretches it: since, after, before or until."""
    start, end = period.start, period.end
    assert start is not None
    assert end is not None
    if effect in ("since", "after"):
        return period._replace(start=start if effect == "since" else end + _DAY, end=max(as_of, end + _DAY))
    if effect == "before":
        return period._replace(start=None, end=start - _DAY)
    return period._replace(start=None) if effect == "until" else period


def _joined(tokens: Sequence[Token], first: DateMention, second: DateMention) -> bool:
    """Whether two dates are the ends of one period: "from A to B", "between A and B"."""
    opening = _effect_before(tokens, first.first)
    joint = tokens[second.first].norm[:1] == "و" or _effect_before(tokens, second.first) == "until"
    return opening in ("since", "between") and joint and second.first - first.last <= 2


def _word_before(tokens: Sequence[Token], at: int) -> Effect | None:
    match = _effects().match([token.norm for token in tokens[:at]], at - 1) if at else None
    return match.value if match else None


def _effect_before(tokens: Sequence[Token], at: int) -> Effect | None:
    norms = [token.norm for token in tokens]
    for length in (2, 1):
        if at >= length:
            match = _effects().match(norms[:at], at - length)
            if match and match.length == length and match.value not in ("relative", "week"):
                return match.value
    return None


def _length(tokens: Sequence[Token], date: DateMention) -> bool:
    """Whether a stretch is only so long and not counted from today: "within two weeks", not "the last two weeks"."""
    if date.precision != "period" or any(token.kind == "number" and len(token.norm) == 4 for token in tokens):
        return False
    norms = [token.norm for token in tokens]
    opening = _effects().match(norms, 0)
    if opening is not None and opening.value == "since":
        # "Since a month" is counted back from today.
        return False
    named = any(read_month(tokens, k) is not None for k in range(len(tokens)))
    relative = any((match := _effects().match(norms, k)) and match.value == "relative" for k in range(len(norms)))
    return not named and not relative


_AND = "و"
_LOOSE: tuple[Loose, ...] = ("", "", "year", "week")


def _looseness(tokens: Sequence[Token], date: DateMention) -> int:
    """How much a date leaves open: 0 nothing, 1 it counts from today, 2 the year, 3 the week."""
    said = tokens[date.first : date.last]
    if any(token.kind == "number" and len(token.norm) == 4 for token in said):
        return 0
    norms = [token.norm for token in said]
    if any((match := _effects().match(norms, k)) and match.value == "relative" for k in range(len(norms))):
        return 1
    if any(read_month(said, k) is not None for k in range(len(said))):
        return 2
    # A bare day of the week is one of many; anything else counts from today.
    weekday = date.precision == "day" and any(_is_weekday(norm) for norm in norms)
    return 3 if weekday else 1


def _is_weekday(norm: str) -> bool:
    return any(rest in _weekdays() for _, rest in openings(norm))


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(normalise(name) for name in get_day_names("wide", locale="ar").values())


def _start(date: DateMention) -> dt.date:
    assert date.start is not None
    return date.start


def _end(date: DateMention) -> dt.date:
    return date.end or _start(date)


@cache
def _effects() -> Phrases[Effect]:
    return Phrases((words(row.word), row.effect) for _, row in load("period_words", PeriodWord))
