"""`marsad facts`: what was read from the articles."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import get_args

import click
from pydantic import TypeAdapter

from bot.app import App
from bot.cli.jsonlines import one_line
from bot.cli.opening import app
from bot.cli.showing import fact_cells
from bot.cli.terminal import turned
from retrieval import Citation, Fact, FactKind

_CITED = [f"citation_{name}" for name in Citation.model_fields]
# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (8, 40, 20, 23, 12, 24, 60)
_COLUMNS = ("kind", "gist", "place", "date", "status", "source", "quote")
_ROWS = 500


@click.command("facts", short_help="List what was read from the articles.")
@click.option("--kind", type=click.Choice(get_args(FactKind)), help="Facts of this kind only.")
@click.option("--article", help="Facts of the article with this id only.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="A table to look at, or every field as JSON lines or CSV.",
)
def command(*, kind: str | None, article: str | None, style: str) -> None:
    """List the facts that were read from the articles, in the order of the articles."""
    with app() as found:
        if article is not None and found.store.article(article) is None:
            raise click.ClickException(f"there is no article with the id '{article}'")
        payloads = found.store.all_facts(kind=kind, article_id=article)
        if style == "jsonl":
            for payload in payloads:
                print(one_line(payload))
        elif style == "csv":
            _write_csv(payloads, kind)
        else:
            _write_table(found, payloads)


def fields(kind: str | None = None) -> list[str]:
    """The columns of CSV: the fields of facts of that kind, or of all kinds, and those of the citation."""
    kinds = [model for model in get_args(get_args(Fact)[0]) if kind in {None, model.model_fields["kind"].default}]
    names = dict.fromkeys(name for model in kinds for name in model.model_fields if name not in {"citation", "kind"})
    return ["id", "kind", *(name for name in names if name != "id"), *_CITED]


def _write_csv(payloads: Iterable[str], kind: str | None) -> None:
    columns = fields(kind)
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for payload in payloads:
        fact = json.loads(payload)
        cited = {f"citation_{name}": value for name, value in fact.pop("citation").items()}
        writer.writerow({name: _cell(value) for name, value in {**fact, **cited}.items()})


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "|".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return {None: "", True: "true", False: "false"}.get(value, value) if isinstance(value, bool | None) else value


def _write_table(found: App, payloads: Iterator[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only tables need it
    from rich.table import Table  # noqa: PLC0415 - only tables need it

    turn = turned(found.settings.rtl, sys.stdout)
    reader: TypeAdapter[Fact] = TypeAdapter(Fact)
    table = Table(show_edge=False, pad_edge=False)
    for name, width in zip(_COLUMNS, _WIDTHS, strict=True):
        table.add_column(turn(found.wording.say(f"cli.column.{name}")), max_width=width, no_wrap=True)
    for payload in islice(payloads, _ROWS):
        cells = fact_cells(reader.validate_json(payload), found.wording)
        table.add_row(*(turn(_cropped(cell, width)) for cell, width in zip(cells, _WIDTHS, strict=True)))
    console = Console(
        width=None if sys.stdout.isatty() else sum(_WIDTHS) + 3 * len(_WIDTHS), markup=False, highlight=False
    )
    console.print(table)
    if rest := sum(1 for _ in payloads):
        print(f"marsad: {rest} more; --format jsonl or csv gives them all", file=sys.stderr)


def _cropped(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
