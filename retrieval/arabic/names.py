"""Reading a person's name word by word: given names, particles, surnames, and where the name ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_ordinary, load_words
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import Token

_ARTICLE = "ال"
SONS = frozenset(("بن", "ابن", "بنت", "ولد"))
FATHERS = frozenset(("ابو", "ابي", "ابا", "ام"))
HOUSE = "ال"  # آل, as it is normalised
_FOREIGN_PARTICLES = frozenset("دي دا دو دوس دير دل ديل فان فون لو ماك سان ايف".split())
_LAST_PARTS = frozenset("الله الدين العابدين الاسلام".split())
_NOT_BEFORE_LAST_PARTS = frozenset("رسول سبيل حزب بيت ايه انصار كتاب اذن باذن شاء رحمه دار رجال علماء".split())
_MOST_UNITS = 6


class GivenRow(tables.Row):
    """One row of given_names.csv: `word` marks names that are also words of the language."""

    word: str
    sort: Literal["name", "word"]


@cache
def load_given() -> dict[str, str]:
    """Given names, normalised, each `name` or `word`."""
    return {normalise(row.word): row.sort for _, row in tables.load("given_names", GivenRow)}


@lru_cache(maxsize=50_000)
def is_stop(norm: str) -> bool:
    """Whether a name cannot go on with this normalised word: ordinary language, an office, a nationality, a clitic."""
    if load_given().get(norm) == "name":
        return False
    if is_ordinary(norm) or nationality(norm) or len(norm) < 2 or norm.endswith(("ات", "هما")):
        return True
    bare = norm.removeprefix(_ARTICLE)
    if bare in load_words("office_words") or norm in load_words("portfolios"):
        return True
    # A preposition and a definite noun in one word, or a place known behind a clitic, are no name.
    return any(
        clitics and (rest.startswith(_ARTICLE) or (rest,) in load_atlas().phrases) for clitics, rest in openings(norm)
    )


def name_end(view: Sequence[Token], at: int, *, titled: bool) -> int:
    """The index after the person's name that starts at word `at`, or `at` where none starts.

    A name is given names and compounds in a row and then one surname. `titled` says that an office or honorific stands
    before it: then a surname alone is a name, and so is a foreign given name that no table knows with its surname.
    """
    end, units = at, 0
    while end < len(view) and units < _MOST_UNITS and view[end].kind == "word":
        step = _given_end(view, end, first=not units)
        if step == end:
            break
        end, units = step, units + 1
    if units == 0 and not titled:
        return at
    last = _surname_end(view, end, foreign=units == 0)
    if titled or units + (last > end) > 1:
        return last
    return at


def _given_end(view: Sequence[Token], at: int, *, first: bool) -> int:
    """The end of one given name or compound at `at`, or `at` itself."""
    compound = _compound_end(view, at)
    if compound > at:
        return compound
    token = view[at]
    sort = load_given().get(token.norm)
    if sort is None or (token.norm == "علي" and token.text.endswith("ى")):
        return at
    if sort == "name":
        return at + 1
    follows = at + 1 < len(view) and _names(view[at + 1])
    # A name that is also a word is believed between names, or at the end of a name unless it is علي.
    return at + 1 if follows or (not first and token.norm != "علي") else at


def _surname_end(view: Sequence[Token], at: int, *, foreign: bool) -> int:
    """The end of the surname at `at`, with the particles of foreign names; two words where no given name is known."""
    end, words = at, 0
    while end < len(view) and view[end].kind == "word" and words < (2 if foreign else 1):
        norm = view[end].norm
        if norm in _FOREIGN_PARTICLES and end + 1 < len(view) and not is_stop(view[end + 1].norm):
            end += 1
            continue
        if is_stop(norm):
            break
        end, words = end + 1, words + 1
        if norm.startswith(_ARTICLE):
            break
    if words and end + 1 < len(view) and view[end].norm == HOUSE and view[end + 1].kind == "word":
        return end + 2
    return end if words else at


def _names(token: Token) -> bool:
    """Whether a word can only be part of a name."""
    norm = token.norm
    if token.kind != "word":
        return False
    return norm in SONS or norm in FATHERS or norm == "عبد" or norm in load_given() or not is_stop(norm)


def _compound_end(view: Sequence[Token], at: int) -> int:
    """The end of a name of several words at `at`: عبد X, أبو X, بن X, آل X, X الدين; `at` where there is none."""
    norm = view[at].norm
    if at + 1 >= len(view) or view[at + 1].kind != "word":
        return at
    following = view[at + 1]
    if norm == "عبد":
        return at + 2 + (following.norm == "رب" and at + 2 < len(view) and view[at + 2].norm == "ه")
    if norm in SONS or norm in FATHERS:
        inner = _compound_end(view, at + 1)
        if inner > at + 1:
            return inner
        known = following.norm in load_given()
        return at + 2 if known or not is_stop(following.norm) or (norm in FATHERS and norm != "ام") else at
    if norm == HOUSE and view[at].text.startswith("آ"):
        return at + 2
    if following.norm in _LAST_PARTS and norm not in _NOT_BEFORE_LAST_PARTS and not is_ordinary(norm):
        return at + 2
    return at
