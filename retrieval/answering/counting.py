"""How many people came to harm: the one event that a question singles out, or the total of all that fit it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.fitting import Fit, asked_names, fit
from retrieval.events import Event, Total, add_up, aggregates_of, find_events
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
    good = [one for one in ours if fits_roles(one, sought)]
    if not good:
        return None
    best = _meant(good, sought)
    facts = [one.fact for one in best if isinstance(one.fact, Casualty)]
    plain = [fact for fact in facts if not fact.aggregate]
    aggregates = aggregates_of([one.fact for one in good if isinstance(one.fact, Casualty)])
    events = find_events(plain, evidence.copies)
    single = bool(sought.question.details) and sought.question.form == "single"
    if single and not plain:
        return _aggregate(facts, best)
    if single:
        events = (_strongest(events, best),)
    beside = [fact for fact in aggregates if fact not in facts]
    return Tallied(
        total=add_up(events, beside if not single else ()),
        single=single or len(events) == 1,
        joint=_joint(fits, sought),
        around=tuple(one.fact for one in ours if one.place == "around" and isinstance(one.fact, Casualty)),
        undated=tuple(one.fact for one in best if one.date == "unsaid" and isinstance(one.fact, Casualty)),
    )


def fits_roles(one: Fit, sought: Sought) -> bool:
    """Whether a fact is about what the question asks: no role contradicted, none that matters left open."""
    if "other" in (one.date, one.people, one.doer) or one.place == "around" or one.people == "unsaid":
        return False
    if one.date == "unsaid" and not one.reported:
        return False
    if one.place == "same":
        return True
    # The place of a fact may stand in another sentence: then the text around it must name the place asked for.
    around = keys_of(sought.around(one.fact.citation))
    return any(keys_of(name) <= around for name in asked_names(sought.question))


def _meant(good: Sequence[Fit], sought: Sought) -> list[Fit]:
    """Those facts that the details of the question single out; all of them where it has none."""
    if not sought.question.details or sought.question.form != "single":
        return list(good)
    best = max(one.score for one in good)
    numbered = [one for one in good if _numbered(one) and one.score >= best * _NUMBERED]
    best = max((one.score for one in numbered), default=best)
    return [one for one in numbered or good if one.score >= best * _AS_GOOD]


def _numbered(one: Fit) -> bool:
    return isinstance(one.fact, Casualty) and (one.fact.min is not None or one.fact.max is not None)


def _strongest(events: Sequence[Event], fits: Sequence[Fit]) -> Event:
    scores = {one.fact.id: one.score for one in fits}
    return max(events, key=lambda event: (max(scores[fact.id] for fact in event.facts), event.min or 0))


def _aggregate(facts: Sequence[Casualty], fits: Sequence[Fit]) -> Tallied:
    scores = {one.fact.id: one.score for one in fits}
    best = max(facts, key=lambda fact: scores[fact.id])
    event = find_events([best.model_copy(update={"aggregate": False})])
    return Tallied(total=add_up(event), single=True, aggregate=best)


def _harm(one: Fit) -> str:
    return one.fact.harm if isinstance(one.fact, Casualty) else ""


def _joint(fits: Sequence[Fit], sought: Sought) -> tuple[Casualty, ...]:
    """Counts of killed and wounded together that would fit: told beside, never counted as either."""
    if sought.question.understood.harm not in ("killed", "wounded"):
        return ()
    return tuple(
        one.fact
        for one in fits
        if isinstance(one.fact, Casualty) and one.fact.harm == "killed_or_wounded" and fits_roles(one, sought)
    )
