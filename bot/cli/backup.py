"""`marsad backup`: everything that the store holds, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.opening import app
from bot.cli.terminal import progress_bar
from bot.store.backup import back_up


@click.command("backup", short_help="Write the whole store to one file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--quiet", is_flag=True, help="Say nothing about what went well.")
def command(file: Path, *, quiet: bool) -> None:
    """Write everything that the store holds to a new FILE, while the bot runs. `marsad restore` puts it back."""
    with app() as found, progress_bar("saving", quiet=quiet) as progress:
        rows = back_up(found.store, file, progress)
    if not quiet:
        print(f"{rows} rows are in {file}")
