"""`marsad search`: passages by their words."""

from __future__ import annotations

import datetime as dt
import sys
from typing import BinaryIO, get_args

import click

from bot.app import App
from bot.cli.ask import Day
from bot.cli.jsonlines import Asked, answers, line_of
from bot.cli.opening import app, bring_in_step, need_articles
from bot.cli.showing import passages_text
from bot.cli.terminal import turned
from retrieval import FactKind, Filters


@click.command("search", short_help="Find passages by their words.")
@click.argument("query", nargs=-1)
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many passages at most.")
@click.option("--from", "first", type=Day(), help="Published on this day or later; facts: of this day or later.")
@click.option("--to", "last", type=Day(), help="Published on this day or earlier; facts: of this day or earlier.")
@click.option("--outlet", "outlets", multiple=True, help="Of this outlet; may be given several times.")
@click.option("--place", "places", multiple=True, help="That name this place or one in it; may be given several times.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(get_args(FactKind)),
    help="Quotes of facts of this kind instead of passages; may be given several times.",
)
@click.option("--batch", type=click.File("rb"), help='A file of {"id", "q"} a line; one result a line comes out.')
@click.option("--json", "as_json", is_flag=True, help="Results as JSON, as a batch always gives them.")
def command(  # noqa: PLR0913 - each option is one
    *,
    query: tuple[str, ...],
    k: int,
    first: dt.date | None,
    last: dt.date | None,
    outlets: tuple[str, ...],
    places: tuple[str, ...],
    kinds: tuple[FactKind, ...],
    batch: BinaryIO | None,
    as_json: bool,
) -> None:
    """Find the passages that fit the words of QUERY best."""
    filters = Filters(first, last, kinds, outlets, places)
    text = " ".join(query).strip()
    if bool(text) == bool(batch):
        raise click.UsageError("give a QUERY, or --batch FILE")
    with app() as found:
        bring_in_step(found)
        if batch:
            for line in answers(batch, lambda asked: _result(found, asked, k, filters)):
                print(line, flush=True)
            return
        need_articles(found)
        hits = found.desk.search(text[: found.settings.max_question_chars], k, filters)
        if as_json:
            print(line_of({"query": text, "passages": [hit.model_dump(mode="json") for hit in hits]}))
        else:
            print(turned(found.settings.rtl, sys.stdout)(passages_text(hits, found.wording)))


def _result(found: App, asked: Asked, k: int, filters: Filters) -> str:
    most = found.settings.max_question_chars
    if len(asked.q) > most:
        raise ValueError(f"has {len(asked.q):,} characters, more than {most:,} (MARSAD_MAX_QUESTION_CHARS)")
    hits = found.desk.search(asked.q, k, filters)
    return line_of({"query": asked.q, "passages": [hit.model_dump(mode="json") for hit in hits]})
