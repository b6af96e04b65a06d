"""A topic as a feed: what the articles say about it, newest first, for any feed reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Query, Request, Response

from bot.desk import Desk
from retrieval import Citation, Wording

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 50


def create_syndication(desk: Desk, wording: Wording, today: Callable[[], dt.date]) -> APIRouter:
    """The route of a topic's Atom feed."""
    routes = APIRouter(prefix="/api")

    @routes.get("/topic.atom", summary="A topic as an Atom feed", response_class=Response)
    def topic(request: Request, q: Annotated[str, Query(min_length=1, max_length=1000)]) -> Response:
        cited = desk.about(q, as_of=today(), limit=_MOST)
        title = wording.say("web.feed_title", topic=q)
        return Response(_written(title, str(request.url), cited), media_type="application/atom+xml")

    return routes


def _written(title: str, address: str, cited: list[Citation]) -> bytes:
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ar"})
    _add(feed, "title", title)
    _add(feed, "id", address)
    _add(feed, "updated", _moment(cited[0].published if cited else None))
    for one in cited:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "title", one.title or one.quote)
        _add(entry, "id", f"urn:marsad:{one.article_id}:{one.start}")
        _add(entry, "updated", _moment(one.published))
        ET.SubElement(_add(entry, "author"), f"{{{_ATOM}}}name").text = _clean(one.outlet) or "?"
        if one.url.startswith(("http://", "https://")):
            ET.SubElement(entry, f"{{{_ATOM}}}link", href=_clean(one.url))
        _add(entry, "summary", f"«{one.quote}»")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = _clean(text) or None
    return child


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"))


def _moment(published: dt.date | None) -> str:
    if published is None:
        return "1970-01-01T00:00:00Z"
    if isinstance(published, dt.datetime):
        return (published if published.tzinfo else published.replace(tzinfo=dt.UTC)).isoformat()
    return f"{published.isoformat()}T00:00:00Z"
