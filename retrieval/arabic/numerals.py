"""Numerals in words, digits and mixtures of both: what value stands at a token and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.tokens import Token

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


class Number(NamedTuple):
    """The number that reaches from token `first` to `last` (exclusive).

    `value` is None where the words name no number (dozens, several); `step` is the power that the last part was
    multiplied with (1 when none), so that a range can share it; `role` is the role of the part that gave the number.
    """

    first: int
    last: int
    value: Fraction | None
    step: int
    role: Role | Literal["digits", "number"]
    definite: bool


class _Sum(NamedTuple):
    """A number while it is being read: finished powers, the group below a thousand, and what came last."""

    total: Fraction
    group: Fraction | None
    limit: int
    last: str


_HIGHEST = 10**18
_LONGEST = 16
_SEPARATOR = re.compile(r"[.,]")
_CLOSED = {"fraction_end", "end", "ordinal_end"}
_OPENING = {"unit", "part", "one_of", "ten", "tens", "hundred", "hundreds", "digits", "ordinal"}


@cache
def _numerals() -> dict[str, Numeral]:
    words: dict[str, Numeral] = {}
    for number, row in load("numerals", Numeral):
        other = words.setdefault(normalise(row.word), row)
        if (other.value, other.role) != (row.value, row.role):
            raise TableError(f"numerals.csv row {number}: '{row.word}' has another value or role in an earlier row")
    return words


@lru_cache(maxsize=65536)
def _atom(norm: str) -> Atom | None:
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


def _digits(tokens: Sequence[Token], at: int) -> tuple[Fraction, bool, int] | None:
    """The value of the digits at a token, whether they have decimals, and the index after them.

    None for what is no single number: 5.3.2016, or more digits than anything counted has.
    """
    if at + 1 < len(tokens) and (agency := _agency_decimal(tokens, at)) is not None:
        return agency, True, at + 3
    text = tokens[at].norm.replace("٬", ",")
    if len(text) > _LONGEST or (not text.isascii() and "٫" not in text):
        return None
    whole, point, decimals = text.partition("٫")
    if point:
        return _decimal(whole, decimals, at)
    return _separated(tokens, at, text) if _SEPARATOR.search(text) else _spaced(tokens, at)


def _agency_decimal(tokens: Sequence[Token], at: int) -> Fraction | None:
    """A number as some agencies write it, the decimals first and a letter for the point: 5ر2 is two and a half."""
    parts = tokens[at : at + 3]
    if len(parts) < 3 or parts[1].norm != "ر" or parts[0].kind != "number" or parts[2].kind != "number":
        return None
    touching = parts[0].end == parts[1].start and parts[1].end == parts[2].start
    decimals, whole = parts[0].norm, parts[2].norm
    plain = decimals.isdecimal() and whole.isdecimal() and len(decimals + whole) < _LONGEST
    return Fraction(f"{whole}.{decimals}") if touching and plain else None


def _separated(tokens: Sequence[Token], at: int, text: str) -> tuple[Fraction, bool, int] | None:
    """Digits with commas or points, which part thousands or decimals."""
    groups, marks = _SEPARATOR.split(text), _SEPARATOR.findall(text)
    power_follows = at + 1 < len(tokens) and _is_power(tokens[at + 1])
    if len(set(marks)) == 1 and 0 < len(groups[0].lstrip("0")) <= 3 and all(len(group) == 3 for group in groups[1:]):
        # 3.125 million has decimals, 3.125 people has thousands
        if marks == ["."] and power_follows:
            return _decimal(groups[0], groups[1], at)
        return Fraction("".join(groups)), False, at + 1
    return None if marks[-1] in marks[:-1] else _decimal("".join(groups[:-1]), groups[-1], at)


def _decimal(whole: str, decimals: str, at: int) -> tuple[Fraction, bool, int] | None:
    return (Fraction(f"{whole}.{decimals}"), True, at + 1) if whole.isdecimal() and decimals.isdecimal() else None


def _is_power(token: Token) -> bool:
    atom = _atom(token.norm)
    return atom is not None and atom.role in {"power", "plural", "either"}


def _spaced(tokens: Sequence[Token], at: int) -> tuple[Fraction, bool, int]:
    """Digits whose thousands are set apart by a space, as the Maghreb writes them: 12 500."""
    digits, end = tokens[at].norm, at + 1
    if len(digits) <= 3 and digits[0] != "0":
        while (
            end < len(tokens)
            and tokens[end].kind == "number"
            and len(tokens[end].text) == 3
            and tokens[end].norm.isdigit()
            and tokens[end].start - tokens[end - 1].end == 1
        ):
            digits += tokens[end].norm
            end += 1
    return _whole(digits), False, end


@lru_cache(maxsize=10_000)
def _whole(digits: str) -> Fraction:
    return Fraction(digits)


def _element(tokens: Sequence[Token], at: int) -> tuple[Atom, int] | None:
    """The numeral at a token, digits included, and the index after it; a conjunction set apart is taken along."""
    linked = False
    if at < len(tokens) and tokens[at].norm == "و":
        linked, at = True, at + 1
    if at >= len(tokens) or tokens[at].kind == "mark":
        return None
    if tokens[at].kind == "number":
        found = _digits(tokens, at)
        if found is None:
            return None
        return Atom(found[0], "digits", linked, definite=False, scaled=found[1]), found[2]
    atom = _atom(tokens[at].norm)
    if atom is None:
        return None
    return atom._replace(linked=atom.linked or linked, role="power" if atom.role == "either" else atom.role), at + 1


def _open(atom: Atom) -> _Sum | None:
    """The sum that a number begins with when this is its first part."""
    if atom.role in {"power", "powers"}:
        return _Sum(atom.value, None, _base(atom.value), "power")
    if atom.role == "fraction":
        return _Sum(Fraction(0), atom.value / 100, _HIGHEST, "fraction")
    if atom.role in _OPENING:
        return _Sum(Fraction(0), atom.value, _HIGHEST, "hundred" if atom.role == "hundreds" else atom.role)
    return None


def _base(value: Fraction) -> int:
    return int(10 ** ((len(str(int(value))) - 1) // 3 * 3))


def _extend(so_far: _Sum, atom: Atom) -> _Sum | None:
    """The sum with one more part, or None when the part does not belong to the same number."""
    role, value, last = atom.role, atom.value, so_far.last
    if atom.linked:
        return _add(so_far, atom)
    if so_far.group is None:
        return None
    unit = last in {"unit", "one_of", "part", "ordinal"}
    if role == "ten" and unit:
        return so_far._replace(group=so_far.group + value, last="teen" if last != "ordinal" else "ordinal_end")
    if (role == "hundred" or (role == "plural" and value == 100)) and last == "unit" and so_far.group < 10:
        return so_far._replace(group=so_far.group * 100, last="hundred")
    if role in {"power", "plural"} and 1000 <= value < so_far.limit and last not in {"ordinal", "ordinal_end", "part"}:
        return _Sum(so_far.total + so_far.group * value, None, int(value), "power")
    return None


def _add(so_far: _Sum, atom: Atom) -> _Sum | None:
    """The sum with a part that "and" joins to it."""
    role, value, last = atom.role, atom.value, so_far.last
    if last == "power":
        return _add_below_power(so_far, atom)
    if so_far.group is None:
        return None
    group = so_far.group + value
    if role == "digits" and not atom.scaled and last == "hundred" and value < 100:
        return so_far._replace(group=group, last="end")
    if role == "tens" and last in {"unit", "one_of", "ordinal"}:
        return so_far._replace(group=group, last="tens" if last != "ordinal" else "ordinal_end")
    return so_far._replace(group=group, last=role) if role in {"tens", "ten", "unit"} and last == "hundred" else None


def _add_below_power(so_far: _Sum, atom: Atom) -> _Sum | None:
    """The sum with what follows a thousand or a million: a lower power, a group below it, a half of it."""
    role, value = atom.role, atom.value
    if role == "fraction":
        return _Sum(so_far.total + so_far.limit * value / 100, None, so_far.limit, "fraction_end")
    if value >= so_far.limit or atom.scaled:
        return None
    if role in {"power", "powers"}:
        return _Sum(so_far.total + value, None, _base(value), "power")
    if role in {"digits", "hundred", "hundreds", "tens", "ten", "unit"}:
        return so_far._replace(group=value, last="hundred" if role == "hundreds" else role)
    return None


def _vague(tokens: Sequence[Token], at: int, atom: Atom, end: int) -> Number:
    """The indefinite number that begins here: dozens, hundreds of thousands, a few dozen."""
    while (more := _element(tokens, end)) and more[0].role in {"plural", "ten"} and not more[0].linked:
        end = more[1]
    return Number(at, end, None, 1, atom.role, atom.definite)


def _is_dual(tokens: Sequence[Token], at: int) -> bool:
    """Whether a power with an alef at its end is two, as its noun shows that follows directly: two thousand men."""
    atom = _atom(tokens[at].norm)
    if atom is None or atom.role != "either" or at + 1 == len(tokens) or tokens[at + 1].kind != "word":
        return False
    return any(a.pos in {"noun", "adj"} and not a.conjunction for a in analyse(tokens[at + 1].text)[:1])


def opens_number(norm: str) -> bool:
    """Whether a number may begin with this normalised word."""
    return _atom(norm) is not None


def _grow(tokens: Sequence[Token], so_far: _Sum, end: int) -> tuple[_Sum, int]:
    """The sum with every part that follows and belongs to it, and the index after the last."""
    sure: tuple[_Sum, int] | None = None  # the number up to its last power
    while so_far.last not in _CLOSED and (more := _element(tokens, end)):
        extended = _extend(so_far, more[0])
        if extended is None:
            if sure and not more[0].linked and more[0].role in {"power", "plural"}:
                return sure  # 10 thousand and 15 thousand: the 15 begins a number of its own
            break
        if so_far.last == "power":
            sure = (so_far, end)
        so_far, end = extended, more[1]
    return so_far, end


def read_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number that begins at token `at`, as long as it reaches; None where none begins.

    Ordinals come back with the role "ordinal", so that a reader can step over all of "the twenty-first".
    """
    begun = None if tokens[at].norm == "و" else _element(tokens, at)
    if begun is None:
        return None
    atom, end = begun
    if atom.role in {"plural", "vague"}:
        return _vague(tokens, at, atom, end)
    opened = _open(atom)
    if opened is None:
        return None
    so_far, end = _grow(tokens, opened, end)
    if so_far.last in {"fraction", "part"}:
        return None
    if so_far.last == "fraction_end" and (more := _element(tokens, end)) and more[0].value == so_far.limit:
        end = more[1]
    role: Role | Literal["digits", "number"] = "number"
    if so_far.last.startswith("ordinal"):
        role = "ordinal"
    elif so_far.last in {"digits", "one_of"} and end == begun[1]:
        role = "digits" if so_far.last == "digits" else "one_of"
    total = so_far.total + (so_far.group or 0)
    if end == at + 1 and role == "number" and _is_dual(tokens, at):
        total *= 2
    step = so_far.limit if so_far.last == "power" and so_far.limit < _HIGHEST else 1
    return Number(at, end, total, step, role, atom.definite)
