"""What every command does first: read the settings, set the log, open the program."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.app import App, opened
from bot.config import Settings, load_settings


def log_openly(level: int) -> None:
    """Show what this program logs from that level on; other libraries stay silent, for they may log addresses."""
    for name in ("bot", "retrieval"):
        logging.getLogger(name).setLevel(level)


def settings() -> Settings:
    """The settings, with the log set as they say.

    Raises:
        SettingsError: for a setting that cannot be used.
    """
    found = load_settings()
    if found.debug:
        log_openly(logging.DEBUG)
    return found


@contextmanager
def app() -> Iterator[App]:
    """The program as the settings describe it, closed at the end of the block."""
    with opened(settings()) as found:
        yield found


def need_articles(found: App) -> None:
    """Make sure that there is something to answer from.

    Raises:
        ClickException: when the store is empty; says how to fill it.
    """
    if not found.store.counts().articles:
        raise click.ClickException(
            f"there are no articles yet in {found.store.name}: put some in with `marsad ingest PATH`,"
            " for example `marsad ingest seeds/articles.jsonl`"
        )
