"""Meetings: who met whom, by verb or noun, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.annotate import annotate
from retrieval.reading.meeting import find_meetings
from retrieval.types import Article, Meeting


def meetings(body: str) -> tuple[Meeting, ...]:
    return find_meetings(annotate(Article(id="x", body=body, published=dt.date(2020, 3, 4))))


@pytest.mark.parametrize(
    ("body", "participants"),
    [
        ("تجري محادثات بين وفد من النقابة و وزير الصحة في مقر الوزارة.", {"وفد من النقابة", "وزير الصحة"}),
        ("تجري المفاوضات بين عدد من المضربين ومراد بن سالم بالمقر.", {"عدد من المضربين", "مراد بن سالم"}),
        ("انطلقت المفاوضات بين الحكومة والمتمردين في أسمرة.", {"الحكومة", "المتمردين"}),
        ("أدى سمير قاسم زيارة إلى بنزرت. كما اجتمع بإطارات الإقليم.", {"سمير قاسم", "إطارات الإقليم"}),
    ],
)
def test_who_met_whom(body: str, participants: set[str]) -> None:
    assert [set(m.participants) for m in meetings(body)] == [participants]


@pytest.mark.parametrize(
    ("body", "participants"),
    [
        (
            "استقبل حضرة صاحب الجلالة السلطان هيثم بن طارق ـ حفظه الله ورعاه ـ بقصره أمس معالي الدكتور سامي قاسم.",
            {"هيثم بن طارق", "سامي قاسم"},
        ),
        ("جمع لقاء في عمان الوزير سامي قاسم مع زعماء العشائر.", {"سامي قاسم", "زعماء العشائر"}),
        ("رأس الأمير خالد بن فيصل اجتماع لجنة الحج المركزية.", {"خالد بن فيصل", "لجنة الحج المركزية"}),
        ("التقى سامي قاسم كلا من محمد حمدان وعلي منصور.", {"سامي قاسم", "محمد حمدان", "علي منصور"}),
        ("أجرى سامي قاسم مكالمة هاتفية مع أرملة الفقيد علي منصور.", {"سامي قاسم", "أرملة الفقيد علي منصور"}),
        ("انعقدت بالوزارة جلسة حضرها الوزير سامي قاسم والوالي علي منصور.", {"سامي قاسم", "علي منصور"}),
        ("خلال اجتماعه بمديري الأمن، وجه الوزير سامي قاسم بالحذر.", {"سامي قاسم", "مديري الأمن"}),
    ],
)
def test_who_sat_with_whom_is_found_across_the_sentence(body: str, participants: set[str]) -> None:
    assert [set(m.participants) for m in meetings(body)] == [participants]


def test_an_office_in_other_words_is_the_same_person() -> None:
    (met,) = meetings("وصل رئيس مجلس الوزراء العراقي سامي قاسم. والتقى رئيس الحكومة العراقية الوالي علي منصور.")
    assert met.participants == ("سامي قاسم", "علي منصور")


def test_who_does_something_during_a_session_meets_nobody() -> None:
    assert meetings("وقع الوزيران مذكرة تفاهم عقب جلسة محادثات.") == ()


@pytest.mark.parametrize("body", ["تحدث الوزير سامي قاسم مع عدد من الصحفيين.", "تحدث سامي قاسم إلى المتظاهرين."])
def test_speaking_to_an_audience_is_no_meeting(body: str) -> None:
    assert meetings(body) == ()


@pytest.mark.xfail(strict=True, reason="the parliament that a committee sits in is taken for the other side")
def test_a_committee_that_sits_in_parliament_does_not_meet_it() -> None:
    assert meetings("أدلى النائب برأيه في اجتماع لجنة المالية والتخطيط بمجلس نواب الشعب أمس.") == ()
