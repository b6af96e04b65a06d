"""`marsad restore`: what a backup holds, put into an empty store."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.opening import app
from bot.cli.terminal import progress_bar
from bot.store.backup import restore


@click.command("restore", short_help="Put a backup into an empty store.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--quiet", is_flag=True, help="Say nothing about what went well.")
def command(file: Path, *, quiet: bool) -> None:
    """Put everything that the backup FILE holds into the store, which must be empty, and build the index from it.

    The store may lie in another kind of database than the one that was saved.
    """
    with app() as found:
        with progress_bar("restoring", quiet=quiet) as progress:
            rows = restore(file, found.store, progress)
        with progress_bar("indexing", quiet=quiet) as progress:
            found.desk.reindex(progress)
    if not quiet:
        print(f"{rows} rows are in the store {found.store.name}")
