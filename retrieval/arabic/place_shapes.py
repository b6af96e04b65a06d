"""Where the name of a place that no table knows ends, after a noun such as قرية or مستشفى that says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retrieval.arabic import tables
from retrieval.arabic.atlas import nationality
from retrieval.arabic.names import load_given
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_ordinary, load_words
from retrieval.arabic.parties import load_parties
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

_ARTICLE = "ال"


class AdjectiveRow(tables.Row):
    """One row of place_adjectives.csv: a word that may end the name of such a place, or never does."""

    word: str
    kind: str


class DirectionRow(tables.Row):
    """One row of directions.csv."""

    word: str
    direction: str


@cache
def load_adjectives() -> dict[str, str]:
    """Adjectives that belong to a place's name, each with the kind of place."""
    return {normalise(row.word): row.kind for _, row in tables.load("place_adjectives", AdjectiveRow)}


@cache
def load_directions() -> dict[str, str]:
    """Words of direction, each with the direction's short form: شمالي means شمال."""
    return {normalise(row.word): row.direction for _, row in tables.load("directions", DirectionRow)}


def adjectives_end(view: Sequence[Token], at: int, kind: str, *, masculine: bool = True) -> int:
    """The index after the adjectives at `at` that belong to the name of a place of that kind.

    Towns are feminine: behind one that no noun describes, masculine adjectives belong to something else.
    """
    while at < len(view) and view[at].kind == "word":
        norm = view[at].norm
        sort = load_adjectives().get(norm)
        direction = norm.startswith(_ARTICLE) and norm in load_directions()
        if not masculine and not norm.endswith(("ه", "ي")):
            break
        if not masculine and norm.endswith("ي") and not view[at].text.endswith("ى"):
            break
        if not direction and (sort in (None, "never") or (sort == "facility" and kind != "facility")):
            break
        at += 1
    return at


def name_end(view: Sequence[Token], at: int, kind: str) -> int:
    """The index after the unknown name that starts at `at`, or `at` itself where no name starts.

    One word, or more where the first asks for them (تل X, أبو X, الملك X), or a person's names after a facility,
    or two words without the article; then the adjectives that end such names.
    """
    if kind == "facility" and at < len(view):
        force = load_parties().bare([token.norm for token in view[at : at + 6]], 0)
        if force and force[1].victim_class == "security":  # "مستشفى قوى الأمن", "مسجد قوات الطوارئ"
            return adjectives_end(view, at + force[0], kind)
    end = _core_end(view, at, kind)
    return adjectives_end(view, end, kind) if end > at else at


def _core_end(view: Sequence[Token], at: int, kind: str) -> int:
    end = at
    while end < len(view) and view[end].norm in load_words("place_name_heads") and end - at < 2:
        end += 1
    if end >= len(view) or not _names(view[end]):
        # A head alone names nothing, but those with the article do: حي الشهيد.
        return end if end > at and view[end - 1].norm.startswith(_ARTICLE) else at
    first = view[end]
    if (
        kind in ("area", "natural", "facility")
        and end == at
        and first.norm[0] in "يتنس"
        and first.norm not in load_given()
    ):
        return at  # rather a verb: "منطقة تشهد"
    end += 1
    if end < len(view) and view[end].norm in word_set("last_part"):
        return end + 1
    if first.norm in load_given():
        return _person_end(view, end, kind)
    if end - at == 1 and not first.norm.startswith(_ARTICLE) and _second(view, end):
        end += 1
    return end


def _person_end(view: Sequence[Token], at: int, kind: str) -> int:
    """The end of a person's name that a place bears: two more names at most, the last may have the article."""
    end = at
    while end < len(view) and end - at < 5:
        norm = view[end].norm
        if (
            norm in word_set("son") | word_set("father") | word_set("house")
            and end + 1 < len(view)
            and view[end + 1].kind == "word"
        ):
            end += 2
        elif norm in load_given():
            end += 1
        elif kind == "facility" and norm.startswith(_ARTICLE) and _names(view[end]) and norm not in load_adjectives():
            return end + 1
        else:
            break
    return end


def _second(view: Sequence[Token], at: int) -> bool:
    """Whether a second bare word goes on with the name: a word that is nothing else, and not behind a clitic."""
    if at >= len(view) or not _names(view[at]):
        return False
    norm = view[at].norm
    return not norm.startswith(_ARTICLE) and norm[0] not in "وفبلكسي" and len(norm) > 2 and norm not in load_given()


def _names(token: Token) -> bool:
    """Whether a word can stand in a name at all."""
    norm = token.norm
    if token.kind != "word" or len(norm) < 3 or norm in load_directions() or load_adjectives().get(norm):
        return False
    if norm in load_given() and not token.text.endswith("ى"):
        return True
    return not is_ordinary(norm) and not nationality(norm) and not _preposed(norm)


def _preposed(norm: str) -> bool:
    """Whether a word is a preposition and a definite noun in one ("بالمدينة", "للقوات")."""
    return any(rest.startswith(_ARTICLE) and clitics and clitics[-1] in "بلك" for clitics, rest in openings(norm))
