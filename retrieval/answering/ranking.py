"""Ranks the candidate answers of the best passages, and says how likely the best of them is right."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.answering.aptness import counts_things, wants_name
from retrieval.answering.candidates import candidates
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.features import Features, features, look
from retrieval.answering.fitting import is_country
from retrieval.answering.models import Model, read_model
from retrieval.answering.sentences import tell
from retrieval.answering.spans import Candidate
from retrieval.answering.telling import Said, said_by_facts
from retrieval.types import Casualty, Citation, Fact, FactKind, Question

# An article that lacks more of the question's names than this speaks of something else, unless it is the nearest.
_NAMED = 0.5
_NEAREST = 0.95
# One that lacks the place asked about must speak of so much else that is named.
_MOSTLY = 0.75
# How surely a quantity must count the noun asked of.
_COUNTED = 0.15
# What a fact of another kind than the question's is worth: a statement that tells where somebody was.
_OTHER_KIND = 0.6
# A rival is another answer, not the same one in another sentence: it shares less of its words than this.
_SAME = 0.5


# The features that say how sure an answer is; the others are the same for all that may be answers.
JUDGED = ("near", "close", "sort", "focus", "predicate", "fact")


class Ranked(NamedTuple):
    """A candidate with its features and its score."""

    candidate: Candidate
    features: Features
    score: float


def rank(sought: Sought, evidence: Evidence) -> list[Ranked]:
    """The candidates of the best passages that may be an answer at all, the best first."""
    model = ranker()
    found = [Ranked(candidate, values, model.score(values)) for candidate, values in may_answer(sought, evidence)]
    return sorted(found, key=lambda ranked: -ranked.score)


def may_answer(sought: Sought, evidence: Evidence) -> Iterator[tuple[Candidate, Features]]:
    """The candidates of the best passages that may be an answer at all, with their features."""
    # Only what is said in a candidate's own article tells of it.
    near = tuple(fact for fact in evidence.facts if fact.citation.article_id in sought.nearness)
    facts: defaultdict[str, list[Said]] = defaultdict(list)
    for said in said_by_facts(sought, evidence._replace(facts=near)):
        facts[said.fit.fact.citation.article_id].append(said)
    # Reading a passage costs more than all else: those that may not answer are not read.
    usable = tuple(hit for hit in evidence.passages if _usable(hit.article_id, sought))
    counted = _counted(sought.question, evidence.facts)
    for told in tell(usable):
        view = look(told, sought)
        for candidate in candidates(sought.question, told):
            if candidate.sort == "quantity" and _stands_in(candidate, counted):
                continue
            fact = _told_by(candidate, facts[told.hit.article_id], sought.question.understood.kind)
            values = features(candidate, view, sought, fact)
            if allowed(candidate, values, sought.question):
                yield candidate, values


def _usable(article: str, sought: Sought) -> bool:
    """Whether an article speaks of enough that the question names; of the nearest, some of it is enough."""
    named = sought.named(article)
    some = named > 0 or is_country(sought.question.understood.place)
    return named >= _NAMED or (some and sought.nearness[article] >= _NEAREST)


def _counted(question: Question, facts: Iterable[Fact]) -> list[Citation]:
    """Where facts count people harmed, if that is asked: what they were not chosen for, no other way may answer."""
    if not question.understood.harm or counts_things(question):
        return []
    return [fact.citation for fact in facts if isinstance(fact, Casualty)]


def _stands_in(candidate: Candidate, citations: Iterable[Citation]) -> bool:
    where = candidate.told.cite(candidate.first, candidate.last)
    return any(
        (one.article_id, one.field) == (where.article_id, where.field)
        and one.start < where.end
        and where.start < one.end
        for one in citations
    )


def sure(ranked: Sequence[Ranked]) -> float:
    """How likely the first of the candidates is right, between 0 and 1."""
    return ranker().sure(evidence_for(ranked))


def evidence_for(ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """What the confidence is judged by: the first candidate's features, and its lead over the next other answer."""
    best = ranked[0]
    rival = next((one.score for one in ranked[1:] if not _same_answer(one, best)), None)
    lead = 1.0 if rival is None else min(1.0, max(0.0, best.score - rival))
    return (*(getattr(best.features, name) for name in JUDGED), lead)


def allowed(candidate: Candidate, values: Features, question: Question) -> bool:
    """Whether a candidate may be an answer at all: it speaks of what the question names, when it asks, as it asks.

    A count must be one of the noun asked of, and one of people harmed must stand with the word that says how.
    """
    if values.dated == 0 or values.new == 0 or values.focus < 0 or _elsewhere(values, question):
        return False
    if question.understood.asks != "how_many":
        return not (wants_name(question) and candidate.sort in ("party", "body"))
    if question.understood.harm and not counts_things(question):
        return values.focus >= _COUNTED and values.predicate > 0
    return not question.focus or values.focus >= _COUNTED


def _elsewhere(values: Features, question: Question) -> bool:
    """Whether the article speaks neither of the place asked about nor of most else that is named.

    Outlets do not name their own country in every report.
    """
    return not values.there and values.named < _MOSTLY and not is_country(question.understood.place)


def ranker() -> Model:
    """The model that is shipped."""
    return read_model("ranker", Features._fields, (*JUDGED, "lead"))


def _same_answer(a: Ranked, b: Ranked) -> bool:
    if a.candidate.value is not None or b.candidate.value is not None:
        return a.candidate.value == b.candidate.value
    mine, yours = keys_of(a.candidate.text), keys_of(b.candidate.text)
    return bool(mine & yours) and len(mine & yours) >= _SAME * min(len(mine), len(yours))


def _told_by(candidate: Candidate, facts: list[Said], kind: FactKind | None) -> float:
    """How well the best of the facts of the candidate's article fits that says the same as the candidate."""
    for said in facts:
        if says(candidate, said.text):
            worth = 1.0 if said.fit.fact.kind == kind else _OTHER_KIND
            return min(1.0, said.fit.words + said.fit.details / 2) * worth
    return 0.0


def says(candidate: Candidate, text: str) -> bool:
    """Whether a candidate is what a fact says: the same day, or most of the same words."""
    if candidate.sort == "date":
        day = dt.date.fromisoformat(text) if len(text) == 10 and text[4] == "-" else None
        date = next(d for d in candidate.told.sentence.dates if d.first == candidate.first)
        return day is not None and date.start is not None and date.start <= day <= (date.end or date.start)
    mine, yours = keys_of(candidate.text), keys_of(text)
    return bool(mine and yours) and len(mine & yours) * 2 >= min(len(mine), len(yours))
