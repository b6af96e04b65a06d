"""`marsad reread`: facts read again after a change of the rules or tables."""

from __future__ import annotations

import click

from bot.cli.opening import app
from bot.cli.terminal import progress_bar


@click.command("reread", short_help="Read articles anew after a change of the rules.")
@click.option("--all", "everything", is_flag=True, help="Also articles that these very rules and tables have read.")
@click.option("--quiet", is_flag=True, help="Say nothing about what went well.")
def command(*, everything: bool, quiet: bool) -> None:
    """Read the articles of the store again that other rules or tables have read. A fact that stays keeps its id."""
    with app() as found:
        with progress_bar("reading", quiet=quiet) as progress:
            changed = found.desk.reread(everything=everything, progress=progress)
        articles = found.store.counts().articles
    if not quiet:
        print(f"{changed} of {articles} articles now say something else")
