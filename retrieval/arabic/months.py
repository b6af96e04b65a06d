"""Names of months in the press of every region, Gregorian and Hijri, and where one stands among the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.tokens import Token

_CLITICS = frozenset("وفبلك")
Calendar = Literal["gregorian", "hijri"]


class MonthName(Row):
    """One row of months.csv; a doubtful name is also another word or a person's name, and needs a date around it.

    One that is doubtful only in its normalised form (`spelled`) is sure where it stands exactly as in the table.
    """

    name: str = Field(min_length=1)
    month: int = Field(ge=1, le=12)
    calendar: Calendar
    doubtful: Literal["", "yes", "spelled"]


class Month(NamedTuple):
    """A month named on the tokens up to `last` (exclusive), clitics cut off; `exact` when written as in the table."""

    last: int
    month: int
    calendar: Calendar
    doubtful: bool
    exact: bool = True


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], MonthName]]]:
    """The names by their first word, longest first."""
    names: dict[str, list[tuple[tuple[str, ...], MonthName]]] = {}
    seen: set[tuple[str, ...]] = set()
    for number, row in load("months", MonthName):
        words = tuple(normalise(row.name).split())
        if words in seen:
            raise TableError(f"months.csv row {number}: '{row.name}' stands in an earlier row")
        seen.add(words)
        names.setdefault(words[0], []).append((words, row))
    for found in names.values():
        found.sort(key=lambda name: -len(name[0]))
    return names


def opens_month(norm: str) -> bool:
    """Whether the name of a month may begin with this normalised word."""
    return norm in _names() or (norm[:1] in _CLITICS and norm[1:] in _names())


def read_month(tokens: Sequence[Token], at: int) -> Month | None:
    """The month whose name begins at token `at`, with or without a clitic; None where no name stands."""
    names = _names()
    norm = tokens[at].norm
    for first in (norm, norm[1:] if norm[:1] in _CLITICS else ""):
        for words, row in names.get(first, ()):
            end = at + len(words)
            if tuple(token.norm for token in tokens[at + 1 : end]) == words[1:]:
                exact = tokens[at].text.endswith(row.name.split()[0])
                doubtful = row.doubtful == "yes" or (row.doubtful == "spelled" and not exact)
                return Month(end, row.month, row.calendar, doubtful, exact)
    return None


def spells_month(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at token `at` is a month by its very spelling, however its normalised form may be read."""
    month = read_month(tokens, at)
    return month is not None and month.exact and not month.doubtful
