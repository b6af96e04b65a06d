from __future__ import annotations

import contextlib
import io
import os
import pty
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

import pytest

from bot.cli.terminal import progress_bar, turned

SAID = "قتل 12 شخصا في Mosul"


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    main, other = pty.openpty()
    with os.fdopen(other, "w", encoding="utf-8") as stream:
        yield stream
    os.close(main)


@pytest.fixture(autouse=True)
def _unknown_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "WT_SESSION",
        "ALACRITTY_WINDOW_ID",
        "KITTY_WINDOW_ID",
        "WEZTERM_PANE",
        "XTERM_VERSION",
        "TERM_PROGRAM",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("setting", ["auto", "logical", "visual"])
def test_what_is_no_terminal_gets_the_text_as_it_is(setting: str) -> None:
    assert turned(setting, io.StringIO())(SAID) == SAID


def test_a_terminal_gets_it_as_it_is_unless_it_is_known_not_to_turn_it(
    terminal: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert turned("auto", terminal)(SAID) == SAID
    monkeypatch.setenv("KITTY_WINDOW_ID", "1")
    assert turned("auto", terminal)(SAID) != SAID
    assert turned("logical", terminal)(SAID) == SAID


def test_turned_text_reads_from_the_right_with_joined_letters_and_numbers_in_order(terminal: TextIO) -> None:
    said = turned("visual", terminal)(SAID)
    assert said.startswith("Mosul ")
    assert " 12 " in said
    assert "قتل" not in said
    assert any("\ufe70" <= c <= "\ufefc" for c in said)


def test_long_lines_are_cut_before_they_are_turned(terminal: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.terminal.columns", lambda: 20)
    words = [f"كلمة{n}" for n in range(10)]
    lines = turned("visual", terminal)(" ".join(words)).split("\n")
    assert all(len(line) <= 20 for line in lines)
    assert "0" in lines[0]
    assert "9" in lines[-1]


def test_progress_is_shown_on_a_terminal_only(terminal: TextIO, capsys: pytest.CaptureFixture[str]) -> None:
    for quiet in (False, True):
        with progress_bar("x", quiet=quiet) as progress:
            progress(1, 2)
    assert capsys.readouterr() == ("", "")
    assert terminal.isatty()
    assert not sys.stderr.isatty()


def test_a_terminal_is_shown_how_much_is_done_of_how_much_and_nothing_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    main, other = pty.openpty()
    seen: list[bytes] = []

    def look() -> None:
        with contextlib.suppress(OSError):  # which says that the other end is closed
            while read := os.read(main, 65_536):
                seen.append(read)

    looking = threading.Thread(target=look)
    looking.start()
    with os.fdopen(other, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_bar("nothing to tell"):
            pass
        with progress_bar("articles") as progress:
            for done in (500, 1_500):
                progress(done, 2_000)
    looking.join()
    os.close(main)
    shown = b"".join(seen).decode()
    assert "nothing" not in shown
    assert "articles" in shown
    assert "1500/2000" in shown
    assert "/s" in shown
