"""Days, weeks, months, seasons and years of two calendars as spans of days, and which of them news means."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from typing import Literal, NamedTuple

from hijridate import Gregorian, Hijri

from retrieval.arabic.months import Calendar
from retrieval.types import DatePrecision

# past and next are strictly before and after the day of publication, current is the unit that holds it;
# without any of them the nearest is meant, and news tells more of the past.
Relation = Literal["", "past", "past_but_one", "current", "next"]
Edge = Literal["", "start", "middle", "end"]
Unit = Literal["hour", "day", "week", "month", "year"]

_DAY = dt.timedelta(days=1)
# weeks of most Arab countries begin on Saturday (CLDR: week data of IQ, SY, EG, JO, KW, LY and others)
_WEEK_BEGINS = 5
_SOON = 60  # days ahead that an unqualified date may lie rather than a year back


class Span(NamedTuple):
    """The first and last day of a stretch of time, None where it is not known, and how precisely it was named."""

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision


UNKNOWN = Span(None, None, "unknown")


def day_span(year: int, month: int, day: int, calendar: Calendar) -> Span | None:
    """That day; None when the calendar has no such day."""
    try:
        if calendar == "hijri":
            found = Hijri(year, month, day).to_gregorian()
            date = dt.date(found.year, found.month, found.day)
        else:
            date = dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return Span(date, date, "day")


def month_span(year: int, month: int, calendar: Calendar) -> Span | None:
    """That month; None for a year that the calendar's tables do not reach."""
    try:
        length = Hijri(year, month, 1).month_length() if calendar == "hijri" else gregorian.monthrange(year, month)[1]
    except (ValueError, OverflowError):
        return None
    first, last = day_span(year, month, 1, calendar), day_span(year, month, length, calendar)
    return Span(first.start, last.end, "month") if first and last else None


def year_span(year: int, calendar: Calendar) -> Span | None:
    """That year; None for one that the calendar's tables do not reach."""
    first, last = month_span(year, 1, calendar), month_span(year, 12, calendar)
    return Span(first.start, last.end, "year") if first and last else None


def year_of(day: dt.date, calendar: Calendar) -> int | None:
    """The year of a calendar in which a day lies; None for a day that the calendar's tables do not reach."""
    if calendar == "gregorian":
        return day.year
    try:
        return int(Gregorian.fromdate(day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def nearest(
    month: int, day: int | None, calendar: Calendar, relation: Relation, published: dt.date | None
) -> Span | None:
    """The day or month that is meant when no year is said, seen from the day of publication."""
    this = year_of(published, calendar) if published else None
    if published is None or this is None:
        return None
    spans = [
        span
        for year in range(this - 2, this + 2)
        if (span := day_span(year, month, day, calendar) if day else month_span(year, month, calendar))
    ]
    return _choose(spans, relation, published)


def _choose(spans: list[Span], relation: Relation, published: dt.date) -> Span | None:
    """The span that the relation points to, of spans in the order of time."""
    past = [span for span in spans if span.end and span.end < published]
    holding = [span for span in spans if span.start and span.end and span.start <= published <= span.end]
    ahead = [span for span in spans if span.start and span.start > published]
    match relation:
        case "past":
            return past[-1] if past else None
        case "past_but_one":
            return past[-2] if len(past) > 1 else None
        case "next":
            return ahead[0] if ahead else None
        case "current":
            return next((span for span in spans if span.start and span.start.year == published.year), None)
        case _:
            return _closest(past, holding, ahead, published)


def _closest(past: list[Span], holding: list[Span], ahead: list[Span], published: dt.date) -> Span | None:
    if holding:
        return holding[-1]
    if ahead and ahead[0].start:
        wait = (ahead[0].start - published).days
        since = (published - past[-1].end).days if past and past[-1].end else wait + 1
        if wait <= _SOON and wait < since:
            return ahead[0]
    return past[-1] if past else None


def weekday_span(weekday: int, relation: Relation, published: dt.date | None) -> Span:
    """The latest such weekday (Monday is 1) not after publication, or the one that the relation points to."""
    if published is None:
        return Span(None, None, "day")
    back = (published.isoweekday() - weekday) % 7
    if relation == "next":
        date = published + dt.timedelta(days=7 - back)
    elif relation in {"past", "past_but_one"}:
        date = published - dt.timedelta(days=back or 7) - dt.timedelta(days=7 * (relation == "past_but_one"))
    else:
        date = published - dt.timedelta(days=back)
    return Span(date, date, "day")


def unit_span(unit: Unit, relation: Relation, published: dt.date | None) -> Span:
    """Last week, this month, next year: the unit that the relation points to."""
    precision: DatePrecision = "day" if unit in {"day", "hour"} else unit
    if published is None:
        return Span(None, None, precision)
    step = {"past": -1, "past_but_one": -2, "next": 1}.get(relation, 0)
    if unit in {"day", "hour"}:
        date = shift(published, step, "day")
        return Span(date, date, "day")
    if unit == "week":
        begin = published - dt.timedelta(days=(published.weekday() - _WEEK_BEGINS) % 7) + dt.timedelta(days=7 * step)
        return Span(begin, begin + 6 * _DAY, "week")
    moved = shift(published, step, unit)
    found = month_span(moved.year, moved.month, "gregorian") if unit == "month" else year_span(moved.year, "gregorian")
    return found or Span(None, None, precision)


def shift(day: dt.date, steps: int, unit: Unit) -> dt.date:
    """The day so many units later (earlier when negative), kept inside the years that dates have."""
    if unit in {"hour", "day", "week"}:
        days = {"hour": steps / 24, "day": steps, "week": 7 * steps}[unit]
        whole = int(days) if days == int(days) or days > 0 else int(days) - 1
        ordinal = min(max(day.toordinal() + whole, 1), dt.date.max.toordinal())
        return dt.date.fromordinal(ordinal)
    months = day.year * 12 + day.month - 1 + steps * (12 if unit == "year" else 1)
    months = min(max(months, 12), 9999 * 12 + 11)
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))


def season_span(month: int, year: int) -> Span:
    """The three months that begin with that month of the year."""
    first = dt.date(year, month, 1)
    return Span(first, shift(first, 3, "month") - _DAY, "period")


def share_span(span: Span, share: str) -> Span:
    """A quarter, half or third of a span, said as "2/4"; a year is cut at its months."""
    if span.start is None or span.end is None:
        return span
    number, parts = map(int, share.split("/"))
    if span.precision == "year":
        months = 12 // parts
        first = shift(span.start, (number - 1) * months, "month")
        return Span(first, shift(first, months, "month") - _DAY, "period")
    days = (span.end - span.start).days + 1
    return Span(
        span.start + (number - 1) * days // parts * _DAY, span.start + (number * days // parts - 1) * _DAY, "period"
    )


def edge_span(span: Span, edge: Edge) -> Span:
    """The beginning, middle or end of a span: two months of a year, a third of anything shorter."""
    if not edge or span.start is None or span.end is None:
        return span
    days = (span.end - span.start).days + 1
    part = dt.timedelta(days=max(days // (6 if span.precision == "year" else 3), 1))
    if edge == "start":
        return Span(span.start, span.start + part - _DAY, "period")
    if edge == "end":
        return Span(span.end - part + _DAY, span.end, "period")
    outside = (days - part.days) // 2
    return Span(span.start + outside * _DAY, span.end - outside * _DAY, "period")
