"""The route by which Telegram brings updates, where it is told to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# Telegram's updates have a few kilobytes.
_MOST_BYTES = 2**20


def add_webhook(web: FastAPI, url: str, header: str, receive: Callable[[str | None, bytes], Awaitable[int]]) -> None:
    """Let requests to the path of the public `url` be received: `receive` gets the secret in `header`, and the body."""

    async def answer(request: Request) -> Response:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BYTES:
                return Response(status_code=413)
        return Response(status_code=await receive(request.headers.get(header), body))

    web.router.routes.insert(0, Route(urlsplit(url).path or "/", answer, methods=["POST"]))
