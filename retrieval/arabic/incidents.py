"""The kinds of event that words name: a blast, an air strike, a road accident, an earthquake."""

from __future__ import annotations

from functools import cache, lru_cache

from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize


class EventWord(Row):
    """A word that names how people came to harm: two reports with different means are of two events."""

    word: str
    means: str


@lru_cache(maxsize=20_000)
def means_in(text: str) -> frozenset[str]:
    """The kinds of event that a text names; `attack` stands for any violent one."""
    norms = [token.norm for token in tokenize(text) if token.kind != "mark"]
    matches = (_means().match(norms, at) for at in range(len(norms)))
    return frozenset(match.value for match in matches if match)


@cache
def _means() -> Phrases[str]:
    return Phrases((words(row.word), row.means) for _, row in load("event_words", EventWord))
