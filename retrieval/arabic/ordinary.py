"""The words of ordinary language, at which the name of a person or place ends."""

from __future__ import annotations

from functools import cache, lru_cache

from retrieval.arabic import tables
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings


class WordRow(tables.Row):
    """One row of a table that lists words."""

    word: str


@cache
def load_words(table: str) -> frozenset[str]:
    """The normalised words of a table whose columns are `word` and `note`."""
    return frozenset(normalise(row.word) for _, row in tables.load(table, WordRow))


@lru_cache(maxsize=50_000)
def is_ordinary(norm: str) -> bool:
    """Whether a normalised word, with or without clitics and article, is ordinary language and so no part of a name."""
    known = load_words("ordinary_words")
    return any(rest in known or (rest.startswith("ال") and rest[2:] in known) for _, rest in openings(norm))
