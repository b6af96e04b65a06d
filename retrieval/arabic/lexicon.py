"""The words that the program knows: the rows of lexicon.csv, checked against the tables of senses and paradigms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from retrieval.arabic.affixes import affixes
from retrieval.arabic.conjugation import Form
from retrieval.arabic.derivation import Derived, derive, relate
from retrieval.arabic.normalise import normalise
from retrieval.arabic.spelling import without_signs
from retrieval.arabic.tables import Row, TableError, load

PartOfSpeech = Literal["noun", "adj", "verb", "prep", "conj", "part", "pron", "adv", "name", "num"]


class Sense(Row):
    """One row of senses.csv: a coarse meaning that reading goes by; `note` says which words have it.

    `relations` says whether the nouns of this sense give adjectives of relation ("naval" of sea).
    """

    sense: str = Field(pattern="^[a-z_]+$")
    relations: Literal["", "yes"]


class Paradigm(Row):
    """One row of paradigms.csv: the derived form of a verb, or the endings that a noun or particle takes."""

    name: str = Field(min_length=1)
    kind: Literal["verb", "noun", "particle"]
    form: Form | Literal[""]
    passive: Literal["yes", "no"]


class LexiconRow(Row):
    """One row of lexicon.csv.

    `plural` lists a noun's plurals, the sound endings written alone; `stems` lists other spellings or stems of a
    noun, or gives the present of a verb of the first form.
    """

    lemma: str = Field(min_length=1)
    pos: PartOfSpeech
    paradigm: str
    plural: str
    stems: str
    sense: str


class NumeralWord(Row):
    """One row of numerals.csv, of which the lexicon needs the word only."""

    word: str
    value: str
    role: str


class Entry(NamedTuple):
    """A word of the lexicon, its lists cut up and its paradigm looked up.

    `voice` is that of a participle; `made` says that the word is derived and not a row of the table.
    """

    lemma: str
    pos: PartOfSpeech
    inflection: str
    form: Form | None
    passive: bool
    plurals: tuple[str, ...]
    stems: tuple[str, ...]
    sense: str
    voice: str = ""
    made: bool = False


@cache
def senses() -> dict[str, Sense]:
    """The senses that a word of the lexicon may have, by name."""
    return {row.sense: row for _, row in load("senses", Sense)}


@cache
def entries() -> tuple[Entry, ...]:
    """Every word of the lexicon: the table's rows in their order, what is derived from its verbs, and the numerals.

    Raises:
        TableError: for a sense or paradigm that its table does not name, a verb of the first form without its
            present, or a word that is listed twice.
    """
    paradigms: dict[tuple[str, str], Paradigm] = {(row.kind, row.name): row for _, row in load("paradigms", Paradigm)}
    seen: dict[tuple[str, str, str], int] = {}
    listed = [_entry(number, row, paradigms, seen) for number, row in load("lexicon", LexiconRow)]
    numerals = dict.fromkeys(row.word for _, row in load("numerals", NumeralWord))
    return (
        *listed,
        *_derived(listed),
        *(Entry(word, "num", "", None, passive=False, plurals=(), stems=(), sense="number") for word in numerals),
    )


def _derived(listed: list[Entry]) -> Iterator[Entry]:
    """Words made of listed words, in their sense, where the table has none itself.

    Participles and verbal nouns of verbs, adjectives of relation of nouns.
    """
    nouns = [entry for entry in listed if entry.pos in {"noun", "adj"}]
    known = {normalise(word) for entry in nouns for word in (entry.lemma, *entry.stems)}
    adjectives = {normalise(entry.lemma) for entry in nouns if entry.pos == "adj"}
    plurals = {normalise(plural) for entry in nouns for plural in entry.plurals}
    masculine, feminine = ((affixes()[group][0].text,) for group in ("plural", "feminine_plural"))
    for verb in listed:
        for word in _of_verb(verb):
            noun = word.voice is None
            taken = known if noun else adjectives
            if normalise(word.lemma) in taken:
                continue
            known.add(normalise(word.lemma))
            taken.add(normalise(word.lemma))
            gender = "mf" if not noun else "f" if word.lemma.endswith("ة") else "m"
            endings = feminine if noun else masculine
            kind: PartOfSpeech = "noun" if noun else "adj"
            yield Entry(
                word.lemma, kind, gender, None, passive=False, plurals=endings, stems=word.stems, sense=verb.sense,
                voice=word.voice or "", made=True,
            )  # fmt: skip
    relating = (entry for entry in nouns if entry.pos == "noun" and senses()[entry.sense].relations)
    for entry in relating:
        related = relate(without_signs(entry.lemma))
        if related and normalise(related) not in known | plurals:
            known.add(normalise(related))
            yield Entry(
                related, "adj", "mf", None, passive=False, plurals=masculine, stems=(), sense="quality", made=True
            )


def _of_verb(verb: Entry) -> Iterable[Derived]:
    if verb.form is None:
        return ()
    return derive(verb.lemma, verb.form, verb.stems[0] if verb.stems else "", transitive=verb.passive)


def _entry(
    number: int, row: LexiconRow, paradigms: dict[tuple[str, str], Paradigm], seen: dict[tuple[str, str, str], int]
) -> Entry:
    where = f"lexicon.csv row {number}:"
    if row.sense not in senses():
        raise TableError(f"{where} sense '{row.sense}' is not in senses.csv")
    first = seen.setdefault((row.lemma, row.pos, row.paradigm + row.stems), number)
    if first != number:
        raise TableError(f"{where} '{row.lemma}' stands in row {first} already")
    kind = {"verb": "verb", "noun": "noun", "adj": "noun"}.get(row.pos, "particle")
    paradigm = paradigms.get((kind, row.paradigm))
    if paradigm is None and (kind != "particle" or row.paradigm):
        raise TableError(f"{where} paradigm '{row.paradigm}' of a {row.pos} is not in paradigms.csv")
    form = paradigm.form or None if paradigm else None
    stems = tuple(filter(None, (stem.strip() for stem in row.stems.split("|"))))
    if form == "1" and not stems:
        raise TableError(f"{where} '{row.lemma}' needs its present in the column stems")
    plurals = tuple(filter(None, (plural.strip() for plural in row.plural.split("|"))))
    if any(len(word) < 2 or " " in word for word in (*plurals, *stems)):
        raise TableError(f"{where} a plural or stem of '{row.lemma}' is no whole word")
    passive = bool(paradigm and paradigm.passive == "yes")
    inflection = row.paradigm if kind != "verb" else ""
    return Entry(row.lemma, row.pos, inflection, form, passive, plurals, stems, row.sense)
