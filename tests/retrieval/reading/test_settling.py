"""Place and date are those of the event: said of it, or inherited, and none rather than a guess."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading import read
from retrieval.types import Article, Casualty

DAY = dt.date(2017, 3, 15)


def only(body: str, title: str = "") -> Casualty:
    facts = read(Article(id="a", title=title, body=body, published=DAY)).facts
    (fact,) = [fact for fact in facts if isinstance(fact, Casualty)]
    return fact


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("قتل جندي في حي الزهور شرق مدينة الموصل.", "حي الزهور"),
        ("قال مصدر في محافظة الأنبار إن جنديا قتل في الرمادي.", "الرمادي"),
        ("وصل الوفد إلى الكوت. وقتل جندي بانفجار لغم.", "الكوت"),
        ("شنت تركيا غارات جديدة. وقتل جندي بانفجار لغم.", ""),
        ("قتل جندي بانفجار لغم.", ""),
        ("قتل جندي وأصيب ضابطان في تكريت.", "تكريت"),
    ],
)
def test_the_place_of_an_event(body: str, place: str) -> None:
    fact = next(f for f in read(Article(id="a", body=body)).facts if isinstance(f, Casualty) and f.harm == "killed")
    assert fact.place == place


def test_the_title_lends_its_place_when_the_body_names_none() -> None:
    assert only("قتل جندي بانفجار لغم.", title="سامراء: انفجار لغم").place == "سامراء"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("قتل جندي أمس في هجوم.", dt.date(2017, 3, 14)),
        ("أعلنت الوزارة اليوم مقتل جندي في هجوم وقع الاثنين.", dt.date(2017, 3, 13)),
        ("اقتحم مسلحون القاعدة فجر الثلاثاء. وقتل جندي خلال المواجهة.", dt.date(2017, 3, 14)),
        ("أعلنت الوزارة اليوم مقتل جندي.", dt.date(2017, 3, 15)),
        ("زار الوزير القاعدة عام 2015. وقتل جندي بانفجار لغم.", None),
    ],
)
def test_the_day_of_an_event(body: str, day: dt.date | None) -> None:
    assert only(body).date_start == day


def test_an_event_of_years_ago_is_background() -> None:
    assert only("وكان 12 شرطيا قتلوا في هجوم مماثل عام 2014.").status == "background"
