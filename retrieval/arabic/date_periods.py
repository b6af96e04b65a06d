"""Dates that count from the day of publication: last week, this year, three days ago, since two months, last summer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.bounds import bound_at
from retrieval.arabic.calendars import Relation, Span, Unit, edge_span, season_span, share_span, shift, unit_span
from retrieval.arabic.date_phrases import read_whole, settle
from retrieval.arabic.date_words import looks_ahead, relation_after, word_at
from retrieval.arabic.months import read_month
from retrieval.arabic.morphology import analyse
from retrieval.arabic.numerals import read_number
from retrieval.arabic.tokens import Token

_DAY = dt.timedelta(days=1)


class Period(NamedTuple):
    """A span that the words up to `last` (exclusive) name."""

    last: int
    span: Span


class _Amount(NamedTuple):
    """So many units of time; `number` is None for "days", "some months"."""

    last: int
    number: int | None
    unit: Unit
    definite: bool


def read_period(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """The stretch of time that begins at token `at` and is reckoned from the day of publication."""
    return (
        _share(tokens, at, published)
        or _measured(tokens, at, published)
        or _season(tokens, at, published)
        or _named_unit(tokens, at, published)
        or _counted(tokens, at, published)
    )


def _amount(tokens: Sequence[Token], at: int) -> _Amount | None:
    """An amount of time: "three days", "two weeks", "a month", "the last" left aside."""
    if at >= len(tokens):
        return None
    bounded = bound_at(tokens, at)
    start = bounded or at
    if start < len(tokens) and tokens[start].norm == "ال":
        start += 1
    number = read_number(tokens, start) if start < len(tokens) else None
    unit = word_at("unit", tokens, number.last if number else start)
    if unit is None:
        return None
    count, name = _unit(unit.value)
    definite = tokens[start].norm.startswith("ال")
    if number:
        if number.value is not None and number.value.denominator != 1:
            return None
        total = int(number.value * count) if number.value is not None else None
        return _Amount(unit.last, total, name, definite or start > at + bool(bounded))
    plural = len(unit.value.split()) == 1 and _is_plural(tokens[unit.last - 1])
    apart = unit.last < len(tokens) and tokens[unit.last].norm == "ال"
    after = read_number(tokens, unit.last + apart) if unit.last + apart < len(tokens) else None
    if plural and after and (apart or after.definite) and after.value is not None and after.value.denominator == 1:
        return _Amount(after.last, int(after.value) * count, name, definite=True)
    return _Amount(unit.last, None if plural else count, name, definite)


def _unit(value: str) -> tuple[int, Unit]:
    count, _, unit = value.rpartition(" ")
    return int(count or 1), unit  # type: ignore[return-value]  # the table's values


def _is_plural(token: Token) -> bool:
    return any(analysis.number == "p" and analysis.known for analysis in analyse(token.text)[:1])


def _measured(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """Since, ago or within an amount of time."""
    for kind in ("since", "ago", "within"):
        if opener := word_at(kind, tokens, at):
            break
    else:
        return None
    amount = _amount(tokens, opener.last)
    if amount is None or (amount.last < len(tokens) and _goes_on(tokens, amount.last)):
        return None
    relation = relation_after(tokens, amount.last)
    last = relation.last if relation else amount.last
    if (
        relation
        and relation.value in {"past", "next"}
        and amount.unit != "hour"
        and amount.number == 1
        and amount.definite
    ):
        return None  # "since last week" names the week
    if amount.number is None or published is None:
        return Period(last, Span(None, None, "period"))
    if kind == "ago":
        return Period(last, _ago(amount, published))
    ahead = bool(relation and relation.value == "next") or (kind == "within" and looks_ahead(tokens, at))
    other = shift(published, amount.number if ahead else -amount.number, amount.unit)
    return Period(last, Span(min(other, published), max(other, published), "period"))


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether an amount of time is no amount: "the year 2016", "the month of May", "a day before the vote"."""
    of = word_at("from", tokens, at)
    return tokens[at].kind == "number" or read_month(tokens, at) is not None or bool(of and len(of.words[0]) == 2)


def _ago(amount: _Amount, published: dt.date) -> Span:
    assert amount.number is not None
    date = shift(published, -amount.number, amount.unit)
    if amount.unit == "week":
        return Span(date - 3 * _DAY, date + 3 * _DAY, "week")
    if amount.unit in {"month", "year"}:
        return unit_span(amount.unit, "", date)
    return Span(date, date, "day")


