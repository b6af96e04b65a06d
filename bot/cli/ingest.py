"""`marsad ingest`: articles from files into the store."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from bot.app import App
from bot.cli.opening import app
from bot.cli.terminal import progress_bar
from bot.desk import Ingested, Unread
from bot.sources import Defaults, Limits, Rejected, Remark, count_articles, parse_published, read_paths
from retrieval import Article


class Published(click.ParamType[dt.date | None]):
    """A date, or a moment with or without its zone."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date | None:
        """The date or moment; a usage error when it is none."""
        try:
            return parse_published(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2024-05-01 or 2024-05-01T14:30", param, ctx)


@click.command("ingest", short_help="Put articles from files into the store.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--outlet", default="", help="The outlet of articles that name none.")
@click.option("--published", type=Published(), help="The date of articles that name none: YYYY-MM-DD[THH:MM].")
@click.option("--url", default="", help="The address of the one article that is given.")
@click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON.")
@click.option("--quiet", is_flag=True, help="Say nothing about what went well.")
@click.option("--strict", is_flag=True, help="Fail when anything that should be an article is left out.")
def command(  # noqa: PLR0913 - each option is one
    *,
    paths: tuple[Path, ...],
    outlet: str,
    published: dt.date | None,
    url: str,
    as_json: bool,
    quiet: bool,
    strict: bool,
) -> int:
    """Put articles into the store: files or folders, .jsonl .json .html .txt (a raw copy of a web page).

    What is in already stays as it is; an article whose text has changed becomes a new version. Whatever cannot be used
    is named in one line on stderr, and everything else goes in. Fails when nothing at all could be used.
    """
    began = time.monotonic()
    with app() as found:
        limits = Limits(found.settings.max_file_mb * 2**20, found.settings.max_article_chars)
        intake = Intake(show=not as_json)
        items = read_paths(paths, Defaults(outlet, published, url), limits)
        total = count_articles(paths) if sys.stderr.isatty() else 0
        counts = _ingest(found, intake, items, total, quiet=quiet or as_json)
    seconds = time.monotonic() - began
    if as_json:
        print(json.dumps({**counts._asdict(), **intake.told(), "seconds": round(seconds, 2)}, ensure_ascii=False))
    elif not quiet:
        print(_summary(counts, intake, seconds))
    wrong = bool(counts.failed or any(not one.skipped for one in intake.rejected))
    return int((wrong and strict) or (counts.seen == counts.failed and bool(wrong or intake.rejected)))


class Intake:
    """Lets articles through, and notes and shows whatever is not one."""

    def __init__(self, *, show: bool) -> None:
        self._show = show
        self.rejected: list[Rejected] = []
        self.remarks: list[Remark] = []

    def articles(self, items: Iterator[Article | Rejected | Remark]) -> Iterator[Article]:
        """The articles among the items."""
        for item in items:
            if isinstance(item, Article):
                yield item
            elif isinstance(item, Rejected):
                self.reject(item)
            else:
                self.remarks.append(item)
                self._say(item)

    def reject(self, one: Rejected) -> None:
        """Note that something is left out."""
        self.rejected.append(one)
        self._say(one)

    def told(self) -> dict[str, object]:
        """What was noted, for JSON."""
        return {
            "left_out": [one._asdict() for one in self.rejected],
            "remarks": [one._asdict() for one in self.remarks],
        }

    def _say(self, one: Rejected | Remark) -> None:
        if self._show:
            print(one, file=sys.stderr)


def _ingest(
    found: App, intake: Intake, items: Iterator[Article | Rejected | Remark], total: int, *, quiet: bool
) -> Ingested:
    def failed(one: Unread) -> None:
        intake.reject(Rejected(f"article {one.article_id}", f"cannot be read: {one.reason} (please report it)"))

    with progress_bar("articles", quiet=quiet) as shown:
        return found.desk.ingest(
            intake.articles(items),
            now=dt.datetime.now(dt.UTC),
            progress=lambda counts: shown(counts.seen + len(intake.rejected), total),
            failed=failed,
        )


def _summary(counts: Ingested, intake: Intake, seconds: float) -> str:
    parts = [f"{n} {name}" for name, n in counts._asdict().items() if n or name == "new"]
    if left_out := len(intake.rejected):
        parts.append(f"{left_out} left out")
    return f"{', '.join(parts)} in {seconds:.1f} s ({counts.seen / max(seconds, 1e-3):,.0f}/s)"
