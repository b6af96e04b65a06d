"""Settle whether a visit or meeting took place, is still to come, or was called off."""

from __future__ import annotations

import datetime as dt
from functools import cache

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import Status

# An adjective of what is to come stands this near behind a noun of visiting or meeting.
_NEAR = 3


class CancelRow(Row):
    """One row of cancelling.csv: a word that takes a visit or a meeting back, and the standing it then has."""

    word: str
    status: Status


def status_of(sentence: Sentence, hit: Hit, status: Status, *, later: bool = False) -> Status:
    """The standing of a visit or meeting, of which the clause says `status`; `later` if its day is still to come.

    One that is called off is denied, one that is put off is planned again; so is one that somebody travels for
    (للقاء), that is agreed upon ("على أن يلتقي"), or that an adjective sets ahead (زيارته المرتقبة).
    """
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    for i in range(clause.first, hit.last):
        for reading in sentence.analyses[i][:2]:
            cancelled = _cancelling().get(normalise(reading.lemma))
            if cancelled:
                return cancelled
    if status == "hypothetical" and _done(sentence, hit):
        return "stated"
    return "planned" if status == "stated" and (later or _ahead(sentence, hit)) else status


def _done(sentence: Sentence, hit: Hit) -> bool:
    """Whether قد stands before a verb of the past that is spelled like a present of another: "وقد تفقد"."""
    past = hit.trigger.part == "verb" and hit.reading is not None and hit.reading.aspect == "p"
    return past and hit.first > 0 and sentence.parts[hit.first - 1] == "aspect"


def is_later(document: Document, day: dt.date | None) -> bool:
    """Whether a day comes after the one on which the article was published."""
    return day is not None and document.day is not None and day > document.day


def _ahead(sentence: Sentence, hit: Hit) -> bool:
    norms = sentence.norms
    if hit.trigger.part == "verb":
        if hit.first < 3 or sentence.parts[hit.first - 3] != "mark":
            return False
        return norms[hit.first - 2] in word_set("upon") and norms[hit.first - 1] in word_set("that")
    if hit.reading is not None and hit.reading.preposition == "ل":
        return True
    return any(norm in word_set("ahead") for norm in norms[hit.last : hit.last + _NEAR])


@cache
def _cancelling() -> dict[str, Status]:
    return {normalise(row.word): row.status for _, row in load("cancelling", CancelRow)}
