"""A number taken apart: the events that make it, what each report of an event says, and in what part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from retrieval.answering import phrasing
from retrieval.answering.attesting import leading
from retrieval.answering.notes import Notes
from retrieval.answering.wording import Wording
from retrieval.events import Counted, Event, find_events
from retrieval.types import Answer, Citation

# What a report is to the number of its event: it stands, was overtaken, is a party's own claim, counts some of those
# counted already, or is denied or merely feared.
Standing = Literal["current", "earlier", "boast", "part", "denied"]


class Report(NamedTuple):
    """What one report says of an event, in words, and where it says so."""

    text: str
    standing: Standing
    citation: Citation


class Unfolded(NamedTuple):
    """One event behind an answer: what is counted, where and when, how well that is attested, and its reports."""

    text: str
    grade: str
    reports: tuple[Report, ...]


def unfold(answer: Answer, wording: Wording, copies: Mapping[str, str] | None = None) -> tuple[Unfolded, ...]:
    """The events that the number of an answer is made of, by day; none where it counts nothing.

    `copies` names, for the id of an article that copies another, the id of its original.
    """
    notes = Notes(wording.for_text(answer.question))
    counted = [fact for fact in answer.facts if isinstance(fact, get_args(Counted))]
    return tuple(_unfolded(event, notes) for event in find_events(counted, copies) if not answer.abstained)


def _unfolded(event: Event, notes: Notes) -> Unfolded:
    reports = tuple(_report(fact, standing, notes) for fact, standing in _by_standing(event))
    lead = [phrasing.victims(notes, leading(event).fact)] if event.claims.current or event.claims.earlier else []
    text = notes.say.say(
        "unfolded.event",
        count=phrasing.count_of_event(notes, event),
        group="".join(lead),
        where=phrasing.where(notes, event.place),
        when=phrasing.when(notes, event.start, event.end) if event.dated else "",
    )
    return Unfolded(text, notes.say.say(f"answer.grade.{event.grade}"), reports)


def _by_standing(event: Event) -> Iterator[tuple[Counted, Standing]]:
    """Each fact of the event once: what stands first, then what was overtaken, and what stands beside them."""
    claims = event.claims
    ordered: list[tuple[Counted, Standing]] = [(fact, "current") for claim in claims.current for fact in claim.carriers]
    ordered += [(fact, "earlier") for claim in reversed(claims.earlier) for fact in claim.carriers]
    ordered += [(fact, "boast") for claim in claims.boasts for fact in claim.carriers]
    ordered += [(fact, "part") for fact in claims.parts]
    ordered += [(fact, "denied") for fact in claims.denials]
    seen: set[str] = set()
    for fact, standing in (*ordered, *((fact, "current") for fact in event.facts)):
        if fact.id not in seen:
            seen.add(fact.id)
            yield fact, standing


def _report(fact: Counted, standing: Standing, notes: Notes) -> Report:
    said = notes.say.say(
        "unfolded.report",
        count=phrasing.count_of_fact(notes, fact),
        group=phrasing.victims(notes, fact),
        by=phrasing.by(notes, fact.source),
        outlet=phrasing.outlet(notes, fact.citation),
    )
    text = said if standing == "current" else notes.say.say(f"unfolded.{standing}", report=said)
    return Report(text, standing, fact.citation)
