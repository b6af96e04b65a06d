"""The one ASGI application: guards, routes, headers and errors put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from importlib.metadata import version

from fastapi import Depends, FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse

from bot.config import Settings
from bot.desk import Desk
from bot.store import StoreError
from bot.web.api import create_api, create_health
from bot.web.guard import Guard
from bot.web.metrics import Metrics
from bot.web.pages import create_pages
from bot.web.syndication import create_syndication
from retrieval import Wording

# The page needs nothing from anywhere else, and nobody may put it into a frame.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_web(desk: Desk, wording: Wording, settings: Settings, today: Callable[[], dt.date]) -> FastAPI:
    """The application over the desk; `today` is the day on which questions are asked that name none."""
    web = FastAPI(title="Marsad", version=version("marsad"), docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    guard, metrics = Guard(settings.api_key_values, settings.requests_per_minute), Metrics(desk)
    web.include_router(create_health(desk))
    web.include_router(create_api(desk, today), dependencies=[Depends(guard.check_key)])
    web.include_router(create_syndication(desk, wording, today), dependencies=[Depends(guard.check_key)])
    web.include_router(create_pages(desk, wording, settings, today), dependencies=[Depends(guard.check_client)])
    web.add_api_route("/metrics", metrics.shown, include_in_schema=False)
    web.exception_handler(StoreError)(_store_failed)
    web.middleware("http")(_with_headers)
    web.middleware("http")(metrics.watch)
    if settings.cors:
        web.add_middleware(CORSMiddleware, allow_origins=list(settings.cors), allow_headers=["X-API-Key"])
    return web


async def _store_failed(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 503)


async def _with_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
