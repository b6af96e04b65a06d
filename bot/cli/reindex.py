"""`marsad reindex`: the index built anew from the store."""

from __future__ import annotations

import click

from bot.cli.opening import app
from bot.cli.terminal import progress_bar


@click.command("reindex", short_help="Build the index anew.")
@click.option("--quiet", is_flag=True, help="Say nothing about what went well.")
def command(*, quiet: bool) -> None:
    """Build the index anew from the articles of the store. The old one answers until the new one is ready."""
    with app() as found:
        with progress_bar("indexing", quiet=quiet) as progress:
            found.desk.reindex(progress)
        stats = found.index.stats()
    if not quiet:
        print(f"{stats.entries} passages and facts of {stats.articles} articles are in the {stats.engine} index")
