"""Words that dates are made of besides months: today, last, the beginning of, ago; and the days of the week."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.morphology import analyse
from retrieval.arabic.phrase_ends import Match, Phrases, phrases_of, starts_at
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.tokens import Token

Kind = Literal[
    "day", "part", "filler", "unit", "relation", "edge", "season", "since", "ago", "within", "equals", "hijri",
    "gregorian", "from", "to", "first", "year_word", "future", "not", "share", "memory",
]  # fmt: skip

_REACH = 12  # how far back in its sentence a word of the future may stand

# What the column `value` may hold, by kind; a kind that is not here has none.
_VALUES: dict[str, frozenset[str]] = {
    "day": frozenset({"-2", "-1", "0", "1", "2"}),
    "unit": frozenset(
        {"hour", "2 hour", "day", "2 day", "week", "2 week", "month", "2 month", "year", "2 year", "10 year", "20 year"}
    ),
    "relation": frozenset({"past", "past_but_one", "current", "next"}),
    "edge": frozenset({"start", "middle", "end"}),
    "season": frozenset({"3", "6", "9", "12"}),
    "share": frozenset({"1/4", "2/4", "3/4", "4/4", "1/2", "2/2", "1/3", "2/3", "3/3"}),
}


class DateWord(Row):
    """One row of date_words.csv."""

    phrase: str = Field(min_length=1)
    kind: Kind
    value: str


class Opening(NamedTuple):
    """How a word may begin a date: alone, before one of certain words, or before a day ("from 3 to 7 May")."""

    alone: bool
    seconds: frozenset[str]
    day: bool


class WeekdayName(Row):
    """One row of weekdays.csv; Monday is 1."""

    name: str = Field(min_length=1)
    weekday: int = Field(ge=1, le=7)


@cache
def _words() -> dict[Kind, Phrases[str]]:
    rows: dict[Kind, list[tuple[int, str, str]]] = {}
    for number, row in load("date_words", DateWord):
        allowed = _VALUES.get(row.kind, frozenset({""}))
        if row.value not in allowed:
            raise TableError(f"date_words.csv row {number}: value '{row.value}' is not one of: {', '.join(allowed)}")
        rows.setdefault(row.kind, []).append((number, row.phrase, row.value))
    return {kind: phrases_of("date_words", found) for kind, found in rows.items()}


@cache
def _weekdays() -> Phrases[int]:
    return phrases_of("weekdays", ((number, row.name, row.weekday) for number, row in load("weekdays", WeekdayName)))


def word_at(kind: Kind, tokens: Sequence[Token], at: int) -> Match[str] | None:
    """The longest phrase of this kind that begins at token `at`."""
    if at >= len(tokens) or kind not in kinds_of(tokens[at].norm):
        return None
    return starts_at(_words()[kind], tokens, at)


@lru_cache(maxsize=50_000)
def kinds_of(norm: str) -> frozenset[Kind]:
    """The kinds of which some phrase may begin with this normalised word."""
    return frozenset(kind for kind, phrases in _words().items() if phrases.opening(norm))


def relation_after(tokens: Sequence[Token], at: int) -> Match[str] | None:
    """A word after what it says of it ("last"), not one that stands before it ("this")."""
    found = word_at("relation", tokens, at)
    return found if found and any(word.startswith("ال") for word in found.words) else None


def weekday_at(tokens: Sequence[Token], at: int) -> Match[int] | None:
    """The name of a weekday at token `at`."""
    return starts_at(_weekdays(), tokens, at)


_OPENERS: tuple[Kind, ...] = (
    "day", "part", "filler", "unit", "edge", "season", "since", "ago", "within", "from", "first", "relation",
    "year_word", "share",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def opening_of(norm: str) -> Opening:
    """What must follow this normalised word, numbers and months apart, for a date to begin with it."""
    phrases = [(kind, words) for kind in _OPENERS for words in _words()[kind].opening(norm)]
    single = {kind for kind, words in phrases if len(words) == 1}
    seconds = frozenset(words[1] for _, words in phrases if len(words) > 1)
    weekday = bool(_weekdays().opening(norm))  # each of a single word
    return Opening(alone=weekday or bool(single - {"from"}), seconds=seconds, day="from" in single)


def opens_first(norm: str) -> bool:
    """Whether words for the first of a month may begin with this normalised word."""
    return bool(_words()["first"].opening(norm))


def looks_ahead(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence, shortly before, tells of what is still to come."""
    for index in range(at - 1, max(at - _REACH, -1), -1):
        token = tokens[index]
        if token.text in {".", "؟", "!", "؛"}:
            return False
        if token.kind != "word":
            continue
        if word_at("future", tokens, index):
            return True
        first = analyse(token.text)[:1]
        if any(a.pos == "verb" and a.aspect == "i" and a.preposition and a.preposition != "ل" for a in first):
            return True
    return False
