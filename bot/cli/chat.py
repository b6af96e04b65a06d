"""`marsad chat`: the conversation of Telegram in a terminal."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from pathlib import Path

import click

from bot.cli.ask import Day
from bot.cli.opening import app, bring_in_step, need_articles
from bot.cli.terminal import turned
from bot.telegram.chat import find_shown
from bot.telegram.incoming import Myself
from bot.telegram.scene import Surroundings
from bot.telegram.terminal import Terminal

_BOLD = ("\x1b[1m", "\x1b[22m")
_PROMPT = "» "
_SAMPLE = "\u0627\u0628"  # two letters whose order shows whether lines are turned round


@click.command("chat")
@click.option("--as-of", type=Day(), help="The day on which it is asked, which `yesterday` counts from: today.")
def command(*, as_of: dt.date | None) -> None:
    """Converse as on Telegram: the same answers, with numbers to type in place of buttons. Ends with Ctrl-D."""
    with app() as found:
        need_articles(found)
        bring_in_step(found)
        zone = found.settings.zone
        show = turned(found.settings.rtl, sys.stdout)

        def now() -> dt.datetime:
            present = dt.datetime.now(zone)
            return present if as_of is None else dt.datetime.combine(as_of, present.timetz())

        find = partial(find_shown, found.store)
        around = Surroundings(found.desk, found.wording, zone, Myself(0, ""), find, now)
        # Turning a line round would tear the marks for bold letters apart.
        bold = _BOLD if sys.stdout.isatty() and show(_SAMPLE) == _SAMPLE else ("", "")
        conversation = Terminal(around, now, bold, save=_save)
        at_terminal = sys.stdin.isatty()
        typed: str | None = "/start"
        while typed is not None:
            for said in (*(conversation.say(typed) if typed.strip() else ()), *conversation.news()):
                print(show(said), end="\n\n", flush=True)
            typed = _next(at_terminal)


def _next(at_terminal: bool) -> str | None:  # noqa: FBT001 - there is no second argument to mistake it for
    """The next line that is typed, None at the end."""
    try:
        return input(_PROMPT if at_terminal else "")
    except EOFError:
        return None


def _save(name: str, content: bytes) -> str:
    """Write a file of that name, or of one like it that is free, and say which."""
    path = Path(name)
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{Path(name).stem}-{number}{path.suffix}")
    path.write_bytes(content)
    return str(path)
