"""How many people came to harm: the one event that a question singles out, or the total of all that fit it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from retrieval.answering.choosing import choose
from retrieval.answering.evidence import Evidence, Sought
from retrieval.answering.fitting import Fit, fit
from retrieval.arabic.incidents import means_in
from retrieval.arabic.tokens import tokenize
from retrieval.events import (
    Counted,
    Event,
    Total,
    add_up,
    aggregates_of,
    counts_households,
    find_events,
    published,
    whereabouts,
)
from retrieval.types import Casualty, Question

# A fact with a number is preferred to a vague one that is not much better.
_NUMBERED = 0.75
_MONTH = dt.timedelta(days=31)
_AND = "و"
_BETWEEN = "بين"

_NOT_COUNTED = frozenset({"denied", "planned", "hypothetical"})


class Tallied(NamedTuple):
    """What was counted: the total, whether one event was singled out, and what is told beside it.

    `joint` are counts of killed and wounded together, `around` counts known only for a wider place, `undated` those of
    the answer whose own day is not known, `supposed` those that are told as a guess.
    """

    total: Total
    single: bool
    aggregate: Casualty | None = None
    joint: tuple[Casualty, ...] = ()
    around: tuple[Casualty, ...] = ()
    undated: tuple[Casualty, ...] = ()
    supposed: tuple[Casualty, ...] = ()


def tally(sought: Sought, evidence: Evidence) -> Tallied | None:
    """The count that the facts give for the question; None where none fits it.

    Facts become events before the question chooses among them: a report that leaves open what is asked, or tells it
    in other words, still counts for the event that another report says is the one.
    """
    return _one(sought, evidence) if singles_out(sought.question) else _all(sought, evidence)


def counts_of(sought: Sought, evidence: Evidence) -> list[Fit]:
    """The facts that count the harm asked for in the unit asked for, each with how it fits; not what is denied."""
    question = sought.question
    wanted = question.understood.harm
    return [
        fit(fact, sought)
        for fact in evidence.facts
        if isinstance(fact, Casualty)
        and fact.harm == wanted
        and fact.status not in ("denied", "planned")
        and _asked_unit(fact, question)
    ]


def _one(sought: Sought, evidence: Evidence) -> Tallied | None:
    """The count of the one event that the question means."""
    counted = counts_of(sought, evidence)
    # The event meant is told by an article that the words of the question find.
    chosen = choose([one for one in counted if one.fact.citation.article_id in sought.nearness] or counted, sought)
    if chosen is None or not isinstance(chosen.fact, Casualty):
        return None
    fact = chosen.fact
    told = _by_source(counted) if chosen.source == "same" else counted
    facts = [each for each in _casualties(told) if not each.aggregate and _about(each, fact)]
    if fact.aggregate:
        # Nothing fits better than a running total: it is told for what it is.
        return _alone(fact, aggregate=fact)
    if fact.status == "hypothetical":
        return _alone(fact.model_copy(update={"status": "stated"}), supposed=(fact,))
    events = [event for event in find_events(facts, evidence.copies) if any(each.id == fact.id for each in event.facts)]
    if not events or any(each.id == fact.id for event in events for each in event.claims.parts):
        # The children among the dead are asked for: the part alone is the answer.
        return _alone(fact, aggregate=None)
    return Tallied(
        total=add_up(events),
        single=True,
        joint=_joint(sought, evidence),
        undated=(fact,) if chosen.date == "unsaid" else (),
    )


def _about(one: Casualty, chosen: Casualty) -> bool:
    """Whether a count may be of the event of the chosen one at all, by its days: a month later is another event."""
    mine, yours = (each.date_start or published(each) for each in (one, chosen))
    return mine is None or yours is None or abs(mine - yours) <= _MONTH


def _alone(fact: Casualty, aggregate: Casualty | None = None, supposed: tuple[Casualty, ...] = ()) -> Tallied:
    """One count by itself."""
    events = find_events([fact.model_copy(update={"aggregate": False, "tie": ""})])
    return Tallied(total=add_up(events), single=True, aggregate=aggregate, supposed=supposed)


def _all(sought: Sought, evidence: Evidence) -> Tallied | None:
    """The total of all events that fit the question strictly."""
    question = sought.question
    ours = _by_source(counts_of(sought, evidence))
    counted = [one for one in ours if one.fact.status not in _NOT_COUNTED]
    good = _nearest([one for one in counted if fits_roles(one)])
    if not good:
        return None
    apt = {one.fact.id for one in good}
    told = _casualties(ours)
    events = [event for event in find_events(told, evidence.copies) if _chosen(event, apt, sought)]
    aggregates = tuple(fact for fact in aggregates_of(_casualties(good)) if _within(fact, question))
    events = events or _of_parts(good, question)
    if aggregates and not any(event.min is not None or event.max is not None for event in events):
        # Nothing but a running total is known: it is told for what it is.
        totals = {fact.id for fact in aggregates}
        best = _best([one for one in good if one.fact.id in totals]).fact
        return _alone(best, aggregate=best) if isinstance(best, Casualty) else None
    if not events:
        return None
    return Tallied(
        total=add_up(events, aggregates),
        single=len(events) == 1,
        joint=_joint(sought, evidence),
        around=tuple(_casualties(one for one in counted if one.place == "around")),
        undated=tuple(_casualties(one for one in good if one.date == "unsaid")),
    )


def _casualties(fits: Iterable[Fit]) -> list[Casualty]:
    return [one.fact for one in fits if isinstance(one.fact, Casualty)]


def _within(fact: Counted, question: Question) -> bool:
    """Whether a running total is of the time asked about and no longer: a month's is nothing beside a day."""
    start, end = question.understood.date_from, question.understood.date_to
    if question.loose or fact.date_start is None or (start is None and end is None):
        return True
    last = fact.date_end or fact.date_start
    return (start is None or start <= fact.date_start) and (end is None or last <= end)


