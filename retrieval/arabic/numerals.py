"""Numerals in words, digits and mixtures of both: what value stands at a token and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from retrieval.arabic.figures import read_figures
from retrieval.arabic.morphology import analyse
from retrieval.arabic.numeral_words import Atom, Role, atom_of
from retrieval.arabic.tokens import Token


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
_CLOSED = {"fraction_end", "end", "ordinal_end"}
_OPENING = {"unit", "part", "one_of", "ten", "tens", "hundred", "hundreds", "digits", "ordinal"}


def _element(tokens: Sequence[Token], at: int) -> tuple[Atom, int] | None:
    """The numeral at a token, digits included, and the index after it; a conjunction set apart is taken along."""
    linked = False
    if at < len(tokens) and tokens[at].norm == "و":
        linked, at = True, at + 1
    if at >= len(tokens) or tokens[at].kind == "mark":
        return None
    if tokens[at].kind == "number":
        found = read_figures(tokens, at)
        if found is None:
            return None
        return Atom(found[0], "digits", linked, definite=False, scaled=found[1]), found[2]
    atom = atom_of(tokens[at].norm)
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
    atom = atom_of(tokens[at].norm)
    if atom is None or atom.role != "either" or at + 1 == len(tokens) or tokens[at + 1].kind != "word":
        return False
    return any(a.pos in {"noun", "adj"} and not a.conjunction for a in analyse(tokens[at + 1].text)[:1])


def opens_number(norm: str) -> bool:
    """Whether a number may begin with this normalised word."""
    return atom_of(norm) is not None


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
