"""Which reports meet in one event, by what they have in common, and which never do."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

import pytest

from retrieval.events import add_up, find_events
from retrieval.types import Article, Casualty, Citation

DAY = dt.date(2018, 7, 10)
_ids = count(1)


def told(number: int | None, **fields: Any) -> Casualty:
    """A fact of an article of its own that says no more than it is given."""
    text = fields.pop("text", f"مقتل {number} أشخاص")
    article = Article(
        id=fields.pop("article", f"m{next(_ids)}"),
        title=fields.pop("title", ""),
        outlet="راديو الفرات الأعلى",
        published=fields.pop("published", DAY),
        body=text,
    )
    day = fields.pop("day", DAY)
    data: dict[str, Any] = {"harm": "killed", "min": number, "max": number, "bound": "exact" if number else "vague"}
    data |= {"date_start": day, "date_end": day, "date_precision": "day" if day else "unknown", **fields}
    return Casualty(citation=Citation.of(article, 0, len(text)), **data)


def ranges(*facts: Casualty) -> list[tuple[int | None, int | None]]:
    """The range of each event."""
    return [(event.min, event.max) for event in find_events(facts)]


FIRE = {"text": "مقتل أشخاص في حريق بمصنع", "place": "حي الشعار", "places": ("حي الشعار", "حلب", "سوريا")}


def test_a_toll_told_from_the_hospital_is_of_the_event_in_its_town() -> None:
    clinic = {**FIRE, "place": "مستشفى الرازي", "places": ("مستشفى الرازي", "حلب", "سوريا")}
    later = dt.datetime(2018, 7, 10, 20, tzinfo=dt.UTC)
    morning = dt.datetime(2018, 7, 10, 8, tzinfo=dt.UTC)
    assert ranges(told(9, **FIRE, published=morning), told(12, **clinic, published=later)) == [(12, 12)]


def test_two_sides_of_one_town_are_two_places() -> None:
    east = {"place": "شرقي الرمادي", "places": ("شرقي الرمادي", "الرمادي", "الأنبار", "العراق")}
    north = {"place": "شمالي الرمادي", "places": ("شمالي الرمادي", "الرمادي", "الأنبار", "العراق")}
    assert len(ranges(told(7, **east), told(7, **north))) == 2


def test_a_place_that_no_table_knows_is_known_again_by_its_name() -> None:
    text = "غرق زورق قبالة جزر المرجانة"
    shore = {"text": text, "place": "سواحل جزر المرجانة", "places": ("سواحل جزر المرجانة",)}
    island = {"text": text, "place": "جزر المرجانة", "places": ("جزر المرجانة",)}
    assert ranges(told(8, **shore), told(8, **island)) == [(8, 8)]


def test_a_rising_toll_reaches_back_to_the_day_of_its_event() -> None:
    days = DAY + dt.timedelta(days=3)
    first = told(9, **FIRE)
    later = told(14, **FIRE, tie="update", day=days, published=days)
    event = find_events([first, later])[0]
    assert (event.min, event.max) == (14, 14)
    assert [claim.low for claim in event.claims.earlier] == [9]


def test_a_figure_that_an_article_recalls_is_history_and_no_rival() -> None:
    facts = [told(14, **FIRE, article="x", tie="update"), told(9, **FIRE, article="x", tie="earlier")]
    event = find_events(facts)[0]
    assert (event.min, event.max) == (14, 14)
    assert [claim.low for claim in event.claims.earlier] == [9]


def test_a_refuted_figure_takes_those_of_earlier_reports_with_it() -> None:
    later = DAY + dt.timedelta(days=1)
    facts = [
        told(9, **FIRE),
        told(9, **FIRE, article="y", tie="refuted", published=later),
        told(6, **FIRE, published=later),
    ]
    assert ranges(*facts) == [(6, 6)]


def test_a_part_never_widens_its_whole_in_whichever_report_it_stands() -> None:
    facts = [told(20, **FIRE, article="z"), told(6, **FIRE, article="z", tie="part"), told(5, **FIRE, tie="part")]
    assert ranges(*facts) == [(20, 20)]


def test_a_boast_about_a_narrower_group_stands_beside_the_count() -> None:
    police = told(7, **FIRE, article="b", source="الشرطة")
    boast = told(30, **FIRE, article="b", source="الجماعة", status="claimed_by_party",
                 victims="الضباط", victim_class="security")  # fmt: skip
    event = find_events([police, boast])[0]
    assert (event.min, event.max) == (7, 7)
    assert [claim.low for claim in event.claims.boasts] == [30]


def test_families_are_never_added_to_persons() -> None:
    home = {"place": "حلب", "places": ("حلب", "سوريا"), "harm": "displaced"}
    events = find_events([told(300, **home, victims="أسرة"), told(40, **home, victims="نازح")])
    assert {(event.harm, event.min) for event in events} == {("displaced_households", 300), ("displaced", 40)}


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (("exact", "more_than"), "more_than"),
        (("exact", "at_least"), "at_least"),
        (("more_than", "at_least"), "more_than"),
    ],
)
def test_a_sum_with_an_open_part_is_open_in_the_same_words(bounds: tuple[str, str], said: str) -> None:
    towns = ("حلب", "حمص")
    facts = [
        told(8, place=town, places=(town, "سوريا"), bound=bound, max=8 if bound == "exact" else None)
        for town, bound in zip(towns, bounds, strict=True)
    ]
    total = add_up(find_events(facts))
    assert (total.min, total.max, total.bound) == (16, None, said)


def test_one_speaker_in_two_outlets_is_one_source() -> None:
    same = {**FIRE, "source": "مدير الصحة"}
    assert find_events([told(9, **same), told(9, **same)])[0].grade == "weak"
    assert find_events([told(9, **same), told(9, **FIRE, source="الدفاع المدني")])[0].grade == "fair"


def test_a_number_that_was_overtaken_is_not_made_new_by_telling_it_again() -> None:
    days = [DAY + dt.timedelta(days=n) for n in range(3)]
    facts = [told(n, **FIRE, published=day) for n, day in zip((13, 15, 13), days, strict=True)]
    assert ranges(*facts) == [(15, 15)]
