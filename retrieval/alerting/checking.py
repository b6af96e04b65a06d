"""What the articles say of a claim that goes round: for each thing that it tells, who tells the same and who does not.

A claim is read as an article is; what speaks for it or against it is found by the events that both tell of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from retrieval.alerting.relating import same_doing
from retrieval.arabic import places
from retrieval.events import Counted, find_events
from retrieval.types import Article, Casualty, Damage, Fact, FactFilter

Stance = Literal["for", "against"]
# An event may have been told of so long before somebody passes the claim on, or be told of so long after.
_AROUND = dt.timedelta(days=10)
# A number that is open above speaks for one that is so much larger, and for none beyond.
_OPEN = 1.5
_UNTRUE = frozenset({"denied"})
_UNSURE = frozenset({"planned", "hypothetical"})


class Checked(NamedTuple):
    """A fact of the articles that speaks for or against one of the claim."""

    stance: Stance
    fact: Fact
    claimed: Fact


def claim_of(text: str, published: dt.date) -> Article:
    """The claim as an article that nobody published."""
    return Article(id="claim", body=text, published=published)


def bearing_on(claimed: Fact, published: dt.date) -> FactFilter:
    """Which facts of the store may tell of what the fact of a claim tells."""
    start, end = claimed.date_start or published, claimed.date_end or published
    return FactFilter(
        kinds=(claimed.kind,),
        harms=(claimed.harm,) if isinstance(claimed, Casualty) else (),
        place_keys=tuple(places.key(name) for name in (claimed.place,) if name),
        date_from=start - _AROUND,
        date_to=end + _AROUND,
        limit=200,
    )


def check(claimed: Sequence[Fact], known: Iterable[Fact]) -> tuple[Checked, ...]:
    """What of the known facts speaks for or against those of a claim; what tells of other things does neither.

    A count speaks for another of the same event where one number could satisfy both, and against it where none could;
    what is denied speaks against what is claimed.
    """
    facts = [fact for fact in known if fact.status not in _UNSURE]
    found = [one for fact in claimed if fact.status not in _UNSURE for one in _check_one(fact, facts)]
    # That the building fell matters only where nobody is said to have come to harm in it.
    telling = [one for one in found if not isinstance(one.claimed, Damage)] or found
    return tuple({one.fact.id: one for one in telling}.values())


def _check_one(claimed: Fact, known: Sequence[Fact]) -> Iterable[Checked]:
    if isinstance(claimed, get_args(Counted)):
        for count, overtaken in _of_one_event(claimed, known):
            stance = _stance_of_count(claimed, count)
            # A toll that has risen since contradicts nobody who tells the new one.
            if stance == "for" or (stance == "against" and not overtaken):
                yield Checked(stance, count, claimed)
        return
    for other in known:
        if same_doing(claimed, other):
            agree = (claimed.status in _UNTRUE) == (other.status in _UNTRUE)
            yield Checked("for" if agree else "against", other, claimed)


def _of_one_event(claimed: Counted, known: Sequence[Fact]) -> Iterator[tuple[Counted, bool]]:
    """The counts of the event that the claim tells of, each with whether a newer one took its place; no parts of any.

    The number of the claim may be made up and is not to decide of which event it is; but who denies a number, denies
    that one.
    """
    counted = [other for other in known if isinstance(other, get_args(Counted)) and other.kind == claimed.kind]
    bare: dict[str, object] = {"tie": "", **({"aggregate": False} if isinstance(claimed, Casualty) else {})}
    for change in ({**bare, "min": None, "max": None, "bound": "vague"}, bare):
        whole: Counted = claimed.model_copy(update=change)
        for event in find_events([whole, *counted]):
            if any(one is whole for one in event.facts):
                left_out = {part.id for part in event.claims.parts}
                earlier = {fact.id for claim in event.claims.earlier for fact in claim.carriers}
                for fact in event.facts:
                    if fact is not whole and fact.id not in left_out:
                        yield fact, fact.id in earlier


def _stance_of_count(claimed: Counted, other: Counted) -> Stance | None:
    if (claimed.status in _UNTRUE) != (other.status in _UNTRUE):
        return "against"
    if claimed.min is None and claimed.max is None:
        return "for"
    if other.min is None and other.max is None:
        return None
    low, high = claimed.min or 0, claimed.max
    if (high is not None and (other.min or 0) > high) or (other.max is not None and low > other.max):
        return "against"
    # "More than 35" does not rule ninety out, and still says nothing for it.
    return "for" if other.max is not None or low <= (other.min or 0) * _OPEN else None
