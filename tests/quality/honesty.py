"""Finds what an answer shows without being able to show where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from retrieval import Answer, Casualty, Citation, Damage, Strike, Wording
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.tokens import tokenize

_MARKER = re.compile(r"\[[0-9٠-٩]+\]")
# A list may be numbered at the beginning of its lines.
_NUMBERED = re.compile(r"^\s*[0-9٠-٩]+[.)\-]\s", re.MULTILINE)
_FIGURE = re.compile(r"[0-9٠-٩]+(?:[,٬][0-9٠-٩]{3})*")
# What the answer itself counts: its own evidence.
_OWN_COUNTS = ("number.event", "number.report", "number.source")
# One and two are told by the form of a noun: a soldier, two soldiers.
_BY_FORM = 2


def unquoted(answer: Answer, wording: Wording) -> list[int]:
    """The numbers of the answer's text and value that stand in no cited quote and are no sum of such that are listed.

    Days, page markers and the answer's counts of its own events and reports are set aside, each only as far as it is
    true of this answer.
    """
    shown = list(_figures(_own_words_removed(answer, wording.for_text(answer.question))))
    quoted = _quoted(answer)
    value = [end for end in (answer.value.min, answer.value.max) if end is not None] if answer.value else []
    listed = [number for number in shown if number in quoted]
    return [number for number in (*shown, *value) if number not in quoted and not _is_sum(number, listed)]


def misquoted(answer: Answer, bodies: dict[str, str], titles: dict[str, str]) -> list[Citation]:
    """The citations whose quote does not stand in the article at the place that they name, to the character."""
    facts = [fact.citation for fact in answer.facts]
    passages = [passage.citation for passage in answer.passages]
    return [one for one in (*answer.citations, *facts, *passages) if not _stands(one, bodies, titles)]


def _stands(one: Citation, bodies: dict[str, str], titles: dict[str, str]) -> bool:
    text = (titles if one.field == "title" else bodies)[one.article_id]
    return text[one.start : one.end] == one.quote


def _own_words_removed(answer: Answer, wording: Wording) -> str:
    """The answer's text without what it says about itself and without what it repeats word for word."""
    text = _NUMBERED.sub(" ", _MARKER.sub(" ", answer.answer))
    for citation in answer.citations:
        for said in (citation.quote, citation.title, citation.outlet):
            text = text.replace(said, " ") if said else text
    most = len(answer.facts)
    counts = {
        wording.say(key, n=n, oblique=oblique)
        for key in _OWN_COUNTS
        for n in range(most + 1)
        for oblique in (False, True)
    }
    for said in sorted({*counts, *_days(answer, wording)}, key=len, reverse=True):
        text = text.replace(said, " ")
    return text


def _days(answer: Answer, wording: Wording) -> Iterator[str]:
    """Every way in which the days of the question and of its evidence may be said."""
    days = {answer.as_of, answer.understood.date_from, answer.understood.date_to}
    for citation in (*answer.citations, *(fact.citation for fact in answer.facts)):
        said = citation.published
        days.add(said.date() if isinstance(said, dt.datetime) else said)
    for fact in answer.facts:
        days |= {fact.date_start, fact.date_end}
    for day in days - {None}:
        assert day is not None
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        yield wording.date(day)
        yield wording.period(first, last)
        yield wording.period(day.replace(month=1, day=1), day.replace(month=12, day=31))


def _quoted(answer: Answer) -> set[int]:
    quoted = {number for citation in answer.citations for number in _numbers(citation.quote)}
    spans = [(one.article_id, one.field, one.start, one.end) for one in answer.citations]
    for fact in answer.facts:
        one = fact.citation
        inside = any(
            (one.article_id, one.field) == (article, field) and start <= one.start and one.end <= end
            for article, field, start, end in spans
        )
        if inside and isinstance(fact, Casualty | Strike | Damage):
            quoted |= {end for end in (fact.min, fact.max) if end is not None and end <= _BY_FORM}
    return quoted


def _numbers(text: str) -> Iterator[int]:
    """Every number of a text, in figures or in words."""
    yield from _figures(text)
    for quantity in find_quantities(tokenize(text)):
        yield from (end for end in (quantity.min, quantity.max) if end is not None)


def _figures(text: str) -> Iterator[int]:
    for match in _FIGURE.finditer(text):
        yield int(re.sub("[,٬]", "", normalise(match.group())))


def _is_sum(number: int, parts: Iterable[int]) -> bool:
    """Whether some of the parts, each used once, add up to the number."""
    reached = {0}
    for part in parts:
        reached |= {total + part for total in reached if total + part <= number}
    return number in reached - {0}
