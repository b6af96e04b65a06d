"""The answer to "how many came to harm" in words: the number, whence it is, how it changed, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.answering import phrasing
from retrieval.answering.attesting import basis, event_line, leading
from retrieval.answering.counting import Tallied
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.sharing import tell_highest, tell_parts
from retrieval.events import Claim, Counted, Event
from retrieval.types import Bound, Casualty, Fact, Question, Value

# More than this many events or claims are counted in words instead of being listed.
_LISTED = 8


def tell_tally(question: Question, tallied: Tallied, notes: Notes) -> Draft:
    """The draft of the answer to a counting question."""
    total = tallied.total
    if not total.events:
        return _vague(tallied, notes)
    if question.form == "highest":
        return tell_highest(question, tallied, notes)
    if question.per is not None and not tallied.single:
        lines = list(tell_parts(question, question.per, tallied, notes))
    else:
        lines = list(_single(total.events[0], tallied, notes) if tallied.single else _sum(question, tallied, notes))
    lines += _beside(tallied, notes)
    facts: tuple[Fact, ...] = tuple(fact for event in total.events for fact in event.facts)
    low: int | None = total.min
    if tallied.single:
        event = total.events[0]
        low, high, bound = event.min, event.max, event.bound
    else:
        high, bound = total.max, total.bound
    return Draft(tuple(lines), Value(min=low, max=high, bound=bound), facts + tuple(total.aggregates))


def _single(event: Event, tallied: Tallied, notes: Notes) -> Iterator[str]:
    """One event: the count, who says so; then each claim where they differ, the history, parts, grade."""
    weighed = event.claims
    lead = leading(event)
    marks = notes.mark(fact.citation for claim in weighed.current for fact in claim.carriers)
    alone = len(weighed.current) == 1
    yield notes.say.say(
        "answer.count",
        count=phrasing.count_of_event(notes, event),
        group=phrasing.victims(notes, lead.fact),
        where=phrasing.where(notes, event.place),
        when=phrasing.when(notes, event.start, event.end, weekday=True) if event.dated else "",
        by=phrasing.by(notes, lead.fact.source) if alone else "",
        marks=marks,
    )
    if tallied.aggregate is not None:
        yield notes.say.say("answer.period_total")
    if tallied.supposed:
        yield notes.say.say("answer.supposed")
    if tallied.undated and not event.dated:
        yield notes.say.say("answer.undated", outlet=phrasing.outlet(notes, lead.fact.citation))
    if _differ(weighed.current):
        yield notes.say.say("answer.claims")
        yield from (_claim(notes, claim) for claim in weighed.current[:_LISTED] if not claim.vague)
    if weighed.earlier:
        yield notes.say.say("answer.history", steps=_steps(notes, (*weighed.earlier, lead)))
    for boast in weighed.boasts:
        yield _apart(notes, "answer.boast", boast.fact)
    if weighed.parts:
        parts = [_part(notes, part) for part in weighed.parts[:_LISTED]]
        yield notes.say.say("answer.parts", parts=notes.say.list(parts))
    yield from _denials(weighed.denials, notes)
    yield basis(notes, (event,), event.facts, period=tallied.aggregate is not None)


def _part(notes: Notes, part: Counted) -> str:
    return notes.say.say(
        "answer.part",
        count=phrasing.count_of_fact(notes, part),
        group=phrasing.victims(notes, part),
        marks=notes.mark([part.citation]),
    )


def _sum(question: Question, tallied: Tallied, notes: Notes) -> Iterator[str]:
    """Several events: the sum, then each event with its own number and source, then the vague ones."""
    total = tallied.total
    understood = question.understood
    yield notes.say.say(
        "answer.total",
        count=phrasing.count(notes, total.events[0].harm, total.min, total.max, total.bound),
        where=phrasing.where(notes, understood.place),
        when=phrasing.when(notes, understood.date_from, understood.date_to) if not question.loose else "",
        events=notes.say.say("number.event", n=len(total.events), oblique=True),
    )
    yield from (event_line(notes, event) for event in total.events[:_LISTED])
    rest = len(total.events) - _LISTED
    if rest > 0:
        more = total.events[_LISTED:]
        yield notes.say.say(
            "answer.more_events",
            n=rest,
            marks=notes.mark(event.claims.current[-1].fact.citation for event in more),
        )
    for event in total.vague[:_LISTED]:
        yield notes.say.say("answer.vague_event", event=event_line(notes, event))
    facts = tuple(fact for event in (*total.events, *total.vague) for fact in event.facts)
    yield basis(notes, total.events, facts)


def _beside(tallied: Tallied, notes: Notes) -> Iterator[str]:
    """What is told beside the number and never added to it."""
    for aggregate in tallied.total.aggregates[:2]:
        yield _apart(notes, "answer.aggregate", aggregate)
    for joint in tallied.joint[:2]:
        yield _apart(notes, "answer.joint", joint)
    told = {fact.id for event in tallied.total.events for fact in event.facts}
    for around in [fact for fact in tallied.around if fact.id not in told][:2]:
        yield _apart(notes, "answer.around", around)


def _apart(notes: Notes, key: str, fact: Counted) -> str:
    return notes.say.say(
        key,
        count=phrasing.count_of_fact(notes, fact),
        group=phrasing.victims(notes, fact),
        where=phrasing.where(notes, fact.place),
        when=phrasing.when(notes, fact.date_start, fact.date_end),
        by=phrasing.by(notes, fact.source),
        marks=notes.mark([fact.citation]),
    )


def _vague(tallied: Tallied, notes: Notes) -> Draft:
    """Nobody gives a number: what is said in its place, in the articles' own words."""
    events = tallied.total.vague
    if not events:
        return Draft(())
    facts = tuple(fact for event in events for fact in event.facts)
    lines = [notes.say.say("answer.no_number")]
    for event in events[:_LISTED]:
        fact = event.facts[0]
        lines.append(
            notes.say.say(
                "answer.vague",
                quote=phrasing.quote(fact.citation.quote),
                where=phrasing.where(notes, event.place),
                when=phrasing.when(notes, event.start, event.end) if event.dated else "",
                marks=notes.mark([fact.citation]),
            )
        )
    lines.append(basis(notes, events, facts))
    bound: Bound = "vague"
    return Draft(tuple(lines), Value(bound=bound, text=phrasing.clean(_victims_text(facts[0]))), facts)


