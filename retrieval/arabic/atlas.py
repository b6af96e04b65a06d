"""The places that the tables know: their names and spellings, what contains them, and the countries' adjectives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import Phrases, words

PlaceKind = Literal[
    "facility", "quarter", "village", "town", "district", "area", "natural", "province", "region", "country", "world"
]
# What must stand before a name for it to be meant: nothing, a preposition, a place noun, or it is never meant.
Needs = Literal["", "preposition", "noun", "never"]

# What lies inside what, from the smallest up; kinds of one rank do not contain each other.
RANK: dict[str, int] = {
    "facility": 0, "quarter": 1, "village": 2, "area": 3, "town": 4, "natural": 4, "district": 5, "province": 6,
    "region": 7,
    "country": 8, "world": 9,
}  # fmt: skip
_FORMS = ("", "ه", "ين", "ون", "ان", "ات", "تين", "تان", "ا")


class CountryRow(tables.Row):
    """One row of countries.csv; `also` and `adjective` hold several words parted by `|`."""

    code: str
    name: str
    also: str
    capital: str
    adjective: str


class PlaceRow(tables.Row):
    """One row of places.csv: `inside` names a place of the same country or is empty."""

    name: str
    kind: PlaceKind
    inside: str
    country: str
    also: str
    needs: Needs


class TownRow(PlaceRow):
    """One row of places_geonames.csv."""

    lat: float
    lon: float


class AmbiguousRow(tables.Row):
    """One row of ambiguous_places.csv: a name that is also a word or a person, and what must stand before it."""

    name: str
    needs: Needs


class Place(NamedTuple):
    """A known place: its usual name, what it is, what it lies in, its country's name and what it takes to be meant."""

    name: str
    kind: PlaceKind
    inside: str
    country: str
    needs: Needs


class Atlas(NamedTuple):
    """All known places by name, and the countries by their adjectives."""

    phrases: Phrases[tuple[Place, ...]]
    by_name: dict[str, tuple[Place, ...]]
    canonical: dict[str, str]
    nationality: dict[str, str]
    capitals: dict[str, str]


def _rows() -> Iterator[tuple[tuple[str, ...], Place]]:
    """Every place with all its spellings, in order of trust: countries, the hand-made table, towns by size."""
    codes = {"": ""}
    seen: set[tuple[str, str]] = set()
    for _, row in tables.load("countries", CountryRow):
        codes[row.code] = row.name
        yield (row.name, *_cells(row.also)), Place(row.name, "country", "", row.name, "")
        if row.capital:
            yield (row.capital,), Place(row.capital, "town", "", row.name, "")
    for number, place in tables.load("places", PlaceRow):
        if place.country not in codes:
            raise tables.TableError(f"places.csv row {number}: country '{place.country}' is not in countries.csv")
        names = (place.name, *_cells(place.also))
        seen.update((normalise(name), place.country) for name in names)
        yield names, Place(place.name, place.kind, place.inside, codes[place.country], place.needs)
    for _, town in tables.load("places_geonames", TownRow):
        names = tuple(n for n in (town.name, *_cells(town.also)) if (normalise(n), town.country) not in seen)
        if names and names[0] == town.name:
            yield names, Place(town.name, town.kind, town.inside, codes.get(town.country, ""), town.needs)


def _cells(cell: str) -> list[str]:
    return [item.strip() for item in cell.split("|") if item.strip()]


@cache
def load_atlas() -> Atlas:
    """The places of all tables, read once.

    Raises:
        TableError: when a table holds a row that cannot be used.
    """
    harder = {normalise(row.name): row.needs for _, row in tables.load("ambiguous_places", AmbiguousRow)}
    by_name: dict[str, list[Place]] = defaultdict(list)
    canonical: dict[str, str] = {}
    for names, place in _rows():
        main = " ".join(words(place.name))
        for name in names:
            key = " ".join(words(name))
            known = by_name[key]
            if all(
                (other.name, other.country, other.kind) != (place.name, place.country, place.kind) for other in known
            ):
                known.append(place._replace(needs=harder.get(normalise(name), place.needs)))
            canonical.setdefault(key, main)
    # Of several places of one name the widest is meant, unless the text speaks for another.
    frozen = {key: tuple(sorted(places, key=lambda p: -RANK[p.kind])) for key, places in by_name.items()}
    return Atlas(
        phrases=Phrases((tuple(key.split()), places) for key, places in frozen.items()),
        by_name=frozen,
        canonical=canonical,
        nationality=dict(_adjectives()),
        capitals={row.name: row.capital for _, row in tables.load("countries", CountryRow) if row.capital},
    )


def _adjectives() -> Iterator[tuple[str, str]]:
    """Every written form of every country's adjective, normalised, with and without the article."""
    for _, row in tables.load("countries", CountryRow):
        for adjective in _cells(row.adjective):
            parts = words(adjective)
            if len(parts) == 1:
                for form in _FORMS:
                    yield parts[0] + form, row.name
                    yield "ال" + parts[0] + form, row.name


def nationality(norm: str) -> str:
    """The country whose adjective this normalised word is ("العراقيه": العراق), or nothing."""
    return load_atlas().nationality.get(norm, "")


def enclosing(place: Place) -> tuple[str, ...]:
    """The names of what contains a known place, the nearest first and its country last."""
    found: list[str] = []
    inside, atlas = place.inside, load_atlas()
    while inside and inside not in found and inside != place.country:
        found.append(inside)
        homes = atlas.by_name.get(" ".join(words(inside)), ())
        inside = next((p.inside for p in homes if p.country == place.country and p.name != p.inside), "")
    own = [name for name in found if name != place.name]
    return (*own, place.country) if place.country and place.kind != "country" else tuple(own)
