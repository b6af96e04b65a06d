"""Where a counted fact happened, as far as other facts can be of the same place."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic import places
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import words
from retrieval.arabic.place_leads import load_nouns
from retrieval.arabic.place_shapes import load_directions
from retrieval.arabic.stems import stem
from retrieval.arabic.tables import Row, load
from retrieval.types import FactCommon

Sameness = Literal["same", "kin", "unsaid", "apart"]


class SiteWord(Row):
    """One row of site_words.csv.

    `care`: a noun of places where the dead and wounded are brought; `edge`: a word for a part or the edge of a place.
    """

    word: str
    means: Literal["care", "edge"]


class Whereabouts(NamedTuple):
    """The place of a fact: its key, the keys of it and all it lies in or is named with, the core of its name.

    `name` and `names` are the place and all places as written, a hospital left out for the town it stands in; `inside`
    are the keys of what the atlas puts it in; `towns` those of `around` that are no country.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    key: str = ""
    around: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    core: str = ""
    directions: frozenset[str] = frozenset()

    @property
    def beside(self) -> frozenset[str]:
        """The keys of the towns that it is named with and that the atlas does not put it in."""
        return self.towns - self.inside - {self.key}

    @property
    def country(self) -> bool:
        """Whether nothing but the country is known."""
        return bool(self.key) and not self.towns


def locate(fact: FactCommon) -> Whereabouts:
    """The whereabouts of a fact; the hospital where people were brought is not where they came to harm."""
    names = tuple(dict.fromkeys(name for name in (fact.place, *fact.places) if name))
    while len(names) > 1 and _is_care(names[0]):
        names = names[1:]
    return whereabouts(*names)


@lru_cache(maxsize=20_000)
def whereabouts(*names: str) -> Whereabouts:
    """The whereabouts of the first place, which the others hold or are named with."""
    if not names:
        return Whereabouts()
    keys = [places.key(name) for name in names]
    inside = frozenset(places.key(name) for name in places.containers(names[0])) - {keys[0]}
    around = frozenset(keys) | inside
    said = words(names[0])
    return Whereabouts(
        name=names[0],
        names=names,
        key=keys[0],
        around=around,
        inside=inside,
        towns=around - _countries(),
        core=core_of(names[0]),
        directions=frozenset(load_directions()[word] for word in said if word in load_directions()),
    )


def compare_places(a: Whereabouts, b: Whereabouts) -> Sameness:
    """Whether two places are one or one in the other, near of kin, not said, or apart.

    Kin are a place and one that is named with it, and two spellings of a name that no table knows.
    """
    if not a.key or not b.key:
        return "unsaid"
    if a.directions and b.directions and not a.directions & b.directions and a.key != b.key:
        return "apart"
    if a.key in b.around or b.key in a.around:
        return "kin" if a.country != b.country else "same"
    if a.core and a.core == b.core:
        return "same"
    shared = a.towns & b.towns
    if not shared:
        return "apart"
    # Two quarters of one town are two places; a town and what is named together with it may be one.
    return "apart" if a.inside & shared and b.inside & shared else "kin"


@lru_cache(maxsize=20_000)
def core_of(name: str) -> str:
    """The words that make a place's name its own, as stems: no noun, direction, edge, or adjective of a country."""
    said = words(name)
    nouns = load_nouns()
    kept = [
        stem(word)
        for at, word in enumerate(said)
        if word not in load_directions()
        and word not in _words("edge")
        and not nouns.bare(said, at)
        and not (at and word.startswith("ال") and nationality(word))
    ]
    return " ".join(kept)


@cache
def _countries() -> frozenset[str]:
    return frozenset(places.key(name) for name in load_atlas().capitals)


@cache
def _words(means: str) -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("site_words", SiteWord) if row.means == means)


@lru_cache(maxsize=20_000)
def _is_care(name: str) -> bool:
    return any(word in _words("care") for word in words(name)[:1])
