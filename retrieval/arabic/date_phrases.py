"""Dates that name a day, month or year: "5 May last", "the 14th of July 2015", "25 Shawwal 1436", "2016-11-05"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.calendars import (
    Edge,
    Relation,
    Span,
    day_span,
    edge_span,
    month_span,
    nearest,
    unit_span,
    year_span,
)
from retrieval.arabic.date_words import kinds_of, relation_after, weekday_at, word_at
from retrieval.arabic.months import Calendar, Month, read_month
from retrieval.arabic.numerals import read_number
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

_DASHES = frozenset("-–—")
_SEPARATORS = frozenset("/-.–\\")
_CENTURY = 2000
_BEFORE_MONTH = frozenset({"edge", "since", "within"})


class Said(NamedTuple):
    """What the words up to `last` (exclusive) say of a date, before the day of publication is taken into account.

    `until` is the last day of "3 to 7 May"; `year_relation` stands for a year said as "last year"; `relation` is that
    of the whole date ("5 May last").
    """

    last: int
    day: int | None = None
    until: int | None = None
    month: int | None = None
    calendar: Calendar = "gregorian"
    year: int | None = None
    year_relation: Relation = ""
    relation: Relation = ""
    edge: Edge = ""


def settle(said: Said, published: dt.date | None) -> Span | None:
    """The days that are meant; None for a day that no calendar has, or one that needs the day of publication."""
    span = _whole(said, published)
    if span is None:
        return None
    if said.until and said.month and span.start:
        last = settle(said._replace(day=said.until, until=None), published)
        return Span(span.start, last.end, "period") if last and last.end and last.end > span.start else span
    return edge_span(span, said.edge)


def _whole(said: Said, published: dt.date | None) -> Span | None:
    year = said.year
    if year is None and said.year_relation:
        this = unit_span("year", said.year_relation, published).start
        if this is None:
            return None
        year = this.year
    if said.month is None:
        if said.day is None:
            return year_span(year, said.calendar) if year is not None else None
        month = unit_span("month", said.relation, published).start
        return day_span(month.year, month.month, said.day, "gregorian") if month else None
    if year is None:
        return nearest(said.month, said.day, said.calendar, said.relation, published)
    if said.day is None:
        return month_span(year, said.month, said.calendar)
    return day_span(year, said.month, said.day, said.calendar)


def read_absolute(tokens: Sequence[Token], at: int) -> Said | None:
    """The date that begins at token `at` and names a day, month or year."""
    if numeric := _numeric(tokens, at) or _short_numeric(tokens, at):
        return _with_era(tokens, numeric)
    if edge := word_at("edge", tokens, at):
        inner = read_whole(tokens, edge.last)
        return inner._replace(edge=edge.value) if inner and inner.day is None else None  # type: ignore[arg-type]  # the table's values
    return _with_day(tokens, at) or read_whole(tokens, at, needs_mark=True)


def read_whole(tokens: Sequence[Token], at: int, *, needs_mark: bool = False) -> Said | None:
    """A month or a year that begins at token `at`, bare figures too unless a word or era must mark the year."""
    return _from_month(tokens, at, None, None) or _year_alone(tokens, at, needs_mark=needs_mark)


def _is(token: Token, kind: str, norm: str = "") -> bool:
    return token.kind == kind and (not norm or token.norm == norm)


def _numeric(tokens: Sequence[Token], at: int) -> Said | None:
    """A date in figures alone: 2016-11-05, 5/11/2016, 5.11.2016, 15 / 10 / 1436."""
    if tokens[at].kind != "number":
        return None
    parts = tokens[at].norm.split(".")
    last = at + 1
    if len(parts) == 1:
        parts = [tokens[at].norm]
        while last + 1 < len(tokens) and len(parts) < 3 and tokens[last].text in _SEPARATORS:
            if tokens[last + 1].kind != "number" or tokens[last].text != tokens[at + 1].text:
                break
            parts.append(tokens[last + 1].norm)
            last += 2
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    return _numbers(last, *map(int, parts), slashed=tokens[at + 1].text == "/" if last > at + 1 else False)


def _short_numeric(tokens: Sequence[Token], at: int) -> Said | None:
    """A day and month in figures, which could be a fraction if a weekday or "on the day" did not stand before it."""
    parts = tokens[at : at + 3]
    named = at > 0 and (weekday_at(tokens, at - 1) or word_at("filler", tokens, at - 1))
    if not named or [part.kind for part in parts] != ["number", "mark", "number"] or parts[1].text != "/":
        return None
    day, month = (
        int(part.norm) if part.norm.isdecimal() and len(part.norm) < 3 else 0 for part in (parts[0], parts[2])
    )
    return Said(at + 3, day, None, month) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _numbers(last: int, first: int, month: int, third: int, *, slashed: bool) -> Said | None:
    day, year = (third, first) if first > 31 else (first, third)
    if month > 12 >= day:
        day, month = month, day
    if year < 100 and slashed:
        year += _CENTURY
    calendar: Calendar = "hijri" if 1300 <= year <= 1500 else "gregorian"
    if not (1 <= month <= 12 and 1 <= day <= 31 and (calendar == "hijri" or 1800 <= year <= 2100)):
        return None
    return Said(last, day, None, month, calendar, year)


def _with_era(tokens: Sequence[Token], said: Said) -> Said:
    era = word_at("hijri", tokens, said.last) or word_at("gregorian", tokens, said.last)
    return said._replace(last=era.last) if era else said


def _day_of_month(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """A number or ordinal from 1 to 31 and the index after it."""
    if at >= len(tokens):
        return None
    if first := word_at("first", tokens, at):
        return 1, first.last
    number = read_number(tokens, at)
    if number is None or number.value is None or number.value.denominator != 1 or not 1 <= number.value <= 31:
        return None
    return int(number.value), number.last


def _with_day(tokens: Sequence[Token], at: int) -> Said | None:
    """A date that begins with its day, or with the first and last day of a few."""
    opened = word_at("from", tokens, at)
    day = _day_of_month(tokens, opened.last if opened else at)
    if day is None:
        return None
    if (last := _second_day(tokens, day[1])) and (found := _after_day(tokens, last[1], day[0], last[0])):
        return found if day[0] < last[0] else None
    return None if opened else _after_day(tokens, day[1], day[0], None)


def _second_day(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The last day of a few: "to 7", "-7", "and 7"."""
    if at >= len(tokens):
        return None
    if tokens[at].text in _DASHES or tokens[at].norm == "و":
        return _day_of_month(tokens, at + 1)
    joined = word_at("to", tokens, at)
    return _day_of_month(tokens, joined.last) if joined else None


