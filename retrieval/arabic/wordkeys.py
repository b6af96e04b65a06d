"""Whether two written words are forms of one: the keys under which the forms of a word meet."""

from __future__ import annotations

from functools import lru_cache

from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.stems import stem

# Shorter words are compared whole: what a suffix leaves of them says nothing.
_SHORT = 3
# Letters that come and go between the forms of a root.
_WEAK = frozenset("اويءه")


@lru_cache(maxsize=100_000)
def word_keys(norm: str) -> frozenset[str]:
    """The keys of a normalised word: its light stems with and without clitics, and its lemma if it is known."""
    bare = [rest for clitics, rest in openings(norm) if not clitics or len(rest) > _SHORT]
    stems = {stem(form) for rest in bare for form in {rest, _trimmed(rest)}}
    # Of some words (وفيات) the endings leave two letters, under which strangers would meet.
    keys = {found for found in stems if len(found) >= _SHORT} or {norm}
    keys.update(f"={normalise(reading.lemma)}" for reading in analyse(norm) if reading.known)
    return frozenset(keys)


@lru_cache(maxsize=100_000)
def loose_keys(norm: str) -> frozenset[str]:
    """The keys of a word, and its skeleton of consonants: under that a verb meets its noun, and strangers meet too."""
    keys = word_keys(norm)
    skeletons = {"".join(letter for letter in key if letter not in _WEAK) for key in keys if key[:1] != "="}
    return keys | {f"~{skeleton}" for skeleton in skeletons if len(skeleton) >= _SHORT}


def same_word(a: str, b: str) -> bool:
    """Whether two normalised words can be forms of one word."""
    return a == b or not word_keys(a).isdisjoint(word_keys(b))


def _trimmed(word: str) -> str:
    """The word without the alef of an indefinite object: مغتربا beside مغترب."""
    return word[:-1] if word.endswith("ا") and len(word) > _SHORT else word
