"""Telling whether two written names are one person: spellings, patronymics, surnames alone, known persons."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.names import load_given
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.word_sets import word_set

_ARTICLE = "ال"
# Letters that transliterations of one foreign sound are written with, and vowels that they leave out or put in.
_SOUNDS = str.maketrans(
    {"غ": "ج", "ك": "ج", "ق": "ج", "ط": "ت", "ث": "ت", "ص": "س", "ز": "س", "ظ": "س", "ف": "ف", "ه": None}
)
_VOWELS = frozenset("اويع")


class KnownRow(tables.Row):
    """One row of known_people.csv: other spellings of the name, and the words by which alone the person is known."""

    name: str
    also: str
    alone: str


class VariantRow(tables.Row):
    """One row of name_variants.csv: a spelling of a given name and the spelling it is compared as."""

    name: str
    same_as: str


class Known(NamedTuple):
    """The known persons: by their full names, and by the surnames that need no given name."""

    phrases: Phrases[str]
    alone: Phrases[str]


@cache
def load_known() -> Known:
    """The persons of known_people.csv."""
    rows = [row for _, row in tables.load("known_people", KnownRow)]
    full = [(words(name), row.name) for row in rows for name in (row.name, *row.also.split("|")) if name]
    alone = [(words(name), row.name) for row in rows for name in row.alone.split("|") if name]
    return Known(Phrases(full), Phrases(alone))


@cache
def _variants() -> dict[str, str]:
    return {" ".join(words(r.name)): " ".join(words(r.same_as)) for _, r in tables.load("name_variants", VariantRow)}


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """The form in which the spellings of one name meet: "عبد الله" and "عبدالله", "أبو" and "أبي", "جيمس" and "جايمس".

    A name that known_people.csv has in several spellings gives the key of its first one. A surname alone keeps its
    own key unless everybody is known to mean one person by it: whose it is, `same` and `link` say.
    """
    norms = words(name)
    known = load_known().phrases.get(norms) or load_known().alone.get(norms)
    return " ".join(_parts(words(known) if known else norms))


def _parts(norms: tuple[str, ...]) -> list[str]:
    """The words of a name with compounds joined and the particles of descent left out."""
    parts: list[str] = []
    open_ = False
    for norm in norms:
        fathers = norm in word_set("father") - word_set("mother")
        if parts and (open_ or norm in word_set("last_part")):
            parts[-1] += norm
            open_ = False
        elif fathers or norm in word_set("servant"):
            parts.append(min(word_set("father")) if fathers else norm)  # one spelling for أبو، أبي، أبا
            open_ = True
        elif norm not in word_set("son"):
            parts.append(_variants().get(norm, norm))
    return parts


@lru_cache(maxsize=50_000)
def same(one: str, other: str) -> bool:
    """Whether two names may be one person's, as they would within one text.

    True for equal keys, for a name that the other only makes longer (محمد بن سلمان, محمد بن سلمان بن عبدالعزيز), for a
    surname alone, and for foreign names whose spellings sound alike.
    """
    a, b = key(one).split(), key(other).split()
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return len(long) > 1 and _alike(short[0], long[-1]) and short[0] not in load_given()
    if short == long[: len(short)]:
        return True
    return _alike(short[-1], long[-1]) and _alike(short[0], long[0]) and set(short[1:-1]) <= set(long)


@lru_cache(maxsize=20_000)
def meeting_points(name: str) -> frozenset[str]:
    """Keys of a name by which others can be looked up: names that are `same` have one of them in common."""
    parts = key(name).split()
    return frozenset((f"{_sound(parts[0])}…", f"…{_sound(parts[-1])}")) if parts else frozenset()


def _alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one name: equal, or for foreign names with the same consonants."""
    if one == other:
        return True
    arabic = one.startswith(_ARTICLE) or other.startswith(_ARTICLE) or (one in load_given() and other in load_given())
    return not arabic and len(min(one, other, key=len)) > 3 and _sound(one) == _sound(other)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """The consonants of a transliterated word, those of one sound written alike."""
    first, rest = word[0], word[1:]
    return (first + "".join(letter for letter in rest if letter not in _VOWELS)).translate(_SOUNDS)
