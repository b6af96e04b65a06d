"""What the page shows of an answer: its lines with their markers, each quote in its context, bars, days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from retrieval import Answer, Article, Chart, Citation

# Characters of the article that are shown on both sides of a quote.
_AROUND = 220
_MARKER = re.compile(r"\[(\d+)\]")


class Quoted(NamedTuple):
    """A citation with what stands before and after its quote in the article."""

    number: int
    citation: Citation
    before: str
    after: str


class Drawn(NamedTuple):
    """A bar: what it stands for, its number in words of digits, and its ends in hundredths of the longest."""

    label: str
    number: str
    low: float
    high: float


def lines(answer: Answer) -> list[Markup]:
    """The lines of the answer, each marker a link to its quote."""
    known = range(1, len(answer.citations) + 1)

    def linked(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'<a class="marker" href="#c{number}">[{number}]</a>' if number in known else found[0]

    # What is escaped has no brackets that were not in the text, so only the markers are replaced.
    return [Markup(_MARKER.sub(linked, str(escape(line)))) for line in answer.answer.split("\n") if line.strip()]  # noqa: S704 - escaped just now


def quoted(citations: Iterable[Citation], articles: Mapping[str, Article]) -> list[Quoted]:
    """Each citation with what stands around its quote; nothing where the article has changed or is gone."""
    return [_around(number, one, articles.get(one.article_id)) for number, one in enumerate(citations, start=1)]


def bars(chart: Chart) -> list[Drawn]:
    """The bars of the chart, the longest as wide as the page lets it."""
    most = max([*(bar.max or bar.min for bar in chart.bars), 1])
    return [
        Drawn(bar.label, _number(bar.min, bar.max), 100 * bar.min / most, 100 * (bar.max or bar.min) / most)
        for bar in chart.bars
    ]


def by_day(cited: Iterable[Citation]) -> list[tuple[dt.date | None, list[tuple[Citation, list[str]]]]]:
    """Under the day of publication, in the order in which they come: each article with what is quoted from it."""
    return [(day, _by_article(of_day)) for day, of_day in groupby(cited, key=_day)]


def _by_article(cited: Iterable[Citation]) -> list[tuple[Citation, list[str]]]:
    articles: dict[str, tuple[Citation, list[str]]] = {}
    for one in cited:
        quotes = articles.setdefault(one.article_id, (one, []))[1]
        if one.quote not in quotes:
            quotes.append(one.quote)
    return list(articles.values())


def _day(cited: Citation) -> dt.date | None:
    published = cited.published
    return published.date() if isinstance(published, dt.datetime) else published


def _around(number: int, citation: Citation, article: Article | None) -> Quoted:
    if article is None or citation.field != "body" or article.body[citation.start : citation.end] != citation.quote:
        return Quoted(number, citation, "", "")
    start, end = max(0, citation.start - _AROUND), citation.end + _AROUND
    before = article.body[start : citation.start]
    after = article.body[citation.end : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(article.body):
        after = after.rpartition(" ")[0] + " …"
    return Quoted(number, citation, before, after)


def _number(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
