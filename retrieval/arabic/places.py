"""Finding the places that a text names, with what contains them by the text itself and by the atlas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.arabic.atlas import RANK, Place, PlaceKind, enclosing, load_atlas, nationality
from retrieval.arabic.phrases import spelled, unquoted, words
from retrieval.arabic.place_homonyms import is_homonym
from retrieval.arabic.place_leads import NounRow, load_nouns
from retrieval.arabic.place_parts import Part, next_part, opens_part
from retrieval.arabic.place_shapes import load_directions
from retrieval.arabic.tokens import Token, tokenize
from retrieval.arabic.word_sets import word_set

_LISTED = frozenset("،,و/-–")
_AFTER_CLOSE = frozenset(("(", "[", "،", ",", "-", "–"))


class PlaceMention(NamedTuple):
    """A place in a run of tokens: `tokens[first:last]` names it and what the text says contains it.

    `name` is the place itself as written, without clitics; `core` the name without noun and direction; `containers`
    the names of what contains it, the nearest first; `known` says whether the atlas knows the core.
    """

    first: int
    last: int
    name: str
    kind: PlaceKind
    containers: tuple[str, ...]
    core: str = ""
    known: bool = False
    own_last: int = 0


def find_places(tokens: Sequence[Token], near: Iterable[str] = ()) -> list[PlaceMention]:
    """The places that `tokens` name, in order and without overlap.

    Of several places of one name the one is taken whose country the other names, or the countries in `near`, speak for.
    """
    seen = unquoted(tokens)
    view = [tokens[index] for index in seen]
    parts = _parts(view, _lone_quotes(tokens))
    spoken = Counter(near)
    for part in parts:
        if len({place.country for place in part.known}) == 1:
            spoken.update((part.known[0].country, part.known[0].name))
        spoken.update(part.countries)
    mentions: list[PlaceMention] = []
    at = 0
    while at < len(parts):
        chain = 1
        while at + chain < len(parts) and _contains(view, parts[at], parts[at + chain - 1], parts[at + chain]):
            chain += 1
        mentions.append(_mention(view, seen, parts[at : at + chain], spoken))
        at += chain
    return _shared(parts, mentions)


def _shared(parts: Sequence[Part], mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions with what the last of a list lies in given to all of it: "منطقتي X وY غرب بغداد"."""
    many = {part.start for part in parts if part.number == "many"}
    for n in range(len(mentions) - 2, -1, -1):
        this, following = mentions[n], mentions[n + 1]
        if many and this.own_last == this.last == following.first and following.last > following.own_last:
            text_says = tuple(name for name in following.containers if name not in (this.name, this.core))
            mentions[n] = this._replace(containers=text_says)
    return mentions


def _lone_quotes(tokens: Sequence[Token]) -> frozenset[int]:
    """Where a word stands alone between quotation marks: "الرياض" is a newspaper."""
    marks = [index in (0, len(tokens)) or tokens[index].kind == "mark" for index in range(len(tokens))]
    quoted = set()
    for index in range(1, len(tokens) - 1):
        if tokens[index].kind == "word" and marks[index - 1] and marks[index + 1]:
            around = (tokens[index - 1].text, tokens[index + 1].text)
            if around in (("«", "»"), ('"', '"'), ("“", "”"), ("”", "“"), ("”", "”")):
                quoted.add(tokens[index].start)
    return frozenset(quoted)


def _parts(view: Sequence[Token], quoted: frozenset[int]) -> list[Part]:
    """The places named one by one, before those that contain others are joined to them."""
    parts: list[Part] = []
    at = 0
    while at < len(view):
        token, part = view[at], None
        listing = bool(parts) and parts[-1].number == "many"
        if token.kind != "mark" and (listing or opens_part(token.norm)):
            before = parts[-1] if parts and _listed(view, parts[-1].end, at) else None
            part = next_part(view, at, before, alone=token.start in quoted)
            if part and is_homonym(view, part, listed=before is not None):
                part = None
        if part:
            parts.append(part)
        at = part.end if part else at + 1
    return parts


def _listed(view: Sequence[Token], end: int, at: int) -> bool:
    """Whether the word at `at` goes on with a list of places that ended at `end`."""
    between = [token.norm for token in view[end:at]]
    return all(norm in _LISTED for norm in between) and (bool(between) or view[at].norm.startswith("و"))


