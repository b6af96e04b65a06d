"""Articles and readings of our own for the tests of the program."""

from __future__ import annotations

import datetime as dt
from typing import Any

from retrieval import Article, Casualty, Citation, Passage, Reading, Visit

OUTLET = "صحيفة الميناء (عينة)"


def an_article(name: str = "a1", body: str = "قتل ثلاثة جنود في هجوم قرب بلدة الزيتون.", **given: Any) -> Article:
    """An article of an invented outlet."""
    return Article(**{"id": name, "title": "هجوم قرب الزيتون", "outlet": OUTLET, "body": body, **given})


def a_reading(article: Article, *facts: Any) -> Reading:
    """A reading of one passage that is the whole body."""
    passage = Passage(article_id=article.id, number=0, start=0, end=len(article.body))
    return Reading(article_id=article.id, passages=(passage,), facts=facts)


def a_casualty(article: Article, count: int = 3, day: dt.date | None = None, **given: Any) -> Casualty:
    """A count of dead that the whole body is cited for."""
    return Casualty(
        **{
            "harm": "killed",
            "min": count,
            "max": count,
            "bound": "exact",
            "date_start": day,
            "date_end": day,
            "date_precision": "day" if day else "unknown",
            "citation": Citation.of(article, 0, len(article.body)),
            **given,
        }
    )


def a_visit(article: Article, visitor: str, destination: str) -> Visit:
    """A visit that the whole body is cited for."""
    citation = Citation.of(article, 0, len(article.body))
    return Visit(visitor=visitor, destination=destination, citation=citation)
