"""What a noun stands for where things are fired, harmed or given, as things.csv lists it."""

from __future__ import annotations

from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, load
from retrieval.reading.sentences import Chunk, Sentence

Means = Literal[
    "arms", "harmed", "whole", "market", "aid", "convoy", "relief", "goods", "court", "loose", "state", "carrier",
    "ground", "agent",
]  # fmt: skip


class ThingRow(Row):
    """One row of things.csv.

    `arms`: what strikes from afar; `harmed`: what can be destroyed, beside what its sense tells; `whole`: what cannot
    in spite of its sense; `market`: what falls in figures too; `aid`: what is help by itself; `convoy`: what is help
    only with a word of `relief` beside it; `goods`: what is help when it is counted; `court`: who rules; `loose`:
    what is no attack by itself in spite of its sense; `state`: what stands for a government ("his country");
    `carrier`: what brings help; `ground`: what forces take and lose though it has no name; `agent`: what does harm
    and is nobody (a flood, a bulldozer).
    """

    word: str
    means: Means


def means_at(sentence: Sentence, token: int) -> frozenset[Means]:
    """What the noun at a token means by things.csv, in any of its forms."""
    if sentence.parts[token] == "verb" or sentence.tokens[token].kind != "word":
        return frozenset()
    reading = next((a for a in sentence.analyses[token] if a.pos != "verb"), None)
    return _things().get(normalise(reading.lemma), frozenset()) if reading else frozenset()


def means_of(sentence: Sentence, chunk: Chunk) -> frozenset[Means]:
    """Everything that the nouns of a phrase mean by things.csv."""
    return frozenset(m for i in range(chunk.first, chunk.last) for m in means_at(sentence, i))


@cache
def _things() -> dict[str, frozenset[Means]]:
    found: dict[str, frozenset[Means]] = {}
    for _, row in load("things", ThingRow):
        word = normalise(row.word)
        found[word] = found.get(word, frozenset()) | {row.means}
    return found
