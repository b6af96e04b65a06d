"""Visits: who goes where, by verb or noun, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.annotate import annotate
from retrieval.reading.visit import find_visits
from retrieval.types import Article, Visit


def visits(body: str) -> tuple[Visit, ...]:
    return find_visits(annotate(Article(id="x", body=body, published=dt.date(2020, 3, 4))))


@pytest.mark.parametrize(
    ("body", "visitor", "destination"),
    [
        ("وصل آش كارتر إلى العاصمة العراقية بغداد.", "آش كارتر", "العاصمة العراقية بغداد"),
        ("أدى سمير قاسم زيارة إلى بنزرت.", "سمير قاسم", "بنزرت"),
        ("تحول والي قفصة صباح الخميس إلى أم العرائس للقاء المعتصمين.", "والي قفصة", "أم العرائس"),
        ("يذكر أن وفدا نيابيا توجه إلى سوريا لإعادة العلاقات.", "وفدا نيابيا", "سوريا"),
        (
            "أوضح منجي الجلاصي أن المشروع جاهز. وأضاف على هامش زيارة إلى زغوان أمس أن الأشغال قريبة.",
            "منجي الجلاصي",
            "زغوان",
        ),
        (
            "عاين وزير الداخلية سمير الحاجي، اليوم الاثنين، بالثكنة العسكرية بباجة الاستعدادات للعطلة.",
            "سمير الحاجي",
            "الثكنة العسكرية بباجة",
        ),
    ],
)
def test_who_goes_where(body: str, visitor: str, destination: str) -> None:
    assert [(v.visitor, v.destination) for v in visits(body)] == [(visitor, destination)]


@pytest.mark.parametrize(
    "body",
    [
        "غادر سمير قاسم منزله ولم يعد.",
        "وصلت المساعدات إلى حلب.",
        "توجه سمير قاسم بالشكر إلى الحاضرين.",
        "تحول الحي إلى ركام.",
        "يصل سعر اللتر إلى عشرة دنانير.",
    ],
)
def test_leaving_things_and_figures_of_speech_are_no_visits(body: str) -> None:
    assert visits(body) == ()


def test_a_day_named_alone_is_the_last_one_before_the_news() -> None:
    (visit,) = visits("قال كامل حسن خلال زيارته ، الجمعة، السوق البلدي بأريانة إن الأسعار مستقرة.")
    assert visit.date_start == dt.date(2020, 2, 28)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            "في ختام زيارته إلى بيروت، دعا المبعوث الأممي يان هوفمان الأطراف إلى الهدوء.",
            [("يان هوفمان", "بيروت")],
        ),
        (
            "وكان سامي قاسم قد وصل إلى واشنطن على رأس وفد حكومي، وسيزور مدينة هيوستن.",
            [("سامي قاسم", "واشنطن"), ("سامي قاسم", "مدينة هيوستن")],
        ),
        (
            "أجرى الوزير سامي قاسم مباحثات مع وزيرة الخارجية سوزي باربو، التي تقوم بزيارة عمل للمملكة.",
            [("سوزي باربو", "المملكة")],
        ),
        (
            "تأتي الزيارة في إطار جولة للرئيس الكونغولي تشمل برلين وبروكسل.",
            [("الرئيس الكونغولي", "برلين"), ("الرئيس الكونغولي", "بروكسل")],
        ),
        ("وجه الوزير البريطاني دعوة إلى سامي قاسم لزيارة لندن.", [("سامي قاسم", "لندن")]),
        ("أضاف أن الوفد الذي وصل إلى عمان الأحد أجرى محادثات.", [("الوفد", "عمان")]),
    ],
)
def test_who_travels_is_found_across_the_sentence(body: str, found: list[tuple[str, str]]) -> None:
    assert [(v.visitor, v.destination) for v in visits(body)] == found


def test_a_title_tells_no_visit_of_the_body_again() -> None:
    article = Article(id="x", title="الجلاصي يزور المعرض", body="زار الوزير سامي الجلاصي معرض الطيران في بنزرت.")
    assert [v.destination for v in find_visits(annotate(article))] == ["معرض الطيران في بنزرت"]


def test_a_day_to_come_makes_a_visit_planned() -> None:
    (visit,) = visits("يتوجه وزير النقل سمير قاسم غدا إلى بنزرت.")
    assert visit.status == "planned"


def test_the_quotation_stands_in_the_article() -> None:
    body = "اجتمعوا طويلا. ثم وصل وزير النقل سمير قاسم إلى بنزرت."
    (visit,) = visits(body)
    assert body[visit.citation.start : visit.citation.end] == visit.citation.quote
