"""Ranks the candidate answers of the best passages, and says how sure the best of them is."""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

from retrieval.answering.aptness import counts_things, wants_name
from retrieval.answering.candidates import Candidate, candidates
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.features import Features, features
from retrieval.answering.sentences import tell
from retrieval.answering.telling import Said, said_by_facts
from retrieval.types import Question

# What each feature is worth. Set by hand: what a person would look at first weighs most.
_WEIGHTS = Features(
    sentence=2.2,
    around=0.8,
    detail=1.0,
    near=1.5,
    close=1.2,
    clause=0.8,
    new=2.2,
    sort=1.6,
    focus=2.2,
    agent=0.5,
    predicate=1.0,
    placed=0.2,
    fact=0.8,
    named=2.0,
    dated=2.0,
    first=0.1,
    title=-0.4,
)
# Where the sum is this much, an answer is as likely right as wrong; the second is how quickly that changes.
_EVEN = 8.5
_SCALE = 0.9


# An article that lacks more of the question's names than this speaks of something else.
_NAMED = 0.6
# How surely a quantity must count the noun asked of.
_COUNTED = 0.15


class Ranked(NamedTuple):
    """A candidate with its features, its score and how likely it is right."""

    candidate: Candidate
    features: Features
    score: float

    @property
    def sure(self) -> float:
        """How likely the candidate is right, between 0 and 1."""
        return 1 / (1 + math.exp((_EVEN - self.score) / _SCALE))


def rank(sought: Sought, evidence: Evidence) -> list[Ranked]:
    """The candidates of the best passages, the best first."""
    facts = said_by_facts(sought, evidence)
    found: list[Ranked] = []
    for told in tell(evidence.passages):
        for candidate in candidates(sought.question, told):
            values = features(candidate, sought, _told_by(candidate, facts))
            found.append(Ranked(candidate, values, score(values)))
    return sorted(found, key=lambda ranked: -ranked.score)


def allowed(ranked: Ranked, question: Question) -> bool:
    """Whether a candidate may be an answer at all: it speaks of what the question names, when it asks, as it asks.

    A count of people harmed is answered by facts alone; any other must count the noun asked of.
    """
    values = ranked.features
    if values.named < _NAMED or values.dated == 0 or values.new == 0 or values.focus < 0:
        return False
    if question.understood.asks != "how_many":
        return not (wants_name(question) and ranked.candidate.sort in ("party", "body"))
    if question.understood.kind == "casualty" and question.understood.harm and not counts_things(question):
        return False
    return not question.focus or values.focus >= _COUNTED


def score(values: Features) -> float:
    """The weighted sum of the features."""
    return sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))


def _told_by(candidate: Candidate, facts: list[Said]) -> float:
    """How well the best fact fits that says the same as the candidate and stands in the same article."""
    best = facts[0].fit.score if facts else 1.0
    for said in facts:
        citation = said.fit.fact.citation
        if citation.article_id == candidate.told.hit.article_id and _same(candidate, said.text):
            return max(0.0, min(1.0, said.fit.score / best)) if best > 0 else 0.0
    return 0.0


def _same(candidate: Candidate, text: str) -> bool:
    if candidate.sort == "date":
        day = dt.date.fromisoformat(text) if len(text) == 10 and text[4] == "-" else None
        date = next(d for d in candidate.told.sentence.dates if d.first == candidate.first)
        return day is not None and date.start is not None and date.start <= day <= (date.end or date.start)
    mine, yours = keys_of(candidate.text), keys_of(text)
    return bool(mine and yours) and len(mine & yours) * 2 >= min(len(mine), len(yours))
