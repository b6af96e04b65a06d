"""What every command does first: read the settings, set the log, open the program."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.app import App, opened
from bot.cli.terminal import progress_bar
from bot.config import Settings, load_settings


class JsonFormatter(logging.Formatter):
    """Each line of the log as a JSON object: time, level, logger, message and, of an error, its kind and trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said: dict[str, str] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            said |= {"error": record.exc_info[0].__name__, "trace": self.formatException(record.exc_info)}
        return json.dumps(said, ensure_ascii=False)


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
    if found.log == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonFormatter())
    if found.debug:
        log_openly(logging.DEBUG)
    return found


@contextmanager
def app() -> Iterator[App]:
    """The program as the settings describe it, closed at the end of the block."""
    with opened(settings()) as found:
        yield found


def bring_in_step(found: App) -> None:
    """Let the index hold what the store holds, with a progress bar if that takes a while."""
    with progress_bar("indexing") as progress:
        found.desk.refresh(progress)


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
