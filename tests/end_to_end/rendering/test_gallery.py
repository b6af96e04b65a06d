from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.store import Store
from tests.end_to_end.rendering.gallery import Shot, gather
from tests.end_to_end.telegram_rules import check_keyboard, check_text

_FIELDS = {"sendMessage": "text", "editMessageText": "text", "sendPhoto": "caption", "sendDocument": "caption"}
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Shot]]:
    folder = tmp_path_factory.mktemp("gallery")
    with closing(Store.open(f"sqlite:///{folder / 'a.sqlite'}")) as store:
        yield gather(store)


def shown(shots: list[Shot]) -> Iterator[tuple[str, str]]:
    """Each message as its reader sees it, with what brought it about."""
    for shot in shots:
        if field := _FIELDS.get(shot.method):
            yield shot.cause, check_text(shot.payload, field).text
        for result in shot.payload.get("results", ()):
            inside = result["input_message_content"]
            yield shot.cause, check_text({**inside, "text": inside["message_text"]}, "text").text


def test_telegram_takes_every_kind_of_message(shots: list[Shot]) -> None:
    assert len(shots) > 100
    for shot in shots:
        check_keyboard(shot.payload.get("reply_markup", {}))
        if shot.method == "answerCallbackQuery":
            assert len(shot.payload.get("text", "")) <= 200
        assert len(shot.payload.get("results", ())) <= 50
    assert list(shown(shots))


def test_every_line_of_every_message_runs_from_the_right(shots: list[Shot]) -> None:
    for cause, text in shown(shots):
        for line in text.splitlines():
            strong = next((c for c in line if unicodedata.bidirectional(c) in {"L", "R", "AL"}), "")
            assert not strong or unicodedata.bidirectional(strong) != "L", (cause, line)


def test_what_runs_to_the_right_is_isolated_and_no_mark_is_left_open(shots: list[Shot]) -> None:
    for cause, text in shown(shots):
        depth = 0
        for character in text:
            depth += (character in _OPENING) - (character == _CLOSING)
            assert 0 <= depth <= 1, (cause, text)
            foreign = unicodedata.bidirectional(character) == "L"
            assert depth or not foreign, (cause, text)
        assert depth == 0, (cause, text)
        assert not re.search("[\u202a-\u202e]", text), (cause, text)


def test_digits_are_those_that_the_chat_chose_wherever_the_bot_itself_speaks(shots: list[Shot]) -> None:
    eastern = [shot for shot in shots if "(٠١٢٣)" in shot.cause and shot.method == "sendMessage"]
    assert eastern
    for shot in eastern:
        own = re.sub(r"<blockquote.*?</blockquote>|«.*?»|<a .*?</a>", "", shot.payload["text"], flags=re.DOTALL)
        assert not re.search("[0-9]", own), (shot.cause, own)
