"""Read one place of a text: lead, noun, name and what follows, and whether a name is meant as a place at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic.atlas import Needs, Place, PlaceKind, load_atlas, nationality
from retrieval.arabic.names import load_given
from retrieval.arabic.ordinary import is_listed, is_ordinary, load_words
from retrieval.arabic.phrases import Match, openings, words
from retrieval.arabic.place_leads import Lead, Noun, NounRow, lead_at, load_leads, load_nouns, nouns_at
from retrieval.arabic.place_shapes import adjectives_end, load_directions, name_end
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

_LEVEL: dict[Needs, int] = {"": 0, "preposition": 1, "noun": 2, "never": 3}
_SETTLED = frozenset(("quarter", "village", "facility"))


class Part(NamedTuple):
    """One place named in a run of words: `view[start:end]`, its name from `core` on."""

    start: int
    core: int
    end: int
    kind: PlaceKind
    known: tuple[Place, ...] = ()
    noun: bool = False
    number: str = "one"
    lies: bool = True
    direction: str = ""
    centre: bool = False
    near: bool = False
    composite: bool = False
    clitics: str = ""
    first_word: str = ""
    core_word: str = ""
    countries: tuple[str, ...] = ()
    level: int = 0


class _Seen(NamedTuple):
    """What stands at a word: lead and nouns, the words from there on, and what the context says (0 to 2)."""

    view: Sequence[Token]
    at: int
    norms: Sequence[str]
    lead: Lead
    nouns: tuple[Noun, ...]
    level: int


class _Name(NamedTuple):
    """A name the atlas knows: where it starts, the noun in front, what it names, and how much speaks for it."""

    start: int
    noun: Match[NounRow] | None
    found: Match[tuple[Place, ...]]
    places: tuple[Place, ...]
    reach: int


@lru_cache(maxsize=50_000)
def opens_part(norm: str) -> bool:
    """Whether a place may begin with this normalised word; one that a list goes on with may begin with any."""
    if load_nouns().opening(norm) or load_leads().opening(norm) or load_atlas().phrases.opening(norm):
        return True
    return any(rest in load_directions() or rest in word_set("border") for _, rest in openings(norm))


def next_part(view: Sequence[Token], at: int, before: Part | None, *, alone: bool) -> Part | None:
    """The place that starts at word `at`, if one does.

    `before` is the place whose list goes on here; `alone` says that the word stands by itself in quotation marks.
    """
    norms = [token.norm for token in view[at : at + 12]]
    lead = lead_at(norms)
    nouns = nouns_at(norms, lead)
    listed = 0 if not before else before.level if before.number == "many" else min(before.level, 1)
    level = max(lead.level, 2 if nouns else 0, _before(view, at), listed)
    if not lead.at and not nouns and _blocked(view, at):
        return None
    seen = _Seen(view, at, norms, lead, nouns, 0 if alone and not nouns else level)
    part = _known(seen)
    if part is None and nouns and nouns[-1].noun.value.unknown == "yes":
        part = _unknown(seen)
    if part is None and before and before.number == "many" and not lead.at and not nouns:
        part = _listed(view, at, before)
    return part or _named_by_country(seen)


def _before(view: Sequence[Token], at: int) -> int:
    """What the word before says: 1 after a preposition."""
    return int(at > 0 and view[at - 1].norm in load_words("place_prepositions"))


def _blocked(view: Sequence[Token], at: int) -> bool:
    """Whether the word before makes the name something else: a newspaper, a club, a person."""
    return at > 0 and view[at - 1].norm in load_words("not_place_after")


def _known(seen: _Seen) -> Part | None:
    """The place whose name the atlas knows, if the words around it let it be meant; the longest reading first."""
    starts: dict[int, Match[NounRow] | None] = {0: None, seen.lead.at: None}
    starts.update({noun.end: noun.noun for noun in seen.nouns})
    for start, used in sorted(starts.items()):
        found = load_atlas().phrases.match(seen.norms, start) if start < len(seen.norms) else None
        if not found or (start and found.clitics not in ("", "ل")):
            continue
        places, reach = _meant(seen, start, used, found)
        if places and not _club(seen, start + found.length, places, used):
            return _part(seen, _Name(start, used, found, places, reach))
        if places:
            return None
    return None


def _meant(
    seen: _Seen, start: int, used: Match[NounRow] | None, found: Match[tuple[Place, ...]]
) -> tuple[tuple[Place, ...], int]:
    """The places of a name that its surroundings let be meant, and how much these say (0 to 2)."""
    lead = seen.lead
    bare = seen.level if not lead.at and not seen.nouns else min(seen.level, 1)
    reach = max(seen.level if start else bare, int(found.clitics[-1:] in ("ب", "ل")))
    plain = bool(lead.direction) and not is_ordinary(found.first)
    return tuple(p for p in found.value if _LEVEL[p.needs] <= reach + plain and _fits(p, used, found.first)), reach


def _part(seen: _Seen, name: _Name) -> Part:
    """The place of a known name with its noun, direction and adjectives."""
    lead, at = seen.lead, seen.at
    start, used, found, places, reach = name
    noun = used.value if used else None
    kind = noun.kind if noun and noun.kind in ("quarter", "facility", "natural", "province") else places[0].kind
    described = noun is not None or lead.part
    end = at + start + found.length
    if kind not in ("country", "world") or lead.direction:
        end = adjectives_end(seen.view, end, kind, masculine=described)
    countries = _said_country(seen.view, end, kind, places)
    end += len(countries)
    vague = lead.part and not lead.centre and start > 0 and kind != "facility"
    itself = noun is None or all(_is_what(p, noun.kind) for p in places)
    abroad = noun is not None and noun.kind == "facility" and all(p.kind == "country" for p in places)
    shown = _shown(seen, start, noun)
    clitics, first = _opening(seen, start, found) if not shown else ("", "")
    return Part(
        at + shown, at + start, end, "area" if vague else kind, places,
        noun=noun is not None, number=noun.number if noun else "one",
        lies=(noun is None or noun.lies == "yes" or itself) and not abroad,
        direction=lead.direction, centre=lead.centre, near=lead.near,
        composite=vague or (noun is not None and noun.kind in ("facility", "natural", "quarter") and not itself),
        clitics=clitics, first_word=first, core_word=found.first, countries=countries, level=max(reach, 0),
    )  # fmt: skip


def _shown(seen: _Seen, start: int, noun: NounRow | None) -> int:
    """Where the name of a place begins as it is shown: words such as قرب and مدن are not part of it."""
    if noun and noun.number == "many" and noun.unknown == "no" and not seen.lead.part:
        return start
    lead = seen.lead
    return 0 if lead.part or not lead.at or start < lead.at else lead.at


def _opening(seen: _Seen, start: int, name: Match[tuple[Place, ...]] | None) -> tuple[str, str]:
    """The clitics before the first word of a place, and that word without them."""
    if seen.lead.at:
        return seen.lead.clitics, seen.lead.first
    if seen.nouns and start:
        return seen.nouns[0].noun.clitics, seen.nouns[0].noun.first
    return (name.clitics, name.first) if name else ("", "")


def _fits(place: Place, noun: Match[NounRow] | None, first: str) -> bool:
    """Whether a known place can be what the noun says: a quarter is not the town of its name.

    Behind a noun as general as منطقة a name that is an everyday word stays that word.
    """
    if noun is None:
        return True
    if noun.value.kind == "facility" and first in load_given() and place.kind != "facility":
        return False
    if noun.value.kind in ("area", "facility", "natural"):
        return place.needs != "noun" or place.kind == noun.value.kind or not is_listed(words(place.name)[0])
    if noun.value.kind not in ("quarter", "village", "province"):
        return True
    if noun.value.kind == "province":
        return place.kind in ("province", "town", "district", "area")
    return place.kind in ("quarter", "village", "area", "town") and (noun.value.lies == "yes" or place.kind != "town")


def _is_what(place: Place, kind: str) -> bool:
    """Whether a known place is itself what the noun before it says, rather than its namesake."""
    return place.kind == kind or (
        kind in ("quarter", "village") and place.kind in ("quarter", "village", "town", "area")
    )


def _club(seen: _Seen, end: int, places: tuple[Place, ...], used: Match[NounRow] | None) -> bool:
    """Whether an adjective behind a town is masculine, which towns are not: "مدريد الإسباني" is a club."""
    if end >= len(seen.norms) or used or places[0].kind not in ("town", "province"):
        return False
    norm = seen.norms[end]
    if not norm.startswith("ال") or not norm.endswith("ي"):
        return False
    return nationality(norm) in {place.country for place in places}


def _said_country(view: Sequence[Token], end: int, kind: str, places: tuple[Place, ...]) -> tuple[str, ...]:
    """The country that an adjective of nationality behind the name gives: "طرابلس اللبنانية"."""
    if end < len(view) and kind != "country" and view[end].norm.startswith("ال"):
        country = nationality(view[end].norm)
        if country and any(place.country == country for place in places):
            return (country,)
    return ()


def _unknown(seen: _Seen) -> Part | None:
    """The place whose noun is known and whose name is not."""
    lead, noun = seen.lead, seen.nouns[-1]
    start = seen.at + noun.end
    end = name_end(seen.view, start, noun.noun.value.kind)
    if end == start:
        return None
    shown = lead.at if lead.at and not lead.part else 0
    clitics, first = _opening(seen, noun.end, None) if not shown else ("", "")
    following = seen.view[end].norm if end < len(seen.view) else ""
    country = nationality(following) if following.startswith("ال") else ""
    return Part(
        seen.at + shown, start, end, noun.noun.value.kind, noun=True, number=noun.noun.value.number,
        direction=lead.direction, clitics=clitics, first_word=first, countries=(country,) if country else (), level=2,
    )  # fmt: skip


def _listed(view: Sequence[Token], at: int, before: Part) -> Part | None:
    """The next unknown name of a list that a plural noun opened: "قريتي X وY"."""
    token = view[at]
    if token.norm.startswith("و") and len(token.norm) > 3:
        cut = token._replace(text=token.text[1:], norm=token.norm[1:])
        end = name_end([*view[:at], cut, *view[at + 1 :]], at, before.kind)
        clitics, first = "و", cut.norm
    else:
        end, clitics, first = name_end(view, at, before.kind), "", token.norm
    if end == at:
        return None
    return Part(
        at, at, end, before.kind, noun=True, number="many", clitics=clitics, first_word=first, core_word=first, level=2
    )


def _named_by_country(seen: _Seen) -> Part | None:
    """A place that a country's adjective names: "الجنوب اللبناني", "العاصمة الليبية", "الحدود السورية التركية"."""
    norms, at, directions = seen.norms, seen.at, load_directions()
    for clitics, rest in openings(norms[0]):
        if rest in directions and rest.startswith("ال"):
            end = 2 if len(norms) > 2 and norms[1] in directions else 1
            country = nationality(norms[end]) if end < len(norms) else ""
            if country:
                return Part(
                    at, at, at + end + 1, "area", clitics=clitics, first_word=rest, core_word=rest, countries=(country,)
                )
    noun = seen.nouns[0].noun if seen.nouns and not seen.lead.at else None
    if noun and noun.value.noun.startswith("ال"):
        country = nationality(norms[noun.length]) if noun.length < len(norms) else ""
        capital = load_atlas().capitals.get(country, "")
        if capital:
            places = load_atlas().by_name[" ".join(words(capital))]
            own = tuple(place for place in places if place.country == country)
            return Part(
                at, at, at + noun.length + 1, "town", own, noun=True, clitics=noun.clitics, first_word=noun.first,
                core_word=noun.first, composite=True,
            )  # fmt: skip
    return _border(at, norms)


def _border(at: int, norms: Sequence[str]) -> Part | None:
    """The border between two countries, or that of one with another."""
    for clitics, rest in openings(norms[0]):
        if rest in word_set("border") and len(norms) > 1 and nationality(norms[1]):
            countries = [nationality(norms[1])]
            end = 2
            if len(norms) > 2:
                second = nationality(norms[2]) or nationality(norms[2].removeprefix("و"))
                countries += [second] if second else []
                end += bool(second)
            return Part(
                at,
                at,
                at + end,
                "natural",
                clitics=clitics,
                first_word=rest,
                core_word=rest,
                countries=tuple(countries),
            )
    return None
