from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.wording import load_wording
from retrieval import Wording

MESSAGES = Path(bot.__file__).with_name("messages.toml")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


def test_a_preference_comes_before_what_a_message_shows(wording: Wording) -> None:
    day = dt.date(2031, 5, 4)
    egyptian = wording.preferring("ar_EG", eastern=True)
    assert egyptian.for_text("ماذا جرى في 4 أيار؟").date(day) == "٤ مايو ٢٠٣١"
    assert wording.preferring("ar_IQ").for_text("ماذا جرى في ٤ مايو؟").date(day) == "٤ أيار ٢٠٣١"
    assert wording.for_text("ماذا جرى في 4 أيار؟").date(day) == "4 أيار 2031"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "• وحدث آخر"),
        (2, "• وحدثان آخران"),
        (3, "• و3 أحداث أخرى"),
        (12, "• و12 حدثاً آخر"),
        (100, "• و100 حدث آخر"),
        (103, "• و103 أحداث أخرى"),
    ],
)
def test_what_is_left_out_of_a_list_agrees_with_its_number(wording: Wording, number: int, expected: str) -> None:
    assert wording.say("answer.more_events", n=number, marks="").strip() == expected


def _counted() -> list[str]:
    """The messages that have a form for each plural category."""

    def tables(messages: dict[str, Any], prefix: str) -> Iterator[str]:
        for name, message in messages.items():
            if isinstance(message, dict):
                yield from [prefix + name] if "other" in message else tables(message, f"{prefix}{name}.")

    return list(tables(tomllib.loads(MESSAGES.read_text(encoding="utf-8")), ""))


@pytest.mark.parametrize("number", [1, 2, 3, 10, 11, 99, 100, 102, 1000])
def test_every_counted_message_has_words_for_one_and_two_and_figures_for_more(wording: Wording, number: int) -> None:
    said = {key: wording.say(key, n=number, marks="", min=0) for key in _counted()}
    assert said
    assert [key for key, text in said.items() if (wording.number(number) in text) != (number > 2)] == []
