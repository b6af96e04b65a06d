"""Getting a page or feed from the web: politely, within limits, and never from inside the operator's own network."""

from __future__ import annotations

import asyncio
import ipaddress
import time
import zlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import aiohttp
from protego import Protego

from bot.sources.addresses import PublicResolver, is_public

AGENT = "Marsad/0.1 (Arabic news questions; +https://example.org/marsad)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_CHUNK = 64 * 1024
_ROBOTS_KEPT = 24 * 3600.0
_ROBOTS_BYTES = 512 * 1024
_LONGEST_DELAY = 30.0


class FetchRules(NamedTuple):
    """How far a fetch may go: bytes after unpacking, seconds in all, hops, seconds between two requests to a host."""

    max_bytes: int = 10 * 1024 * 1024
    timeout: float = 30.0
    max_redirects: int = 5
    host_interval: float = 1.0
    private: bool = False


class Fetched(NamedTuple):
    """What came back: final address, where a permanent redirect leads ('' if none), body unpacked, validators."""

    url: str
    moved_to: str
    not_modified: bool
    body: bytes
    content_type: str
    etag: str
    last_modified: str


class FetchError(Exception):
    """A page that could not be had: one line why, `gone` when it will not come back, `retry_after` in seconds."""

    def __init__(self, why: str, *, gone: bool = False, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.gone = gone
        self.retry_after = retry_after


class Fetcher:
    """Fetches over HTTP(S): one request to a host at a time and not too often, robots.txt honoured where asked."""

    def __init__(self, rules: FetchRules = FetchRules()) -> None:  # noqa: B008 - a NamedTuple never changes
        self._rules = rules
        self._session: aiohttp.ClientSession | None = None
        self._hosts: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Protego]] = {}

    async def __aenter__(self) -> Self:
        resolver = aiohttp.ThreadedResolver() if self._rules.private else PublicResolver()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, limit=32, use_dns_cache=False),
            timeout=aiohttp.ClientTimeout(total=self._rules.timeout, sock_connect=10),
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "", robots: bool = False) -> Fetched:
        """What the address gives, following redirects; with `robots`, only if the host's robots.txt allows it.

        Raises:
            FetchError: for whatever stands in the way.
        """
        headers = {
            **({"If-None-Match": etag} if etag else {}),
            **({"If-Modified-Since": last_modified} if last_modified else {}),
        }
        if robots and not await self._allowed(url):
            raise FetchError("its robots.txt asks not to fetch it")
        return await self._follow(url, headers, self._rules.max_bytes)

    async def _follow(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Fetched:
        moved, permanent = "", True
        for _ in range(self._rules.max_redirects + 1):
            self._check(url)
            async with self._turn(url):
                found = await self._once(url, headers, max_bytes)
            if isinstance(found, Fetched):
                return found._replace(moved_to=moved)
            status, target = found
            permanent = permanent and status in _PERMANENT
            moved = target if permanent else moved
            url = target
        raise FetchError(f"redirects more than {self._rules.max_redirects} times")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchError("leads to an address that is not http or https")
        try:
            ipaddress.ip_address(parts.hostname)
        except ValueError:
            return
        if not self._rules.private and not is_public(parts.hostname):
            raise FetchError("leads into a private network (MARSAD_PRIVATE_SOURCES=true allows it)")

    async def _once(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Fetched | tuple[int, str]:
        """The body, or the status and target of a redirect."""
        assert self._session is not None, "use the fetcher as an async context manager"
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    target = response.headers.get("Location", "")
                    if not target:
                        raise FetchError(f"answers {response.status} without saying where to")
                    return response.status, urljoin(url, target)
                if response.status not in {200, 304}:
                    raise _refused(response)
                body = b"" if response.status == 304 else await _unpacked(response, max_bytes)
                return Fetched(
                    url=url,
                    moved_to="",
                    not_modified=response.status == 304,
                    body=body,
                    content_type=response.headers.get("Content-Type", ""),
                    etag=response.headers.get("ETag", ""),
                    last_modified=response.headers.get("Last-Modified", ""),
                )
        except TimeoutError:
            raise FetchError(f"gave no whole answer within {self._rules.timeout:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            raise FetchError(_why(error)) from None

    def _turn(self, url: str) -> _Turn:
        host = urlsplit(url).netloc
        return _Turn(self._hosts.setdefault(host, asyncio.Lock()), self._free_at, host, self._delay(host))

    def _delay(self, host: str) -> float:
        kept = self._robots.get(host)
        asked = kept[1].crawl_delay(AGENT) if kept else None
        return min(max(asked or 0.0, self._rules.host_interval), _LONGEST_DELAY)

    async def _allowed(self, url: str) -> bool:
        """Whether the host's robots.txt, kept for a day, allows it; a host without a readable one allows everything."""
        parts = urlsplit(url)
        kept = self._robots.get(parts.netloc)
        if kept is None or time.monotonic() - kept[0] > _ROBOTS_KEPT:
            try:
                found = await self._follow(f"{parts.scheme}://{parts.netloc}/robots.txt", {}, _ROBOTS_BYTES)
                text = found.body.decode("utf-8", errors="replace")
            except FetchError:
                text = ""
            kept = self._robots[parts.netloc] = (time.monotonic(), Protego.parse(text))
        return bool(kept[1].can_fetch(url, AGENT))


class _Turn:
    """The wait until a host may be asked again."""

    def __init__(self, lock: asyncio.Lock, free_at: dict[str, float], host: str, delay: float) -> None:
        self._lock, self._free_at, self._host, self._delay = lock, free_at, host, delay

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        try:
            await asyncio.sleep(max(0.0, self._free_at.get(self._host, 0.0) - time.monotonic()))
        except BaseException:
            self._lock.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._free_at[self._host] = time.monotonic() + self._delay
        self._lock.release()


async def _unpacked(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The body, unpacked as it arrives so that a small bomb cannot become a large one.

    Raises:
        FetchError: when it grows past the limit, or is packed in a way that was not asked for.
    """
    packing = response.headers.get("Content-Encoding", "identity").lower().strip()
    if packing not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise FetchError(f"is packed as {packing[:20]}, which was not asked for")
    unpack = None if packing in {"identity", ""} else zlib.decompressobj(-15 if packing == "deflate" else 47)
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        if unpack is None:
            body += chunk
        else:
            if packing == "deflate" and not body and chunk[:1] == b"\x78":
                unpack = zlib.decompressobj()
            body += unpack.decompress(chunk, max_bytes + 1 - len(body))
        if len(body) > max_bytes:
            raise FetchError(f"is larger than {max_bytes / 2**20:g} MB (MARSAD_MAX_FETCH_MB)")
    if unpack is not None and not unpack.eof:
        raise FetchError("ends in the middle of its packed body")
    return bytes(body)


def _refused(response: aiohttp.ClientResponse) -> FetchError:
    retry: float | None = None
    said = response.headers.get("Retry-After", "")
    if said.isdecimal():
        retry = float(said)
    elif said:
        try:
            retry = max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
        except ValueError:
            retry = None
    return FetchError(f"answers {response.status}", gone=response.status == 410, retry_after=retry)


def _why(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "has a certificate that cannot be trusted"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"cannot be reached: {error.os_error.strerror or error.os_error}"
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError):
        return "broke off in the middle"
    if isinstance(error, aiohttp.InvalidURL):
        return "is not a valid address"
    if isinstance(error, zlib.error):
        return "is packed wrongly"
    return f"cannot be read: {str(error)[:120] or type(error).__name__}"
