"""Finds what an answer shows without being able to show where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from retrieval import Answer, Article, Citation, Harm, Wording
from retrieval.arabic.dates import find_dates
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.tokens import tokenize

_MARKER = re.compile(r"\[[0-9٠-٩]+\]")
# A list may be numbered at the beginning of its lines.
_NUMBERED = re.compile(r"^\s*[0-9٠-٩]+[.)\-]\s", re.MULTILINE)
_FIGURE = re.compile(r"[0-9٠-٩]+(?:[,٬][0-9٠-٩]{3})*")
# What the answer itself counts: its own evidence.
_LOCALES = ("ar_EG", "ar_IQ", "ar_TN", "ar_MA")
_OWN_COUNTS = ("number.event", "number.report", "number.source")


def unquoted(answer: Answer, wording: Wording, articles: Mapping[str, Article]) -> list[int]:
    """The numbers of the answer's text and value that stand in no cited quote and are no sum of such that are listed.

    A dual in a quote is a two and any noun a one. Days that the question or a cited article names are set aside, and
    so are page markers and the answer's counts of its own events and reports, as far as they can be true.
    """
    wording = wording.for_text(answer.question)
    text = _own_words_removed(answer, wording, articles)
    shown = list(_figures(_repeated_words_removed(answer, text)))
    quoted = {1} | {number for citation in answer.citations for number in _numbers(citation.quote)}
    value = [end for end in (answer.value.min, answer.value.max) if end is not None] if answer.value else []
    listed = [*(number for number in _figures(text) if number in quoted), *_said_by_form(text, wording)]
    return [number for number in (*shown, *value) if number not in quoted and not _is_sum(number, listed)]


def misquoted(answer: Answer, articles: Mapping[str, Article]) -> list[Citation]:
    """The citations whose quote does not stand in the article at the place that they name, to the character."""
    facts = [fact.citation for fact in answer.facts]
    passages = [passage.citation for passage in answer.passages]
    return [one for one in (*answer.citations, *facts, *passages) if not _stands(one, articles[one.article_id])]


def _stands(one: Citation, article: Article) -> bool:
    return article.field(one.field)[one.start : one.end] == one.quote


def _own_words_removed(answer: Answer, wording: Wording, articles: Mapping[str, Article]) -> str:
    """The answer's text without its days and what it says about itself."""
    text = _NUMBERED.sub(" ", _MARKER.sub(" ", answer.answer))
    most = max(len(answer.facts), len(answer.citations))
    counts = {
        wording.say(key, n=n, oblique=oblique)
        for key in _OWN_COUNTS
        for n in range(most + 1)
        for oblique in (False, True)
    }
    for said in sorted({*counts, *_days_as_said(answer, wording, articles)}, key=len, reverse=True):
        text = text.replace(said, " ")
    return text


def _repeated_words_removed(answer: Answer, text: str) -> str:
    """The text without what it repeats of its sources word for word."""
    for citation in answer.citations:
        for said in (citation.quote, citation.title, citation.outlet):
            text = text.replace(said, " ") if said else text
    return text


def _days_as_said(answer: Answer, wording: Wording, articles: Mapping[str, Article]) -> Iterator[str]:
    """Every way in which the days of the question and of the cited articles may be said."""
    for day in _days(answer, articles):
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        yield day.isoformat()
        # A follow-up is answered with the month names of the question before it.
        for said in [wording, *(wording.preferring(locale, eastern=wording.habit.eastern) for locale in _LOCALES)]:
            yield said.date(day)
            yield said.period(first, last)
            yield said.period(day.replace(month=1, day=1), day.replace(month=12, day=31))


def _days(answer: Answer, articles: Mapping[str, Article]) -> set[dt.date]:
    days = {answer.as_of, answer.understood.date_from, answer.understood.date_to}
    for fact in answer.facts:
        days |= {fact.date_start, fact.date_end}
    for name in {citation.article_id for citation in answer.citations}:
        article = articles[name]
        days.add(article.day)
        for mention in find_dates(tokenize(f"{article.title}\n{article.body}"), article.day):
            days |= {mention.start, mention.end}
    return {day for day in days if day}


def _said_by_form(text: str, wording: Wording) -> Iterator[int]:
    """Each one and two that the text tells by the form of a noun: "two dead"."""
    for harm in get_args(Harm):
        for number in (1, 2):
            for said in {wording.say(f"number.{harm}", n=number, oblique=oblique) for oblique in (False, True)}:
                yield from [number] * text.count(said)


def _numbers(text: str) -> Iterator[int]:
    """Every number of a text, in figures, in words, or as a dual."""
    yield from _figures(text)
    tokens = tokenize(text)
    for quantity in find_quantities(tokens):
        yield from (end for end in (quantity.min, quantity.max) if end is not None)
    if any(reading.number == "d" for token in tokens if token.kind == "word" for reading in analyse(token.text)):
        yield 2


def _figures(text: str) -> Iterator[int]:
    for match in _FIGURE.finditer(text):
        yield int(re.sub("[,٬]", "", normalise(match.group())))


def _is_sum(number: int, parts: Iterable[int]) -> bool:
    """Whether some of the parts, each used once, add up to the number."""
    reached = {0}
    for part in parts:
        reached |= {total + part for total in reached if total + part <= number}
    return number in reached - {0}