def _victims_text(fact: Counted) -> str:
    return fact.citation.quote if not isinstance(fact, Casualty) or not fact.victims else fact.victims


def _claim(notes: Notes, claim: Claim) -> str:
    return notes.say.say(
        "answer.claim",
        count=phrasing.count_of_fact(notes, claim.fact)
        if not claim.vague
        else phrasing.quote(claim.fact.citation.quote),
        outlet=phrasing.outlet(notes, claim.fact.citation),
        by=phrasing.by(notes, claim.fact.source),
        marks=notes.mark(fact.citation for fact in claim.carriers),
    )


def _steps(notes: Notes, claims: Sequence[Claim]) -> str:
    """The numbers one after the other; one that is told again right away is one step."""
    changes = [
        claim
        for before, claim in zip((None, *claims), claims, strict=False)
        if before is None or (before.low, before.high) != (claim.low, claim.high)
    ]
    steps = [
        notes.say.say(
            "answer.step",
            count=phrasing.count_of_fact(notes, claim.fact),
            date=notes.say.date(claim.day) if claim.day else notes.say.say("answer.no_day"),
            marks=notes.mark([claim.fact.citation]),
        )
        for claim in changes
    ]
    return notes.say.say("answer.then").join(steps)


def _denials(denials: Sequence[Counted], notes: Notes) -> Iterator[str]:
    for fact in denials[:2]:
        if fact.status == "denied":
            yield notes.say.say(
                "answer.denied",
                by=phrasing.by(notes, fact.source),
                outlet=phrasing.outlet(notes, fact.citation),
                marks=notes.mark([fact.citation]),
            )


def _differ(claims: Sequence[Claim]) -> bool:
    """Whether the claims tell different numbers; one that tells none contradicts nobody."""
    return len({(claim.low, claim.high) for claim in claims if not claim.vague}) > 1
