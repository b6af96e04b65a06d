"""The page: ask, see each quote in its context, facts as a table, where the news comes from."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.config import Settings
from bot.desk import Desk
from bot.exporting import harmless
from bot.store import feeds
from retrieval import Answer, Article, Citation, Fact, FactFilter, FactKind, Wording, place_key

# Characters of the article that are shown on both sides of a quote.
_AROUND = 220
_ROWS = 200
_KINDS: tuple[FactKind, ...] = (
    "casualty", "visit", "meeting", "statement", "strike", "control", "aid", "damage", "decision",
)  # fmt: skip


class Quoted(NamedTuple):
    """A citation with what stands before and after its quote in the article."""

    number: int
    citation: Citation
    before: str
    after: str


def create_pages(desk: Desk, wording: Wording, settings: Settings, today: Callable[[], dt.date]) -> APIRouter:
    """The routes of the page and of what it is made of."""
    routes = APIRouter(include_in_schema=False)
    templates = Environment(
        loader=PackageLoader("bot.web"), autoescape=select_autoescape(default=True), undefined=StrictUndefined
    )
    templates.globals["say"] = wording.say

    def page(name: str, **values: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(values))

    @routes.get("/")
    def ask(q: Annotated[str, Query(max_length=1000)] = "") -> HTMLResponse:
        answer = desk.ask(q, as_of=today()) if q.strip() else None
        return page("ask.html", q=q, answer=answer, quoted=_quoted(desk, answer), lines=_lines(answer))

    @routes.get("/facts")
    def facts(kind: FactKind | None = None, place: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
        found = desk.store.facts(_wanted(kind, place))
        return page("facts.html", kind=kind or "", place=place, kinds=_KINDS, facts=[_row(fact) for fact in found])

    @routes.get("/facts.csv")
    def facts_csv(kind: FactKind | None = None, place: Annotated[str, Query(max_length=100)] = "") -> Response:
        found = desk.store.facts(_wanted(kind, place))
        headers = {"Content-Disposition": 'attachment; filename="facts.csv"'}
        return Response(_csv(found), media_type="text/csv; charset=utf-8", headers=headers)

    @routes.get("/topic")
    def topic(q: Annotated[str, Query(max_length=1000)] = "") -> HTMLResponse:
        cited = desk.about(q, as_of=today(), limit=_ROWS) if q.strip() else []
        return page("topic.html", q=q, cited=cited)

    @routes.get("/sources")
    def sources() -> HTMLResponse:
        with desk.store.reading() as connection:
            rows = feeds.feeds(connection)
        return page("sources.html", feeds=rows, counts=desk.store.counts(), zone=settings.zone)

    @routes.get("/style.css")
    def style() -> Response:
        text = (files("bot.web") / "static" / "style.css").read_text(encoding="utf-8")
        return Response(text, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return routes


def _wanted(kind: FactKind | None, place: str) -> FactFilter:
    places = (place_key(place.strip()),) if place.strip() else ()
    return FactFilter(kinds=(kind,) if kind else (), place_keys=places, limit=_ROWS)


def _lines(answer: Answer | None) -> list[str]:
    return [line for line in answer.answer.split("\n") if line.strip()] if answer else []


def _quoted(desk: Desk, answer: Answer | None) -> list[Quoted]:
    if answer is None:
        return []
    articles = desk.store.articles({one.article_id for one in answer.citations})
    return [_around(number, one, articles.get(one.article_id)) for number, one in enumerate(answer.citations, start=1)]


def _around(number: int, citation: Citation, article: Article | None) -> Quoted:
    if article is None or citation.field != "body" or article.body[citation.start : citation.end] != citation.quote:
        return Quoted(number, citation, "", "")
    start, end = max(0, citation.start - _AROUND), citation.end + _AROUND
    before = article.body[start : citation.start]
    after = article.body[citation.end : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(article.body):
        after = after.rpartition(" ")[0] + " …"
    return Quoted(number, citation, before, after)


class Row(NamedTuple):
    """A fact as a row of the table."""

    kind: str
    what: str
    number: str
    place: str
    date: str
    source: str
    citation: Citation


def _row(fact: Fact) -> Row:
    said = fact.model_dump(exclude_none=True)
    low, high = said.get("min"), said.get("max")
    number = "" if low is None and high is None else str(low) if low == high else f"{low or ''}–{high or ''}"
    names = ("victims", "visitor", "participants", "speaker", "target", "actor", "giver", "what", "body")
    parts = (said.get(name) for name in names)
    what = " · ".join("، ".join(part) if isinstance(part, tuple) else str(part) for part in parts if part)
    return Row(fact.kind, what, number, fact.place, str(fact.date_start or ""), fact.source, fact.citation)


def _csv(facts: tuple[Fact, ...]) -> str:
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["kind", "who", "count", "place", "date", "source", "outlet", "published", "url", "quote"])
    for fact in facts:
        row = _row(fact)
        cited = row.citation
        cells = [*row[:-1], cited.outlet, cited.published or "", cited.url, cited.quote]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue()
