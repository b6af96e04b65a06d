"""What speaks for a candidate answer, as numbers between 0 and 1 (the kind of features of Rajpurkar et al. 2016)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from retrieval.answering.aptness import focus_fit, newness, sort_fit
from retrieval.answering.evidence import Sought
from retrieval.answering.fitting import overlap
from retrieval.answering.sentences import Told
from retrieval.answering.spans import Candidate
from retrieval.arabic.wordkeys import loose_keys, word_keys
from retrieval.types import Question

# Beyond this many words a matched word no longer speaks for a candidate.
_REACH = 12


class Features(NamedTuple):
    """The features of one candidate.

    sentence, around, detail: the share of the question's words in the sentence, in its passage, and of its details.
    near: the passage's score against the best. close: how near the matched words stand. clause: the share of words in
    the candidate's own clause. new: the share of the candidate's words that the question does not hold. sort: how far
    the candidate is the sort of thing asked for. focus: whether it is described as the question describes it. agent:
    whether it stands where the subject or the object of a matched verb stands. predicate: how near stands the word that
    the question turns on. placed: whether a preposition of place governs it. fact: how well a fact that says the
    same fits the question. named, there: the article speaks of so many of the question's names, of its place. dated:
    whether the article is of the time asked about. first: an early sentence. title: the headline.
    """

    sentence: float
    around: float
    detail: float
    near: float
    close: float
    clause: float
    new: float
    sort: float
    focus: float
    agent: float
    predicate: float
    placed: float
    fact: float
    named: float
    there: float
    dated: float
    first: float
    title: float


# An article mostly tells of the last so many days.
_RECENT = dt.timedelta(days=3)


class View(NamedTuple):
    """What a sentence has in common with the question, the same for all its candidates.

    `matched` are the tokens that match a word of the question, with its weight; `turning` those that match the word on
    which the question turns; the rest are features of the same name.
    """

    matched: dict[int, float]
    turning: tuple[int, ...]
    total: float
    sentence: float
    around: float
    detail: float
    near: float
    named: float
    there: float
    dated: float


def look(told: Told, sought: Sought) -> View:
    """The sentence seen with the question in mind."""
    sentence = told.sentence
    text = sentence.text[sentence.start : sentence.end]
    matched: dict[int, float] = {}
    turning: list[int] = []
    for k, token in enumerate(sentence.tokens):
        if token.kind == "mark":
            continue
        keys = word_keys(token.norm)
        weight = next((weight for asked, weight in sought.words if not asked.isdisjoint(keys)), None)
        if weight is not None:
            matched[k] = weight
        if sought.predicate and not sought.predicate.isdisjoint(loose_keys(token.norm)):
            turning.append(k)
    return View(
        matched=matched,
        turning=tuple(turning),
        total=sum(weight for _, weight in sought.words) or 1.0,
        sentence=sought.share(text),
        around=sought.share(f"{told.hit.citation.title}\n{told.hit.text}"),
        detail=sought.detail_share(text),
        near=sought.nearness.get(told.hit.article_id, 0.0) * (1.0 if told.rank == 0 else 0.9),
        named=sought.named(told.hit.article_id),
        there=float(sought.there(told.hit.article_id)),
        dated=_dated(told, sought.question),
    )


def features(candidate: Candidate, view: View, sought: Sought, fact: float) -> Features:
    """The features of a candidate; `fact` is how well a fact that says the same fits, 0 without one."""
    sentence = candidate.told.sentence
    first, last = _own_clause(candidate)
    whole = candidate.sort == "clause"
    inside = {k: w for k, w in view.matched.items() if whole or not candidate.first <= k < candidate.last}
    focus = focus_fit(candidate, sought.question)
    if sought.question.focus and candidate.sort in ("place", "places"):
        # Where the event was is not yet which hospital the wounded were taken to.
        fact *= max(0.0, focus)
    return Features(
        sentence=view.sentence,
        around=view.around,
        detail=view.detail,
        near=view.near,
        close=min(1.0, sum(w * _nearness(k, candidate) for k, w in inside.items()) / view.total * 2),
        clause=sum(w for k, w in inside.items() if first <= k < last) / view.total,
        new=newness(candidate, sought),
        sort=sort_fit(candidate, sought.question),
        focus=focus,
        agent=_agency(candidate, view.matched),
        predicate=_predicate(candidate, view, first, last),
        placed=_placed(candidate),
        fact=fact,
        named=view.named,
        there=view.there,
        dated=view.dated,
        first=1.0 / (1 + sentence.number),
        title=float(sentence.field == "title"),
    )


def _own_clause(candidate: Candidate) -> tuple[int, int]:
    sentence = candidate.told.sentence
    if candidate.clause is not None:
        return candidate.clause
    if candidate.sort == "clause" or not sentence.clauses:
        return candidate.first, candidate.last
    clause = sentence.clauses[sentence.clause_at(candidate.first)]
    return clause.first, clause.last


def _dated(told: Told, question: Question) -> float:
    """1 when a date of the sentence or of publication meets the period asked about, half when its passage does."""
    if question.understood.date_from is None and question.understood.date_to is None:
        return 1.0
    spans = [(date.start, date.end or date.start) for date in told.sentence.dates if date.start is not None]
    if told.day is not None:
        # What an article tells happened mostly in the days before it.
        spans.append((told.day - _RECENT, told.day))
    if any(overlap(first, last, question) for first, last in spans):
        return 1.0
    return 0.5 * (not spans or any(overlap(first, last, question) for first, last in told.days))


def _nearness(at: int, candidate: Candidate) -> float:
    distance = candidate.first - at if at < candidate.first else at - candidate.last + 1
    return max(0.0, 1 - distance / _REACH)


def _predicate(candidate: Candidate, view: View, first: int, last: int) -> float:
    """How near to the candidate stands the word that the question turns on."""
    found = [k for k in view.turning if not candidate.first <= k < candidate.last]
    if not found:
        return 0.0
    best = max(_nearness(k, candidate) + 0.5 * (first <= k < last) for k in found)
    return min(1.0, 0.3 + best)


def _placed(candidate: Candidate) -> float:
    """Whether the candidate is governed by a preposition."""
    chunk = candidate.told.sentence.chunk_at(candidate.first)
    return float(chunk is not None and bool(chunk.preposition))


def _agency(candidate: Candidate, matched: dict[int, float]) -> float:
    """Whether a verb that the question shares stands right before the candidate, or its clause is led by one."""
    parts = candidate.told.sentence.parts
    before = [k for k in matched if k < candidate.first and parts[k] == "verb"]
    if before and candidate.first - max(before) <= 3:
        return 1.0
    after = [k for k in matched if k >= candidate.last and parts[k] == "verb"]
    return 0.6 if (after and min(after) - candidate.last <= 2) or before else 0.0
