"""A topic as a feed, RSS or Atom: what the articles say about it, newest first, for any feed reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.utils import format_datetime
from typing import Annotated
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Query, Request, Response

from bot.desk import Desk
from bot.web.asking import Asked
from retrieval import Citation, Wording

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 50


class AtomResponse(Response):
    """An Atom feed."""

    media_type = "application/atom+xml"


class RssResponse(Response):
    """An RSS feed."""

    media_type = "application/rss+xml"


def create_syndication(desk: Desk, wording: Wording, today: Callable[[], dt.date]) -> APIRouter:
    """The routes of a topic's feeds."""
    routes = APIRouter(prefix="/api")

    @routes.get("/topic.atom", summary="A topic as an Atom feed", response_class=AtomResponse)
    def atom(request: Request, q: Annotated[Asked, Query()]) -> Response:
        cited = desk.about(q, as_of=today(), limit=_MOST)
        return AtomResponse(_atom(wording.say("web.feed_title", topic=q), str(request.url), cited))

    @routes.get("/topic.rss", summary="A topic as an RSS feed", response_class=RssResponse)
    def rss(request: Request, q: Annotated[Asked, Query()]) -> Response:
        cited = desk.about(q, as_of=today(), limit=_MOST)
        return RssResponse(_rss(wording.say("web.feed_title", topic=q), str(request.url), cited))

    return routes


def _atom(title: str, address: str, cited: list[Citation]) -> bytes:
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ar"})
    _add(feed, "title", title)
    _add(feed, "id", address)
    _add(feed, "updated", _moment(cited[0].published if cited else None))
    for one in cited:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "title", one.title or one.quote)
        _add(entry, "id", _name(one))
        _add(entry, "updated", _moment(one.published))
        ET.SubElement(_add(entry, "author"), f"{{{_ATOM}}}name").text = _clean(one.outlet) or "?"
        if _leads_somewhere(one):
            ET.SubElement(entry, f"{{{_ATOM}}}link", href=_clean(one.url))
        _add(entry, "summary", f"«{one.quote}»")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _rss(title: str, address: str, cited: list[Citation]) -> bytes:
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    for name, text in (("title", title), ("link", address), ("description", title), ("language", "ar")):
        _put(channel, name, text)
    for one in cited:
        item = ET.SubElement(channel, "item")
        _put(item, "title", one.title or one.quote)
        _put(item, "description", f"«{one.quote}»")
        _put(item, "guid", _name(one)).set("isPermaLink", "false")
        if one.published:
            _put(item, "pubDate", format_datetime(dt.datetime.fromisoformat(_moment(one.published))))
        if _leads_somewhere(one):
            _put(item, "link", one.url)
    written: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


def _name(one: Citation) -> str:
    return f"urn:marsad:{one.article_id}:{one.start}"


def _leads_somewhere(one: Citation) -> bool:
    return one.url.startswith(("http://", "https://"))


def _put(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _clean(text)
    return child


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
