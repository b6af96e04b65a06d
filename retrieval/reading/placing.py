"""Settle where something happened: the most specific place said of it, or none rather than a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.arabic.atlas import RANK
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_phrases import person_at
from retrieval.reading.recalling import recalled_places
from retrieval.reading.sentences import REMEMBERED, Chunk, Document, Mention, Sentence

# How many sentences back a story's place is still remembered, and how many ahead a lead looks for it.
_MEMORY = 4
_AHEAD = 3
# How many words may stand between a place and what it contains.
_CHAINED = 3
# How far behind the noun of a hospital its town may stand.
_WARD = 5


class Placed(NamedTuple):
    """A place as written and the places that contain it, from the nearest to the widest; '' when none is said.

    `own` is true when the sentence itself names it, false when it was inherited from around.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    own: bool = False


class PrepositionRow(Row):
    """One row of place_prepositions.csv: a word after which a place says where."""

    word: str


def place_at(document: Document, sentence: Sentence, first: int, last: int) -> Placed:
    """Where what is told on tokens `first` to `last` (exclusive) happened.

    First the clause of the tokens, the nearest mention behind them before the nearest one ahead of them; then the
    clauses before it and those that hang on it; then, inherited, the sentences before it in the story, the title, and
    for a story's opening the sentences right behind it. Only places that say where count: not those inside the name
    of a person, a party or a speaker, nor a country that acts. Within a stretch a country gives way to a place in it.
    """
    for mentions in _own(document, sentence, first, last):
        if mentions:
            return _placed(mentions, own=True)
    for mentions in _inherited(document, sentence):
        if mentions:
            return _placed(mentions, own=False)
    # Where the speaker sits is still likelier than nowhere: the health ministry in a town counts its dead.
    spoken = [m for first, last in _speakers(sentence) for m in sentence.places if first <= m.first < last]
    return _placed(spoken, own=False) if spoken else Placed()


def place_of(sentence: Sentence, chunk: Chunk) -> Placed | None:
    """The place that a phrase itself names, None when it names none."""
    mentions = [m for m in sentence.places if chunk.first <= m.first < chunk.last]
    return _placed(mentions, own=True) if mentions else None


def _placed(mentions: Sequence[PlaceMention], *, own: bool) -> Placed:
    first = mentions[0]
    # "in the province, in the town" are one place; a town further on is another.
    near = [m for m in mentions[1:] if 0 <= m.first - first.last <= _CHAINED or 0 <= first.first - m.last <= _CHAINED]
    inner = [m for m in near if first.name in m.containers or first.core in m.containers]
    wide = RANK.get(first.kind, 0) >= RANK["country"]
    narrower = [m for m in mentions if RANK.get(m.kind, 0) < RANK["province"]]
    best = next(iter(inner or (narrower if wide else ())), first)
    wider = [m.name for m in mentions if m is not best and RANK.get(m.kind, 0) > RANK.get(best.kind, 0)]
    return Placed(best.name, tuple(dict.fromkeys([best.name, *best.containers, *wider[:2]])), own=own)


def _own(document: Document, sentence: Sentence, first: int, last: int) -> Iterator[Sequence[PlaceMention]]:
    """Runs of mentions in the sentence itself, each with the likeliest first."""
    begin, end = sentence.scope(first, last)
    usable = usable_places(sentence)
    behind = [m for m in usable if last - 1 <= m.first < end]
    ahead = [m for m in usable if begin <= m.first < last - 1]
    yield [*behind, *reversed(ahead)]
    yield [m for m in reversed(usable) if m.first < begin]
    yield list(recalled_places(document, sentence, begin, end))
    yield list(recalled_places(document, sentence, 0, len(sentence.tokens)))
    # A town that only stands there is still likelier than what another sentence names.
    yield usable_places(sentence, bare=True)


def _inherited(document: Document, sentence: Sentence) -> Iterator[Sequence[PlaceMention]]:
    for before in document.before(sentence, _MEMORY):
        yield list(reversed(usable_places(before)))
    if sentence.field != "title":
        for title in document.title:
            yield usable_places(title, bare=True)
    opening = document.opening(sentence, 2)
    if all(s.headline for s in opening) and len(opening) < 2:
        for behind in document.behind(sentence, _AHEAD):
            yield usable_places(behind)
    for first in opening:
        yield usable_places(first, bare=True)


