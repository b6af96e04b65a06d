"""The one ASGI application: guards, routes, headers and errors put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI, Request, Response, Security
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.config import Settings
from bot.desk import Desk
from bot.store import StoreError
from bot.web.api import Fault, create_api, create_health
from bot.web.guard import KEY, Guard
from bot.web.metrics import Metrics
from bot.web.pages import Pages, create_pages
from bot.web.syndication import create_syndication
from retrieval import Wording

# The page needs nothing from anywhere else, and nobody may put it into a frame.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_STATUSES = (401, 429, 503)
_FAULTS: dict[int | str, dict[str, Any]] = {status: {"model": Fault} for status in _STATUSES}
# Where an answer is XML a fault is JSON all the same.
_FAULTS_OF_FEEDS: dict[int | str, dict[str, Any]] = {
    status: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}}
    for status in _STATUSES
}


def create_web(desk: Desk, wording: Wording, settings: Settings, today: Callable[[], dt.date]) -> FastAPI:
    """The application over the desk; `today` is the day on which questions are asked that name none."""
    web = FastAPI(title="Marsad", version=version("marsad"), docs_url=None, redoc_url=None, openapi_url="/openapi.json")
    guard, metrics, pages = Guard(settings.api_key_values, settings.requests_per_minute), Metrics(desk), Pages(wording)
    keyed = [Depends(guard.check_key), *([Security(KEY)] if settings.api_keys else [])]
    web.include_router(create_health(desk))
    web.include_router(create_syndication(desk, wording, today), dependencies=keyed, responses=_FAULTS_OF_FEEDS)
    web.include_router(create_api(desk, today), dependencies=keyed, responses=_FAULTS)
    web.include_router(create_pages(desk, pages, settings, today), dependencies=[Depends(guard.check_client)])
    web.add_api_route("/metrics", metrics.shown, include_in_schema=False)
    _tell_faults(web, pages)
    web.middleware("http")(_with_headers)
    web.middleware("http")(metrics.watch)
    if settings.cors:
        web.add_middleware(CORSMiddleware, allow_origins=list(settings.cors), allow_headers=["X-API-Key"])
    return web


def _tell_faults(web: FastAPI, pages: Pages) -> None:
    """Let who asks for a page get a page that says what is wrong, and whoever calls the API get JSON."""

    async def store_failed(request: Request, error: StoreError) -> Response:
        return JSONResponse({"detail": str(error)}, 503) if _by_program(request) else pages.fault(503)

    async def refused(request: Request, error: HTTPException) -> Response:
        if _by_program(request):
            return await http_exception_handler(request, error)
        page = pages.fault(error.status_code)
        page.headers.update(error.headers or {})
        return page

    async def malformed(request: Request, error: RequestValidationError) -> Response:
        if _by_program(request):
            return await request_validation_exception_handler(request, error)
        return pages.fault(422)

    web.exception_handler(StoreError)(store_failed)
    web.exception_handler(HTTPException)(refused)
    web.exception_handler(RequestValidationError)(malformed)


def _by_program(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "")


async def _with_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await answer(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
