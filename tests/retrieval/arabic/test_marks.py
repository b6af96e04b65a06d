"""Marks of a piece cut from a text come in pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.marks import close_marks


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ('عناصر من "الجبهة', 'عناصر من "الجبهة"'),
        ('عناصر من "الجبهة"', 'عناصر من "الجبهة"'),
        ('الجبهة"', "الجبهة"),
        ("«الجبهة", "الجبهة"),
        ("الجبهة» الشعبية", "«الجبهة» الشعبية"),
        ('الجبهة" و"الحركة', '"الجبهة" و"الحركة"'),
        ("مصدر (رفض ذكر اسمه", "مصدر (رفض ذكر اسمه)"),
        ('و"الحركة', 'و"الحركة"'),
        ("الجبهة", "الجبهة"),
        ("عناصر من ”الجبهة“", "عناصر من ”الجبهة“"),
        ("عناصر من ”الجبهة”", "عناصر من ”الجبهة”"),
        ('"', ""),
    ],
)
def test_a_mark_gets_its_other_half_or_goes(cut: str, expected: str) -> None:
    assert close_marks(cut) == expected


@given(st.text('اب "«»“”()', max_size=20))
def test_no_word_is_lost(text: str) -> None:
    closed = close_marks(text)
    assert [letter for letter in closed if letter in "اب"] == [letter for letter in text if letter in "اب"]
