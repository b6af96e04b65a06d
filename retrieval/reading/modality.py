"""Settle what standing a statement has: said as fact, denied, claimed, planned, supposed or only recalled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
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


_COMMAS = frozenset({"،", ",", "؛"})
# How many words before a relative clause the noun it hangs on may have its date.
_ANTECEDENT = 8


class ModalityRow(Row):
    """One row of modality.csv: words before something told that change its standing.

    They reach to the end of their clause, to the next comma, or to the next word joined by و.
    """

    words: str
    status: Status
    reach: Literal["clause", "comma", "and"]


def status_at(sentence: Sentence, token: int, day: dt.date | None) -> Status:
    """The standing of what is told at `token`.

    The verb of saying goes first, then the nearest word before the token in its clause that changes the standing
    (modality.csv, a negation, a verb in the future), then a date far before publication.
    """
    clause = sentence.clauses[sentence.clause_at(token)]
    if clause.stance in _BY_STANCE and clause.said <= token:
        return _BY_STANCE[clause.stance]
    norms = sentence.norms
    for i in range(token, clause.first - 1, -1):
        status = _status_by(sentence, norms, i, token)
        if status:
            return status
    opening = _opening(norms, clause.first)
    if opening:
        return opening
    begin = clause.first - (_ANTECEDENT if clause.link in ("relative", "coordinate", "result") else 0)
    known = [d for d in sentence.dates if d.end is not None and begin <= d.first < clause.last]
    past = bool(known) and all(is_past(d.end, day) for d in known)
    return "background" if past else "stated"


def is_past(end: dt.date | None, day: dt.date | None) -> bool:
    """Whether a date lies so far before the day of publication that what it dates is recalled."""
    return end is not None and day is not None and end < day - _RECENT


def _opening(norms: Sequence[str], first: int) -> Status | None:
    """What the words that end where a clause begins make of it: "من المقرر أن", whose أن opens the clause."""
    for i in range(first - 1, max(-1, first - 5), -1):
        found = _modality().match(norms, i)
        if found and i + found.length in (first, first + 1) and norms[i + found.length - 1] == "ان":
            return found.value.status
    return None


def _status_by(sentence: Sentence, norms: Sequence[str], i: int, token: int) -> Status | None:
    """What the word at `i` makes of what is told at `token` behind it, None when it changes nothing."""
    future = _future(sentence, i)
    if future:
        return future
    lemma = normalise(sentence.analyses[i][0].lemma) if sentence.analyses[i] and i < token else ""
    row = _lemmas().get(lemma)
    if row is None:
        found = _modality().match(norms, i)
        row = found.value if found and i + found.length <= token + 1 else None
    if row is not None:
        return row.status if _reaches(sentence, row, i, token) else None
    return "denied" if sentence.parts[i] == "negation" and _negates(sentence, i, token) else None


def _reaches(sentence: Sentence, row: ModalityRow, i: int, token: int) -> bool:
    """Whether nothing between words and token ends the reach of the words."""
    if row.reach == "clause":
        return True
    between = range(i + 1, token + 1)
    if any(sentence.tokens[k].text in _COMMAS or sentence.parts[k] == "among" for k in between):
        return False
    return row.reach == "comma" or not any(sentence.tokens[k].norm == "و" or _joined(sentence, k) for k in between)


def _joined(sentence: Sentence, k: int) -> bool:
    return any(a.conjunction for a in sentence.analyses[k][:1])


def _future(sentence: Sentence, i: int) -> Status | None:
    """What the form of a verb says: قد before the present supposes, س before it looks ahead."""
    if sentence.parts[i] != "verb" or not sentence.analyses[i] or sentence.analyses[i][0].aspect != "i":
        return None
    if i and sentence.parts[i - 1] == "aspect":
        return "hypothetical"
    return "planned" if sentence.analyses[i][0].preposition == "س" else None


def _negates(sentence: Sentence, i: int, token: int) -> bool:
    """Whether the negation at `i` reaches `token`: no other verb stands between the verb it negates and the token."""
    verbs = [k for k in range(i + 1, token + 1) if sentence.parts[k] == "verb"]
    return len(verbs) <= 1 or verbs[0] == token


@cache
def _lemmas() -> Mapping[str, ModalityRow]:
    """The rows of one word, which count in every form of that word."""
    return {normalise(row.words): row for _, row in load("modality", ModalityRow) if " " not in row.words}


@cache
def _modality() -> Phrases[ModalityRow]:
    return Phrases((words(row.words), row) for _, row in load("modality", ModalityRow))
