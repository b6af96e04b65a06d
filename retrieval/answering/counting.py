"""How many people came to harm: the one event that a question singles out, or the total of all that fit it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.answering.evidence import Evidence, Sought
from retrieval.answering.fitting import Fit, fit
from retrieval.events import Total, add_up, aggregates_of, find_events
from retrieval.types import Casualty

# Facts this near to the best are as good as it …
_AS_GOOD = 0.92

# … and one with a number is preferred to a vague one that is not much better.
_NUMBERED = 0.75

_NOT_COUNTED = frozenset({"denied", "planned", "hypothetical"})


class Tallied(NamedTuple):
    """What was counted: the total, whether one event was singled out, and what is told beside it.

    `joint` are counts of killed and wounded together, `around` counts known only for a wider place, `undated` those of
    the answer whose own day is not known.
    """

    total: Total
    single: bool
    aggregate: Casualty | None = None
    joint: tuple[Casualty, ...] = ()
    around: tuple[Casualty, ...] = ()
    undated: tuple[Casualty, ...] = ()


def tally(sought: Sought, evidence: Evidence) -> Tallied | None:
    """The count that the facts give for the question; None where none fits it."""
    fits = [fit(fact, sought) for fact in evidence.facts if isinstance(fact, Casualty)]
    wanted = sought.question.understood.harm
    ours = [one for one in fits if _harm(one) == wanted and one.fact.status not in _NOT_COUNTED]
    good = _by_source(_nearest([one for one in ours if fits_roles(one)]))
    if not good:
        return None
    casualties = [one.fact for one in good if isinstance(one.fact, Casualty)]
    plain = [fact for fact in casualties if not fact.aggregate]
    events = find_events(plain, evidence.copies)
    aggregates = aggregates_of(casualties)
    single = bool(sought.question.details or sought.question.understood.source) and sought.question.form == "single"
    if single:
        best = _best(good)
        if best.fact in aggregates:
            return _aggregate(best)
        events = tuple(event for event in events if best.fact in event.facts)
    return Tallied(
        total=add_up(events, aggregates if not single else ()),
        single=single or len(events) == 1,
        joint=_joint(fits, sought),
        around=tuple(one.fact for one in ours if one.place == "around" and isinstance(one.fact, Casualty)),
        undated=tuple(one.fact for one in good if one.date == "unsaid" and isinstance(one.fact, Casualty)),
    )


def fits_roles(one: Fit) -> bool:
    """Whether a fact is about what the question asks: no role contradicted, none that matters left open.

    A fact whose day is not known is taken only when it was published about the day asked for, and is marked.
    """
    if one.place not in ("same", "near") or one.people != "same" or one.doer == "other":
        return False
    return one.date == "same" or (one.date == "unsaid" and one.reported)


def _nearest(good: list[Fit]) -> list[Fit]:
    """Only what is known of the very place; what its sentence merely brings near it stands in for nothing better."""
    return [one for one in good if one.place == "same"] or good


def _by_source(good: list[Fit]) -> list[Fit]:
    """Only what the source that the question names says, if it says anything."""
    return [one for one in good if one.source == "same"] or good


def _best(good: Sequence[Fit]) -> Fit:
    """The fact that the details of the question single out; one with a number before a vague one not much better."""
    best = max(good, key=_merit)
    if _numbered(best):
        return best
    numbered = [one for one in good if _numbered(one) and one.score >= best.score * _NUMBERED]
    return max(numbered, key=_merit, default=best)


def _merit(one: Fit) -> tuple[float, int, str]:
    return (round(one.score, 1), getattr(one.fact, "min", None) or 0, one.fact.id)


def _numbered(one: Fit) -> bool:
    return isinstance(one.fact, Casualty) and (one.fact.min is not None or one.fact.max is not None)


def _aggregate(one: Fit) -> Tallied | None:
    if not isinstance(one.fact, Casualty):
        return None
    alone = find_events([one.fact.model_copy(update={"aggregate": False})])
    return Tallied(total=add_up(alone), single=True, aggregate=one.fact)


def _harm(one: Fit) -> str:
    return one.fact.harm if isinstance(one.fact, Casualty) else ""


def _joint(fits: Sequence[Fit], sought: Sought) -> tuple[Casualty, ...]:
    """Counts of killed and wounded together that would fit: told beside, never counted as either."""
    if sought.question.understood.harm not in ("killed", "wounded"):
        return ()
    return tuple(
        one.fact
        for one in fits
        if isinstance(one.fact, Casualty) and one.fact.harm == "killed_or_wounded" and fits_roles(one)
    )
