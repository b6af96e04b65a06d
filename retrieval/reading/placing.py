"""Settle where something happened: the most specific place said of it, or none rather than a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic.atlas import RANK
from retrieval.arabic.places import PlaceMention
from retrieval.reading.locating import is_aside, speakers_in, usable_places
from retrieval.reading.recalling import recalled_places
from retrieval.reading.sentences import Chunk, Document, Sentence

# How many sentences back a story's place is still remembered, and how many ahead a lead looks for it.
_MEMORY = 4
_AHEAD = 3
# How many words may stand between a place and what it contains.
_CHAINED = 3


class Placed(NamedTuple):
    """A place as written and the places that contain it, from the nearest to the widest; '' when none is said.

    `own` is true when the sentence itself names it, false when it was inherited from around.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    own: bool = False


def place_at(document: Document, sentence: Sentence, first: int, last: int) -> Placed:
    """Where what is told on tokens `first` to `last` (exclusive) happened.

    First the clause of the tokens, the nearest mention behind them before the nearest one ahead of them; then the
    clauses before it and those that hang on it; then, inherited, the sentences before it in the story, the title, and
    for a story's opening the sentences right behind it; last the dateline. Only places that say where count: not those
    inside the name of a person, a party or a speaker, nor a country that acts. Within a stretch a country gives way to
    a place in it, and where somebody comes from or goes to goes behind the others.
    """
    for mentions in _own(document, sentence, first, last):
        if mentions:
            return _placed(mentions, own=True)
    for mentions in _inherited(document, sentence):
        if mentions:
            return _placed(mentions, own=False)
    # Where the speaker sits is likelier than where the report was filed: the authorities of a town count its dead.
    spoken = [m for first, last in speakers_in(sentence) for m in sentence.places if first <= m.first < last]
    if spoken:
        return _placed(spoken, own=False)
    for filed in (sentence, *document.opening(sentence, 1)):
        if filed.dateline:
            return _placed([m for m in filed.places if m.first < filed.dateline], own=False)
    return Placed()


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
    yield _ordered(sentence, [*behind, *reversed(ahead)])
    yield _ordered(sentence, [m for m in reversed(usable) if m.first < begin])
    yield list(recalled_places(document, sentence, begin, end))
    yield list(recalled_places(document, sentence, 0, len(sentence.tokens)))
    # A town that only stands there is still likelier than what another sentence names.
    yield usable_places(sentence, bare=True)


def _ordered(sentence: Sentence, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions, those of origin and destination behind the others."""
    return sorted(mentions, key=lambda m: is_aside(sentence, m))


def _inherited(document: Document, sentence: Sentence) -> Iterator[Sequence[PlaceMention]]:
    for before in document.before(sentence, _MEMORY):
        yield [m for m in reversed(usable_places(before)) if not is_aside(before, m)]
    if sentence.field != "title":
        for title in document.title:
            yield usable_places(title, bare=True)
    opening = document.opening(sentence, 2)
    if all(s.headline for s in opening) and len(opening) < 2:
        for behind in document.behind(sentence, _AHEAD):
            yield [m for m in usable_places(behind) if not is_aside(behind, m)]
    for first in opening:
        yield usable_places(first, bare=True)
