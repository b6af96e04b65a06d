from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import Defaults, Limits, Unusable
from bot.sources.feeds import Entry, parse_feed
from bot.sources.links import canonical
from bot.sources.pages import article_of_entry, tidy
from tests.bot.feed_server import STORY, FeedServer

URL = "https://news.example/feed"


@pytest.mark.parametrize("kind", ["rss", "atom", "json", "sitemap", "windows", "mislabelled"])
def test_every_format_gives_its_entries_with_addresses_and_dates(kind: str) -> None:
    server = FeedServer()
    server.base = "https://news.example"
    feed = parse_feed(server._written(kind, "7")[0], URL)
    assert [entry.url for entry in feed.entries] == [f"https://news.example/page/{kind}-7-{n}" for n in (1, 2)]
    assert {str(entry.published)[:10] for entry in feed.entries} == {"2031-05-04"}
    if kind != "sitemap":
        assert feed.entries[0].title == f"اندلاع حريق كبير في المخازن رقم 1 من {kind} 7"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>x</body></html>", b'{"a": 1}', b"{", b"<rss><channel><item>", b"PK\x03\x04", "خبر".encode()],
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(Unusable):
        parse_feed(body, URL)


def test_entities_of_a_document_type_are_not_unfolded() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {n} '{f'&{p};' * 10}'>" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f"<?xml version='1.0'?>{bomb}]><urlset><url><loc>https://news.example/&i;</loc></url></urlset>"
    try:
        entries = parse_feed(body.encode(), URL).entries
    except Unusable:
        return
    assert all(len(entry.url) < 1000 for entry in entries)


@given(st.binary(max_size=300))
def test_whatever_a_server_sends_is_a_feed_or_is_refused(body: bytes) -> None:
    with contextlib.suppress(Unusable):
        parse_feed(body, URL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://News.example:443/a?utm_source=x&id=3#top", "https://news.example/a?id=3"),
        ("https://news.example", "https://news.example/"),
        ("http://news.example:8080/a?fbclid=1", "http://news.example:8080/a"),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) == other


def test_a_page_that_says_less_than_its_feed_gives_way_to_it() -> None:
    entry = Entry("https://news.example/a", "حريق", dt.date(2031, 5, 4), html=f"<p>{STORY.format(place='الواحة')}</p>")
    article = article_of_entry(entry, "<html><body>اشترك الآن</body></html>", Defaults(outlet="أفق"), Limits())
    assert (article.title, article.outlet, article.day) == ("حريق", "أفق", dt.date(2031, 5, 4))
    assert "ثلاثة عمال" in article.body


def test_text_from_the_web_loses_what_turns_it_round_and_gets_plain_letters() -> None:
    assert tidy("\u202bﺍﻟﺨﺒﺮ&nbsp;الأول\u202c") == "الخبر الأول"
