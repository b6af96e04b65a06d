"""Answers beyond the facts: the stretch of a passage that most likely answers, shown as the quotation that it is."""

from __future__ import annotations

import datetime as dt

from hijridate import Gregorian

from retrieval.answering import phrasing
from retrieval.answering.candidates import unit_asked
from retrieval.answering.evidence import Evidence, Sought, keys_of, speaks_of
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.ranking import rank, says, sure
from retrieval.answering.spans import Candidate
from retrieval.answering.telling import said_by_facts
from retrieval.arabic.tokens import covered
from retrieval.reading.sentences import Sentence
from retrieval.types import Citation, Question, Value

_ARTICLE = "ال"
# Below this an answer is more likely wrong than it may be.
_SURE_ENOUGH = 0.33
_NEAREST = 3
_NEAREST_LETTERS = 240
# One and two are said by the form of their noun; a long number is read more easily in words: 415 million.
_FORMS = 2
_LONG = 1_000_000


def quote_span(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The best candidate as an answer, with its sentence; None when none is likely enough."""
    ranked = rank(sought, evidence)
    if not ranked or sure(ranked) < _SURE_ENOUGH:
        return None
    best = ranked[0]
    candidate = best.candidate
    citation = _proof(candidate, sought, evidence)
    value = value_of(candidate, sought.question, notes)
    title = _title(candidate)
    marks = notes.mark([citation])
    text = value.text or (_counted(candidate, notes) if candidate.sort == "quantity" else candidate.text)
    lines = [
        notes.say.say("answer.span_titled", text=text, title=title, marks=marks)
        if title
        else notes.say.say("answer.span", text=text, marks=marks),
        notes.say.say(
            "answer.quoted",
            outlet=phrasing.outlet(notes, citation),
            quote=phrasing.quote(citation.quote),
            marks=marks,
        ),
    ]
    if _undated(candidate, sought.question):
        lines.append(notes.say.say("answer.undated", outlet=phrasing.outlet(notes, citation)))
    return Draft(tuple(lines), value)


def _proof(candidate: Candidate, sought: Sought, evidence: Evidence) -> Citation:
    """The sentence that proves a candidate: its own, unless only another names both the candidate and the place asked.

    An article that tells of a guest's arrival in one place tells in the same breath where he came from.
    """
    own = candidate.told.cite()
    kind, place = sought.question.understood.kind, sought.question.understood.place
    if not place or speaks_of(place, keys_of(own.quote)):
        return own
    there = tuple(f for f in evidence.facts if f.kind == kind and f.citation.article_id == own.article_id)
    said = said_by_facts(sought, evidence._replace(facts=there))
    told = [sought.whole(one.fit.fact.citation) for one in said if says(candidate, one.text)]
    return next((one for one in told if speaks_of(f"{candidate.text} {place}", keys_of(one.quote))), own)


def _undated(candidate: Candidate, question: Question) -> bool:
    """Whether the question asks of a time and nothing tells when the article speaks of."""
    asked = question.understood.date_from is not None or question.understood.date_to is not None
    return asked and candidate.told.day is None and not candidate.told.days


def _counted(candidate: Candidate, notes: Notes) -> str:
    """A quantity with the noun that it counts, in figures where that is easier to read."""
    sentence, value = candidate.told.sentence, candidate.value
    behind = sentence.tokens[candidate.last].text if _is_counted(sentence, candidate.last) else ""
    number = value.min if value is not None and value.min == value.max and value.bound == "exact" else None
    plain = number is not None and _FORMS < number < _LONG
    figure = notes.say.number(number) if plain and number is not None else candidate.text
    return phrasing.clean(f"{figure} {behind}")


def _is_counted(sentence: Sentence, at: int) -> bool:
    """Whether a word is what the number before it counts: an indefinite noun that nothing joins to it."""
    if at >= len(sentence.tokens) or at in covered(sentence.places, sentence.dates, sentence.people):
        return False
    reading = sentence.analyses[at][0] if sentence.analyses[at] else None
    apart = reading is not None and bool(reading.conjunction or reading.preposition or reading.definite)
    return sentence.parts[at] == "noun" and not apart and not sentence.tokens[at].norm.startswith(_ARTICLE)


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
            quote=phrasing.quote(hit.text, _NEAREST_LETTERS),
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
