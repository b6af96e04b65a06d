"""Places as news names them: known and unknown names, nouns, directions, clitics, and what contains them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.places import containers, find_places, is_place, key
from retrieval.arabic.tokens import tokenize

WORDS = (
    "في", "شرقي", "مدينة", "حي", "قرية", "ريف", "العاصمة", "العراقية", "الحدود", "السورية", "التركية", "بغداد",
    "للموصل", "وبيروت", "الكرامة", "تل", "عويد", "مستشفى", "قال", "الذي", "،", "(", ")", "«", "»", "17",
)  # fmt: skip


def names(text: str) -> list[str]:
    return [place.name for place in find_places(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سار الموكب من الرمادي وبغداد", ["الرمادي", "بغداد"]),
        ("وصلوا للموصل مساء", ["الموصل"]),
        ("سقطت قذائف على قرية تل عويد", ["قرية تل عويد"]),
        ("زرعوا في ريف الحسكة الجنوبي", ["ريف الحسكة الجنوبي"]),
        ("عبروا الحدود السورية التركية", ["الحدود السورية التركية"]),
        ("اجتمع في العاصمة العراقية", ["العاصمة العراقية"]),
    ],
)
def test_a_place_is_found_whole_and_without_clitics(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", ["تلك هي الكرامة والحرية", "تحدث أحمد الموصلي طويلا", "فاز المنتخب العراقي"])
def test_words_persons_and_nationalities_are_no_places(text: str) -> None:
    assert names(text) == []


def test_what_contains_a_place_goes_from_near_to_far() -> None:
    assert containers("الرمادي") == ("الأنبار", "العراق")
    assert containers("شمال بغداد") == ("بغداد", "العراق")


@pytest.mark.parametrize(
    ("one", "other"),
    [("بمدينة الرمادى", "الرمادي"), ("العاصمة العراقية", "بغداد"), ("العاصمة العراقية بغداد", "بغداد")],
)
def test_names_of_one_place_meet_in_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_direction_keeps_a_place_apart_from_the_whole() -> None:
    assert key("شرقي الرمادي") != key("شمالي الرمادي")
    assert key("شرقي الرمادي") != key("الرمادي")


@pytest.mark.parametrize("name", ["بغداد", "باريس", "بيروت", "ليبيا", "لندن", "كركوك"])
def test_a_first_letter_that_looks_like_a_clitic_stays(name: str) -> None:
    assert is_place(name)
    assert names(f"وصل إلى {name}") == [name]


@pytest.mark.xfail(strict=True, reason="the atlas adds what contains the namesake to what the text says")
def test_the_text_says_which_of_two_namesakes_is_meant() -> None:
    (place,) = find_places(tokenize("انفجرت سيارة في حي الزيتون شرقي الرمادي"))
    assert "فلسطين" not in place.containers


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_places_stand_in_the_text_in_order_and_apart(text: str) -> None:
    tokens, end = tokenize(text), 0
    for place in find_places(tokens):
        assert end <= place.first < place.last <= len(tokens)
        end = place.last


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل 52 شخصا في آب في درعا", ["درعا"]),
        ("قتل ثلاثة جنود في إب", ["إب"]),
        ("انفجرت عبوة في محافظة آب", ["محافظة آب"]),
        ("قتل ثلاثة في الرقة، وأنه أصيب خمسة", ["الرقة"]),
        ("دخلت القوات بلدة وانة", ["بلدة وانة"]),
        ("انقطعت المياه عن طرابلس، وشكا الأهالي من ذلك", ["طرابلس"]),
        ("أغلق الطريق بين طرابلس وشكا", ["طرابلس", "شكا"]),
    ],
)
def test_a_word_written_like_a_place_is_told_from_it(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("غرقت 300 أسرة نازحة في سيول", []),
        ("تضررت الجسور في سيول ولاية كسلا", ["ولاية كسلا"]),
        ("بعد الأمطار وقعت الأضرار في سيول", []),
        ("قتل خمسة في حريق في سيول", ["سيول"]),
        ("قتل خمسة أشخاص في سيول عاصمة كوريا الجنوبية", ["سيول"]),
        ("التقى الوزير نظيره في سيول", ["سيول"]),
    ],
)
def test_floods_that_do_harm_are_not_the_capital_of_that_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected
