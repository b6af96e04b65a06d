"""Showing text and progress: Arabic the right way round on a terminal, and untouched anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO

from bot.config import left_to_right_terminal
from bot.desk import Progress, no_progress


def turned(setting: str, stream: TextIO) -> Callable[[str], str]:
    """What makes a line readable on the stream: nothing, or shaping and turning round the Arabic in it.

    `setting` is MARSAD_RTL: `logical` leaves lines alone, `visual` turns them round on any terminal, `auto` on those
    that are known not to do it themselves. A stream that is no terminal always gets the text as it is.
    """
    if not stream.isatty() or setting == "logical" or (setting == "auto" and not left_to_right_terminal()):
        return _as_it_is
    return _visual


def _as_it_is(text: str) -> str:
    return text


def _visual(text: str) -> str:
    # Needed on few terminals only.
    from arabic_reshaper import reshape  # noqa: PLC0415 - see above
    from bidi.algorithm import get_display  # noqa: PLC0415 - see above

    width = columns()
    return "\n".join(str(get_display(reshape(row))) for line in text.split("\n") for row in _wrapped(line, width))


def _wrapped(line: str, width: int) -> list[str]:
    """The line cut between words into rows: a terminal would cut it after it is turned, and show its end first."""
    rows, row = [], ""
    for word in line.split(" "):
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return [*rows, row]


def columns() -> int:
    """How wide the terminal is."""
    try:
        return max(20, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return 100


@contextmanager
def progress_bar(title: str, *, quiet: bool = False) -> Iterator[Progress]:
    """A function that is told how much is done of how much, 0 when nobody knows.

    When stderr is a terminal, a bar with the rate and the time left is shown from the first time that it is told.
    """
    with ExitStack() as shown:
        tell: Progress | None = None

        def told(done: int, total: int) -> None:
            nonlocal tell
            if tell is None:
                tell = shown.enter_context(_bar(title))
            tell(done, total)

        yield no_progress if quiet or not sys.stderr.isatty() else told


@contextmanager
def _bar(title: str) -> Iterator[Progress]:
    from rich import progress as parts  # noqa: PLC0415 - a terminal only
    from rich.console import Console  # noqa: PLC0415 - a terminal only
    from rich.text import Text  # noqa: PLC0415 - a terminal only

    class Rate(parts.ProgressColumn):
        def render(self, task: parts.Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")

    shown = (
        parts.TextColumn("{task.description}"),
        parts.BarColumn(),
        parts.MofNCompleteColumn(),
        Rate(),
        parts.TimeElapsedColumn(),
        parts.TimeRemainingColumn(),
    )
    with parts.Progress(*shown, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
