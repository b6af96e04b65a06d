"""Finding the armed groups, armies, police, peoples and institutions that a text names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import nationality
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.phrases import Match, Phrases, openings, spelled, unquoted, words
from retrieval.arabic.tokens import Token

VictimClass = Literal["civilian", "militant", "security", "mixed", "unknown"]
_ARTICLE = "ال"
_MOST_ADJECTIVES = 3


class PartyRow(tables.Row):
    """One row of parties.csv; `also` holds the other names of the party, parted by `|`."""

    name: str
    also: str
    victim_class: VictimClass


class NounRow(tables.Row):
    """One row of party_nouns.csv: what its members are by the noun alone, and whether it is a body or only members.

    A `unit` is a body that bears any definite noun as its name: "كتيبة النسور".
    """

    noun: str
    victim_class: VictimClass | Literal[""]
    sort: Literal["members", "body", "unit", "none"]


class PartyMention(NamedTuple):
    """A party in a run of tokens: `tokens[first:last]`, its name as written without clitics, its members' class.

    `key` is one for all names of a party that the table knows; "" where only its shape was recognised.
    """

    first: int
    last: int
    name: str
    victim_class: VictimClass
    key: str = ""


class _Found(NamedTuple):
    length: int
    first_word: str
    victim_class: VictimClass
    key: str


@cache
def load_parties() -> Phrases[PartyRow]:
    """The parties by all their names."""
    rows = [row for _, row in tables.load("parties", PartyRow)]
    return Phrases((words(name), row) for row in rows for name in (row.name, *row.also.split("|")))


@cache
def load_nouns() -> Phrases[NounRow]:
    """The nouns that open the name of a party, with the article and without."""
    rows = [row for _, row in tables.load("party_nouns", NounRow)]
    return Phrases((words(form + row.noun), row) for row in rows for form in ("", _ARTICLE))


def find_parties(tokens: Sequence[Token]) -> list[PartyMention]:
    """The parties that `tokens` name, in order and without overlap, each with the words that belong to its name."""
    seen = unquoted(tokens)
    norms = [tokens[index].norm for index in seen]
    mentions: list[PartyMention] = []
    at = 0
    while at < len(norms):
        found = _at(norms, at) if _may_begin(norms[at]) and tokens[seen[at]].kind == "word" else None
        if not found:
            at += 1
            continue
        first, last = seen[at], seen[at + found.length - 1] + 1
        name = spelled([tokens[index].text for index in seen[at : at + found.length]], found.first_word)
        mentions.append(PartyMention(first, last, name, found.victim_class, found.key))
        at += found.length
    return mentions


@lru_cache(maxsize=50_000)
def _may_begin(norm: str) -> bool:
    """Whether the name of a party may begin with this normalised word."""
    return bool(load_parties().opening(norm) or load_nouns().opening(norm))


def _at(norms: Sequence[str], at: int) -> _Found | None:
    """The longer of what the table knows at word `at` and what has the shape of a party there."""
    known = load_parties().match(norms, at)
    if known and not (known.length == 1 and known.clitics[-1:] == "ك"):
        end = at + known.length
        shape = _shape(norms, at)
        if not shape or shape.length <= known.length:
            end = _adjectives(norms, end)
            row = known.value
            return _Found(end - at, known.first, row.victim_class, " ".join(words(row.name)))
        return shape
    return _shape(norms, at)


def _shape(norms: Sequence[str], at: int) -> _Found | None:
    """A party by its noun: "القوات العراقية", "عناصر تنظيم داعش", "حركة X"."""
    noun = load_nouns().match(norms, at)
    if not noun or noun.clitics[-1:] == "ك":
        return None
    start = at + noun.length
    if noun.first.startswith(_ARTICLE):
        end = _adjectives(norms, start)
        return _found(noun, at, end, noun.value.victim_class or "unknown", "") if end > start else None
    inner = _at(norms, start) if start < len(norms) else None
    if inner and _bare(norms[start], inner.first_word):
        victims = noun.value.victim_class or inner.victim_class
        key = inner.key if noun.value.sort == "members" else ""
        return _found(noun, at, start + inner.length, _rather(victims, inner.victim_class), key)
    named = {"members": _named_before, "unit": _names_unit}.get(noun.value.sort)
    if start < len(norms) and named and named(norms[start]):
        return _found(noun, at, start + 1, noun.value.victim_class or "unknown", "")
    if start < len(norms) and (nationality(norms[start]) and not norms[start].startswith(_ARTICLE)):
        end = _adjectives(norms, start + 1)  # "جنود عراقيين"
        return _found(noun, at, end, noun.value.victim_class or "unknown", "")
    return None


def _names_unit(norm: str) -> bool:
    """Whether a word can be the name of a unit: any definite one that is no adjective of a country."""
    return norm.startswith(_ARTICLE) and not nationality(norm)


def _named_before(norm: str) -> bool:
    """Whether a word takes up a body that the text named before: "مسلحي التنظيم"."""
    noun = load_nouns().get((norm,))
    return noun is not None and noun.sort == "body" and norm.startswith(_ARTICLE)


def _rather(by_noun: VictimClass, by_name: VictimClass) -> VictimClass:
    """The class of members whose noun and whose party say different things: soldiers of a militia are militants."""
    return by_name if by_name in ("militant", "security") else by_noun


def _bare(norm: str, first_word: str) -> bool:
    """Whether a word stands without clitics, so that it can follow a noun as its name."""
    return norm == first_word


def _found(noun: Match[NounRow], at: int, end: int, victim_class: VictimClass, key: str) -> _Found | None:
    return _Found(end - at, noun.first, victim_class, key) if noun.value.sort != "none" else None


def _adjectives(norms: Sequence[str], at: int) -> int:
    """The index after the adjectives at `at` that belong to a party's name."""
    end = at
    while end < len(norms) and end - at < _MOST_ADJECTIVES:
        norm = norms[end]
        if not (norm in load_words("party_adjectives") or (norm.startswith(_ARTICLE) and nationality(norm))):
            break
        end += 1
    return end


@lru_cache(maxsize=5_000)
def key(name: str) -> str:
    """The form in which the names of one party meet ("داعش", "تنظيم الدولة"); the name itself where none is known."""
    norms = list(words(name))
    found = _at(norms, 0) if norms else None
    if found and found.key:
        return found.key
    if norms and found is None:
        norms[0] = next(
            (rest for clitics, rest in openings(norms[0]) if clitics and rest.startswith(_ARTICLE)), norms[0]
        )
    return " ".join(norms)
