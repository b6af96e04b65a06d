from __future__ import annotations

import datetime as dt

import pytest

from retrieval.alerting import check, claim_of
from retrieval.reading import read
from retrieval.types import Article, Fact

DAY = dt.date(2031, 5, 6)
NEWS = {
    "first": ("قتل سبعة أشخاص في انهيار مبنى في الموصل يوم السبت، وفق الدفاع المدني.", 4),
    "toll": ("ارتفع عدد قتلى انهيار مبنى في الموصل إلى تسعة أشخاص.", 5),
    "denial": ("نفى محافظ نينوى مقتل أربعين شخصا في انهيار المبنى في الموصل.", 5),
    "visit": ("وصل وزير الخارجية التركي إلى بغداد صباح الأحد.", 4),
    "no visit": ("نفت وزارة الخارجية زيارة الوزير التركي إلى أربيل.", 5),
    "ambush": ("قتل أكثر من 35 مسلحا في كمين قرب تدمر.", 5),
    "elsewhere": ("قتل ثلاثة عمال في حريق في البصرة.", 5),
}


def known() -> list[Fact]:
    articles = [Article(id=name, body=body, published=dt.date(2031, 5, day)) for name, (body, day) in NEWS.items()]
    return [fact for article in articles for fact in read(article).facts]


def checked(claim: str) -> dict[str, str]:
    """The articles that speak for or against the claim."""
    found = check(read(claim_of(claim, DAY)).facts, known())
    return {one.fact.citation.article_id: one.stance for one in found}


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("عاجل: مقتل أربعين شخصا في انهيار مبنى في الموصل", {"toll": "against", "denial": "against"}),
        ("مقتل 9 أشخاص في انهيار مبنى في الموصل", {"toll": "for"}),
        ("وزير الخارجية التركي يصل إلى بغداد", {"visit": "for"}),
        ("زار وزير الخارجية التركي أربيل أمس", {"no visit": "against"}),
        ("مقتل ثلاثة عمال في حريق في البصرة", {"elsewhere": "for"}),
        ("مقتل تسعين مسلحا في كمين قرب تدمر", {}),
        ("مقتل 36 مسلحا في كمين قرب تدمر", {"ambush": "for"}),
        ("قتل خمسون شخصا في حلب", {}),
        ("جمعة مباركة وكل عام وأنتم بخير", {}),
    ],
)
def test_an_article_speaks_for_a_claim_or_against_it_or_does_neither(claim: str, found: dict[str, str]) -> None:
    assert checked(claim) == found


def test_a_toll_that_has_risen_speaks_for_who_still_tells_the_old_one_and_the_new_one_against_him() -> None:
    found = checked("سبعة قتلى في انهيار مبنى في الموصل")
    assert (found["first"], found["toll"]) == ("for", "against")


def test_a_claim_that_is_passed_on_again_is_answered_as_before() -> None:
    claim = "عاجل: مقتل أربعين شخصا في انهيار مبنى في الموصل"
    assert checked(claim) == checked(claim) == {"toll": "against", "denial": "against"}
