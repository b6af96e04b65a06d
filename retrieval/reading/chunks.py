"""Gather the words of a sentence into noun phrases, each with the preposition that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.morphology import Analysis
from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.tokens import Token
from retrieval.reading.sentences import Chunk, Words
from retrieval.reading.tagging import is_particle

_POSSESSED = frozenset({"relative", "person", "civilian"})
_PEOPLE = frozenset({"person", "civilian", "security", "militant", "nationality"})
_BRACKETS = frozenset("()[]{}")
# Prepositions that are written together with the word they govern.
_GLUED = frozenset({"ب", "ل", "ك"})


class Edges(NamedTuple):
    """Where phrases may not break and where they must.

    `glue` are tokens that never part from the one before them (inside names), `outside` tokens that belong to no
    phrase (dates), `counts` the tokens at which a number begins: a number opens a phrase of its own, so that a
    subject and the counted object after it part.
    """

    glue: frozenset[int]
    outside: frozenset[int]
    counts: frozenset[int]


def split_chunks(words: Words, edges: Edges) -> tuple[Chunk, ...]:
    """The noun phrases of a sentence in order, none overlapping another.

    A phrase also ends where a construct cannot go on: before a bare common noun that follows a definite word or a
    name. A phrase joined by و shares the preposition of the one before it.
    """
    chunks: list[Chunk] = []
    first = -1
    preposition = ""
    coordinated = False
    for i, token in enumerate(words.tokens):
        if token.text in QUOTES or (token.text in _BRACKETS and i in edges.glue):
            continue
        # "السفير العراقي في جدة" is one name, whatever stands in it.
        part = "noun" if i in edges.glue else words.parts[i]
        inside = i in edges.glue or (words.parts[i] in ("noun", "number") and i not in edges.outside)
        joined, glued = _clitics(words.analyses[i]) if inside and i not in edges.glue else ("", "")
        opens = inside and (first < 0 or _breaks(words, edges, first, i))
        if first >= 0 and (opens or not inside):
            chunks.append(_closed(words, Chunk(first, i, preposition, coordinated)))
            first = -1
            if not joined and words.parts[i] != "conjunction":
                preposition, coordinated = "", False
        if opens:
            first, coordinated = i, coordinated or bool(joined)
            preposition = glued or preposition
        elif part == "preposition":
            preposition = f"{preposition} {_bare(token)}".strip() if _preposed(words, i) else _bare(token)
            coordinated = token.norm != _bare(token)
        elif part == "conjunction":
            coordinated = True
        elif not inside:
            preposition, coordinated = "", False
    if first >= 0:
        chunks.append(_closed(words, Chunk(first, len(words.tokens), preposition, coordinated)))
    return tuple(chunks)


def _breaks(words: Words, edges: Edges, first: int, i: int) -> bool:
    """Whether the phrase that began at `first` ends before word `i`, itself a noun or a number."""
    if i in edges.glue:
        return False
    return any(_clitics(words.analyses[i])) or i in edges.counts or _turns(words, first, i)


def _closed(words: Words, chunk: Chunk) -> Chunk:
    """The phrase without the marks at its end."""
    last = chunk.last
    while last > chunk.first and words.tokens[last - 1].kind == "mark":
        last -= 1
    return chunk._replace(last=last)


def _preposed(words: Words, i: int) -> bool:
    """Whether another preposition stands right before (من قبل، من خلال)."""
    return i > 0 and words.parts[i - 1] == "preposition"


def _bare(token: Token) -> str:
    """A preposition without the conjunction before it: وفي as في, but وفق and وراء as they are."""
    return token.norm[1:] if token.norm.startswith(("و", "ف")) and not is_particle(token.norm) else token.norm


def _clitics(readings: Sequence[Analysis]) -> tuple[str, str]:
    """The conjunction and the glued preposition of a noun, by its best nominal reading."""
    for reading in readings:
        if reading.pos != "verb":
            return reading.conjunction, reading.preposition if reading.preposition in _GLUED else ""
    return "", ""


def _turns(words: Words, first: int, i: int) -> bool:
    """Whether the phrase that began at `first` cannot hold word `i`.

    A common noun cannot follow a definite word, a name or a plural that keeps its final letter (مسلحون شرطيا), nor an
    adjective.
    """
    last = _word_before(words, first, i)
    word = next((a for a in words.analyses[i] if a.pos != "verb"), None)
    before = next((a for a in words.analyses[last] if a.pos != "verb"), None)
    if word is None or before is None or i == first:
        return False
    object_ = _is_object(words, i) and not _is_object(words, last) and before.number == "s" and before.known
    # "an air raid / a house (accusative)", "Kuwait / a bridge": grammar tells them apart by itself.
    if object_ and not (word.pos == "noun" and before.pos in ("adj", "name")):
        # "a train / a worker (accusative)": subject and object part; "life / stricken": what is said of how parts too.
        return before.definite or (word.pos == "noun" == before.pos and word.sense in _PEOPLE)
    if not word.known or word.pos != "noun":
        return False
    return _new_noun(words, i, last, word, before)


def _word_before(words: Words, first: int, i: int) -> int:
    """The last word of the phrase before word `i`, quotation marks left out."""
    return next((k for k in range(i - 1, first, -1) if words.tokens[k].text not in QUOTES), first)


def _new_noun(words: Words, i: int, last: int, word: Analysis, before: Analysis) -> bool:
    """Whether the noun at `i` cannot belong to the noun or adjective before it, which stands at `last`."""
    if before.pos == "adj" and before.known:
        return True
    if word.pronoun and word.sense in _POSSESSED:
        # "شاب والدته" and "شاب تركي ابنته" are two phrases, "شقيق زوجته" is one.
        return before.sense in _PEOPLE or (not before.known and before.lemma.endswith("ي"))
    # In "عنصرين تكفيريين" the second says what the first are.
    alike = before.number == word.number != "s" and words.tokens[i].norm[-2:] == words.tokens[last].norm[-2:]
    if alike or (before.pos == "noun" and any(_describes(a, before) for a in words.analyses[i])):
        return False
    if before.number != "s" and before.pos == "noun" and not before.definite and words.tokens[last].norm.endswith("ن"):
        return all(not a.construct for a in words.analyses[last] if a.pos == "noun" and a.number != "s")
    return not word.definite and (before.definite or bool(before.pronoun) or before.pos == "name")


def _is_object(words: Words, i: int) -> bool:
    """Whether a word ends in the alif of an indefinite object: عاملا."""
    reading = next((a for a in words.analyses[i] if a.pos != "verb"), None)
    if reading is None or reading.pronoun:
        return False
    return words.tokens[i].norm.endswith("ا") and not reading.lemma.endswith(("ا", "ى", "اء"))


def _describes(reading: Analysis, before: Analysis) -> bool:
    """Whether a reading is an adjective that agrees with the noun before it."""
    return reading.pos == "adj" and reading.number == before.number and (not before.definite or reading.definite)
