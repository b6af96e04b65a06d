"""Reading a person's name word by word: given names, particles, surnames, and where the name ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_listed, is_ordinary, is_particle, load_words
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

_ARTICLE = "ال"
_MOST_WORDS = 12


class GivenRow(tables.Row):
    """One row of given_names.csv: `word` marks names that are also words of the language.

    A `thing` is so common a word before names ("فوز دونالد ترامب") that it opens none without a title.
    """

    word: str
    sort: Literal["name", "word", "thing"]


@cache
def load_given() -> dict[str, str]:
    """Given names, normalised, each `name`, `word` or `thing`."""
    return {normalise(row.word): row.sort for _, row in tables.load("given_names", GivenRow)}


@lru_cache(maxsize=50_000)
def is_stop(norm: str) -> bool:
    """Whether a name cannot go on with this normalised word: ordinary language, an office, a nationality, a clitic."""
    return load_given().get(norm) != "name" and (is_ordinary(norm) or nationality(norm) != "" or _is_stop(norm))


@lru_cache(maxsize=50_000)
def is_stop_after_given(norm: str) -> bool:
    """Whether a word cannot be the surname behind a given name, where adjectives are believed: محمد الحربي."""
    if load_given().get(norm) == "name":
        return False
    if norm.startswith(_ARTICLE) and len(norm) > 4 and not is_particle(norm):
        if norm in load_words("not_office_words") or norm in load_words("portfolios") or _is_place(norm):
            return True
        if norm in load_words("ordinals"):
            return False
        listed = norm in load_words("office_adjectives") or norm.removeprefix(_ARTICLE) in load_words("office_words")
        if norm.endswith("ي"):
            return listed and not nationality(norm)
        return listed or is_listed(norm) or _inflected(norm)
    return is_stop(norm) or norm.startswith("ي")


def _is_stop(norm: str) -> bool:
    if len(norm) < 2 or _inflected(norm) or _is_place(norm):
        return True
    if norm.removeprefix(_ARTICLE) in load_words("office_words") or norm in load_words("portfolios"):
        return True
    # A preposition and a definite noun in one word, or a place known behind a clitic, are no name.
    if any(a.known and a.definite and (a.preposition or a.conjunction) for a in analyse(norm)):
        return True
    return any(
        clitics and ((rest,) in load_atlas().phrases or (rest.startswith(_ARTICLE) and not clitics.endswith("ك")))
        for clitics, rest in openings(norm)
    )


def _inflected(norm: str) -> bool:
    """Whether a word bears an ending that names do not: a plural, a pronoun, the ت of a verb, a feminine adjective."""
    if norm in load_given() or norm.removeprefix(_ARTICLE) in load_given():
        return False
    definite = norm.startswith(_ARTICLE)
    if norm.endswith(("ات", "هما", "وا", "هم", "ها")) or (norm.endswith("ت") and not definite and len(norm) > 3):
        return True
    if norm[0] in "وي" and norm.endswith(("ه", "ني")) and len(norm) > 4:
        return True
    return definite and len(norm) > 6 and norm.endswith(("يه", "ين", "ون"))


def _is_place(norm: str) -> bool:
    """Whether a word is a place known by itself (واشنطن, البحرين), or one with the article that is no mere village."""
    places = load_atlas().phrases.get((norm,))
    easy = ("", "preposition") if norm.startswith(_ARTICLE) else ("",)
    return places is not None and any(p.needs in easy for p in places)


def opens_name(norm: str) -> bool:
    """Whether a name that no title introduces may begin with this normalised word."""
    compound = word_set("father") | word_set("son") | word_set("servant") | word_set("house")
    return norm in compound or _sort(norm) is not None


def name_end(view: Sequence[Token], at: int, *, titled: bool) -> int:
    """The index after the person's name that starts at word `at`, or `at` where none starts.

    A name is given names and compounds in a row and then one surname. `titled` says that an office or honorific stands
    before it: then a surname alone is a name, and so is a foreign given name that no table knows with its surname.
    """
    end = given_end(view, at, titled=titled)
    if end == at and not titled:
        return at
    last = _surname_end(view, end, foreign=end == at)
    if titled and last == end == at + 1 and _short_surname(view, end):
        return end + 1
    if titled or last > end or end - at > 2:
        return last
    # A given name alone is nobody, عبد X and أبو X alone may be somebody, X الله is rather a wish.
    alone = end == at + 1 or (view[at].norm not in word_set("servant") | word_set("father"))
    return at if alone and not (end == at + 2 and view[at + 1].norm in load_given()) else last


def _short_surname(view: Sequence[Token], at: int) -> bool:
    """Whether an everyday word behind a single titled given name is a surname: the phrase ends behind it."""
    if at >= len(view) or view[at].kind != "word" or view[at].norm.startswith(_ARTICLE) or is_listed(view[at].norm):
        return False
    bare = not _inflected(view[at].norm) and not nationality(view[at].norm) and not _is_place(view[at].norm)
    return bare and is_closed(view, at + 1)


def given_end(view: Sequence[Token], at: int, *, titled: bool) -> int:
    """The index after the given names and compounds in a row at word `at`."""
    end = at
    while end < len(view) and end - at < _MOST_WORDS and view[end].kind == "word":
        step = _given_end(view, end, first=end == at, titled=titled)
        if step == end:
            break
        end = step
    return end


def _given_end(view: Sequence[Token], at: int, *, first: bool, titled: bool) -> int:
    """The end of one given name or compound at `at`, or `at` itself."""
    compound = _compound_end(view, at)
    if compound > at:
        return compound
    token = view[at]
    sort = _sort(token.norm)
    if sort is None or (token.norm in word_set("also_a_preposition") and token.text.endswith("ى")):
        return at
    if sort == "name":
        return at + 1
    following = view[at + 1] if at + 1 < len(view) else None
    if following and (following.norm in load_words("not_office_words") or following.kind == "number"):
        return at  # "صباح اليوم", "خميس 5"
    if first and not titled:
        return at + 1 if sort != "thing" and following and _surely_names(following) else at
    # A name that is also a word is believed between names, or at the end of a name unless it is علي.
    follows = following is not None and (
        _names(following) or (following.norm.endswith("ي") and not is_stop_after_given(following.norm))
    )
    return at + 1 if follows or (not first and token.norm not in word_set("also_a_preposition")) else at


def _sort(norm: str) -> str | None:
    """Whether a word is a given name, or with the article a word that is also one: الطاهر، الحبيب."""
    sort = load_given().get(norm)
    if sort is None and norm.startswith(_ARTICLE) and load_given().get(norm.removeprefix(_ARTICLE)) is not None:
        return "word" if not is_listed(norm) else None
    return sort


def _surname_end(view: Sequence[Token], at: int, *, foreign: bool) -> int:
    """The end of the surname at `at`, with the particles of foreign names.

    It has two words where no given name is known, or where the second is a given name or has the article.
    """
    end, words = at, 0
    while end < len(view) and view[end].kind == "word" and words < (3 if foreign else 2):
        norm = view[end].norm
        stops = is_stop(norm) if foreign else is_stop_after_given(norm)
        if norm in word_set("foreign_particle") and end + 1 < len(view) and not is_stop(view[end + 1].norm):
            end += 1
            continue
        if words == 2 and not is_closed(view, end + 1):
            break  # a third foreign word is believed only at the end of a phrase
        if stops or (words and not foreign and not (norm.startswith(_ARTICLE) or norm in load_given())):
            break
        end, words = end + 1, words + 1
        if norm.startswith(_ARTICLE):
            end += not foreign and _nisba(view, end)
            break
    if words and end + 1 < len(view) and view[end].norm in word_set("house") and view[end + 1].kind == "word":
        return end + 2
    if words and end < len(view) and view[end].norm in word_set("son") | word_set("servant"):
        return max(end, _compound_end(view, end))
    return end if words else at


def _surely_names(token: Token) -> bool:
    """Whether a word leaves no doubt that the one before it is a name."""
    norm = token.norm
    sure = norm in word_set("son") | word_set("servant") or load_given().get(norm, "thing") != "thing"
    return sure or (norm.startswith(_ARTICLE) and norm.endswith("ي") and not is_stop(norm))


def _nisba(view: Sequence[Token], at: int) -> bool:
    """Whether one more name with the article stands at word `at`, as in "محمد الناجم الغرسلي"."""
    norm = view[at].norm if at < len(view) and view[at].kind == "word" else ""
    return norm.startswith(_ARTICLE) and norm.endswith("ي") and not is_stop_after_given(norm) and not nationality(norm)


def is_closed(view: Sequence[Token], at: int) -> bool:
    """Whether a phrase ends at word `at`: a mark or a particle stands there, or nothing."""
    return at >= len(view) or view[at].kind == "mark" or is_particle(view[at].norm)


def _names(token: Token) -> bool:
    """Whether a word can only be part of a name."""
    norm = token.norm
    if token.kind != "word":
        return False
    return (
        norm in word_set("son") | word_set("father")
        or norm in word_set("servant")
        or norm in load_given()
        or not is_stop(norm)
    )


def _compound_end(view: Sequence[Token], at: int) -> int:
    """The end of a name of several words at `at`: عبد X, أبو X, بن X, آل X, X الدين; `at` where there is none."""
    norm = view[at].norm
    if at + 1 >= len(view) or view[at + 1].kind != "word":
        return at
    following = view[at + 1]
    if norm in word_set("servant"):
        return at + 2 + (following.norm in word_set("lord") and at + 2 < len(view) and view[at + 2].norm == "ه")
    if norm in word_set("son") | word_set("father"):
        inner = _compound_end(view, at + 1)
        surely = norm in word_set("father") - word_set("mother")
        named = surely or following.norm in load_given() or not is_stop(following.norm)
        return max(inner, at + 2 if named else at) if inner > at + 1 or named else at
    house = norm in word_set("house") and view[at].text.startswith("آ")
    ending = following.norm in word_set("last_part") and norm in load_given()
    return at + 2 if house or ending else at
