from __future__ import annotations

import datetime as dt

import pytest

from retrieval.alerting.topics import conditions_of, subscription_of

TODAY = dt.date(2031, 5, 4)


def test_a_marked_word_is_taken_out_of_the_topic() -> None:
    found = subscription_of("الرمادي -كرة +جسر مصدر: صوت الرافدين", as_of=TODAY)
    assert (found.exclude, found.include, found.outlets) == (("كرة",), ("جسر",), ("صوت الرافدين",))
    assert found.question.text == "الرمادي"


def test_a_word_for_without_marks_the_next_word_only() -> None:
    found = subscription_of("أخبار الموصل بدون رياضة", as_of=TODAY)
    assert found.exclude == ("رياضة",)
    assert "الموصل" in found.question.text


@pytest.mark.parametrize("text", ["", "-", "؟!", "+"])
def test_a_topic_without_words_sets_no_condition(text: str) -> None:
    assert conditions_of(subscription_of(text, as_of=TODAY)) == ()


def test_a_topic_of_facts_asks_one_fact_for_everything_it_names() -> None:
    [condition] = conditions_of(subscription_of("قتلى الموصل", as_of=TODAY))
    assert {"kind:casualty", "harm:killed"} <= condition.of_fact
    assert any(key.startswith("place:") for key in condition.of_fact)
    assert not condition.of_text


def test_a_bare_place_is_met_by_its_name_or_by_a_fact_inside_it() -> None:
    words, inside = conditions_of(subscription_of("الأنبار", as_of=TODAY))
    assert words.of_text
    assert inside.of_fact


def test_a_question_that_is_followed_sets_the_conditions_of_its_topic() -> None:
    asked = subscription_of("كم عدد القتلى في الموصل؟", as_of=TODAY)
    assert conditions_of(asked) == conditions_of(subscription_of("قتلى الموصل", as_of=TODAY))


def test_a_place_that_is_shelled_is_not_also_asked_for_as_a_doer() -> None:
    [condition] = conditions_of(subscription_of("قصف غزة", as_of=TODAY))
    assert {key.partition(":")[0] for key in condition.of_fact} == {"kind", "place"}


def test_a_part_of_a_name_is_no_word_of_its_own() -> None:
    [condition] = conditions_of(subscription_of("قتلى أم درمان", as_of=TODAY))
    assert not condition.of_text
