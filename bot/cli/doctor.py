"""`marsad doctor`: what is in order and what is not, each with its remedy."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Literal, NamedTuple

import click

import retrieval
from bot.app import App, opened
from bot.cli.jsonlines import line_of
from bot.cli.opening import settings as read_settings
from bot.config import PREFIX, Settings, SettingsError, unknown_variables
from bot.store import StoreError
from bot.wording import load_wording
from retrieval import Article, EngineError, TableError, WordingError

State = Literal["ok", "note", "wrong"]


class Finding(NamedTuple):
    """What one check found; `remedy` says what to do when it is wrong."""

    check: str
    state: State
    said: str
    remedy: str = ""


@click.command("doctor", short_help="Check that everything is in order.")
@click.option("--words", help="Show what is read from this sentence instead.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def command(*, words: str | None, as_json: bool) -> int:
    """Check settings, store, index, language data and token; fails when one of them is wrong."""
    if words is not None:
        from bot.cli.explaining import explain  # noqa: PLC0415 - the checks do not need it

        explain(words, as_json=as_json)
        return 0
    found = []
    for finding in examine():
        found.append(finding)
        if not as_json:
            print(_line(finding), flush=True)
    if as_json:
        print(line_of([one._asdict() for one in found]))
    return int(any(one.state == "wrong" for one in found))


def examine() -> Iterator[Finding]:
    """The findings of all checks, as they are made; what cannot be checked because of an earlier fault is left out."""
    try:
        settings = read_settings()
    except SettingsError as error:
        yield Finding("settings", "wrong", str(error), "correct the variable, or the line in .env")
        return
    yield from _settings(settings)
    yield from _language()
    with ExitStack() as stack:
        try:
            app = stack.enter_context(opened(settings))
        except (StoreError, EngineError, WordingError) as error:
            check = {StoreError: "store", EngineError: "index"}.get(type(error), "messages")
            yield Finding(check, "wrong", str(error), "see what the line says")
        else:
            yield from _store(app)
            yield from _index(app)
    yield _token(settings)


def _line(finding: Finding) -> str:
    mark = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}[finding.state]
    remedy = f" -> {finding.remedy}" if finding.remedy else ""
    return f"{mark} {finding.check}: {finding.said}{remedy}"


def _settings(settings: Settings) -> Iterator[Finding]:
    given = ", ".join(f"{PREFIX}{name.upper()}" for name in sorted(settings.model_fields_set)) or "none is set"
    yield Finding("settings", "ok", f"{given}; the data is in {settings.data}")
    for name in unknown_variables():
        yield Finding("settings", "wrong", f"{name} is no setting of Marsad", "correct the name, or unset it")
    if settings.webhook_url and not settings.listen:
        yield Finding(
            "settings", "wrong", "MARSAD_WEBHOOK_URL is set without MARSAD_LISTEN", "set host:port to listen on"
        )


def _language() -> Iterator[Finding]:
    began = time.monotonic()
    try:
        facts = retrieval.read(Article(id="doctor", body=load_wording().say("cli.sample"))).facts
    except WordingError as error:
        yield Finding("messages", "wrong", str(error), "correct that message")
        return
    except TableError as error:
        yield Finding("language", "wrong", str(error), "correct that row of the table")
        return
    seconds = time.monotonic() - began
    if not facts:
        yield Finding("language", "wrong", "no fact is read from a plain sentence", "restore the tables of the release")
        return
    said = f"the tables load in {seconds:.1f} s (rules {retrieval.reading_version()})"
    yield Finding("language", "ok", said)


def _store(app: App) -> Iterator[Finding]:
    try:
        fault = app.store.fault()
        counts = app.store.counts()
    except StoreError as error:
        yield Finding("store", "wrong", str(error))
        return
    if fault:
        remedy = "restore a backup, or move the file away and ingest the articles again"
        yield Finding("store", "wrong", f"{app.store.name} is damaged: {fault}", remedy)
        return
    said = f"{app.store.name}: {counts.articles} articles, {counts.passages} passages, {counts.facts} facts"
    if counts.articles:
        yield Finding("store", "ok", said)
    else:
        yield Finding("store", "note", said, "put articles in with `marsad ingest PATH`")
    if older := app.store.read_by_others(retrieval.reading_version()):
        yield Finding("store", "note", f"{older} articles were read by other rules or tables", "run `marsad reread`")


def _index(app: App) -> Iterator[Finding]:
    began = time.monotonic()
    try:
        app.desk.refresh()
    except (EngineError, StoreError) as error:
        yield Finding("index", "wrong", str(error), "build it anew with `marsad reindex`")
        return
    stats, articles = app.index.stats(), app.store.counts().articles
    seconds = time.monotonic() - began
    said = f"{stats.engine}: {stats.entries} entries of {stats.articles} articles, ready in {seconds:.1f} s"
    if stats.articles < articles:
        yield Finding("index", "wrong", f"{said}, but the store has {articles}", "build it anew with `marsad reindex`")
    else:
        yield Finding("index", "ok", said)


def _token(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        remedy = "to run the bot, get one from @BotFather and set MARSAD_TELEGRAM_TOKEN"
        return Finding("token", "note", "none is set", remedy)
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - only this check needs it

    from bot.telegram.transport import BotApi  # noqa: PLC0415 - see above

    token, base = settings.telegram_token.get_secret_value(), settings.telegram_api

    async def name() -> str:
        async with BotApi(token, base) as api:
            return str((await api.call("getMe", {}, patience=10))["username"])

    try:
        return Finding("token", "ok", f"it is that of @{asyncio.run(name())}")
    except InvalidToken:
        return Finding(
            "token", "wrong", f"{base} does not know it", "copy it from @BotFather into MARSAD_TELEGRAM_TOKEN"
        )
    except (TelegramError, OSError) as error:
        said = str(error).replace(token, "…")
        return Finding("token", "wrong", f"{base} does not answer: {said}", "check MARSAD_TELEGRAM_API and the network")
