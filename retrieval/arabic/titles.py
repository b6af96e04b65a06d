"""Reading the titles of persons: honours, ranks and offices, and where an office ends and a name begins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.names import load_given
from retrieval.arabic.ordinary import is_ordinary, load_words
from retrieval.arabic.parties import load_parties
from retrieval.arabic.phrases import Phrases, openings, words
from retrieval.arabic.tokens import Token

_ARTICLE = "ال"
_MOST_WORDS = 14
_LINKS = frozenset(("لدي", "في", "الي"))


class HonorificRow(tables.Row):
    """One row of honorifics.csv."""

    words: str
    sort: Literal["honour", "noble", "rank", "abbreviation"]


class HeadRow(tables.Row):
    """One row of office_heads.csv.

    `alone` says whether the noun with the article is an office by itself (الرئيس); `sent` whether the office may name
    a place behind في, لدى or إلى (سفير السعودية لدى لبنان).
    """

    word: str
    alone: Literal["yes", "no"]
    sent: Literal["yes", "no"]


class Title(NamedTuple):
    """A title before or behind a name: words `start` to `end`, its sort, and the first word without clitics.

    `whole` says that it names somebody without a name behind it.
    """

    start: int
    end: int
    sort: Literal["honour", "noble", "rank", "abbreviation", "office"]
    first_word: str
    whole: bool
    clitics: str = ""


@cache
def load_honorifics() -> Phrases[HonorificRow]:
    """The honours and ranks that stand before a name."""
    return Phrases((words(row.words), row) for _, row in tables.load("honorifics", HonorificRow))


@cache
def load_heads() -> Phrases[HeadRow]:
    """The nouns that open an office, with the article and without."""
    rows = [row for _, row in tables.load("office_heads", HeadRow)]
    forms = [(row.word, row) for row in rows]
    forms += [(_ARTICLE + row.word, row) for row in rows if row.alone == "yes" and not row.word.startswith(_ARTICLE)]
    return Phrases((words(form), row) for form, row in forms)


def title_at(view: Sequence[Token], at: int) -> Title | None:
    """The one title that starts at word `at`."""
    norms = [token.norm for token in view[at : at + _MOST_WORDS + 4]]
    return _office(view, norms, at) or _honorific(view, norms, at)


def _honorific(view: Sequence[Token], norms: Sequence[str], at: int) -> Title | None:
    found = load_honorifics().match(norms, 0)
    if not found:
        return None
    end = at + found.length
    if found.value.sort == "abbreviation":  # "د. محمد"
        if end >= len(view) or view[end].text not in (".", "/"):
            return None
        end += 1
    return Title(at, end, found.value.sort, found.first, whole=False, clitics=found.clitics)


def _office(view: Sequence[Token], norms: Sequence[str], at: int) -> Title | None:
    found = load_heads().match(norms, 0)
    if not found:
        return None
    head, start = found.value, at + found.length
    definite = found.first.startswith(_ARTICLE)
    end = _complement_end(view, start, head, definite=definite)
    if end == start and not (head.alone == "yes" and (definite or " " in head.word)):
        return None
    # "رئيس" needs what he presides over; the rest that is indefinite ("رئيس سابق") names nobody.
    return Title(at, end, "office", found.first, whole=True, clitics=found.clitics)


def _complement_end(view: Sequence[Token], start: int, head: HeadRow, *, definite: bool) -> int:
    """The index after the words that say what the office is of."""
    at, closed = start, definite
    while at < len(view) and at - start < _MOST_WORDS and view[at].kind == "word":
        step = _step(view, at, first=at == start and not definite, closed=closed)
        if step == at and closed and head.sent == "yes":
            step = _sent(view, at)
        if step == at:
            break
        closed = _closes(view, at, step, closed=closed)
        at = step
    return at if closed else start


def _closes(view: Sequence[Token], at: int, step: int, *, closed: bool) -> bool:
    """Whether an office is definite after a step; "باسم" and "لرئيس" open it for one more definite word."""
    norm = view[at].norm
    if norm == "باسم" or (step == at + 1 and norm.startswith("ل") and norm[1:] in load_words("office_words")):
        return False
    return closed or view[step - 1].norm.startswith((_ARTICLE, "لل")) or step - at > 1 or _placed(view, at)


def _placed(view: Sequence[Token], at: int) -> bool:
    """Whether a word is a known place, which is definite without the article."""
    return (view[at].norm,) in load_atlas().phrases and view[at].norm not in load_words("office_words")


def _step(view: Sequence[Token], at: int, *, first: bool, closed: bool) -> int:
    """The index after the next part of an office: a noun, an adjective, a place, a party; `at` where it ends.

    `closed` says that the office has been made definite already, so that only adjectives and prepositions go on.
    """
    norm = view[at].norm
    norms = [token.norm for token in view[at : at + 6]]
    if load_given().get(norm) == "name" and not (first and norm in ("صلاح",)):
        return at
    if nationality(norm) and (norm.startswith(_ARTICLE)):
        return at + 1
    if not closed or first:
        if norm in load_words("office_words") and not norm.startswith(_ARTICLE) and norm not in _LINKS:
            return at + 1
        named = load_parties().bare(norms, 0) or load_atlas().phrases.bare(norms, 0)
        if named:
            return at + named[0]
    if norm.startswith(_ARTICLE):
        ranked = closed and load_honorifics().bare(norms, 0) is not None
        return at + 1 if _of_office(norm) and not ranked else at
    if norm == "باسم":
        return at + 1 if at + 1 < len(view) else at
    return _prefixed(view, at)


def _of_office(norm: str) -> bool:
    """Whether a definite word belongs to an office rather than being a surname."""
    bare = norm.removeprefix(_ARTICLE)
    known = bare in load_words("office_words") or norm in load_words("portfolios") or is_ordinary(norm)
    return known and load_given().get(norm) is None


def _prefixed(view: Sequence[Token], at: int) -> int:
    """The index after a part joined by a clitic: للشؤون, لمجلس, بوزارة, والطيران."""
    norm = view[at].norm
    norms = [token.norm for token in view[at : at + 6]]
    for clitics, rest in openings(norm):
        bare = rest.removeprefix(_ARTICLE)
        if clitics == "ل" and (bare in load_words("office_words") or (rest.startswith(_ARTICLE) and _of_office(rest))):
            return at + 1
        if clitics == "ل" and (found := load_parties().bare(norms, 0, rest) or load_atlas().phrases.bare(norms, 0, rest)):
            return at + found[0]
        if clitics == "ب" and (bare in load_words("office_words") or _placed_before_name(view, at, rest)):
            return at + 1
        if clitics == "و" and rest in load_words("portfolios"):
            return at + 1
    return at


def _placed_before_name(view: Sequence[Token], at: int, rest: str) -> bool:
    """Whether "بالجيزة" stands inside a title: a known place, and a name or rank right behind it."""
    if (rest,) not in load_atlas().phrases or at + 1 >= len(view):
        return False
    norm = view[at + 1].norm
    return norm in load_given() or load_honorifics().bare([norm], 0) is not None


def _sent(view: Sequence[Token], at: int) -> int:
    """The index after "لدى لبنان" or "في العراق"."""
    if view[at].norm not in _LINKS or at + 1 >= len(view):
        return at
    norms = [token.norm for token in view[at + 1 : at + 6]]
    named = load_atlas().phrases.bare(norms, 0) or load_parties().bare(norms, 0)
    if named:
        return at + 1 + named[0]
    return at + 2 if norms[0].startswith(_ARTICLE) and _of_office(norms[0]) else at
