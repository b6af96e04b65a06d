from __future__ import annotations

import asyncio
import time

import pytest

from bot.sources.addresses import is_public
from bot.sources.fetching import Fetcher, FetchError, FetchRules
from tests.bot.feed_server import FeedServer

OPEN = FetchRules(private=True, host_interval=0.0, timeout=2.0, max_bytes=1_000_000)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1%eth0", "fd00::1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "not an address",
    ],
)  # fmt: skip
def test_an_address_inside_a_network_of_its_own_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111"])
def test_an_address_that_everybody_reaches_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[::1]/x", "http://localhost:1/x", "ftp://h.org/x"])
async def test_nothing_is_asked_of_the_operators_own_network(url: str) -> None:
    async with Fetcher(FetchRules(host_interval=0.0)) as fetcher:
        with pytest.raises(FetchError, match=r"private|public|not http"):
            await fetcher.fetch(url)


async def test_a_redirect_does_not_lead_into_the_operators_own_network() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        fetcher._rules = OPEN._replace(private=False)
        with pytest.raises(FetchError, match="private network"):
            await fetcher.fetch(f"{server.base}/moved/1")


async def test_a_permanent_redirect_is_told_and_a_temporary_one_is_not() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        assert (await fetcher.fetch(f"{server.base}/moved/1")).moved_to == f"{server.base}/rss/19"
        found = await fetcher.fetch(f"{server.base}/chain/1")
        assert (found.url, found.moved_to) == (f"{server.base}/rss/18", "")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("bomb", "larger than"), ("endless", "larger than"), ("hanging", "no whole answer"), ("loop", "redirects more"),
        ("refused", "403"), ("cut", "broke off"),
    ],
)  # fmt: skip
async def test_what_stands_in_the_way_is_said_in_one_line(kind: str, said: str) -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        with pytest.raises(FetchError, match=said):
            await fetcher.fetch(f"{server.base}/{kind}/1")


async def test_how_long_to_wait_and_that_it_is_gone_is_told_with_the_error() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        with pytest.raises(FetchError) as busy:
            await fetcher.fetch(f"{server.base}/busy/1")
        with pytest.raises(FetchError) as gone:
            await fetcher.fetch(f"{server.base}/gone/1")
    assert (busy.value.retry_after, gone.value.gone) == (7200.0, True)


async def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        first = await fetcher.fetch(f"{server.base}/rss/1")
        again = await fetcher.fetch(f"{server.base}/rss/1", etag=first.etag)
    assert (first.not_modified, again.not_modified, again.body) == (False, True, b"")


async def test_robots_are_asked_once_and_obeyed() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN) as fetcher:
        server.robots = "User-agent: *\nDisallow: /page/secret\n"
        assert (await fetcher.fetch(f"{server.base}/page/open", robots=True)).body
        with pytest.raises(FetchError, match="robots"):
            await fetcher.fetch(f"{server.base}/page/secret", robots=True)
        assert "page/secret" not in server.asked


async def test_two_requests_to_one_host_keep_their_distance() -> None:
    async with FeedServer().running() as server, Fetcher(OPEN._replace(host_interval=0.2)) as fetcher:
        began = time.monotonic()
        await asyncio.gather(*(fetcher.fetch(f"{server.base}/rss/{n}") for n in range(3)))
        assert time.monotonic() - began >= 0.4
