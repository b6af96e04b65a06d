"""The numbers of a claim beside those of the articles, where no number could satisfy both."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.alerting.checking import Checked
from retrieval.answering.notes import Notes
from retrieval.answering.phrasing import count, count_of_fact
from retrieval.answering.wording import Wording
from retrieval.events import Counted, unit_of


def confront(found: Sequence[Checked], wording: Wording) -> tuple[str, ...]:
    """A line for each number of the claim that the articles contradict by a number: "passed on: 50; the news: 12"."""
    notes = Notes(wording)
    told: dict[str, tuple[Counted, list[int]]] = {}
    for one in found:
        if one.stance != "against" or not isinstance(one.claimed, Counted) or not isinstance(one.fact, Counted):
            continue
        ends = [end for end in (one.fact.min, one.fact.max) if end is not None]
        if one.fact.status != "denied" and ends and one.claimed.bound != "vague":
            told.setdefault(one.claimed.id, (one.claimed, []))[1].extend(ends)
    return tuple(
        wording.say(
            "answer.confronted",
            claimed=count_of_fact(notes, claimed),
            told=count(notes, unit_of(claimed), min(ends), max(ends), "range" if min(ends) < max(ends) else "exact"),
        )
        for claimed, ends in told.values()
    )
