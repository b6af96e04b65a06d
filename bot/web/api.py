"""The JSON API: the same questions, searches and facts as on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.desk import Desk
from bot.store import StoreError
from retrieval import Answer, Article, Fact, FactFilter, FactKind, Harm, PassageHit, place_key

_MOST = 500
Asked = Annotated[str, Query(min_length=1, max_length=1000, description="The question, in Arabic.")]


class Found(BaseModel):
    """Passages, best first."""

    passages: tuple[PassageHit, ...]


class Facts(BaseModel):
    """Facts, newest first."""

    facts: tuple[Fact, ...]


class FactQuery(BaseModel):
    """Which facts are wanted: an empty parameter sets no condition."""

    model_config = ConfigDict(extra="forbid")

    kind: FactKind | None = None
    harm: Harm | None = None
    place: str = Field(default="", max_length=100)
    date_from: dt.date | None = Field(default=None, alias="from")
    date_to: dt.date | None = Field(default=None, alias="to")
    article: str = Field(default="", max_length=512)
    limit: int = Field(default=100, ge=1, le=_MOST)

    def filter(self) -> FactFilter:
        """The filter of the store that it means."""
        return FactFilter(
            kinds=(self.kind,) if self.kind else (),
            harms=(self.harm,) if self.harm else (),
            place_keys=(place_key(self.place),) if self.place else (),
            date_from=self.date_from,
            date_to=self.date_to,
            article_ids=(self.article,) if self.article else (),
            limit=self.limit,
        )


class Kept(BaseModel):
    """An article with the facts that were read from it, and how often it changed."""

    article: Article
    facts: tuple[Fact, ...]
    versions: int


def create_api(desk: Desk, today: Callable[[], dt.date]) -> APIRouter:
    """The routes below /api."""
    api = APIRouter(prefix="/api")

    @api.get("/ask", summary="Answer a question with citations", response_model_by_alias=True)
    def ask(q: Asked, as_of: dt.date | None = None) -> Answer:
        return desk.ask(q, as_of=as_of or today())

    @api.get("/search", summary="Find passages by their words")
    def search(q: Asked, k: Annotated[int, Query(ge=1, le=100)] = 10) -> Found:
        return Found(passages=desk.search(q, k))

    @api.get("/facts", summary="List facts by kind, harm, place, period and article")
    def facts(wanted: Annotated[FactQuery, Query()]) -> Facts:
        return Facts(facts=desk.store.facts(wanted.filter()))

    @api.get("/articles/{article_id:path}", summary="One article with its facts", responses={404: {}})
    def one_article(article_id: str) -> Kept:
        found = desk.store.article(article_id)
        if found is None:
            raise HTTPException(404, "there is no article of that id")
        facts = desk.store.facts(FactFilter(article_ids=(article_id,), limit=_MOST))
        return Kept(article=found, facts=facts, versions=1 + len(desk.store.versions(article_id)))

    return api


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
