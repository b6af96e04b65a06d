"""Persons as news names them: title and name, office alone, surname alone, spellings of one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.people import find_people, key, same, surname_of
from retrieval.arabic.tokens import tokenize

WORDS = (
    "قال", "وزير", "الدفاع", "الأميركي", "آش", "كارتر", "محمد", "بن", "سلمان", "عبد", "الله", "أبو", "الشيخ", "الدكتور",
    "نظيره", "التركي", "الأمين", "العام", "،", "إن", "في", "«", "»",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("قال وزير الدفاع الأميركي آش كارتر إن", "وزير الدفاع الأميركي", "آش كارتر"),
        ("وصل ولي العهد الأمير محمد بن سلمان", "ولي العهد", "محمد بن سلمان"),
        ("قال المتحدث باسم الجيش إن", "المتحدث باسم الجيش", ""),
        ("أعلنت المديرة العامة للصندوق كارين فلاك اليوم", "المديرة العامة للصندوق", "كارين فلاك"),
        ("وصل وزير الدفاع تشاك هيكل إلى عمان", "وزير الدفاع", "تشاك هيكل"),
        ("قال المبعوث الأمريكي الخاص توم ريلي إن", "المبعوث الأمريكي الخاص", "توم ريلي"),
        ("قالت المخرجة اللبنانية نادين رزق", "", "نادين رزق"),
        ("مدير عام الجمارك العميد نواف جاسم", "مدير عام الجمارك", "نواف جاسم"),
        ("كاتب الدولة المكلف بالإنتاج الفلاحي عمر البكري", "كاتب الدولة المكلف بالإنتاج الفلاحي", "عمر البكري"),
        ("شيخ الأزهر الإمام الأكبر أحمد السالم", "شيخ الأزهر", "أحمد السالم"),
        ("زار الوالي المدينة", "الوالي", ""),
        ("زارت السيدة الأولى المعرض", "السيدة الأولى", ""),
        ("نائب الرئيس جي دي فانس يزور", "نائب الرئيس", "جي دي فانس"),
        ("وزير الخارجية الإيراني حسين كريمي بزيارة", "وزير الخارجية الإيراني", "حسين كريمي"),
        ("اعتقلت القوات أبا عبيدة البصري", "", "أبا عبيدة البصري"),
        ("حضر الحفل حمد بن ناصر آل مبارك", "", "حمد بن ناصر آل مبارك"),
        ("قال إن الوزير سيسافر", "الوزير", ""),
    ],
)
def test_title_and_name_are_told_apart(text: str, title: str, name: str) -> None:
    assert [(p.title, p.name) for p in find_people(tokenize(text))] == [(title, name)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "اجتمع الرئيسان الروسي إيغور بلوشكين والتركي كمال يلماز",
            [("الرئيس الروسي", "إيغور بلوشكين"), ("الرئيس التركي", "كمال يلماز")],
        ),
        (
            "التقى وزيرا الخارجية المصري سامح البدري والأردني أيمن حمدان",
            [("وزير الخارجية المصري", "سامح البدري"), ("وزير الخارجية الأردني", "أيمن حمدان")],
        ),
    ],
)
def test_an_office_that_two_hold_is_each_ones_own(text: str, found: list[tuple[str, str]]) -> None:
    assert [(p.title, p.name) for p in find_people(tokenize(text))] == found


def test_a_noun_before_a_name_is_no_part_of_it() -> None:
    assert [p.name for p in find_people(tokenize("بعد فوز دونالد ترامب بالرئاسة"))] == ["دونالد ترامب"]


def test_a_surname_that_is_an_adjective_of_a_country_is_a_person_where_it_describes_nothing() -> None:
    surnames = {surname_of("سامي العراقي")}
    assert [p.name for p in find_people(tokenize("قال العراقي إن"), surnames)] == ["العراقي"]
    assert find_people(tokenize("دخل الجيش العراقي المدينة"), surnames) == []


def test_a_surname_alone_is_a_person_once_the_text_has_named_him() -> None:
    tokens = tokenize("وقال الجلاصي إن")
    assert find_people(tokens) == []
    assert [p.name for p in find_people(tokens, {surname_of("سامي الجلاصي")})] == ["الجلاصي"]


def test_an_everyday_word_is_a_surname_only_where_it_stands_bare() -> None:
    surnames = {surname_of("نجيب هيكل")}
    assert [p.name for p in find_people(tokenize("وكان هيكل قد سافر"), surnames)] == ["هيكل"]
    assert find_people(tokenize("وانهار هيكل البناية كله"), surnames) == []


def test_a_surname_takes_the_word_it_cannot_be_without() -> None:
    assert surname_of("مراد بن رمضان") == ("بن", "رمضان")
    assert surname_of("مراد") == ()


@pytest.mark.parametrize(
    ("one", "other"), [("آشتون كارتر", "آش كارتر"), ("جيمس ماتيس", "جايمس ماتيس"), ("عبدالله صالح", "عبد الله صالح")]
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert same(one, other)
    assert key(one) == key(other)


def test_a_given_name_in_common_makes_nobody_the_same() -> None:
    assert not same("سامي قاسم", "سامي حداد")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_persons_stand_in_the_text_in_order_and_apart(text: str) -> None:
    tokens, end = tokenize(text), 0
    for person in find_people(tokens):
        assert end <= person.first <= person.name_first <= person.name_last <= person.last <= len(tokens)
        assert person.name or person.title
        end = person.last


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("يقوم هنريك فالدمان، رئيس مجلس النواب الدنماركي، بزيارة", "هنريك فالدمان", "رئيس مجلس النواب الدنماركي"),
        ("وعبرت فانيسا رازافيندرا، وزيرة خارجية مدغشقر، عن شكرها", "فانيسا رازافيندرا", "وزيرة خارجية مدغشقر"),
        ("مباحثات مع كاسبر هولمغرين، رئيس البرلمان السويدي، اليوم", "كاسبر هولمغرين", "رئيس البرلمان السويدي"),
        ("في مخيم شنكاروف بوليك، مدير المخيم", "", "مدير المخيم"),
        ("وقال خلال الجلسة المطولة، رئيس البرلمان", "", "رئيس البرلمان"),
    ],
)
def test_a_name_that_no_table_knows_stands_in_commas_before_its_office(text: str, name: str, title: str) -> None:
    [person] = find_people(tokenize(text))
    assert (person.name, person.title) == (name, title)
