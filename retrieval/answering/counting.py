"""How many people came to harm: the one event that a question singles out, or the total of all that fit it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.fitting import Fit, asked_names, fit
from retrieval.arabic.incidents import means_in
from retrieval.events import Counted, Event, Total, add_up, aggregates_of, counts_households, find_events, whereabouts
from retrieval.types import Casualty, Question

# A fact with a number is preferred to a vague one that is not much better.
_NUMBERED = 0.75
# An article scores so much of the best score when it is the best, or as good as it.
_NEAREST = 0.95

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
    """The count that the facts give for the question; None where none fits it.

    Facts become events before the question chooses among them: a report that leaves open what is asked, or tells it
    in other words, still counts for the event that another report says is the one.
    """
    question = sought.question
    wanted = question.understood.harm
    casualties = [fact for fact in evidence.facts if isinstance(fact, Casualty)]
    fits = {fact.id: fit(fact, sought) for fact in casualties if fact.harm in (wanted, "killed_or_wounded")}
    ours = _by_source([fits[fact.id] for fact in casualties if fact.harm == wanted and _asked_unit(fact, question)])
    counted = [one for one in ours if one.fact.status not in _NOT_COUNTED]
    good = _nearest([one for one in counted if fits_roles(one)])
    if not good and _singles_out(question):
        good = [one for one in counted if _is_of_story(one, sought)]
    if not good:
        return None
    apt = {one.fact.id for one in good}
    told = [one.fact for one in ours if isinstance(one.fact, Casualty)]
    events = [event for event in find_events(told, evidence.copies) if _chosen(event, apt, sought)]
    aggregates = tuple(fact for fact in aggregates_of(_casualties(good)) if _within(fact, question))
    single = _singles_out(question)
    if single:
        events = _meant(events, good, aggregates)
    events = events or _of_parts(good, question)
    if aggregates and not any(event.min is not None or event.max is not None for event in events):
        # Nothing but a running total is known: it is told for what it is.
        return _aggregate(_best([one for one in good if one.fact in aggregates]))
    if not events:
        return None
    return Tallied(
        total=add_up(events, aggregates if not single else ()),
        single=single or len(events) == 1,
        joint=_joint(list(fits.values()), sought),
        around=tuple(_casualties(one for one in counted if one.place == "around")),
        undated=tuple(_casualties(one for one in good if one.date == "unsaid")),
    )


def _meant(events: Sequence[Event], good: Sequence[Fit], aggregates: Collection[Counted]) -> list[Event]:
    """The one event that holds the best fact; none where that is a running total."""
    told = {fact.id for event in events for fact in event.facts}
    best = _best([one for one in good if one.fact.id in told or one.fact in aggregates] or good)
    return [event for event in events if any(fact.id == best.fact.id for fact in event.facts)]


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


def _singles_out(question: Question) -> bool:
    """Whether the question means one event: it tells details of it, and neither several places nor several attacks."""
    if question.form != "single":
        return False
    keys = [whereabouts(name) for name in dict.fromkeys((question.understood.place, *question.places)) if name]
    nested = any(a.key in b.around or b.key in a.around for a in keys for b in keys if a is not b)
    return bool(question.details or question.understood.source) and (len(keys) < 2 or nested)


def _chosen(event: Event, apt: Collection[str], sought: Sought) -> bool:
    """Whether an event is asked for: one of the counts that make it is, and it came about as the question says."""
    heads = [fact for fact in event.facts if fact.tie not in ("part", "earlier", "refuted")] or list(event.facts)
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


def _is_of_story(one: Fit, sought: Sought) -> bool:
    """Whether a fact is of the one story that the question means, though its place goes by another name there.

    The people, the time and the doer must fit as ever; the article is the nearest of all, speaks of everything that
    the question names, and tells some of its details beside the fact.
    """
    if one.people != "same" or one.doer == "other" or not (one.date == "same" or one.reported):
        return False
    told = one.place != "other" or all(
        keys_of(name) <= keys_of(_told(one, sought)) for name in asked_names(sought.question)
    )
    article = one.fact.citation.article_id
    return told and one.near >= _NEAREST and sought.named(article) >= 1.0 and one.details > 0


def _told(one: Fit, sought: Sought) -> str:
    citation = one.fact.citation
    return f"{citation.title} {sought.article(citation.article_id)}"


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
