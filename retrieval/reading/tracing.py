"""Show which row of which table was found on which word of a text, and the facts that came of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import load
from retrieval.reading import read
from retrieval.reading.annotate import annotate
from retrieval.reading.saying import SpeechRow
from retrieval.reading.sentences import Sentence
from retrieval.types import Article, Fact, TextField


class Fired(NamedTuple):
    """A row of a table that was found on the characters `start` to `end` of a field of an article.

    `row` counts as the loader's errors do, the header being row 1. `says` is what the row makes of its words: the
    kind of fact and its value, or the stance of who speaks. `facts` are the facts of that kind that hold the word.
    """

    field: TextField
    start: int
    end: int
    table: Literal["triggers", "speech"]
    row: int
    says: str
    facts: tuple[Fact, ...]


def trace(article: Article) -> tuple[Fired, ...]:
    """The rows of triggers.csv and speech.csv that were found in an article, in the order of its text, title first.

    A row without facts was found, but what a fact of its kind needs was not there.
    """
    document, facts = annotate(article), read(article).facts
    fired = (
        one for sentence in document.sentences for one in (*_triggers(sentence, facts), *_sayings(sentence, facts))
    )
    return tuple(sorted(fired, key=lambda one: (one.field == "body", one.start)))


def _triggers(sentence: Sentence, facts: tuple[Fact, ...]) -> Iterator[Fired]:
    for hit in sentence.hits:
        start, end = sentence.tokens[hit.first].start, sentence.tokens[hit.last - 1].end
        says = " ".join(part for part in (hit.trigger.kind, hit.trigger.value) if part)
        held = _holding(sentence, facts, start, hit.trigger.kind)
        yield Fired(sentence.field, start, end, "triggers", hit.trigger.row, says, held)


def _sayings(sentence: Sentence, facts: tuple[Fact, ...]) -> Iterator[Fired]:
    for clause in sentence.clauses:
        readings = sentence.analyses[clause.said] if clause.said >= 0 else ()
        row = next((_speech()[key] for a in readings if (key := normalise(a.lemma)) in _speech()), None)
        if row is not None:
            token = sentence.tokens[clause.said]
            held = _holding(sentence, facts, token.start, "statement")
            yield Fired(sentence.field, token.start, token.end, "speech", row, clause.stance, held)


def _holding(sentence: Sentence, facts: tuple[Fact, ...], start: int, kind: str) -> tuple[Fact, ...]:
    cited = (f for f in facts if f.kind == kind and f.citation.field == sentence.field)
    return tuple(f for f in cited if f.citation.start <= start < f.citation.end)


@cache
def _speech() -> dict[str, int]:
    """The number of the row of each word of saying."""
    return {normalise(row.words): number for number, row in load("speech", SpeechRow)}
