"""Tokens stand where they say, and cut numbers, words and marks as news writes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import tokenize, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ارتفع العدد إلى80 قتيلا", ["ارتفع", "العدد", "إلى", "80", "قتيلا"]),
        ("1,500 شخص و٣٫٥ مليون", ["1,500", "شخص", "و", "٣٫٥", "مليون"]),
        ("وقُتِلَ «أبو سالم».", ["وقُتِلَ", "«", "أبو", "سالم", "»", "."]),
        ("إف-16", ["إف", "-", "16"]),
        ("جهـــود الإغاثـة", ["جهـــود", "الإغاثـة"]),
        ("", []),
        ("  \n\t ", []),
    ],
)
def test_text_is_cut_into_words_numbers_and_marks(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == expected


def test_spans_count_from_the_beginning_of_the_whole_text() -> None:
    text = "السطر الأول. مقتل جندي"
    assert [(token.start, token.end) for token in tokenize(text, 13)] == [(13, 17), (18, 22)]


@given(st.text(), st.integers(0, 50))
def test_tokens_stand_where_they_say_and_cover_every_digit(text: str, start: int) -> None:
    start = min(start, len(text))
    tokens = tokenize(text, start)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    covered = {place for token in tokens for place in range(token.start, token.end)}
    assert all(place in covered for place in range(start, len(text)) if text[place].isdecimal())


@given(st.text(alphabet=st.one_of(st.sampled_from("قتل ـ ۥۦًّ\u200f٣4.,_-"), st.characters())))
def test_words_have_letters_and_come_as_tokens_do(text: str) -> None:
    tokens = tokenize(text)
    assert all(token.norm == normalise(token.text) != "" for token in tokens if token.kind != "mark")
    assert words(text) == [token.text for token in tokens if token.kind != "mark"]


def test_a_stretched_line_alone_is_no_word() -> None:
    assert [token.text for token in tokenize("ـــ قال ـه كتـاب")] == ["قال", "ه", "كتـاب"]
