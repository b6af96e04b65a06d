"""Lists of feeds as OPML, in which feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

import listparser

from bot.sources.items import Unusable


class Listed(NamedTuple):
    """A feed in a list: its address and the name it has there."""

    url: str
    title: str


def read_opml(text: str) -> list[Listed]:
    """The feeds of the list, each once, in order.

    Raises:
        Unusable: when the text is no OPML, or names no feed.
    """
    found = listparser.parse(text)
    listed = {feed.url: Listed(str(feed.url), str(feed.title or "")) for feed in found.feeds if feed.url}
    if not listed:
        raise Unusable("names no feed" if not found.bozo else f"is not OPML: {str(found.bozo_exception)[:100]}")
    return list(listed.values())


def write_opml(feeds: Iterable[Listed]) -> str:
    """The list as OPML 2.0."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Marsad"
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(body, "outline", type="rss", text=feed.title or feed.url, xmlUrl=feed.url)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
