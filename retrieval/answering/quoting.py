"""Answers beyond the facts: the stretch of a passage that most likely answers, shown as the quotation that it is."""

from __future__ import annotations

import datetime as dt

from hijridate import Gregorian

from retrieval.answering import phrasing
from retrieval.answering.candidates import unit_asked
from retrieval.answering.evidence import Evidence, Sought
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.ranking import rank, sure
from retrieval.answering.spans import Candidate
from retrieval.types import Question, Value

# Below this an answer is more likely wrong than it may be.
_SURE_ENOUGH = 0.33
_NEAREST = 3


def quote_span(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The best candidate as an answer, with its sentence; None when none is likely enough."""
    ranked = rank(sought, evidence)
    if not ranked or sure(ranked) < _SURE_ENOUGH:
        return None
    best = ranked[0]
    candidate = best.candidate
    citation = candidate.told.cite()
    value = value_of(candidate, sought.question, notes)
    title = _title(candidate)
    marks = notes.mark([citation])
    lines = [
        notes.say.say("answer.span_titled", text=value.text or candidate.text, title=title, marks=marks)
        if title
        else notes.say.say("answer.span", text=value.text or candidate.text, marks=marks),
        notes.say.say(
            "answer.quoted",
            outlet=phrasing.outlet(notes, citation),
            quote=phrasing.quote(citation.quote),
            marks=marks,
        ),
    ]
    return Draft(tuple(lines), value)


def value_of(candidate: Candidate, question: Question, notes: Notes) -> Value:
    """The candidate as a value: a number with its bounds, a day of the calendar, or its own words."""
    if candidate.value is not None:
        return candidate.value
    if candidate.sort == "date":
        sentence = candidate.told.sentence
        date = next(d for d in sentence.dates if d.first == candidate.first)
        if date.start is not None and unit_asked(question) == "hijri":
            return Value(text=hijri_text(date.start))
        if date.start is not None:
            return Value(text=notes.say.period(date.start, date.end or date.start))
    return Value(text=phrasing.clean(candidate.text))


def hijri_text(day: dt.date) -> str:
    """A day in the Hijri calendar as it is written: 21 شوال 1436."""
    hijri = Gregorian.fromdate(day).to_hijri()
    return f"{hijri.day} {hijri.month_name('ar')} {hijri.year}"


def nearest(sought: Sought, evidence: Evidence, notes: Notes) -> Draft:
    """Not found: says so, and shows the passages nearest to the question."""
    hits = [hit for hit in evidence.passages if sought.share(f"{hit.citation.title}\n{hit.text}") > 0][:_NEAREST]
    if not hits:
        return Draft((notes.say.say("answer.not_found"),))
    lines = [notes.say.say("answer.not_found_nearest")]
    lines += [
        notes.say.say(
            "answer.quoted",
            outlet=phrasing.outlet(notes, hit.citation),
            quote=phrasing.quote(hit.text),
            marks=notes.mark([hit.citation]),
        )
        for hit in hits
    ]
    return Draft(tuple(lines))


def _title(candidate: Candidate) -> str:
    person = next(
        (p for p in candidate.told.sentence.people if p.first == candidate.first and candidate.sort == "person"), None
    )
    return person.title if person else ""