def _contains(view: Sequence[Token], head: Part, inner: Part, outer: Part) -> bool:
    """Whether the text puts `inner` (and with it `head`) inside `outer`: "في حي X شمال غرب Y", "X (شرق Y)"."""
    if RANK[inner.kind] >= RANK[outer.kind] and not outer.direction:
        return False
    if head.kind in ("country", "world") or (outer.direction and RANK[inner.kind] > RANK["district"]):
        return False
    between = [token for token in view[inner.end : outer.start] if token.kind != "number"]
    norms = [token.norm for token in between]
    clitic = outer.clitics[-1:]
    apart = bool(head.known) and not _agree(head, outer)
    if not norms:
        return (clitic == "ب" and not apart) or (not clitic and (bool(outer.direction) or outer.centre or not apart))
    if norms[0] in ("(", "["):
        return all(norm in word_set("distance") or norm in word_set("place_joint") for norm in norms[1:]) and not apart
    if all(norm in word_set("place_joint") or norm in word_set("distance") for norm in norms):
        return not apart and (norms not in [[word] for word in word_set("of")] or bool(head.known) or inner.noun)
    return all(norm in _AFTER_CLOSE or norm in word_set("place_joint") for norm in norms) and _within(head, outer)


def _agree(inner: Part, outer: Part) -> bool:
    """Whether the atlas allows `inner` to lie in `outer`: their countries meet, or one of them is not known."""
    ours = {place.country for place in inner.known}
    theirs = {place.country for place in outer.known} | set(outer.countries)
    return not ours or not theirs or bool(ours & theirs)


def _within(inner: Part, outer: Part) -> bool:
    """Whether the atlas says that `inner` lies in `outer`."""
    cores = {place.name for place in outer.known}
    return any(cores & set(enclosing(place)) for place in inner.known)


def _mention(view: Sequence[Token], seen: Sequence[int], chain: Sequence[Part], spoken: Counter[str]) -> PlaceMention:
    """The mention of the first part of a chain, contained in the rest of it."""
    head = chain[0]
    own = _choose(head, spoken)
    containers: list[str] = []
    for outer in chain[1:]:
        known = _choose(outer, spoken)
        if not outer.near:
            containers.append(known.name if known else _written(view, outer, outer.core))
        containers.extend(_around(outer, known))
    containers = [*_own_around(head, own), *containers]
    last = seen[chain[-1].end - 1] + 1
    name = _written(view, head, head.start)
    core = own.name if own else _written(view, head, head.core)
    kept = tuple(dict.fromkeys(c for c in containers if c and c not in (name, core if not head.composite else "")))
    own_last = seen[head.end - 1] + 1
    return PlaceMention(seen[head.start], last, name, head.kind, kept, core, own is not None, own_last)


def _own_around(part: Part, known: Place | None) -> list[str]:
    """What a place lies in by its own wording and the atlas; "شرقي الرمادي" lies in الرمادي."""
    found = [known.name] if known and part.composite and part.lies else []
    return [*found, *_around(part, known)]


def _around(part: Part, known: Place | None) -> tuple[str, ...]:
    return (*(enclosing(known) if known and (part.lies or not part.noun) else ()), *part.countries)


def _choose(part: Part, spoken: Counter[str]) -> Place | None:
    """The known place meant: the one whose country or surroundings the text speaks of, else the widest."""
    if not part.known:
        return None
    return max(part.known, key=lambda place: sum(spoken[name] for name in enclosing(place)))


def _written(view: Sequence[Token], part: Part, start: int) -> str:
    """The words of a place from `start` on, without the clitics before it."""
    first = part.first_word if start == part.start else part.core_word if start == part.core else view[start].norm
    return spelled([token.text for token in view[start : part.end]], first or view[start].norm)


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """The form in which two names of one place meet: no clitics, no noun such as مدينة, one spelling, short directions.

    >>> key("بمدينة الرمادى") == key("الرمادي")
    True
    """
    norms = list(words(name))
    directions, nouns, atlas = load_directions(), load_nouns(), load_atlas()
    lead: list[str] = []
    while len(norms) > 1:
        whole = " ".join(norms)
        if whole in atlas.canonical:
            break
        if norms[0] in directions and not norms[0].startswith("ال"):
            lead.append(directions[norms.pop(0)])
            continue
        noun = nouns.match(norms, 0)
        if not noun or noun.length >= len(norms) or noun.value.kind in ("facility", "natural"):
            break
        norms = _seat(noun.value, norms[noun.length :])
    core = " ".join(norms)
    return " ".join([*lead, atlas.canonical.get(core, core)])


def _seat(noun: NounRow, rest: list[str]) -> list[str]:
    """What follows a noun, the adjective of a country behind "العاصمة" left out or, alone, taken for its capital."""
    country = nationality(rest[0]) if noun.noun.startswith("ال") else ""
    return (rest[1:] or list(words(load_atlas().capitals.get(country, rest[0])))) if country else rest


@cache
def _by_key(name: str) -> tuple[Place, ...]:
    return load_atlas().by_name.get(key(name), ())


def is_place(name: str) -> bool:
    """Whether the atlas knows a place of that name, whatever noun or clitic stands before it."""
    return bool(_by_key(name))


def containers(name: str) -> tuple[str, ...]:
    """The names of what contains the place, by the atlas, the nearest first; nothing for a name it does not know."""
    known = _by_key(name)
    if known:
        return enclosing(known[0])
    mentions = find_places(tokenize(name))
    return mentions[0].containers if len(mentions) == 1 and mentions[0].first == 0 else ()
