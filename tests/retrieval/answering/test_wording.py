from __future__ import annotations

import datetime as dt

import pytest

from bot.wording import load_wording
from retrieval import Wording


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


def test_a_preference_comes_before_what_a_message_shows(wording: Wording) -> None:
    day = dt.date(2031, 5, 4)
    egyptian = wording.preferring("ar_EG", eastern=True)
    assert egyptian.for_text("ماذا جرى في 4 أيار؟").date(day) == "٤ مايو ٢٠٣١"
    assert wording.preferring("ar_IQ").for_text("ماذا جرى في ٤ مايو؟").date(day) == "٤ أيار ٢٠٣١"
    assert wording.for_text("ماذا جرى في 4 أيار؟").date(day) == "4 أيار 2031"
