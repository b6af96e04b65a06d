"""Who may ask over HTTP, and how often."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import HTTPException, Request
from fastapi.security import APIKeyHeader

# Clients whose allowance is remembered; whoever was longest away is forgotten first, with a full allowance.
_CLIENTS = 10_000


# How the OpenAPI description tells of the key.
KEY = APIKeyHeader(name="X-API-Key", auto_error=False, description="Or as a bearer token in Authorization.")


class Allowance:
    """Lets each client do so many things a minute, in one burst if it likes (a token bucket)."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one from the client's allowance: 0, or the seconds until there is one again."""
        now = self._clock()
        left, at = self._left.pop(client, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        taken = left >= 1
        self._left[client] = (left - taken, now)
        if len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) * 60 / self._most


class Guard:
    """Checks each request: its key, where keys are asked for, and its client's allowance."""

    def __init__(self, keys: tuple[str, ...], per_minute: int) -> None:
        self._keys = tuple(key.encode() for key in keys)
        self._allowance = Allowance(per_minute)

    def check_key(self, request: Request) -> None:
        """Let the request pass, or answer it with 401 or 429; the key may come as a bearer token as well.

        Raises:
            HTTPException: when the key is missing or wrong, or the client asks too often.
        """
        given = request.headers.get("X-API-Key") or request.headers.get("Authorization", "").removeprefix("Bearer ")
        known = sum(hmac.compare_digest(key, given.encode()) for key in self._keys) > 0
        if self._keys and not known:
            raise HTTPException(401, "this needs a key: send it as X-API-Key")
        self._take(f"key {given}" if known else _address(request))

    def check_client(self, request: Request) -> None:
        """Let the request pass, or answer it with 429.

        Raises:
            HTTPException: when the client asks too often.
        """
        self._take(_address(request))

    def _take(self, client: str) -> None:
        wait = self._allowance.wait(client)
        if wait:
            headers = {"Retry-After": str(int(wait) + 1)}
            raise HTTPException(429, f"too many questions: ask again in {int(wait) + 1} s", headers)


def _address(request: Request) -> str:
    return f"address {request.client.host if request.client else ''}"
