from __future__ import annotations

import datetime as dt

from retrieval.alerting import relate
from retrieval.types import Article, Casualty, Citation, Visit

DAY = dt.date(2031, 5, 4)


def killed(number: int, article: str, *, place: str = "الرمادي", title: str = "حادث", day: dt.date = DAY) -> Casualty:
    body = f"قتل {number} أشخاص في تصادم حافلتين قرب {place}"
    source = Article(id=article, title=title, published=day, body=body)
    return Casualty(
        harm="killed", min=number, max=number, bound="exact", victims="أشخاص", place=place, places=(place, "العراق"),
        date_start=DAY, date_end=DAY, date_precision="day", citation=Citation.of(source, 0, len(body)),
    )  # fmt: skip


def visit(visitor: str, destination: str, article: str) -> Visit:
    body = f"وصل {visitor} إلى {destination}"
    source = Article(id=article, published=DAY, body=body)
    return Visit(
        visitor=visitor, destination=destination, place=destination, places=(destination,), date_start=DAY,
        date_end=DAY, date_precision="day", citation=Citation.of(source, 0, len(body)),
    )  # fmt: skip


def test_what_nobody_was_told_is_new() -> None:
    assert relate([killed(5, "a")], []) == "new"
    assert relate([killed(5, "a")], [killed(5, "b", place="البصرة")]) == "new"


def test_the_same_number_of_the_same_event_is_a_repeat() -> None:
    assert relate([killed(5, "b")], [killed(5, "a")]) == "repeat"


def test_another_number_of_the_same_event_is_a_development() -> None:
    later = killed(7, "b", day=DAY + dt.timedelta(days=1))
    assert relate([later], [killed(5, "a")]) == "development"


def test_another_number_in_an_article_that_corrects_is_a_correction() -> None:
    assert relate([killed(4, "b", title="تصويب: أربعة قتلى لا خمسة")], [killed(5, "a")]) == "correction"


def test_a_visit_told_by_another_outlet_is_a_repeat_and_another_visitor_is_new() -> None:
    told = [visit("سالم الكرخي", "بغداد", "a")]
    assert relate([visit("الوزير سالم الكرخي", "بغداد", "b")], told) == "repeat"
    assert relate([visit("ناصر الحميدي", "بغداد", "b")], told) == "new"
    assert relate([visit("سالم الكرخي", "البصرة", "b")], told) == "new"
