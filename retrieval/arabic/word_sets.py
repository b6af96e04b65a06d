"""Small sets of function words that the rules of the language speak of by a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from retrieval.arabic import tables
from retrieval.arabic.normalise import normalise


class SetRow(tables.Row):
    """One row of word_sets.csv: a word and the set that it belongs to."""

    set: str
    word: str


@cache
def _sets() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, row in tables.load("word_sets", SetRow):
        found[row.set].add(normalise(row.word))
    return {name: frozenset(words) for name, words in found.items()}


@cache
def word_set(name: str) -> frozenset[str]:
    """The normalised words of a set.

    Raises:
        KeyError: when word_sets.csv has no set of that name.
    """
    return _sets()[name]
