"""Answers from the roles of facts: who visited, whom he met, where and when it was, by whose word."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.answering import phrasing
from retrieval.answering.counting import tally
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.speakers import in_full
from retrieval.answering.telling import Said, said_by_facts
from retrieval.events import Claim
from retrieval.types import Fact, Value

# A fact that shares less of the question's details than this tells of something else that happened there.
_DETAILS = 0.3


def tell_source(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """By whose word the count stands that was asked for before; None when nothing is counted."""
    understood = sought.question.understood
    if understood.asks != "says_who" or understood.kind != "casualty" or understood.harm is None:
        return None
    tallied = tally(sought, evidence)
    if tallied is None:
        return None
    events = (*tallied.total.events, *tallied.total.vague)
    claims = list(_newest(claim for event in events for claim in event.claims.current))
    if not claims:
        return None
    facts = tuple(claim.fact for claim in claims)
    lines = [
        notes.say.say(
            "answer.said_by",
            source=_source(fact, evidence) or phrasing.outlet(notes, fact.citation),
            marks=notes.mark([fact.citation]),
        )
        for fact in facts
    ]
    said = [_source(fact, evidence) or fact.citation.outlet for fact in facts]
    return Draft(tuple(lines), Value(text=notes.say.list(list(dict.fromkeys(said)))), facts)


def _source(fact: Fact, evidence: Evidence) -> str:
    """Who says so, under the fullest name that the article gives; empty where it names nobody."""
    return phrasing.clean(in_full(fact.source, fact.citation.article_id, evidence)) if fact.source else ""


def fill_role(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """What the best fact says for the role asked for, when it meets all that the question names."""
    if sought.question.understood.asks not in ("who", "whom", "where", "when"):
        return None
    said = next((one for one in said_by_facts(sought, evidence) if _firm(one, sought)), None)
    if said is None:
        return None
    fact = said.fit.fact
    whole = sought.whole(fact.citation)
    marks = notes.mark([whole])
    text = phrasing.clean(said.text)
    if sought.question.understood.asks == "when" and fact.date_start is not None:
        text = notes.say.period(fact.date_start, fact.date_end or fact.date_start)
    lines = (
        notes.say.say("answer.span", text=text, marks=marks),
        notes.say.say(
            "answer.quoted",
            outlet=phrasing.outlet(notes, whole),
            quote=phrasing.quote(whole.quote),
            marks=marks,
        ),
    )
    return Draft(lines, Value(text=text), (fact,))


def _newest(claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims with a number, or failing that the vague ones."""
    told = list(claims)
    yield from [claim for claim in told if not claim.vague] or told


def _firm(said: Said, sought: Sought) -> bool:
    """Whether a fact can answer by itself: of the kind, place and time asked for, about everybody who is named."""
    question, fact = sought.question, said.fit.fact
    understood = question.understood
    if fact.kind != understood.kind or said.fit.place != "same" or said.fit.date != "same":
        return False
    if not (understood.place or understood.date_from or understood.who or understood.whom):
        return False
    told = keys_of(_text(fact))
    if any(not keys_of(name) <= told and keys_of(name).isdisjoint(told) for name in question.names):
        return False
    rest = [word for word in question.details if keys_of(word).isdisjoint(keys_of(" ".join(question.names)))]
    shared = sum(not keys_of(word).isdisjoint(told) for word in rest)
    return not rest or shared >= _DETAILS * len(rest)


def _text(fact: Fact) -> str:
    """All words of a fact: its roles, its places, its quote and its headline."""
    roles = [value for value in fact.model_dump(exclude={"citation", "id"}).values() if isinstance(value, str)]
    lists = [" ".join(value) for value in fact.model_dump().values() if isinstance(value, tuple | list)]
    return " ".join([*roles, *lists, fact.citation.quote, fact.citation.title])
