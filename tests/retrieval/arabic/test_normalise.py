"""Spellings of one word meet in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.normalise import normalise


@pytest.mark.parametrize(
    "spellings",
    [
        ("إصابة", "اصابة", "أصابه", "إصابةٌ", "إصـــابة"),
        ("مستشفى", "مستشفي", "مستشفی"),
        ("كركوك", "کرکوک"),
        ("مسؤول", "مسوول"),
        ("١٢٣", "۱۲۳", "123"),
        ("NATO", "nato"),
    ],
)
def test_spellings_of_one_word_meet(spellings: tuple[str, ...]) -> None:
    assert len({normalise(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("قتل", "قتيل"), ("سوري", "سوريا"), ("علم", "علماء")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
