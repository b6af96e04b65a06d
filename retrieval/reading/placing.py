"""Settle where something happened: the most specific place said of it, or none rather than a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic.places import PlaceMention
from retrieval.reading.sentences import Document, Sentence

# How many sentences back a story's place is still remembered.
_MEMORY = 4
# From the widest to the most specific; kinds not named here are taken as specific as a village.
_WIDE = ("region", "country", "state", "province", "governorate", "district", "city", "town")


class Placed(NamedTuple):
    """A place as written and the places that contain it, from the nearest to the widest; '' when none is said."""

    name: str = ""
    names: tuple[str, ...] = ()


def place_at(document: Document, sentence: Sentence, first: int, last: int) -> Placed:
    """Where what is told on tokens `first` to `last` (exclusive) happened.

    First the clause of the token, then the other clauses of the sentence, nearest first, then the sentences before
    it in the same story, then the headline. The most specific mention of the first stretch that has any is taken;
    wider ones from around it are named as its containers when the tables say that they contain it.
    """
    for mentions in _stretches(document, sentence, first, last):
        if mentions:
            best = max(mentions, key=_rank)
            return Placed(best.name, tuple(dict.fromkeys([best.name, *best.containers])))
    return Placed()


def _stretches(document: Document, sentence: Sentence, token: int, last: int) -> Iterator[Sequence[PlaceMention]]:
    """Runs of place mentions, the nearest to the token first."""
    del last
    clause = sentence.clauses[sentence.clause_at(token)]
    usable = usable_places(sentence)
    yield [m for m in usable if clause.first <= m.first < clause.last]
    yield usable
    field = document.title if sentence.field == "title" else document.body
    earlier = [s for s in field if s.number < sentence.number and s.story == sentence.story]
    for before in reversed(earlier[-_MEMORY:]):
        yield usable_places(before)
    for title in document.title:
        yield usable_places(title)
    for first in earlier[:1]:
        yield usable_places(first)


def usable_places(sentence: Sentence) -> list[PlaceMention]:
    """The mentions that say where something is: not those inside the name or title of a person, party or speaker."""
    owned = [(m.first, m.last) for m in (*sentence.people, *sentence.parties)]
    return [m for m in sentence.places if not _inside(m, owned)]


def _inside(mention: PlaceMention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(
        first <= mention.first and mention.last <= last and mention.last - mention.first < last - first
        for first, last in spans
    )


def _rank(mention: PlaceMention) -> tuple[int, int]:
    """More specific kinds first, the one named earlier first among equals."""
    rank = _WIDE.index(mention.kind) if mention.kind in _WIDE else len(_WIDE)
    return rank, -mention.first
