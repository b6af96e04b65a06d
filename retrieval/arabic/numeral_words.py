"""The words that numbers are made of, and the words without their clitics: what a single word counts."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, TableError, load

# unit 1 to 9; part: two before ten; ten: 10 or, after a unit, a teen; hundreds: 200 to 900 in one word; power: a
# thousand, a million; powers: two of them; either: one, or two where the noun follows it directly; plural: counted by
# what stands before, vague alone; fraction: hundredths of a power; ordinal and not: no counts, listed so that they
# are not taken for one.
Role = Literal[
    "unit", "part", "one_of", "ten", "tens", "hundred", "hundreds", "power", "powers", "either", "plural", "vague",
    "fraction",
    "ordinal", "not",
]  # fmt: skip


class Numeral(Row):
    """One row of numerals.csv."""

    word: str = Field(min_length=1)
    value: int = Field(ge=0)
    role: Role


class Atom(NamedTuple):
    """One numeral token: its value, its role, and the clitics written with it."""

    value: Fraction
    role: Role | Literal["digits"]
    linked: bool
    definite: bool
    scaled: bool


@cache
def _numerals() -> dict[str, Numeral]:
    words: dict[str, Numeral] = {}
    for number, row in load("numerals", Numeral):
        other = words.setdefault(normalise(row.word), row)
        if (other.value, other.role) != (row.value, row.role):
            raise TableError(f"numerals.csv row {number}: '{row.word}' has another value or role in an earlier row")
    return words


@lru_cache(maxsize=65536)
def atom_of(norm: str) -> Atom | None:
    """The numeral that a normalised word is, once its clitics are cut off; None for any other word."""
    words = _numerals()
    linked = definite = False
    rest = norm
    for clitics in ("", "وف", "بلك", "ال"):
        if row := words.get(rest):
            if row.role == "not" or (definite and row.role == "vague"):
                return None
            return Atom(Fraction(row.value), row.role, linked, definite, scaled=False)
        if clitics == "ال" and rest.startswith(("ال", "لل")):
            rest, definite = rest[2:], True
        elif clitics and rest[:1] in clitics and len(rest) > 2:
            linked = linked or rest[0] == "و"
            rest = rest[1:] if not rest.startswith("لل") else rest
    row = words.get(rest)
    if row is None or row.role in {"not", "one_of", "part", "vague"} or (row.role == "unit" and row.value < 3):
        return None
    return Atom(Fraction(row.value), row.role, linked, definite, scaled=False)
