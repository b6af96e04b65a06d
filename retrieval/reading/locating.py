"""Tell which of the places that a sentence names say where something is, and which only whence or whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from retrieval.arabic.atlas import RANK
from retrieval.arabic.months import read_month
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_phrases import person_at
from retrieval.reading.sentences import Mention, Sentence, once

# How many words before a hospital may tell of an attack on it, and how far behind its noun its town may stand.
_CHAINED = 3
_WARD = 5


class PrepositionRow(Row):
    """One row of place_prepositions.csv: a word after which a place says where."""

    word: str


@once
def usable_places(sentence: Sentence, *, bare: bool = False) -> tuple[PlaceMention, ...]:
    """The mentions outside the dateline that say where something is; with `bare` also those that only stand there."""
    owners: tuple[Mention, ...] = (*sentence.people, *sentence.parties)
    owned = [(m.first, m.last) for m in owners]
    owned += [(saying_first, saying_last) for saying_first, saying_last in speakers_in(sentence)]
    # A headline that opens with a place tells where; a report that does only where it was filed.
    begin = sentence.dateline if sentence.field == "body" else 0
    found = [m for m in sentence.places if m.first >= begin and not _inside(m, owned) and not _is_word(sentence, m)]
    # A country that only stands there may as well be who acts.
    if not bare:
        # Where the hurt are taken to is seldom where it happened.
        placed = (m for m in found if says_where(sentence, m) and not _is_partisan(sentence, m))
        return tuple(m for m in placed if not _heals(sentence, m))
    return tuple(m for m in found if says_where(sentence, m) or RANK.get(m.kind, 0) < RANK["country"])


def is_aside(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether somebody comes from a place or goes to it, so that it is rather not where something happened."""
    if sentence.tokens[mention.first].norm[:1] == "ل" and _is_glued(sentence, mention):
        return True
    return mention.first > 0 and sentence.tokens[mention.first - 1].norm in word_set("aside")


def _is_glued(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a letter is written before the name of a place."""
    return not mention.name.startswith(sentence.tokens[mention.first].text[:2])


def _is_word(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a name is rather a month (آب is not إب), or a word when it shows only once a letter is cut off: لغات."""
    token = sentence.tokens[mention.first]
    alone = mention.last - mention.first == 1
    if alone and "إ" not in token.text and read_month(sentence.tokens, mention.first):
        return True
    if mention.last - mention.first > 1 or not _is_glued(sentence, mention):
        return False
    readings = sentence.analyses[mention.first][:1]
    return any(a.known and a.pos == "noun" and not (a.preposition or a.conjunction) for a in readings)


def _is_partisan(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a capital or country stands for its government: "a faction loyal to Ankara"."""
    readings = sentence.analyses[mention.first - 1] if mention.first else ()
    return any(normalise(a.lemma) in word_set("partisan") for a in readings[:2])


def _heals(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place is a hospital, or the town of one, of which the words before tell no attack."""
    at = next((i for i in range(mention.first, max(-1, mention.first - _WARD), -1) if _is_hospital(sentence, i)), -1)
    if at < 0 or any(sentence.parts[k] in ("mark", "verb", "conjunction") for k in range(at, mention.first)):
        return False
    before = sentence.analyses[max(0, at - _CHAINED) : at]
    return not any(a.sense in _STRIKING for readings in before for a in readings)


def _is_hospital(sentence: Sentence, i: int) -> bool:
    return any(normalise(a.lemma) in word_set("hospital") for a in sentence.analyses[i])


def speakers_in(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the spans of those whom the sentence names as speaking."""
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
