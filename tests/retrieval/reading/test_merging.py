"""A statement told again in one article is one fact; what a repeat adds is kept."""

from __future__ import annotations

import datetime as dt

from retrieval.reading import read
from retrieval.types import Article, Casualty


def casualties(body: str) -> list[Casualty]:
    article = Article(id="a", body=body, published=dt.date(2017, 3, 15))
    return [f for f in read(article).facts if isinstance(f, Casualty) and f.max is not None]


def test_a_repeat_lends_its_speaker_and_place_to_the_first_statement() -> None:
    facts = casualties(
        "قتل 14 شخصا في انفجار أمس.\nوقال مدير الصحة إن الانفجار أسفر عن مقتل 14 شخصا في حي المنصور ببغداد.\n"
    )
    assert [(f.min, f.source, f.place) for f in facts] == [(14, "مدير الصحة", "حي المنصور")]


def test_two_single_deaths_in_two_places_stay_two() -> None:
    facts = casualties("قتل شخص بانفجار عبوة في الرمادي.\nوقتل شخص بإطلاق نار في الفلوجة.\n")
    assert [f.place for f in facts] == ["الرمادي", "الفلوجة"]


def test_one_number_of_opposed_victims_is_two_statements() -> None:
    facts = casualties("قتل سبعة مدنيين في الغارة.\nوقتل سبعة مسلحين في الاشتباكات.\n")
    assert [f.victim_class for f in facts] == ["civilian", "militant"]


def test_counts_of_one_sentence_share_its_speaker() -> None:
    facts = casualties("قتل 11 جنديا وأصيب 20، بحسب مصدر طبي.\n")
    assert {f.source for f in facts} == {"مصدر طبي"}
