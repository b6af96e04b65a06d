"""What facts say for a role: who visited, whom he met, where and when it was, who says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from retrieval.answering.aptness import wants_name
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.fitting import Fit, fit
from retrieval.arabic import people
from retrieval.arabic.tokens import tokenize
from retrieval.types import Casualty, Fact, Meeting, Role

_PARTIES = ("visitor", "host", "speaker", "giver", "receiver", "actor", "from_actor", "body")
_UNSURE = frozenset({"denied", "hypothetical"})


class Said(NamedTuple):
    """One thing that a fact says for the role asked for."""

    text: str
    fit: Fit


def said_by_facts(sought: Sought, evidence: Evidence) -> list[Said]:
    """What the facts that fit say for the role asked for, best fit first; what the question says is no answer."""
    understood = sought.question.understood
    given = [name for name in (understood.who, understood.whom, *sought.question.names) if name]
    named_only = wants_name(sought.question)
    found: list[Said] = []
    for fact in evidence.facts:
        other = understood.kind is not None and fact.kind != understood.kind and understood.asks != "says_who"
        if fact.status in _UNSURE or other:
            continue
        one = fit(fact, sought)
        if one.contradicted:
            continue
        said = fillers(fact, understood.asks, named_only=named_only)
        found += [Said(text, one) for text in said if keys_of(text) and not any(_is_given(text, n) for n in given)]
    return sorted(found, key=lambda said: -said.fit.score)


def _is_given(text: str, name: str) -> bool:
    """Whether what a fact says is what the question named already."""
    words = keys_of(text)
    return people.same(text, name) or len(words & keys_of(name)) * 2 >= len(words)


def fillers(fact: Fact, role: Role, *, named_only: bool = False) -> Iterator[str]:
    """What the fact holds for a role, empty values left out; of those harmed, the one asked for by office is a name."""
    values: tuple[str, ...] = ()
    if role == "where":
        values = (getattr(fact, "destination", ""), fact.place)
    elif role == "when":
        values = (fact.date_start.isoformat() if fact.date_start else "",)
    elif role == "says_who":
        values = (getattr(fact, "speaker", ""), fact.source)
    elif role in ("who", "whom"):
        values = _names(fact.victims) if named_only and isinstance(fact, Casualty) else _actors(fact)
    yield from (value for value in values if value)


def _actors(fact: Fact) -> tuple[str, ...]:
    """Those who take part in what the fact tells, the doer first."""
    if isinstance(fact, Casualty):
        return fact.actor, *_names(fact.victims)
    if isinstance(fact, Meeting):
        return fact.participants
    return tuple(value for role in _roles(type(fact)) if (value := getattr(fact, role)))


@cache
def _roles(kind: type[Fact]) -> tuple[str, ...]:
    """The roles of those who take part in facts of a kind, the doer first."""
    return tuple(role for role in _PARTIES if role in kind.model_fields)


def _names(victims: str) -> tuple[str, ...]:
    """The victims, where the phrase is a person's name."""
    return tuple(person.name for person in people.find_people(tokenize(victims)) if person.name)
