"""Updates that Telegram brings by itself: each is stored before Telegram is told that it arrived."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from bot.store.mail import Received
from bot.telegram.polling import read_batch

log = logging.getLogger(__name__)
# The header in which Telegram names the secret that it was given.
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - it names the secret and is none

Take = Callable[[list[Received]], Awaitable[None]]


class Webhook:
    """Where Telegram brings updates; `receive` is called for each request, by whichever server listens.

    Args:
        url: the public address that Telegram is told.
        secret: what Telegram must name in each request.
    """

    def __init__(self, url: str, secret: str) -> None:
        self.url = url
        self.secret = secret
        self._take: Take | None = None

    def open(self, take: Take) -> None:
        """Give what arrives to `take`, which returns once it is stored."""
        self._take = take

    def close(self) -> None:
        """Take nothing more; Telegram brings it again later."""
        self._take = None

    async def receive(self, secret: str | None, body: bytes) -> int:
        """The HTTP status for a request: OK only when the update is stored, or is none that could be."""
        if not hmac.compare_digest((secret or "").encode(), self.secret.encode()):
            return HTTPStatus.FORBIDDEN
        if self._take is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            update = json.loads(body)
        except ValueError:
            return HTTPStatus.BAD_REQUEST
        received = list(read_batch([update]))
        if received:
            await self._take(received)
        return HTTPStatus.OK