def _of_parts(good: Sequence[Fit], question: Question) -> list[Event]:
    """The events of counts that are parts of others, when they alone are asked for: the children among the dead.

    Of the parts that one article tells, the one of the very place asked for is meant, and of those the largest: the
    others are parts of it in their turn.
    """
    asked = {whereabouts(name).key for name in (question.understood.place, *question.places) if name}
    best: dict[str, Casualty] = {}
    for fact in [each for each in _casualties(good) if each.tie == "part"]:
        rival = best.get(fact.citation.article_id)
        if rival is None or _part_rank(fact, asked) > _part_rank(rival, asked):
            best[fact.citation.article_id] = fact
    return list(find_events(fact.model_copy(update={"tie": ""}) for fact in best.values()))


def _part_rank(fact: Casualty, asked: Collection[str]) -> tuple[bool, int, str]:
    return bool(fact.place) and whereabouts(fact.place).key in asked, fact.min or 0, fact.id


def _asked_unit(fact: Casualty, question: Question) -> bool:
    """Whether a fact counts what is asked for: families where families are asked for, persons otherwise."""
    return counts_households(fact.victims) == counts_households(question.focus)


def singles_out(question: Question) -> bool:
    """Whether the question means one event: it tells details of it or who says so, and joins no places to each other.

    "Between X and Y" is one place; "in X and Y" are two, and so are the attacks there.
    """
    if question.form != "single" or not (question.details or question.understood.source):
        return False
    return not _joins_places(question)


def _joins_places(question: Question) -> bool:
    """Whether places are named side by side."""
    norms = [token.norm for token in tokenize(question.text)]
    if _BETWEEN in norms:
        return False
    firsts = {norm for name in question.places for norm in [token.norm for token in tokenize(name)][:1]}
    return any(norm.startswith(_AND) and norm[1:] in firsts for norm in norms)


def _chosen(event: Event, apt: Collection[str], sought: Sought) -> bool:
    """Whether an event is asked for: one of the counts that make it is, and it came about as the question says."""
    heads = [fact for fact in event.facts if fact.tie not in ("part", "refuted")] or list(event.facts)
    if not any(fact.id in apt for fact in heads):
        return False
    means = means_in(" ".join(sought.question.words)) - {"attack"}
    told = {
        each for fact in event.facts for each in means_in(f"{fact.citation.title} {sought.sentence(fact.citation)}")
    }
    return not means or not told - {"attack"} or bool(means & told)


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
    """Only what the source that the question names says, if it says anything; its own words before what is near it."""
    told = [one for one in good if one.source == "same"]
    return [one for one in told if one.speaks] or told or good


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


def _joint(sought: Sought, evidence: Evidence) -> tuple[Casualty, ...]:
    """Counts of killed and wounded together that would fit: told beside, never counted as either."""
    if sought.question.understood.harm not in ("killed", "wounded"):
        return ()
    joint = [f for f in evidence.facts if isinstance(f, Casualty) and f.harm == "killed_or_wounded"]
    return tuple(_casualties(one for one in (fit(fact, sought) for fact in joint) if fits_roles(one)))
