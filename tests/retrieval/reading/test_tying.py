"""What a text says of its own counts: which are parts, which rise, which are recalled, refuted or apart."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading import read
from retrieval.types import Article, Casualty


def ties(body: str, title: str = "") -> dict[int | None, str]:
    """The tie of each killed or wounded count of an article, by its number."""
    article = Article(id="a", title=title, outlet="صحيفة الميناء", published=dt.date(2019, 4, 3), body=body)
    return {fact.min: fact.tie for fact in read(article).facts if isinstance(fact, Casualty)}


@pytest.mark.parametrize(
    ("body", "number", "tie"),
    [
        ("قتل عشرون شخصا بينهم ستة أطفال في حريق بمصنع في حلب.", 6, "part"),
        ("قتل عشرون شخصا بينهم ستة أطفال في حريق بمصنع في حلب.", 20, ""),
        ("ارتفعت حصيلة حريق المصنع في حلب إلى 23 قتيلا بعد انتشال ثلاث جثث.", 23, "update"),
        ("ارتفعت حصيلة حريق المصنع في حلب إلى 23 قتيلا بعد انتشال ثلاث جثث.", 3, "part"),
        ("ارتفعت حصيلة الحريق في حلب إلى 23 قتيلا، وكانت البلدية قد أعلنت سقوط 15 قتيلا.", 15, "earlier"),
        ("قتل ستة أشخاص في حريق بحلب. وقتل أربعة أشخاص في انفجار آخر في حماة.", 4, "apart"),
        ("أصيب ثلاثون شخصا في تصادم بحلب. وقال المشفى إن سبعة من المصابين في حالة خطرة.", 7, "part"),
        ("قتل 12 شخصا في غرق زورق قبالة طرطوس. وعثر على أربع جثث على الشاطئ.", 4, "part"),
    ],
)
def test_a_count_is_tied_to_the_others_by_the_words_around_it(body: str, number: int, tie: str) -> None:
    assert ties(body)[number] == tie


def test_a_correction_refutes_the_number_that_stands_before_the_right_one() -> None:
    found = ties(
        "ورد في خبرنا أمس أن ثمانية أشخاص قتلوا في حريق بمدينة حمص، والصحيح أن خمسة أشخاص قتلوا.",
        "تصويب: ضحايا حريق حمص",
    )
    assert found[8] == "refuted"
    assert found[5] == ""


def test_the_object_of_a_harm_is_no_part_of_another_count() -> None:
    found = ties("قتل 15 مدنيا في قصف على سوق في إدلب. وهاجم مسلحون حاجزا فقتل الجيش أربعة منهم في مدينة حماة.")
    assert found[4] != "part"


def test_another_incident_of_a_roundup_stands_for_itself() -> None:
    found = ties("قتل تسعة جنود في هجوم على حاجز في الرقة. وفي دير الزور، قتل ثلاثة جنود في انفجار لغم.")
    assert found == {9: "", 3: ""}
