"""Read what stands before the name of a place: directions, parts, nearness, and nouns that say what it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import PlaceKind, nationality
from retrieval.arabic.phrases import Match, Phrases, openings, words
from retrieval.arabic.place_shapes import load_directions


class NounRow(tables.Row):
    """One row of place_nouns.csv.

    `unknown` says whether a name that no table knows may follow; `lies` whether a known place after the noun is where
    the thing lies (مطار بغداد) or only its namesake (شارع فلسطين).
    """

    noun: str
    kind: PlaceKind
    number: Literal["one", "many"]
    unknown: Literal["yes", "no"]
    lies: Literal["yes", "no"]


class LeadRow(tables.Row):
    """One row of place_leads.csv: words before a place: part of its name (ريف), near it (قرب), its centre (مركز)."""

    words: str
    kind: Literal["part", "near", "centre"]


class Lead(NamedTuple):
    """Words of direction or part before a place: how many, the clitics before them and what they say."""

    at: int
    clitics: str = ""
    first: str = ""
    direction: str = ""
    centre: bool = False
    part: bool = False
    near: bool = False
    level: int = 0


class Noun(NamedTuple):
    """A noun of place found, and where a name may start behind it."""

    noun: Match[NounRow]
    end: int


@cache
def load_nouns() -> Phrases[NounRow]:
    """The nouns that say what kind of place a name is."""
    return Phrases((words(row.noun), row) for _, row in tables.load("place_nouns", NounRow))


@cache
def load_leads() -> Phrases[str]:
    """The words before a place that shape it, with their kind."""
    return Phrases((words(row.words), row.kind) for _, row in tables.load("place_leads", LeadRow))


def lead_at(norms: Sequence[str]) -> Lead:
    """Words of direction and parts at the beginning: "شمال غربي", "ريف", "بالقرب من"."""
    directions = load_directions()
    for clitics, rest in openings(norms[0]):
        if rest in directions and not rest.startswith("ال"):
            end, direction = 1, directions[rest]
            if len(norms) > 1 and norms[1] in directions and not norms[1].startswith("ال"):
                end, direction = 2, f"{direction} {directions[norms[1]]}"
            if end < len(norms) and norms[end][:1] == "و" and norms[end][1:] in directions:  # "غرب وشمال غرب X"
                more = lead_at([norms[end][1:], *norms[end + 1 :]])
                end, direction = end + more.at, f"{direction} و{more.direction}"
            return Lead(end, clitics, rest, direction, part=True, level=1)
    found = load_leads().match(norms, 0)
    if not found:
        return Lead(0)
    inner = found.value != "near"
    after = lead_at(norms[found.length :]) if inner and found.length < len(norms) else Lead(0)
    if after.direction:  # "أقصى شمال X"
        return after._replace(at=after.at + found.length, clitics=found.clitics, first=found.first)
    return Lead(
        found.length, found.clitics, found.first, centre=found.value == "centre", part=inner, near=not inner, level=1
    )


def nouns_at(norms: Sequence[str], lead: Lead) -> tuple[Noun, ...]:
    """The nouns after the lead, each with where a name may start behind it: "منطقة وادي X"."""
    at, nouns = lead.at, []
    while at < len(norms):
        found = load_nouns().match(norms, at)
        if not found or (at and found.clitics not in ("", "ل")):
            break
        at += found.length
        article = found.value.noun.startswith("ال")
        if article:  # "العاصمة العراقية بغداد"
            at += at < len(norms) and bool(nationality(norms[at]))
        nouns.append(Noun(found, at))
        if article:
            break
    return tuple(nouns)
