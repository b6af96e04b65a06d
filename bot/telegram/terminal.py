"""The conversation in a terminal: the handlers of Telegram, with numbered choices where Telegram has buttons."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.store import chats, mail
from bot.store.mail import TERMINAL, Handled
from bot.telegram import markup
from bot.telegram.direction import latin_digits, strip_marks
from bot.telegram.handling import Handling
from bot.telegram.incoming import COMMAND, Incoming, Myself
from bot.telegram.outgoing import Acknowledge, Ask, Button, File, Outgoing, Revise, Say
from bot.telegram.scene import Surroundings
from bot.telegram.telling import make_plans, settle_plans

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
_BOLD = re.compile(r"</?b>")
_MARKER = re.compile(r"\[\d+\]")


class Terminal:
    """The chat of this machine; `say` it what the user typed, and it gives what is shown.

    Args:
        around: what the handlers work with.
        now: the clock.
        bold: what switches bold letters on and off, if anything does.
        save: keeps a file of that name and content, and says where.
    """

    def __init__(
        self,
        around: Surroundings,
        now: Callable[[], dt.datetime],
        bold: tuple[str, str] = ("", ""),
        *,
        save: Callable[[str, bytes], str],
    ) -> None:
        self._handling = Handling(around._replace(myself=Myself(0, ""), now=now))
        self._desk, self._wording, self._zone = around.desk, around.wording, around.zone
        self._store = around.desk.store
        self._now, self._bold, self._save = now, bold, save
        self._choices: list[Button] = []
        self._count = 0

    def say(self, typed: str) -> Iterator[str]:
        """What is shown in answer to a line: a question, a command, or the number of a choice."""
        incoming = self._incoming(typed.strip())
        with self._store.reading() as connection:
            row = chats.chats(connection, [TERMINAL]).get(TERMINAL)
        outcome, chat = self._handling.respond(incoming, row)
        handled = Handled(
            update_id=0,
            chat=chat,
            shown=outcome.shown,
            feedback=outcome.feedback,
            forgets=outcome.forgets,
            writes=outcome.writes,
        )
        with self._store.writing() as connection:
            mail.settle(connection, [handled], self._now())
        for message in outcome.messages:
            yield from self._showing(message)

    def news(self) -> Iterator[str]:
        """What has come in on the topics that are followed here and was not told yet."""
        plans = make_plans(self._desk, self._wording, self._zone, self._now(), terminal=True)
        with self._store.writing() as connection:
            settle_plans(connection, plans)
        for letter in (letter for made in plans for letter in made.letters):
            yield plain_text(json.loads(letter.payload)["text"], self._bold)

    def _incoming(self, typed: str) -> Incoming:
        self._count += 1
        incoming = Incoming(0, "message", TERMINAL, "private", self._now(), message_id=self._count, text=typed)
        number = latin_digits(typed)
        if number.isdecimal() and 1 <= int(number) <= len(self._choices):
            return incoming._replace(kind="press", text="", data=self._choices[int(number) - 1].data)
        if found := COMMAND.fullmatch(typed):
            return incoming._replace(command=found["name"].lower(), text=(found["rest"] or "").strip())
        return incoming

    def _showing(self, message: Outgoing) -> Iterator[str]:
        match message:
            case Acknowledge(text):
                if text:
                    yield text
            case Ask(html):
                yield plain_text(html, self._bold)
                self._choices = []
            case File(name, content, html):
                yield f"{plain_text(html, self._bold)}\n{self._save(name, content)}"
            case Say(html, buttons) | Revise(html, buttons):
                yield plain_text(html, self._bold)
                self._choices = [button for row in buttons for button in _in_order(row)]
                if self._choices:
                    yield "\n".join(_numbered(self._choices))


def plain_text(html: str, bold: tuple[str, str] = ("", "")) -> str:
    """The message as lines of a terminal: quotes behind a bar, addresses after what they belong to."""
    quoted = _QUOTE.sub(lambda found: "\n".join(f"│ {line}" for line in found[1].split("\n")), html)
    linked = _LINK.sub(lambda found: found[2] if _MARKER.fullmatch(found[2]) else f"{found[2]} ({found[1]})", quoted)
    marks = iter(bold * linked.count("<b>"))
    return strip_marks(markup.plain(_BOLD.sub(lambda _: next(marks, ""), linked)))


def _in_order(row: Sequence[Button]) -> Sequence[Button]:
    """The buttons of a row as they are read: on Telegram a row of numbers runs from right to left."""
    return row[::-1] if all(button.text.isdecimal() for button in row) else row


def _numbered(choices: Iterable[Button]) -> Iterator[str]:
    return (f"{number}. {button.text}" for number, button in enumerate(choices, 1))
