"""`marsad ask`: one question, or a batch of them, answered with citations."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from typing import BinaryIO

import click

from bot.app import App
from bot.cli.jsonlines import Asked, answers, line_of
from bot.cli.opening import app, bring_in_step, need_articles
from bot.cli.showing import answer_text
from bot.cli.terminal import turned
from bot.store import StoreError
from retrieval import Answer, EngineError

log = logging.getLogger(__name__)


class Day(click.ParamType[dt.date]):
    """A calendar day."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day; a usage error when it is none."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2024-05-01", param, ctx)


@click.command("ask", short_help="Answer a question, or a batch of them.")
@click.argument("question", nargs=-1)
@click.option("--batch", type=click.File("rb"), help='A file of {"id", "q"} a line; one answer a line comes out.')
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, as a batch always does.")
@click.option("--as-of", type=Day(), help="The day on which it is asked, which `yesterday` counts from: today.")
def command(*, question: tuple[str, ...], batch: BinaryIO | None, as_json: bool, as_of: dt.date | None) -> None:
    """Answer QUESTION from the articles, with citations, or say that they do not tell."""
    text = " ".join(question).strip()
    if bool(text) == bool(batch):
        raise click.UsageError("ask one QUESTION, or give --batch FILE")
    with app() as found:
        bring_in_step(found)
        day = as_of or found.today()
        if batch:
            for line in answers(batch, lambda asked: line_of(_answer_of(found, asked, day))):
                print(line, flush=True)
            return
        need_articles(found)
        answer = found.desk.ask(_fitting(found, text), as_of=day)
        if as_json:
            print(line_of(answer))
        else:
            print(turned(found.settings.rtl, sys.stdout)(answer_text(answer, found.wording)))


def _answer_of(found: App, asked: Asked, day: dt.date) -> Answer:
    try:
        return found.desk.ask(_checked(found, asked.q), as_of=day)
    except (StoreError, EngineError):
        raise
    except ValueError:
        raise
    except Exception as error:  # one question that the program fails on must not cost the others their answers
        log.debug("no answer to line %d", asked.number, exc_info=True)
        raise ValueError(f"unexpected {type(error).__name__}: {error}") from error


def _checked(found: App, text: str) -> str:
    most = found.settings.max_question_chars
    if len(text) > most:
        raise ValueError(f"has {len(text):,} characters, more than {most:,} (MARSAD_MAX_QUESTION_CHARS)")
    return text


def _fitting(found: App, text: str) -> str:
    try:
        return _checked(found, text)
    except ValueError as error:
        raise click.UsageError(f"the question {error}") from None