@lru_cache(maxsize=REMEMBERED)
def usable_places(sentence: Sentence, *, bare: bool = False) -> tuple[PlaceMention, ...]:
    """The mentions that say where something is; with `bare` also those that only stand there, as in a dateline."""
    owners: tuple[Mention, ...] = (*sentence.people, *sentence.parties)
    owned = [(m.first, m.last) for m in owners]
    owned += [(saying_first, saying_last) for saying_first, saying_last in _speakers(sentence)]
    found = [m for m in sentence.places if not _inside(m, owned)]
    # A country that only stands there may as well be who acts.
    if not bare:
        # Where the hurt are taken to is seldom where it happened.
        return tuple(m for m in found if says_where(sentence, m) and not _heals(sentence, m))
    return tuple(m for m in found if says_where(sentence, m) or RANK.get(m.kind, 0) < RANK["country"])


def _heals(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place is a hospital, or the town of one, of which the words before tell no attack."""
    at = next((i for i in range(mention.first, max(-1, mention.first - _WARD), -1) if _is_hospital(sentence, i)), -1)
    if at < 0 or any(sentence.parts[k] in ("mark", "verb", "conjunction") for k in range(at, mention.first)):
        return False
    before = sentence.analyses[max(0, at - _CHAINED) : at]
    return not any(a.sense in _STRIKING for readings in before for a in readings)


def _is_hospital(sentence: Sentence, i: int) -> bool:
    return any(normalise(a.lemma) in word_set("hospital") for a in sentence.analyses[i])


def _speakers(sentence: Sentence) -> Iterator[tuple[int, int]]:
    for clause in sentence.clauses:
        if (
            clause.speaker is not None
            and clause.speaker.first < clause.speaker.last
            and clause.speaker.number == sentence.number
        ):
            yield clause.speaker.first, clause.speaker.last


def says_where(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place mention is governed by a preposition of place, described as a place, or stands as a dateline."""
    before = mention.first - 1
    while before >= 0 and sentence.tokens[before].text in QUOTES | {"(", "["}:
        before -= 1
    token = sentence.tokens[mention.first]
    if mention.kind == "country" and before > 0 and sentence.tokens[before].norm == "من":
        chunk = sentence.chunk_at(before - 1)
        counted = any(q.last == before for q in sentence.quantities)
        # "two workers from Bangladesh" died elsewhere.
        inside = range(chunk.first, chunk.last) if chunk is not None else ()
        if counted or any(person_at(sentence, k) is not None for k in inside):
            return False
    described = mention.name != mention.core and bool(mention.core)
    if described or any(a.preposition for a in sentence.analyses[mention.first]) or token.norm[:1] in ("ب", "ل"):
        return True
    if before < 0:
        return _set_off(sentence, mention.last)
    if sentence.tokens[before].norm.removeprefix("و") in _prepositions() or sentence.parts[before] == "conjunction":
        return True
    if sentence.tokens[before].text in {"،", ",", "-", "–", "/"} or token.norm.startswith("و"):
        return True
    return any(a.sense in _PLACE_SENSES for a in sentence.analyses[before]) or _is_reached(sentence, before)


def _is_reached(sentence: Sentence, verb: int) -> bool:
    """Whether a place is the object of the verb before it: زلزال يضرب الفلبين, but not شنت تركيا."""
    if sentence.parts[verb] != "verb" or not any(a.sense in _REACHING for a in sentence.analyses[verb]):
        return False
    clause = sentence.clauses[sentence.clause_at(verb)]
    return clause.link == "relative" or any(c.last == verb for c in sentence.chunks)


# Verbs whose object is where something happens: a quake strikes a country, troops enter a town.
_REACHING = frozenset({"strike", "disaster", "attack", "enter", "seize", "besiege", "visit", "arrive", "retake"})
_STRIKING = frozenset({"strike", "attack", "explosion", "fire", "clash"})
_PLACE_SENSES = frozenset({"place_noun", "direction", "facility"})


def _set_off(sentence: Sentence, last: int) -> bool:
    """Whether a place that opens the sentence is set off from it: "غزة: …", "القاهرة - …"."""
    return last < len(sentence.tokens) and sentence.tokens[last].text in {":", "-", "–", "/", "،", ".", "("}


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("place_prepositions", PrepositionRow))


def _inside(mention: PlaceMention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(
        first <= mention.first and mention.last <= last and mention.last - mention.first < last - first
        for first, last in spans
    )
