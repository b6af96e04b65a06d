"""The words that the program knows: the rows of lexicon.csv, checked against the tables of senses and paradigms."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.conjugation import Form
from retrieval.arabic.tables import Row, TableError, load

PartOfSpeech = Literal["noun", "adj", "verb", "prep", "conj", "part", "pron", "adv", "name"]


class Sense(Row):
    """One row of senses.csv: a coarse meaning that reading goes by; `note` says which words have it."""

    sense: str = Field(pattern="^[a-z_]+$")


class Paradigm(Row):
    """One row of paradigms.csv: how a verb is conjugated (its derived form) or which genders a noun has."""

    name: str = Field(min_length=1)
    kind: Literal["verb", "noun"]
    form: Form | Literal[""]
    passive: Literal["yes", "no"]


class LexiconRow(Row):
    """One row of lexicon.csv.

    `plural` lists a noun's plurals, the sound endings written alone; `stems` lists other spellings or stems of a noun,
    or gives the present of a verb of the first form.
    """

    lemma: str = Field(min_length=1)
    pos: PartOfSpeech
    paradigm: str
    plural: str
    stems: str
    sense: str


class Entry(NamedTuple):
    """A row of the lexicon with its lists cut up and its paradigm looked up."""

    lemma: str
    pos: PartOfSpeech
    gender: str
    form: Form | None
    passive: bool
    plurals: tuple[str, ...]
    stems: tuple[str, ...]
    sense: str


@cache
def senses() -> frozenset[str]:
    """The senses that a word of the lexicon may have."""
    return frozenset(row.sense for _, row in load("senses", Sense))


@cache
def entries() -> tuple[Entry, ...]:
    """Every word of the lexicon, in the table's order.

    Raises:
        TableError: for a sense or paradigm that its table does not name, a verb of the first form without its
            present, or a word that is listed twice.
    """
    paradigms: dict[tuple[str, str], Paradigm] = {(row.kind, row.name): row for _, row in load("paradigms", Paradigm)}
    seen: dict[tuple[str, str, str], int] = {}
    return tuple(_entry(number, row, paradigms, seen) for number, row in load("lexicon", LexiconRow))


def _entry(
    number: int, row: LexiconRow, paradigms: dict[tuple[str, str], Paradigm], seen: dict[tuple[str, str, str], int]
) -> Entry:
    where = f"lexicon.csv row {number}:"
    if row.sense and row.sense not in senses():
        raise TableError(f"{where} sense '{row.sense}' is not in senses.csv")
    first = seen.setdefault((row.lemma, row.pos, row.paradigm + row.stems), number)
    if first != number:
        raise TableError(f"{where} '{row.lemma}' stands in row {first} already")
    inflected = {"verb": "verb", "noun": "noun", "adj": "noun"}.get(row.pos)
    paradigm = paradigms.get((inflected, row.paradigm)) if inflected else None
    if inflected and paradigm is None:
        raise TableError(f"{where} paradigm '{row.paradigm}' of a {row.pos} is not in paradigms.csv")
    if not inflected and row.paradigm:
        raise TableError(f"{where} a {row.pos} has no paradigm")
    form = paradigm.form or None if paradigm else None
    stems = tuple(filter(None, (stem.strip() for stem in row.stems.split("|"))))
    if form == "1" and not stems:
        raise TableError(f"{where} '{row.lemma}' needs its present in the column stems")
    plurals = tuple(filter(None, (plural.strip() for plural in row.plural.split("|"))))
    gender = row.paradigm if inflected == "noun" else ""
    return Entry(
        row.lemma, row.pos, gender, form, bool(paradigm and paradigm.passive == "yes"), plurals, stems, row.sense
    )
