"""`marsad feeds`: the feeds that news comes from, how they fare, and a look at them now."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.app import App, fetch_rules
from bot.cli.opening import app as opened_app
from bot.cli.terminal import turned
from bot.polling import Polled, Poller
from bot.sources import Limits, Unusable
from bot.sources.encoding import decode
from bot.sources.fetching import Fetcher
from bot.sources.opml import Listed, read_opml, write_opml
from bot.store import feeds
from bot.store.feeds import FeedRow


@click.group("feeds")
def command() -> None:
    """The feeds that news comes from: RSS, Atom, JSON Feed and news sitemaps."""


@command.command()
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option("--outlet", default="", help="Whose articles they are; unset: what the feed calls itself.")
@click.option("--opml", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Add all of the list.")
def add(urls: tuple[str, ...], outlet: str, opml: Path | None) -> None:
    """Add feeds by address or from an OPML file; `marsad run` looks at them from then on."""
    listed = [Listed(url, outlet) for url in urls]
    if opml is not None:
        try:
            listed += read_opml(decode(opml.read_bytes()))
        except Unusable as unusable:
            raise click.ClickException(f"{opml} {unusable}") from None
    if not listed:
        raise click.UsageError("name the address of a feed, or a list with --opml")
    for feed in listed:
        parts = urlsplit(feed.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise click.ClickException(f"{feed.url[:80]!r} is not an address that begins with http:// or https://")
    with opened_app() as app, app.store.writing() as connection:
        interval = app.settings.feed_minutes * 60
        new = [feeds.add(connection, feed.url, feed.title, interval=interval, now=_now()) for feed in listed]
    click.echo(f"{sum(new)} added, {len(new) - sum(new)} there already")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--opml", "as_opml", is_flag=True, help="OPML, for another reader.")
def list_(*, as_json: bool, as_opml: bool) -> None:
    """Show the feeds and how they fare."""
    with opened_app() as app, app.store.reading() as connection:
        rows = feeds.feeds(connection)
        show = turned(app.settings.rtl, sys.stdout)
    if as_opml:
        click.echo(write_opml(Listed(row.url, row.outlet or row.title) for row in rows), nl=False)
    elif as_json:
        for row in rows:
            click.echo(json.dumps({**row._asdict(), "health": health(row)}, ensure_ascii=False, default=str))
    else:
        for row in rows:
            click.echo(show(f"{health(row)}  {row.articles:>6}  {row.url}  {row.outlet or row.title}"))
        if not rows:
            click.echo("no feeds yet: marsad feeds add URL")


@command.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
def remove(urls: tuple[str, ...]) -> None:
    """Forget feeds; the articles that came from them stay."""
    with opened_app() as app, app.store.writing() as connection:
        unknown = [url for url in urls if not feeds.remove(connection, url)]
    if unknown:
        raise click.ClickException(f"no such feed: {', '.join(unknown)} (marsad feeds list shows them)")


@command.command()
@click.option("--all", "everything", is_flag=True, help="All feeds, not only those that are due.")
def poll(*, everything: bool) -> None:
    """Look at the feeds that are due, once, and say what each gave."""
    with opened_app() as app:
        outcomes = asyncio.run(_poll(app, everything=everything))
    for outcome in outcomes:
        click.echo(f"{outcome.url}: {outcome.error or f'{outcome.articles} new'}", err=bool(outcome.error))
        for fault in outcome.faults:
            click.echo(f"  {fault}", err=True)
    if any(outcome.error for outcome in outcomes):
        raise click.ClickException(f"{sum(bool(o.error) for o in outcomes)} of {len(outcomes)} feeds failed")


async def _poll(app: App, *, everything: bool) -> list[Polled]:
    with app.store.reading() as connection:
        due = feeds.feeds(connection) if everything else feeds.due(connection, _now())
    limits = Limits(article_chars=app.settings.max_article_chars)
    async with Fetcher(fetch_rules(app.settings)) as fetcher:
        return await Poller(app.desk, fetcher, clock=_now, limits=limits).poll(due)


def health(row: FeedRow) -> str:
    """How a feed fares, in a word and, if it is not well, why."""
    if row.paused:
        return f"paused ({row.paused})"
    if row.failures:
        return f"failing {row.failures}x ({row.error})"
    return "ok" if row.succeeded_at else "new"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
