"""Dates in a run of tokens, settled against the day of publication: from "yesterday" to "25 Shawwal 1436"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic.bounds import bound_at
from retrieval.arabic.calendars import UNKNOWN, Relation, Span, shift, weekday_span
from retrieval.arabic.date_names import is_name, is_noun, name_end, names_paper
from retrieval.arabic.date_periods import read_period
from retrieval.arabic.date_phrases import Said, read_absolute, settle
from retrieval.arabic.date_words import (
    kinds_of,
    looks_ahead,
    opening_of,
    opens_first,
    relation_after,
    weekday_at,
    word_at,
)
from retrieval.arabic.months import opens_month
from retrieval.arabic.morphology import analyse
from retrieval.arabic.number_kinds import kind_of
from retrieval.arabic.numerals import opens_number, read_number
from retrieval.arabic.tokens import Token
from retrieval.types import DatePrecision

_BRACKETS = frozenset("()[]«»\"'،,")
_DASHES = frozenset("-–—/")
_SEPARATORS = frozenset("/-.–\\")
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_MOST_GLUE = 4  # how many words that name no date may stand between two that do


class DateMention(NamedTuple):
    """A date on the tokens from `first` to `last` (exclusive): its first and last day, and how precisely it is named.

    Both days are None where the words name no day, or need a day of publication that is not known.
    """

    first: int
    last: int
    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision


class _Piece(NamedTuple):
    """One of the words that together name a date, what it says alone, and how far it outweighs the others."""

    last: int
    span: Span
    weight: int
    said: Said | None = None


def find_dates(tokens: Sequence[Token], published: dt.date | None) -> list[DateMention]:
    """The dates of a sentence, in order, none overlapping another.

    A weekday is the latest such day not after publication, unless the words look ahead; a day and month without a
    year are the nearest, in the past unless they are near in the future. A day of publication that no news can have
    (a broken feed's year 1) counts as unknown.
    """
    if published and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    found: list[DateMention] = []
    at = 0
    while at < len(tokens):
        if not _may_begin(tokens, at):
            at += 1
            continue
        mention = _mention(tokens, at, published)
        if mention is None:
            at = max(at + 1, name_end(tokens, at))
            continue
        joined = _joined_range(tokens, found[-1], mention) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(mention)
        at = mention.last
    return found


def _may_begin(tokens: Sequence[Token], at: int) -> bool:
    """Whether a date may begin at token `at`, as this and the next word tell."""
    norm = tokens[at].norm
    if not _may_open(norm):
        return False
    if _opens(norm):
        return _belongs(norm) or _counts_time(tokens, at)
    _, seconds, day = opening_of(norm)
    if at + 1 == len(tokens) or not (seconds or day):
        return False
    following = tokens[at + 1].norm
    return following in seconds or (day and _opens_day(following))


@lru_cache(maxsize=50_000)
def _may_open(norm: str) -> bool:
    """Whether a date may begin with this normalised word or number if the right one follows."""
    _, seconds, day = opening_of(norm)
    return _opens(norm) or bool(seconds) or day


@lru_cache(maxsize=50_000)
def _opens(norm: str) -> bool:
    """Whether a date may begin with this normalised word or number, whatever follows."""
    return _opens_day(norm) or opening_of(norm).alone or opens_month(norm)


@lru_cache(maxsize=50_000)
def _belongs(norm: str) -> bool:
    """Whether a normalised word may belong to a date by more than that it is a number."""
    return bool(kinds_of(norm)) or opening_of(norm).alone or opens_month(norm)


def _counts_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number may begin a date: by its own form, or by the mark or word of a date right behind it."""
    token, last = tokens[at], at + 1
    if token.kind == "number":
        joined = last < len(tokens) and tokens[last].text in _SEPARATORS
        if joined or len(token.norm) == 4 or "." in token.norm:
            return True
    elif bound_at(tokens, at):
        return True
    number = read_number(tokens, at)
    if number is None or number.last == len(tokens):
        return False
    following = tokens[number.last]
    return following.text in _DASHES or following.norm == "و" or _belongs(following.norm)


def _opens_day(norm: str) -> bool:
    """Whether the day of a month may begin with this normalised word or number."""
    return norm[:1].isdigit() or opens_number(norm) or opens_first(norm)


def _mention(tokens: Sequence[Token], at: int, published: dt.date | None) -> DateMention | None:
    """The date whose first word stands at token `at`: all the words that together name it."""
    pieces: list[_Piece] = []
    end, glued = at, 0
    while end < len(tokens) and glued <= _MOST_GLUE and not names_paper(tokens, end):
        piece = _piece(tokens, end, published)
        if piece and _goes_with(tokens, pieces, piece, end):
            pieces.append(piece)
            end, glued = piece.last, 0
            continue
        after_glue = None if piece else _glue(tokens, end, inside=bool(pieces))
        if after_glue is None:
            break
        end, glued = after_glue, glued + 1
    if not pieces:
        return None
    span = _weigh(pieces, published)
    first = _clock_before(tokens, at)
    hour = first < at and span.precision == "day"
    return DateMention(first, pieces[-1].last, span.start, span.end, "hour" if hour else span.precision)


def _glue(tokens: Sequence[Token], at: int, *, inside: bool) -> int | None:
    """The index after words that belong to a date without naming one: "dawn of", "day", "corresponding to"."""
    for kind in ("part", "filler", "equals") if inside else ("part", "filler"):
        if found := word_at(kind, tokens, at):
            return found.last
    return at + 1 if inside and tokens[at].text in _BRACKETS | _DASHES else None


def _piece(tokens: Sequence[Token], at: int, published: dt.date | None) -> _Piece | None:
    if weekday := weekday_at(tokens, at):
        return _weekday(tokens, at, weekday.last, weekday.value, published)
    if day := word_at("day", tokens, at):
        return _day_word(tokens, at, day.last, int(day.value), published)
    if said := read_absolute(tokens, at) or _bare_year(tokens, at):
        if is_name(tokens, at, said):
            return None
        if at and said.day and not (said.year or said.relation) and word_at("memory", tokens, at - 1):
            said = said._replace(relation="past")
        span = settle(said, published)
        return _Piece(said.last, span or UNKNOWN, 3 if span else 0, said)
    period = read_period(tokens, at, published)
    return _Piece(period.last, period.span, 2) if period else None


def _weekday(tokens: Sequence[Token], at: int, last: int, weekday: int, published: dt.date | None) -> _Piece | None:
    """A weekday; but not "the market of Tuesday" or "every Tuesday"."""
    if at > 0 and is_noun(tokens[at - 1], {"place_noun", "facility", "quantifier"}):
        return None
    relation: Relation = ""
    if found := relation_after(tokens, last):
        relation, last = found.value, found.last  # type: ignore[assignment]  # the table's values
    elif looks_ahead(tokens, at):
        relation = "next"
    return _Piece(last, weekday_span(weekday, relation, published), 1)


def _day_word(tokens: Sequence[Token], at: int, last: int, offset: int, published: dt.date | None) -> _Piece | None:
    """Yesterday, today; but not "that day", "the next day", "the third day"."""
    if at > 0 and any(a.sense == "demonstrative" for a in analyse(tokens[at - 1].text)[:1]):
        return None
    if last < len(tokens) and last == at + 1:
        after = read_number(tokens, last)
        if word_at("relation", tokens, last) or word_at("first", tokens, last) or (after and after.role == "ordinal"):
            return None
    date = shift(published, offset, "day") if published else None
    return _Piece(last, Span(date, date, "day"), 2)


def _bare_year(tokens: Sequence[Token], at: int) -> Said | None:
    """A year that only its place in the sentence tells: "in 2016", "(2014)"."""
    if tokens[at].kind != "number" or len(tokens[at].norm) != 4 or not tokens[at].norm.isdecimal():
        return None
    number = read_number(tokens, at)
    if number is None or number.last != at + 1 or kind_of(tokens, number) != "year":
        return None
    return Said(at + 1, year=int(tokens[at].norm))


def _goes_with(tokens: Sequence[Token], pieces: list[_Piece], piece: _Piece, at: int) -> bool:
    """Whether a piece belongs to the same date as those before it: a weekday and its day, two calendars, a night."""
    if not pieces:
        return True
    before = pieces[-1]
    if before.said and piece.said:
        equal = any(word_at("equals", tokens, j) for j in range(before.last, at))
        return equal or before.said.calendar != piece.said.calendar
    if piece.said:
        return piece.said.day is not None
    if before.weight == piece.weight == 1:
        one_day = before.span.start and piece.span.start and (piece.span.start - before.span.start).days % 7 == 1
        return bool(one_day) and tokens[at].norm[0] != "و" and (at == before.last or tokens[at - 1].text in _DASHES)
    return before.weight == 2 and piece.weight == 1 and before.span.precision == "day"


def _weigh(pieces: list[_Piece], published: dt.date | None) -> Span:
    """What the pieces of a date say together."""
    best = max(pieces, key=lambda piece: (piece.span.start is not None, piece.weight))
    weekdays = [piece for piece in pieces if piece.weight == 1]
    if best.weight == 1 and len(weekdays) == 2 and weekdays[0].span.start:
        start = weekdays[0].span.start
        if published and start == published:
            start = shift(start, -7, "day")  # the night that ends on a later day has not come yet
        return Span(start, shift(start, 1, "day"), "day")
    if best.weight == 2 and weekdays and best.span.start and weekdays[0].span.start:
        said = weekdays[0].span.start
        return best.span if said.weekday() == best.span.start.weekday() else weekdays[0].span
    return best.span


def _clock_before(tokens: Sequence[Token], at: int) -> int:
    """The index where the hour before a date begins: "at the fifth hour of the morning of …"; else the date's own."""
    before = at - 1 if at and word_at("from", tokens, at - 1) else at
    for start in range(before - 1, max(before - 4, -1), -1):
        unit = word_at("unit", tokens, start)
        if unit and unit.value == "hour" and unit.last < before and read_number(tokens, unit.last):
            return start
    return at


def _joined_range(tokens: Sequence[Token], low: DateMention, high: DateMention) -> DateMention | None:
    """One mention of two that are the ends of a range: "from 28 April to 3 May", "between 2011 and 2015"."""
    between = tokens[low.last : high.first]
    opened = low.first > 0 and word_at("from", tokens, low.first - 1) is not None
    if len(between) != 1 or None in (low.start, low.end, high.start, high.end) or low.precision != high.precision:
        return None
    if between[0].text not in _DASHES and not (opened and (word_at("to", between, 0) or between[0].norm == "و")):
        return None
    assert low.start is not None
    assert high.start is not None
    start = low.start
    if low.precision == "day" and -7 < (high.start - start).days < 0:
        start = shift(start, -7, "day")  # two weekdays, the first of which lies in the week before
    if low.precision in {"day", "month"} and not 0 <= (high.start - start).days <= 366:
        # the year is said once, after the second
        years = high.start.year - start.year - ((start.month, start.day) > (high.start.month, high.start.day))
        start = shift(start, years, "year")
    if start > high.start:
        return None
    return DateMention(low.first - opened, high.last, start, high.end, "period")
