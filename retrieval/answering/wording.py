"""Everything that is said to a user: messages from one TOML file, with Arabic plurals, numbers, dates and digits."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from babel import Locale
from babel.dates import get_day_names, get_month_names

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import tokenize

# CLDR's categories, and the oblique dual that Arabic needs after a preposition or an annexing word.
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_OBLIQUE = "two_oblique"
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_EASTERN_DIGIT = re.compile("[٠-٩]")
# Regions whose month names differ, each by one of its countries; the first is what is used where nothing is known.
_REGIONS = ("ar_EG", "ar_IQ", "ar_TN", "ar_MA")


class WordingError(ValueError):
    """The file of messages cannot be used, or lacks a message: says which."""


class Habit(NamedTuple):
    """How somebody writes dates and numbers: a locale for the month names, and Eastern Arabic digits or not."""

    locale: str = _REGIONS[0]
    eastern: bool = False


def habit_of(text: str) -> Habit:
    """The habit that a message shows: the region of the first month it names, and the digits it uses."""
    words = [token.norm for token in tokenize(text)]
    pairs = {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}
    # A clitic may stand before the month: "بتموز".
    pairs |= {word[1:] for word in words if word[:1] in "وبلف"}
    region = next((r for r in _REGIONS if pairs & _telling_months(r)), _REGIONS[0])
    return Habit(region, bool(_EASTERN_DIGIT.search(text)))


@cache
def _telling_months(region: str) -> frozenset[str]:
    """The month names that only this one of the regions uses."""
    own = _months(region)
    others = {name for other in _REGIONS if other != region for name in _months(other)}
    return frozenset(own - others)


def _months(region: str) -> set[str]:
    return {normalise(name) for name in get_month_names("wide", locale=region).values()}


class Wording:
    """The messages of one file, said in one habit.

    A message is a text with `{names}` in braces, or a table of such texts by plural category (zero, one, two, few,
    many, other; `two_oblique` for the dual after a preposition). The number `n` chooses the category.
    """

    def __init__(self, messages: Mapping[str, object], habit: Habit = Habit()) -> None:  # noqa: B008 - a NamedTuple never changes
        self.habit = habit
        self._locale: str | None = None
        self._eastern: bool | None = None
        self._messages = dict(_flattened(messages))

    @classmethod
    def read(cls, path: Path) -> Self:
        """The wording of a TOML file.

        Raises:
            WordingError: when the file is not there, is no TOML, or a message is malformed.
        """
        try:
            with path.open("rb") as file:
                return cls(tomllib.load(file))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise WordingError(f"{path}: {error}") from error

    def for_text(self, text: str) -> Wording:
        """The same messages, said in the habit that a message of the user shows, where no other is preferred."""
        return self._in(habit_of(text), self._locale, self._eastern)

    def preferring(self, locale: str | None = None, *, eastern: bool | None = None) -> Wording:
        """The same messages, said with the months of that locale and those digits, whatever a message shows."""
        return self._in(self.habit, locale, eastern)

    def _in(self, habit: Habit, locale: str | None, eastern: bool | None) -> Wording:  # noqa: FBT001 - as it is kept
        other = object.__new__(Wording)
        other._locale, other._eastern = locale, eastern
        other.habit = Habit(locale or habit.locale, habit.eastern if eastern is None else eastern)
        other._messages = self._messages
        return other

    def keys(self) -> frozenset[str]:
        """The names of all messages."""
        return frozenset(self._messages)

    def say(self, key: str, *, oblique: bool = False, **values: object) -> str:
        """The message `key` with the values in their places; whole numbers and dates are written as the habit wants.

        Raises:
            WordingError: when there is no such message, or it names a value that was not given.
        """
        message = self._messages.get(key)
        if message is None:
            raise WordingError(f"no message '{key}'")
        if isinstance(message, dict):
            message = _chosen(key, message, values.get("n"), oblique=oblique)
        try:
            return message.format_map({name: self._written(value) for name, value in values.items()})
        except KeyError as error:
            raise WordingError(f"message '{key}' names {error}, which is not given here") from error

    def number(self, number: int) -> str:
        """A whole number with thousands apart, in the habit's digits."""
        text = f"{number:,}"
        return text.translate(_EASTERN).replace(",", "٬") if self.habit.eastern else text

    def date(self, day: dt.date, *, weekday: bool = False) -> str:
        """A day with its month's name and year, with the day of the week if wanted."""
        said = self.say("date.day", day=self._plain(day.day), month=self._month(day), year=self._plain(day.year))
        if not weekday:
            return said
        return self.say("date.weekday", weekday=get_day_names("wide", locale="ar")[day.weekday()], date=said)

    def period(self, start: dt.date, end: dt.date) -> str:
        """A period in the shortest words: a day, a month, a year, or from one day to another."""
        if start == end:
            return self.date(start)
        after = end + dt.timedelta(days=1)
        if start.day == 1 and after.day == 1:
            if (start.month, after.month) == (1, 1) and after.year == start.year + 1:
                return self.say("date.year", year=self._plain(start.year))
            if (after.year - start.year) * 12 + after.month - start.month == 1:
                return self.say("date.month", month=self._month(start), year=self._plain(start.year))
        return self.say("date.between", start=self.date(start), end=self.date(end))

    def list(self, parts: list[str]) -> str:
        """The parts joined as a list is said: with the word for "and" before each after the first."""
        return self.say("list.and").join(parts)

    def _month(self, day: dt.date) -> str:
        return str(get_month_names("wide", locale=self.habit.locale)[day.month])

    def _plain(self, number: int) -> str:
        return str(number).translate(_EASTERN) if self.habit.eastern else str(number)

    def _written(self, value: object) -> object:
        if isinstance(value, dt.date):
            return self.date(value)
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _chosen(key: str, forms: dict[str, str], n: object, *, oblique: bool) -> str:
    if not isinstance(n, int):
        raise WordingError(f"message '{key}' has plural forms and needs the number n")
    category = str(Locale("ar").plural_form(n))
    if oblique and category == "two" and _OBLIQUE in forms:
        return forms[_OBLIQUE]
    return forms.get(category, forms["other"])


def _flattened(messages: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str | dict[str, str]]]:
    for name, message in messages.items():
        key = f"{prefix}{name}"
        if isinstance(message, str):
            yield key, _checked(key, message)
        elif not isinstance(message, Mapping):
            raise WordingError(f"message '{key}' is neither a text nor a table")
        elif "other" in message:
            unknown = set(message) - _CATEGORIES - {_OBLIQUE}
            if unknown:
                raise WordingError(f"message '{key}' has unknown plural categories: {', '.join(sorted(unknown))}")
            yield key, {category: _checked(key, str(text)) for category, text in message.items()}
        else:
            yield from _flattened(message, f"{key}.")


def _checked(key: str, text: str) -> str:
    """The text, once its braces are known to be names alone: a message may not reach into the values' attributes."""
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise WordingError(f"message '{key}': {error}") from error
    for name in names:
        if not name.isidentifier():
            raise WordingError(f"message '{key}': '{{{name}}}' is not a plain name")
    return text
