"""The words that tie one count to another: a toll that rises, a part of it, one recalled, one corrected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize

UpdateRole = Literal[
    "rise",  # the toll goes on from a smaller one
    "new",  # bodies found since
    "after",  # opens what raised a toll
    "correction",
    "instead",  # right before a refuted number
    "right",  # behind a refuted number
    "part",
    "before",  # opens a count that is recalled
    "was",  # recalls, with a word of telling behind it
    "counts",  # a word of counting
    "apart",  # another incident
    "body",  # a noun for dead bodies
    "plain",
]


class UpdateWord(Row):
    """One row of updates.csv."""

    word: str
    role: UpdateRole


class UpdateMention(NamedTuple):
    """A phrase of the table on words `first` to `last` (exclusive)."""

    first: int
    last: int
    role: UpdateRole


def find_updates(norms: Sequence[str]) -> list[UpdateMention]:
    """The phrases of the table in a run of normalised words, the longest at each word."""
    found = ((at, _table().match(norms, at)) for at in range(len(norms)))
    return [UpdateMention(at, at + match.length, match.value) for at, match in found if match]


@lru_cache(maxsize=20_000)
def roles_in(text: str) -> frozenset[str]:
    """The ways in which a text ties its counts to others."""
    return frozenset(
        mention.role for mention in find_updates([token.norm for token in tokenize(text) if token.kind != "mark"])
    )


@cache
def bodies() -> frozenset[str]:
    """The normalised nouns for dead bodies, with their duals and plurals."""
    return frozenset(words(row.word)[0] for _, row in load("updates", UpdateWord) if row.role == "body")


@cache
def _table() -> Phrases[UpdateRole]:
    return Phrases((words(row.word), row.role) for _, row in load("updates", UpdateWord))
