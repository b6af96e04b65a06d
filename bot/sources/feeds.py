"""Reading feeds: RSS, Atom, JSON Feed and news sitemaps, as servers really send them."""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import re
import time
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple
from urllib.parse import urljoin

import feedparser
from lxml import etree

from bot.sources.encoding import decode
from bot.sources.items import Unusable
from bot.sources.records import parse_published

FeedFormat = Literal["rss", "atom", "json", "sitemap", "sitemapindex"]
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SITEMAP = re.compile(r"<(?:\w+:)?(urlset|sitemapindex)\b")
_HEAD = 4096
_MOST = 1000


class Entry(NamedTuple):
    """One entry: the address of its page, what the feed itself says of it, and the text it carries as HTML."""

    url: str
    title: str = ""
    published: dt.date | None = None
    updated: str = ""
    html: str = ""


class Feed(NamedTuple):
    """A feed as it was read; the entries of a sitemap index are further sitemaps."""

    format: FeedFormat
    title: str
    entries: tuple[Entry, ...]


def parse_feed(body: bytes, url: str) -> Feed:
    """The feed that the bytes hold, its entries as they stand, with absolute addresses; at most 1,000 of them.

    Raises:
        Unusable: when it is no feed.
    """
    text = decode(body, html=True).lstrip("\ufeff \t\r\n")
    if not text:
        raise Unusable("is empty")
    if text.startswith("{"):
        return _json_feed(text, url)
    sitemap = _SITEMAP.search(text[:_HEAD])
    return _sitemap(text, url) if sitemap else _xml_feed(text, url)


def _xml_feed(text: str, url: str) -> Feed:
    # The text is decoded already: what the declaration says of its encoding no longer holds.
    body = io.BytesIO(_DECLARATION.sub("", text, count=1).encode())
    found = feedparser.parse(body, response_headers={"content-type": "application/xml; charset=utf-8"})
    entries = tuple(_xml_entries(found.entries[:_MOST], url))
    if not entries and (found.bozo or not found.version):
        fault = found.get("bozo_exception")
        raise Unusable(f"is not a feed{f': {str(fault)[:100]}' if fault and found.version else ''}")
    kind: FeedFormat = "atom" if found.version.startswith("atom") else "rss"
    return Feed(kind, str(found.feed.get("title", "")), entries)


def _xml_entries(entries: list[Any], url: str) -> Iterator[Entry]:
    for entry in entries:
        link = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else "")
        content = max((part.get("value", "") for part in entry.get("content", [])), key=len, default="")
        # feedparser's own `get` passes the date of publication off as that of a change.
        when = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
        if link or content:
            yield Entry(
                url=urljoin(url, link) if link else "",
                title=str(entry.get("title", "")),
                published=_moment(when),
                updated=str(dict.get(entry, "updated", "")),
                html=content or str(entry.get("summary", "")),
            )


def _json_feed(text: str, url: str) -> Feed:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Unusable("is not a feed: its JSON is broken") from None
    items = found.get("items")
    if "jsonfeed.org" not in str(found.get("version", "")) or not isinstance(items, list):
        raise Unusable("is JSON but not a JSON Feed")
    entries = tuple(
        Entry(
            url=urljoin(url, str(item.get("url") or item.get("external_url") or "")),
            title=str(item.get("title") or ""),
            published=_date(item.get("date_published")),
            updated=str(item.get("date_modified") or ""),
            html=str(item.get("content_html") or item.get("content_text") or ""),
        )
        for item in items[:_MOST]
        if isinstance(item, dict) and (item.get("url") or item.get("external_url"))
    )
    return Feed("json", str(found.get("title") or ""), entries)


def _sitemap(text: str, url: str) -> Feed:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise Unusable(f"is not a sitemap: {str(error)[:100]}") from None
    if root is None:
        raise Unusable("is not a sitemap")
    index = etree.QName(root).localname == "sitemapindex"
    entries = []
    for child in root.iterchildren("{*}sitemap" if index else "{*}url"):
        place = child.findtext("{*}loc")
        if place and place.strip():
            modified = (child.findtext("{*}lastmod") or "").strip()
            entries.append(
                Entry(
                    url=urljoin(url, place.strip()),
                    title=(child.findtext(".//{*}news/{*}title") or "").strip(),
                    published=_date(child.findtext(".//{*}publication_date")) or _date(modified),
                    updated=modified,
                )
            )
    # A sitemap lists the whole site in any order; what is new is dated last.
    entries.sort(key=lambda entry: str(entry.published or ""), reverse=True)
    return Feed("sitemapindex" if index else "sitemap", "", tuple(entries[:_MOST]))


def _moment(when: time.struct_time | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(when), dt.UTC) if when else None
    except (ValueError, OverflowError):
        return None


def _date(said: object) -> dt.date | None:
    try:
        return parse_published(said.strip() if isinstance(said, str) else said)
    except ValueError:
        return None
