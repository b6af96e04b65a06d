"""The JSON API: the same questions, searches, facts and events as on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.desk import Desk
from bot.store import StoreError
from bot.web.asking import Asked, Day, FactQuery, Named
from retrieval import Answer, Article, Citation, Event, Fact, FactFilter, Grade, PassageHit

_MOST = 500
# Of how many facts, the newest, events are made; whoever wants older ones names a period.
_COUNTED = 2000


class Fault(BaseModel):
    """Why a request was not answered."""

    detail: str


class Found(BaseModel):
    """Passages, best first."""

    passages: tuple[PassageHit, ...]


class Facts(BaseModel):
    """Facts, newest first."""

    facts: tuple[Fact, ...]


class FactsQuery(FactQuery):
    """Which facts are wanted, of which article, and how many at most."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(default="", max_length=512, pattern=r"^[^\x00]*$")
    limit: int = Field(default=100, ge=1, le=_MOST)


class EventsQuery(FactQuery):
    """Which events are wanted, and how many at most: those that harmed or struck somebody or something."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=100, ge=1, le=_MOST)


class Happened(BaseModel):
    """What several reports say happened once; `min` and `max` span the claims that stand (`max` null: open above)."""

    what: str = Field(description="Whom or what is counted: a kind of harm, strikes, or what was damaged.")
    place: str
    places: tuple[str, ...]
    date_start: dt.date | None = Field(description="Null where no report tells the day.")
    date_end: dt.date | None
    min: int | None
    max: int | None
    bound: str
    grade: Grade = Field(description="How well it is attested.")
    articles: tuple[str, ...]
    citations: tuple[Citation, ...]


class Events(BaseModel):
    """Events, newest first; `complete` is false where older facts were left out."""

    events: tuple[Happened, ...]
    complete: bool


class Kept(BaseModel):
    """An article with the facts that were read from it, and how often it changed."""

    article: Article
    facts: tuple[Fact, ...]
    versions: int


def create_api(desk: Desk, today: Callable[[], dt.date]) -> APIRouter:
    """The routes below /api."""
    api = APIRouter(prefix="/api")

    @api.get("/ask", summary="Answer a question with citations", response_model_by_alias=True)
    def ask(q: Annotated[Asked, Query()], as_of: Day | None = None) -> Answer:
        return desk.ask(q, as_of=as_of or today())

    @api.get("/search", summary="Find passages by their words")
    def search(q: Annotated[Asked, Query()], k: Annotated[int, Query(ge=1, le=100)] = 10) -> Found:
        return Found(passages=desk.search(q, k))

    @api.get("/facts", summary="List facts by kind, harm, place, period and article")
    def facts(wanted: Annotated[FactsQuery, Query()]) -> Facts:
        articles = (wanted.article,) if wanted.article else ()
        found = desk.store.facts(wanted.filter(wanted.limit).model_copy(update={"article_ids": articles}))
        return Facts(facts=found)

    @api.get("/events", summary="List what happened, each event once however many report it")
    def events(wanted: Annotated[EventsQuery, Query()]) -> Events:
        return _events(desk, wanted)

    @api.get("/articles/{article_id:path}", summary="One article with its facts", responses={404: {"model": Fault}})
    def one_article(article_id: Annotated[Named, Path()]) -> Kept:
        found = desk.store.article(article_id)
        if found is None:
            raise HTTPException(404, "there is no article of that id")
        facts = desk.store.facts(FactFilter(article_ids=(article_id,), limit=_MOST))
        return Kept(article=found, facts=facts, versions=1 + len(desk.store.versions(article_id)))

    return api


def _events(desk: Desk, wanted: EventsQuery) -> Events:
    found, complete = desk.events(wanted.filter(_COUNTED))
    return Events(events=tuple(map(_happened, found[: wanted.limit])), complete=complete and len(found) <= wanted.limit)


def _happened(event: Event) -> Happened:
    return Happened(
        what=event.harm,
        place=event.place,
        places=event.places,
        date_start=event.start if event.dated else None,
        date_end=event.end if event.dated else None,
        min=event.min,
        max=event.max,
        bound=event.bound,
        grade=event.grade,
        articles=tuple(sorted(event.reports)),
        citations=tuple(fact.citation for fact in event.facts),
    )


def create_health(desk: Desk) -> APIRouter:
    """Whether the program lives, and whether it can answer."""
    health = APIRouter(include_in_schema=False)

    @health.get("/healthz")
    def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @health.get("/readyz")
    def readyz() -> PlainTextResponse:
        try:
            desk.store.stamp()
        except StoreError as error:
            return PlainTextResponse(f"{error}\n", 503)
        return PlainTextResponse("ok\n")

    return health
