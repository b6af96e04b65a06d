"""A stretch of a sentence that may answer a question."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.answering.sentences import Told
from retrieval.reading.sentences import Sentence
from retrieval.types import Value


class Candidate(NamedTuple):
    """A possible answer: tokens `first` to `last` (exclusive) of a sentence, and how it would be said.

    `sort` is what it is: person, persons, office, party, body, stranger, place, places, date, quantity, named, quoted,
    speaker or clause. `value` is the number that a quantity says, `clause` the tokens that a speaker says, `title` the
    office of a person; `listed` says that it is one of several named together.
    """

    told: Told
    first: int
    last: int
    text: str
    sort: str
    value: Value | None = None
    clause: tuple[int, int] | None = None
    title: str = ""
    listed: bool = False


def is_joined(sentence: Sentence, at: int) -> bool:
    """Whether the word at `at` is joined to what stands before it."""
    return any(reading.conjunction for reading in sentence.analyses[at]) or sentence.parts[at - 1] == "conjunction"