def _share(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """A quarter or half of a year or month: "the first quarter of this year"."""
    share = word_at("share", tokens, at)
    whole = _of(tokens, share.last, published) if share else None
    return Period(whole.last, share_span(whole.span, share.value)) if share and whole else None


def _of(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """The year or month that something is a part of, "of" before it."""
    of = word_at("from", tokens, at)
    if of is None or len(of.words) > 1:
        return None
    if said := read_whole(tokens, of.last):
        return Period(said.last, settle(said, published) or Span(None, None, "period"))
    return _named_unit(tokens, of.last, published)


def _first_of(whole: Period, amount: _Amount) -> Period:
    """The first so many months, weeks or days of a year or month."""
    if whole.span.start is None or amount.number is None:
        return Period(whole.last, Span(None, None, "period"))
    end = shift(whole.span.start, amount.number, amount.unit) - _DAY
    return Period(whole.last, Span(whole.span.start, max(end, whole.span.start), "period"))


def _season(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """A season of a year: "summer 2015", "last winter", "the summer of last year"."""
    season = word_at("season", tokens, at)
    if season is None or season.last >= len(tokens):
        return None
    month = int(season.value)
    year_word = word_at("year_word", tokens, season.last)
    at = year_word.last if year_word else season.last
    if at < len(tokens) and tokens[at].kind == "number" and len(tokens[at].norm) == 4 and tokens[at].norm.isdecimal():
        year = int(tokens[at].norm)
        return Period(at + 1, season_span(month, year)) if 1900 <= year <= 2100 else None
    this = word_at("relation", tokens, season.last)
    unit = word_at("unit", tokens, this.last if this else season.last)
    relation = this if unit is None else this or word_at("relation", tokens, unit.last)
    if relation is None or (unit and unit.value != "year"):
        return None
    last = max(relation.last, unit.last if unit else 0)
    if published is None:
        return Period(last, Span(None, None, "period"))
    of_year: Relation = relation.value  # type: ignore[assignment]  # the table's values
    if unit:
        start = unit_span("year", of_year, published).start
        return Period(last, season_span(month, (start or published).year))
    spans = [season_span(month, year) for year in range(published.year - 2, published.year + 2)]
    past = [span for span in spans if span.end and span.end < published]
    ahead = [span for span in spans if span.end and span.end >= published]
    return Period(last, past[-1] if of_year == "past" and past else ahead[0])


def _named_unit(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """This week, last month, the beginning of next year."""
    edge = word_at("edge", tokens, at)
    start = edge.last if edge else at
    this = word_at("relation", tokens, start)
    unit = word_at("unit", tokens, this.last if this else start)
    if unit is None or len(unit.value.split()) > 1 or not unit.words[-1].startswith("ال"):
        return None
    name = _unit(unit.value)[1]
    if name in {"day", "hour"} or _is_plural(tokens[unit.last - 1]):
        return None
    after = None if this else relation_after(tokens, unit.last)
    relation = this or after
    if relation is None and not edge:
        return None
    last = relation.last if relation and relation is after else unit.last
    if relation is None and last < len(tokens) and tokens[last].kind == "number":
        return None
    span = unit_span(name, relation.value if relation else "current", published)  # type: ignore[arg-type]  # the table's values
    return Period(last, edge_span(span, edge.value if edge else ""))  # type: ignore[arg-type]  # likewise


def _counted(tokens: Sequence[Token], at: int, published: dt.date | None) -> Period | None:
    """The last five days, the past two weeks, the coming months."""
    amount = _amount(tokens, at)
    if amount is None or not amount.definite:
        return None
    last = amount.last
    if first := word_at("first", tokens, last):
        whole = _of(tokens, first.last, published)
        return _first_of(whole, amount) if whole and amount.number else None
    relation = relation_after(tokens, last)
    if relation is None and last < len(tokens) and tokens[last].kind == "word":
        relation, amount = relation_after(tokens, last + 1), amount._replace(number=None)  # "the few days past"
    if relation is None or relation.value == "current" or (amount.number == 1 and amount.unit == "day"):
        return None
    if amount.number is None or published is None:
        return Period(relation.last, Span(None, None, "period"))
    other = shift(published, amount.number if relation.value == "next" else -amount.number, amount.unit)
    return Period(relation.last, Span(min(other, published), max(other, published), "period"))