def _after_day(tokens: Sequence[Token], at: int, day: int, until: int | None) -> Said | None:
    """What follows a day: its month, or "of this month", or "of the current"."""
    if at >= len(tokens):
        return None
    of = at + 1 if (found := word_at("from", tokens, at)) and len(found.words) == 1 else at
    if said := _from_month(tokens, of, day, until):
        return said
    if (unit := word_at("unit", tokens, of)) and unit.value == "month":
        relation = word_at("relation", tokens, unit.last)
        return Said(relation.last, day, relation=relation.value) if relation else None  # type: ignore[arg-type]  # the table's values
    if (this := word_at("relation", tokens, of)) and (unit := word_at("unit", tokens, this.last)):
        return Said(unit.last, day, relation=this.value) if unit.value == "month" else None  # type: ignore[arg-type]  # likewise
    if tokens[at - 1].kind == "number" and of == at and (this := relation_after(tokens, at)):
        return Said(this.last, day, relation="current") if this.value == "current" else None
    return None


def _from_month(tokens: Sequence[Token], at: int, day: int | None, until: int | None) -> Said | None:
    """A month with what is said after it: its other name, its year, "last"."""
    if at >= len(tokens) or (day is None and at > 0 and tokens[at - 1].kind == "number"):
        return None
    unit = word_at("unit", tokens, at)
    named = unit.last if unit and unit.value == "month" else at
    month = read_month(tokens, named) if named < len(tokens) else None
    if month is None:
        return None
    said = _year_after(tokens, Said(_other_name(tokens, month), day, until, month.month, month.calendar))
    sure = day is not None or named > at or said.year or said.year_relation or said.relation
    return said if sure or _stands_alone(tokens, at, month) else None


