"""Reading any text gives passages and facts whose spans stand in it, without errors and in fair time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading import read
from retrieval.types import Article, Casualty, Strike
from tests.growth import growth

NEWS = st.sampled_from(
    [
        "قتل",
        "وقتل",
        "مقتل",
        "أصيب",
        "وإصابة",
        "5",
        "ثلاثة",
        "جنود",
        "جنديين",
        "أشخاص",
        "مسلحا",
        "قتيلا",
        "وجرحى",
        "العشرات",
        "آخرون",
        "بينهم",
        "طفلان",
        "في",
        "بغداد",
        "قرب",
        "الموصل",
        "غارة",
        "انفجار",
        "الجيش",
        "داعش",
        "إن",
        "أن",
        "قال",
        "مصدر",
        "أمني",
        "أعلنت",
        "الوزارة",
        "أمس",
        "الأحد",
        "مما",
        "أدى",
        "إلى",
        "لم",
        "دون",
        "من",
        "على",
        "الأقل",
        "زار",
        "الرئيس",
        "التقى",
        "محمد",
        "علي",
        "،",
        ".",
        ":",
        "«",
        "»",
        "(",
        ")",
        "-",
        "/",
        "\n",
    ]
)


def casualties(body: str, title: str = "") -> list[Casualty]:
    article = Article(id="a", title=title, body=body, published=dt.date(2017, 3, 15))
    return [fact for fact in read(article).facts if isinstance(fact, Casualty)]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300), st.text(max_size=60))
def test_no_text_makes_reading_fail(body: str, title: str) -> None:
    article = Article(id="a", title=title, body=body)
    for passage in read(article).passages:
        assert 0 <= passage.start < passage.end <= len(body)


@settings(deadline=None)
@given(st.lists(NEWS, min_size=1, max_size=80).map(" ".join), st.lists(NEWS, max_size=15).map(" ".join))
def test_every_fact_is_quoted_to_the_character(body: str, title: str) -> None:
    article = Article(id="a", title=title, body=body, published=dt.date(2017, 3, 15))
    for fact in read(article).facts:
        cited = fact.citation
        assert article.field(cited.field)[cited.start : cited.end] == cited.quote


def test_reading_twice_gives_the_same_facts_with_the_same_ids() -> None:
    article = Article(id="a", body="قتل خمسة جنود وأصيب تسعة في انفجار قرب بعقوبة. وزار الوزير سامي حداد عمّان.")
    assert read(article) == read(article)


def test_the_work_grows_no_faster_than_the_text() -> None:
    unit = "قتل خمسة جنود وأصيب ثلاثة آخرون في انفجار عبوة قرب مدينة بعقوبة، وقال مصدر أمني إن المسلحين فروا "
    assert growth(lambda copies: read(Article(id="a", body=unit * copies)), 10) < 3


def test_a_count_in_title_and_body_is_one_fact_and_stands_in_the_body() -> None:
    facts = casualties("قتل تسعة عمال وأصيب أربعة في انهيار منجم قرب لاهاي.", title="مقتل تسعة عمال بانهيار منجم")
    assert [(f.harm, f.min, f.citation.field) for f in facts] == [("killed", 9, "body"), ("wounded", 4, "body")]


def test_a_count_that_only_the_title_tells_is_cited_from_the_title() -> None:
    facts = casualties("اندلع الحريق في سوق المدينة القديمة.", title="مصرع 6 أشخاص في حريق سوق")
    assert [(f.min, f.citation.field) for f in facts] == [(6, "title")]


def test_the_stories_of_a_page_do_not_lend_each_other_places() -> None:
    body = "شهدت مدينة البصرة احتجاجات واسعة.\nالمصدر: وكالات\n\nقتل ثلاثة سياح في حادث سير.\n"
    assert [f.place for f in casualties(body)] == [""]


def test_facts_inside_page_furniture_are_not_read() -> None:
    assert casualties("افتتح الوزير الجسر الجديد.\nاقرأ أيضا: مقتل سبعة جنود في هجوم\n") == []


def _casualties(body: str) -> list[Casualty]:
    facts = read(Article(id="a", body=body, published=dt.date(2018, 9, 20))).facts
    return [fact for fact in facts if isinstance(fact, Casualty)]


def test_marks_in_what_a_fact_says_and_quotes_are_paired() -> None:
    (fact,) = _casualties('قتل ثلاثة عناصر من "كتائب الوادي" في الموصل.')
    assert fact.victims == 'عناصر من "كتائب الوادي"'
    assert fact.citation.quote == 'قتل ثلاثة عناصر من "كتائب الوادي"'


def test_one_who_was_killed_in_a_month_is_no_total() -> None:
    (one,) = _casualties("قتل شخص واحد في حلب خلال تموز الماضي.")
    (many,) = _casualties("قتل 40 شخصا في حلب خلال تموز الماضي.")
    assert not one.aggregate
    assert many.aggregate


@pytest.mark.parametrize(
    ("body", "actor"),
    [
        ("وواصل الجيش قصف المدينة.", "الجيش"),
        ("استأنفت الطائرات قصفها على مواقع المسلحين.", "الطائرات"),
        ("قصف المدينة أفزع السكان.", ""),
    ],
)
def test_who_goes_on_with_a_strike_carries_it_out(body: str, actor: str) -> None:
    facts = read(Article(id="a", body=body)).facts
    assert [fact.actor for fact in facts if isinstance(fact, Strike)] == [actor]
