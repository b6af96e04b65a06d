"""The page: ask, see each quote in its context, facts as a table, a topic's timeline, where the news comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.config import Settings
from bot.desk import Desk
from bot.store import feeds, overview
from bot.web import showing, tables
from bot.web.asking import LONGEST_QUESTION, FactForm
from retrieval import Answer, Article, Chart, FactKind, Harm, Wording

_ROWS = 100
_EXPORTED = 5000
_OUTLETS = 100
Words = Annotated[str, Query(max_length=LONGEST_QUESTION, pattern=r"^[^\x00]*$")]


class Pages:
    """The templates with the words that stand in them."""

    def __init__(self, wording: Wording) -> None:
        self._templates = Environment(
            loader=PackageLoader("bot.web"), autoescape=select_autoescape(default=True), undefined=StrictUndefined
        )
        self._templates.globals["say"] = wording.say

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """The page of that template."""
        return HTMLResponse(self._templates.get_template(name).render(values), status)

    def fault(self, status: int) -> HTMLResponse:
        """The page that says why there is none."""
        known = {404: "missing", 422: "refused", 429: "hurried", 503: "down"}
        return self.page("fault.html", status, said=known.get(status, "refused"))


def create_pages(desk: Desk, pages: Pages, settings: Settings, today: Callable[[], dt.date]) -> APIRouter:
    """The routes of the page and of what it is made of."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def ask(q: Words = "") -> HTMLResponse:
        answer, chart = _answered(desk, q, today()) if q.strip() else (None, None)
        return pages.page(
            "ask.html",
            q=q,
            answer=answer,
            lines=showing.lines(answer) if answer else [],
            quoted=showing.quoted(answer.citations, _articles(desk, answer)) if answer else [],
            chart=chart,
            bars=showing.bars(chart) if chart else [],
        )

    @routes.get("/facts")
    def facts(wanted: Annotated[FactForm, Query()]) -> HTMLResponse:
        found = desk.store.facts(wanted.filter(_ROWS + 1))
        return pages.page(
            "facts.html",
            wanted=wanted,
            parameters=wanted.parameters(),
            kinds=get_args(FactKind),
            harms=get_args(Harm),
            rows=[tables.row(fact) for fact in found[:_ROWS]],
            more=len(found) > _ROWS,
        )

    @routes.get("/facts.csv")
    def facts_csv(wanted: Annotated[FactForm, Query()]) -> Response:
        text = tables.to_csv(desk.store.facts(wanted.filter(_EXPORTED)))
        headers = {"Content-Disposition": 'attachment; filename="facts.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    @routes.get("/topic")
    def topic(q: Words = "") -> HTMLResponse:
        cited = desk.about(q, as_of=today(), limit=_ROWS) if q.strip() else []
        return pages.page("topic.html", q=q, days=showing.by_day(cited))

    @routes.get("/sources")
    def sources() -> HTMLResponse:
        with desk.store.reading() as connection:
            polled, outlets = feeds.feeds(connection), overview.outlets(connection)
        counts = desk.store.counts()
        return pages.page("sources.html", feeds=polled, outlets=outlets[:_OUTLETS], counts=counts, zone=settings.zone)

    @routes.get("/style.css")
    def style() -> Response:
        text = (files("bot.web") / "static" / "style.css").read_text(encoding="utf-8")
        return Response(text, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return routes


def _answered(desk: Desk, q: str, day: dt.date) -> tuple[Answer, Chart | None]:
    question = desk.understand(q, as_of=day)
    answer = desk.answer(question)
    return answer, None if answer.abstained else desk.chart(question)


def _articles(desk: Desk, answer: Answer) -> dict[str, Article]:
    return desk.store.articles({one.article_id for one in answer.citations})