def _stands_alone(tokens: Sequence[Token], at: int, month: Month) -> bool:
    """Whether a month without day and year is meant as one: no other word, or behind "in", "since", "the end of"."""
    if not month.doubtful:
        return True
    # Behind these a verb cannot stand, but men of the names of Hijri months and the number zero can.
    if at == 0 or not month.exact or month.calendar == "hijri":
        return False
    before = tokens[at - 1].norm.removeprefix("و")
    return before in word_set("in") or not _BEFORE_MONTH.isdisjoint(kinds_of(before))


def _other_name(tokens: Sequence[Token], month: Month) -> int:
    """The index after a month that is named twice: "July (Tammuz)", "June/Haziran"."""
    last = month.last
    if last < len(tokens) and (other := read_month(tokens, last)) and other.month == month.month:
        return other.last if other.calendar == month.calendar else last
    if last + 1 < len(tokens) and tokens[last].text in {"(", "/", "-", "–", "["}:
        other = read_month(tokens, last + 1)
        if other and (other.month, other.calendar) == (month.month, month.calendar):
            closed = other.last < len(tokens) and tokens[other.last].text in {")", "]"}
            return other.last + closed
    return last


def _year_after(tokens: Sequence[Token], said: Said) -> Said:
    """The same date with the year or the relation that follows its month."""
    if relation := relation_after(tokens, said.last):
        return said._replace(last=relation.last, relation=relation.value)  # type: ignore[arg-type]  # the table's values
    at = said.last
    if at < len(tokens) and tokens[at].text in {"،", ","}:
        at += 1
    of = word_at("from", tokens, at)
    start = of.last if of and len(of.words) == 1 else at
    if start > said.last + 1:
        return said
    if year := _year_number(tokens, start, needs_mark=False):
        return said._replace(last=year[1], year=year[0])
    worded = word_at("unit", tokens, start)
    if worded and worded.value == "year" and (relation := word_at("relation", tokens, worded.last)):
        return said._replace(last=relation.last, year_relation=relation.value)  # type: ignore[arg-type]  # likewise
    this = word_at("relation", tokens, start) if of else None
    if this and (worded := word_at("unit", tokens, this.last)) and worded.value == "year":
        return said._replace(last=worded.last, year_relation=this.value)  # type: ignore[arg-type]  # likewise
    return said


def _year_number(tokens: Sequence[Token], at: int, *, needs_mark: bool) -> tuple[int, int, Calendar] | None:
    """A year, the index after it and after its era, and the calendar that the era or the year itself says."""
    worded = word_at("year_word", tokens, at)
    start = worded.last if worded else at
    if start >= len(tokens):
        return None
    number = read_number(tokens, start)
    if number is None or number.value is None or number.value.denominator != 1:
        return None
    value, last = int(number.value), number.last
    figures = tokens[start].kind == "number"
    if not 1000 <= value <= 2100 or (figures and tokens[start].norm != str(value)) or not (figures or worded):
        return None
    hijri, christian = word_at("hijri", tokens, last), word_at("gregorian", tokens, last)
    if needs_mark and not (worded or hijri or christian):
        return None
    era = hijri or christian
    calendar: Calendar = "hijri" if hijri or (1300 <= value <= 1500 and not christian) else "gregorian"
    return value, era.last if era else last, calendar


def _year_alone(tokens: Sequence[Token], at: int, *, needs_mark: bool) -> Said | None:
    """A year said as such: "the year 2016", "2010 AD"; what else is a year the kinds of numbers know."""
    year = _year_number(tokens, at, needs_mark=needs_mark)
    return Said(year[1], calendar=year[2], year=year[0]) if year else None
