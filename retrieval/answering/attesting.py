"""One event of an answer in a line, and what an answer rests on: as of when, how many reports, how well attested."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answering import phrasing
from retrieval.answering.notes import Notes
from retrieval.events import Claim, Event
from retrieval.types import Fact


def event_line(notes: Notes, event: Event) -> str:
    """One event of a list: its count, group, place, day and markers."""
    lead = leading(event)
    return notes.say.say(
        "answer.event",
        count=phrasing.count_of_event(notes, event),
        group=phrasing.victims(notes, lead.fact),
        where=phrasing.where(notes, event.place),
        when=phrasing.when(notes, event.start, event.end) if event.dated else "",
        marks=notes.mark(claim.fact.citation for claim in (event.claims.current or (lead,))),
    )


def basis(notes: Notes, events: Sequence[Event], facts: Sequence[Fact], *, period: bool = False) -> str:
    """As of when, from how many reports on how many events, and how well that is attested.

    Of a total of a period nobody knows how many events it counts.
    """
    say = notes.say
    day = phrasing.newest(tuple(facts))
    reports = len(_reports(events) or {fact.citation.article_id for fact in facts})
    several = "_of_sum" if len(events) > 1 else ""
    kind = "basis_of_period" if period else "basis"
    return say.say(
        f"answer.{kind}" if day else f"answer.{kind}_undated",
        date=say.date(day) if day else "",
        reports=say.say("number.report", n=reports, oblique=True),
        events=say.say("number.event", n=len(events), oblique=True),
        grade=say.say(f"answer.grade{several}.{_grade(events)}"),
    )


def _reports(events: Sequence[Event]) -> set[str]:
    """The articles that tell the number of an event, now or before; one that tells but a part of it does not."""
    claims = [claim for event in events for claim in (*event.claims.current, *event.claims.earlier)]
    return {fact.citation.article_id for claim in claims for fact in claim.carriers}


def _grade(events: Sequence[Event]) -> str:
    """The grade of the least attested of the events: a sum is no better than its weakest part."""
    order = ("discounted", "contested", "weak", "fair", "confirmed")
    return min((event.grade for event in events), key=order.index, default="weak")


def leading(event: Event) -> Claim:
    """The newest claim that stands, a numbered one before a vague one."""
    claims = event.claims.current or event.claims.earlier
    return max(enumerate(claims), key=lambda each: (not each[1].vague, each[0]))[1]
