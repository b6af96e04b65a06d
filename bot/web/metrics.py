"""What the program counts about itself, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator

from fastapi import Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.desk import Desk
from bot.store import StoreError, mail


class Metrics:
    """Counts requests as they pass, and reads the store when it is asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registry = CollectorRegistry()
        self._registry.register(self)
        labels = ["method", "path", "status"]
        self._requests = Counter("marsad_http_requests", "HTTP requests answered", labels, registry=self._registry)
        self._seconds = Histogram(
            "marsad_http_seconds", "Seconds that HTTP requests took", ["path"], registry=self._registry
        )

    def collect(self) -> Iterator[Metric]:
        """The gauges of the store; none while it cannot be read."""
        try:
            counts = self._desk.store.counts()
            with self._desk.store.reading() as connection:
                boxes = mail.waiting_counts(connection)
        except StoreError:
            return
        for name, value in counts._asdict().items():
            yield GaugeMetricFamily(f"marsad_{name}", f"{name} in the store", value=value)
        for name, value in boxes.items():
            yield GaugeMetricFamily(f"marsad_{name}", f"{name.replace('_', ' ')} of the bot", value=value)

    async def watch(self, request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer the request and count it under its route, so that no client can invent labels."""
        began = time.perf_counter()
        response = await answer(request)
        path = getattr(request.scope.get("route"), "path", "other")
        self._requests.labels(request.method, path, str(response.status_code)).inc()
        self._seconds.labels(path).observe(time.perf_counter() - began)
        return response

    def shown(self) -> Response:
        """Everything that is counted, as Prometheus reads it."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
