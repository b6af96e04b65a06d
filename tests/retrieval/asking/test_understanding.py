"""What questions mean, in formal Arabic and in speech, misspelt or short."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.tables import load
from retrieval.asking import evidence_wanted, understand, wants_facts
from retrieval.asking.vocabulary import DialectWord, Topic, asked_nouns
from retrieval.types import Question

DAY = dt.date(2019, 6, 14)


def asked(text: str) -> Question:
    return understand(text, as_of=DAY)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("كم قتيلا في انفجار المرفأ؟", "how_many"),
        ("شكد عدد الجرحى بانفجار المرفأ", "how_many"),
        ("كام واحد مات في حريق المصنع", "how_many"),
        ("قديش صاروا الضحايا بزلزال المدينة", "how_many"),
        ("شحال من واحد مات فالزلزال", "how_many"),
        ("ماعدد المصابين في حادث القطار", "how_many"),
        ("كمعدد القتلى بحادث القطار", "how_many"),
        ("عدد قتلى حادث القطار", "how_many"),
        ("القتلى في الموصل", "how_many"),
        ("إلى كم ارتفع عدد ضحايا الفيضان؟", "how_many"),
        ("من زار بغداد أمس؟", "who"),
        ("منو زار بغداد", "who"),
        ("مين اللي زار بيروت", "who"),
        ("شكون قتل رئيس البلدية", "who"),
        ("ما اسم الطبيب الذي عالج الجرحى؟", "who"),
        ("مع من اجتمع الوزير؟", "whom"),
        ("بمن التقى الرئيس التركي؟", "whom"),
        ("ويا منو التقى الوزير", "whom"),
        ("أين وقع الانفجار؟", "where"),
        ("وين صار الانفجار", "where"),
        ("فين حصلت الحادثة", "where"),
        ("في أي مدينة وقع الانفجار؟", "where"),
        ("من أين انطلقت الصواريخ؟", "where"),
        ("متى وقع الزلزال؟", "when"),
        ("امتى حصل الزلزال", "when"),
        ("شوكت صار الانفجار", "when"),
        ("وقتاش صارت الهزة", "when"),
        ("في أي عام انتخب الرئيس؟", "when"),
        ("الساعة كم بدأ القصف؟", "when"),
        ("أي محكمة أصدرت الحكم؟", "which"),
        ("ما المحكمة التي أصدرت الحكم؟", "which"),
        ("انهي محكمة حكمت عليه", "which"),
        ("من قال إن الجسر انهار؟", "says_who"),
        ("شنو المصدر؟", "says_who"),
        ("ماذا قرر مجلس الوزراء؟", "what"),
        ("كيف دخل المهاجم المبنى؟", "what"),
        ("شنو صار بالبصرة", "what"),
        ("الموصل", "what"),
    ],
)  # fmt: skip
def test_a_question_asks_for_its_role_in_every_dialect(text: str, role: str) -> None:
    assert asked(text).understood.asks == role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("كم قتيلا في انفجار المرفأ؟", {"kind": "casualty", "harm": "killed"}),
        ("كم واحد انصاب بالحادث", {"kind": "casualty", "harm": "wounded"}),
        ("كم نازحا غادر المدينة؟", {"kind": "casualty", "harm": "displaced"}),
        ("كم مفقودا في غرق العبارة؟", {"kind": "casualty", "harm": "missing"}),
        ("كم شخصا أنقذ رجال الإطفاء؟", {"kind": "casualty", "harm": "rescued"}),
        ("كم شخصا اعتقلت الشرطة في المظاهرة؟", {"kind": "casualty", "harm": "captured"}),
        ("كم شخصا سقط بين قتيل وجريح في الانفجار؟", {"kind": "casualty", "harm": "killed_or_wounded"}),
        ("كم جنديا سقط جريحا في الكمين؟", {"kind": "casualty", "harm": "wounded"}),
        ("كم غارة شنت الطائرات على المدينة؟", {"kind": "strike", "harm": None}),
        ("كم دولارا تبرعت به الدولة للنازحين؟", {"harm": None}),
        ("كم منزلا تضرر في الفيضان؟", {"harm": None}),
        ("كم يوما تستمر الهدنة؟", {"kind": None, "harm": None}),
        ("من زار طهران؟", {"kind": "visit"}),
        ("مع من التقى الملك؟", {"kind": "meeting"}),
    ],
)  # fmt: skip
def test_a_question_is_about_a_kind_and_a_harm(text: str, expected: dict[str, Any]) -> None:
    understood = asked(text).understood
    assert {name: getattr(understood, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("كم عدد قتلى داعش في الموصل؟", "داعش"),
        ("كم جنديا عراقيا قتل في الكمين؟", "جنديا عراقيا"),
        ("كم قتل من داعش في الغارة؟", "داعش"),
        ("كم شخصا خسرت المقاومة الشعبية في المعركة؟", "المقاومة الشعبية"),
        ("كم قتيلا في صفوف الحشد الشعبي؟", "الحشد الشعبي"),
        ("كم قتيلا في انفجار المرفأ؟", ""),
        ("كم عدد ضحايا الزلزال؟", ""),
    ],
)  # fmt: skip
def test_those_harmed_are_told_from_what_harmed_them(text: str, whom: str) -> None:
    assert whom in asked(text).understood.whom
    assert bool(whom) == bool(asked(text).understood.whom)


def test_who_did_it_stands_behind_the_verb_or_with_the_attack() -> None:
    assert "القوات العراقية" in asked("كم داعشيا قتلت القوات العراقية في الفلوجة؟").understood.who
    assert "التركية" in asked("كم مقاتلا قتل في الغارات التركية على الجبل؟").understood.who


@pytest.mark.parametrize(
    ("text", "place", "within"),
    [
        ("كم قتيلا في تفجير بالكرادة في بغداد؟", "الكرادة", "بغداد"),
        ("كم قتيلا في زلزال المدية؟", "المدية", "الجزائر"),
        ("كم قتيلا شرقي الرمادي؟", "شرقي الرمادي", "الرمادي"),
    ],
)
def test_the_place_meant_is_the_narrowest_named(text: str, place: str, within: str) -> None:
    question = asked(text)
    assert question.understood.place == place
    assert within in (*question.within, *question.places)


def test_a_soldier_s_country_is_no_place() -> None:
    question = asked("كم جنديا تركيا قتل في تفجير السوق؟")
    assert question.understood.place == ""
    assert "تركيا" in question.understood.whom or "تركيا" in question.names


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("كم قتيلا سقط في الموصل أمس؟", "2019-06-13", "2019-06-13"),
        ("كم قتيلا سقط في الموصل امبارح", "2019-06-13", "2019-06-13"),
        ("كم قتيلا في الموصل يوم 22 تموز 2015؟", "2015-07-22", "2015-07-22"),
        ("كم قتيلا في الموصل في أوت 2016؟", "2016-08-01", "2016-08-31"),
        ("كم قتيلا في الموصل سنة ٢٠١٧؟", "2017-01-01", "2017-12-31"),
        ("كم قتيلا في أبها يوم 21 شوال 1436؟", "2015-08-06", "2015-08-06"),
        ("كم نازحا من شباط لحد ايار 2017؟", "2017-02-01", "2017-05-31"),
        ("كم قتيلا بين 5 و10 مايو 2016؟", "2016-05-05", "2016-05-10"),
        ("كم قتيلا في الأسبوع الثالث من يوليو 2015؟", "2015-07-15", "2015-07-21"),
        ("كم قتيلا منذ 3 مايو 2019؟", "2019-05-03", "2019-06-14"),
        ("كم قتيلا في الغارات خلال أسبوعين في أغسطس 2015؟", "2015-08-01", "2015-08-31"),
    ],
)  # fmt: skip
def test_the_period_asked_about_is_meant_from_the_day_of_asking(text: str, start: str, end: str) -> None:
    understood = asked(text).understood
    assert (str(understood.date_from), str(understood.date_to)) == (start, end)


def test_how_long_a_thing_lasted_is_no_period() -> None:
    assert asked("كم قتيلا في الحي خلال خمسة أيام؟").understood.date_from is None


def test_what_a_date_leaves_open_is_marked_and_filters_nothing() -> None:
    question = asked("كم قتيلا في الموصل في تموز؟")
    assert question.loose == "year"
    assert evidence_wanted(question).date_from is None
    assert asked("كم قتيلا في الموصل يوم الجمعة؟").loose == "week"
    assert asked("كم قتيلا في الموصل في تموز 2015؟").loose == ""


def test_the_newspaper_today_is_not_today_and_its_city_no_place() -> None:
    question = asked("كم قتيلا في الحادث بحسب صحيفة اليوم؟")
    assert question.understood.date_from is None
    assert asked("كم مصابا في الحادث وفق صحيفة الرياض؟").understood.place == ""


def test_a_source_is_kept_apart_from_what_it_says() -> None:
    question = asked("كم قتيلا في الغارة بحسب المصدر العسكري في دمشق؟")
    assert question.understood.source == "المصدر العسكري"
    assert question.understood.place == ""


def test_unknown_names_must_be_met() -> None:
    assert "البرغموس" in asked("كم عدد ضحايا البرغموس؟").names
    assert "الجلولاق" in asked("كم نازحا من الجلولاق؟").names


@pytest.mark.parametrize(
    ("text", "form", "per"),
    [
        ("كم مجموع القتلى في الموصل؟", "total", None),
        ("كم قتيلا في كل محافظة؟", "total", "place"),
        ("كم قتيلا شهريا في العراق؟", "total", "month"),
        ("ما أكثر مدينة سقط فيها قتلى؟", "highest", "place"),
        ("اذكر التفجيرات في بغداد", "list", None),
        ("قارن بين قتلى الموصل وقتلى الرمادي", "compare", None),
        ("تسلسل أحداث زلزال المدية", "timeline", None),
        ("ماذا حدث في بغداد يوم 5 مايو 2016؟", "happened", None),
        ("آش وقع فالدار البيضاء", "happened", None),
        ("البصرة", "happened", None),
        ("من القائمة التي فازت في الانتخابات؟", "single", None),
    ],
)  # fmt: skip
def test_a_question_says_what_form_its_answer_has(text: str, form: str, per: str | None) -> None:
    question = asked(text)
    assert (question.form, question.per) == (form, per)


def test_the_noun_asked_of_is_kept() -> None:
    assert asked("كم نقطة تضمن الاتفاق؟").focus.startswith("نقطة")
    assert asked("أي محكمة أصدرت الحكم؟").focus.startswith("محكمة")
    assert "السفير" in asked("من السفير الأمريكي في بغداد؟").focus


def test_the_words_to_search_for_are_content_words_and_their_formal_forms() -> None:
    words = asked("كم واحد انقتل بالموصل يوم 5 مايو 2016؟").words
    assert "قتل" in words
    assert not {"كم", "يوم", "2016"} & set(words)


def test_several_questions_of_one_message_are_parted_and_share_what_one_says() -> None:
    question = asked("كم قتيلا وكم جريحا في انفجار بيروت؟ ومتى وقع؟")
    assert [part.understood.asks for part in question.parts] == ["how_many", "how_many", "when"]
    assert [part.understood.harm for part in question.parts][:2] == ["killed", "wounded"]
    assert {part.understood.place for part in question.parts} == {"بيروت"}


def test_a_message_without_a_word_asks_nothing() -> None:
    for text in ("", "   ", "؟؟", "…"):
        assert asked(text).words == ()


def test_evidence_is_wanted_by_kind_harm_place_and_period() -> None:
    wanted = evidence_wanted(asked("كم قتيلا في الموصل في يوليو 2017؟"))
    assert (wanted.kinds, wanted.harms) == (("casualty",), ("killed",))
    assert wanted.place_keys == ("الموصل",)
    assert (wanted.date_from, wanted.date_to) == (dt.date(2017, 7, 1), dt.date(2017, 7, 31))


def test_facts_of_other_articles_are_wanted_where_the_question_says_of_what_kind_or_asks_what_there_was() -> None:
    assert wants_facts(asked("كم قتيلا سقط في الموصل؟"))
    assert wants_facts(asked("ماذا حدث في الموصل؟"))
    assert wants_facts(understand("من قال ذلك؟", as_of=DAY, before=asked("كم قتيلا سقط في الموصل؟")))
    assert not wants_facts(asked("أين تقع مكتبة الساحل؟"))


@given(st.text(max_size=120))
def test_any_text_can_be_asked(text: str) -> None:
    question = asked(text)
    assert question.text == text
    assert all(word in text or word for word in question.words)


@given(
    st.lists(
        st.sampled_from(
            [
                "كم",
                "من",
                "متى",
                "أين",
                "شنو",
                "قتيلا",
                "في",
                "الموصل",
                "وكم",
                "جريحا",
                "داعش",
                "2016",
                "أمس",
                "؟",
                "و،",
                "زار",
                "الوزير",
            ]
        ),
        max_size=12,
    )
)
def test_any_row_of_question_words_can_be_asked(words: list[str]) -> None:
    asked(" ".join(words))


def test_no_topic_and_no_noun_is_listed_with_two_meanings() -> None:
    meanings: dict[str, tuple[object, ...]] = {}
    for number, row in load("topics", Topic):
        told = (row.kind, row.harm, row.use)
        assert meanings.setdefault(row.word, told) == told, f"topics.csv row {number}: {row.word}"
    assert asked_nouns()


def test_a_word_of_speech_has_one_formal_word() -> None:
    seen: dict[str, str] = {}
    for number, row in load("dialect", DialectWord):
        assert seen.setdefault(row.word, row.formal) == row.formal, f"dialect.csv row {number}: {row.word}"
