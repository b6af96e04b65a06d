"""Settle what standing a statement has: said as fact, denied, claimed, planned, supposed or only recalled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.reading.sentences import Sentence, Stance
from retrieval.types import Status

# An event that the text dates further back than this is recalled, not reported.
_RECENT = dt.timedelta(days=60)


# What the standing of the verb of saying makes of what is said.
_BY_STANCE: Mapping[Stance, Status] = {
    "denies": "denied",
    "claims": "claimed_by_party",
    "threatens": "hypothetical",
    "expects": "hypothetical",
}


class ModalityRow(Row):
    """One row of modality.csv: words before something told (within its clause) that change its standing."""

    words: str
    status: Status


def status_at(sentence: Sentence, token: int, day: dt.date | None) -> Status:
    """The standing of what is told at `token`; words of modality.csv count when they stand before it in its clause."""
    clause = sentence.clauses[sentence.clause_at(token)]
    if clause.stance in _BY_STANCE:
        return _BY_STANCE[clause.stance]
    norms = [t.norm for t in sentence.tokens]
    for i in range(token, clause.first - 1, -1):
        found = _modality().match(norms, i)
        if found and i + found.length <= token + 1:
            return found.value
        if sentence.parts[i] == "negation" and _negates(sentence, i, token):
            return "denied"
    known = [d for d in sentence.dates if d.end is not None and clause.first <= d.first < clause.last]
    if day and known and all(d.end is not None and d.end < day - _RECENT for d in known):
        return "background"
    return "stated"


def _negates(sentence: Sentence, i: int, token: int) -> bool:
    """Whether the negation at `i` reaches `token`: no other verb stands between the verb it negates and the token."""
    verbs = [k for k in range(i + 1, token + 1) if sentence.parts[k] == "verb"]
    return len(verbs) <= 1 or verbs[0] == token


@cache
def _modality() -> Phrases[Status]:
    rows: Mapping[str, Status] = {row.words: row.status for _, row in load("modality", ModalityRow)}
    return Phrases((words(phrase), status) for phrase, status in rows.items())
