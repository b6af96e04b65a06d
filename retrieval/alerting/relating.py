"""What an article is to somebody who was told of others: news, a repeat, a development or a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from retrieval.alerting.keys import named_keys
from retrieval.arabic.updates import roles_in
from retrieval.events import Counted, find_events
from retrieval.types import Fact

Relation = Literal["new", "repeat", "development", "correction"]
# By whom and about whom or what: the roles in which two reports of one doing must agree.
_DOING: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "visit": (("visitor", "visitor_title"), ("destination",)),
    "meeting": (("participants",),),
    "statement": (("speaker", "speaker_title"), ("about",)),
    "control": (("actor",), ("place",), ("action",)),
    "aid": (("giver",), ("receiver",)),
    "decision": (("body",), ("about",)),
}


def relate(facts: Sequence[Fact], told: Sequence[Fact], copies: Mapping[str, str] | None = None) -> Relation:
    """What the facts of an article are to somebody who was told others: new, known, a development, a correction.

    `copies` names, for the id of an article that copies another, the id of its original. Facts that were never told
    of in any form are new; the same event with the same numbers is a repeat, with others a development, or a
    correction where the article says that it corrects.
    """
    if not told or not facts:
        return "new"
    met = [_meets(fact, facts, told, copies) for fact in facts]
    if "new" in met and not {"repeat", "development"} & set(met):
        return "new"
    if all(one == "repeat" for one in met):
        return "repeat"
    corrects = any("correction" in roles_in(f"{one.citation.title} {one.citation.quote}") for one in facts)
    return "correction" if corrects else "development"


def _meets(
    fact: Fact, facts: Sequence[Fact], told: Sequence[Fact], copies: Mapping[str, str] | None
) -> Literal["new", "repeat", "development"]:
    if not isinstance(fact, Counted):
        return "repeat" if any(same_doing(fact, other) for other in told) else "new"
    counted = [other for other in (*facts, *told) if isinstance(other, Counted)]
    events = find_events(counted, copies)
    known = [
        other
        for event in events
        if any(one.id == fact.id for one in event.facts)
        for other in event.facts
        if any(one.id == other.id for one in told)
    ]
    if not known:
        return "new"
    same = any((fact.min, fact.max, fact.bound) == (other.min, other.max, other.bound) for other in known)
    return "repeat" if same else "development"


def same_doing(one: Fact, other: Fact) -> bool:
    """Whether two facts that count nothing tell of one thing: of a kind, on days that meet, by and about the same."""
    if one.kind != other.kind or _later(one, other) or _later(other, one):
        return False
    return all(_overlap(named_keys(one, roles), named_keys(other, roles)) for roles in _DOING[one.kind])


def _later(one: Fact, other: Fact) -> bool:
    return bool(one.date_start and other.date_end and one.date_start > other.date_end)


def _overlap(mine: frozenset[str], yours: frozenset[str]) -> bool:
    return len(mine & yours) * 2 >= min(len(mine), len(yours))
