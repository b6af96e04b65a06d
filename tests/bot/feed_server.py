"""A web server of feeds and their pages on a loopback socket: good ones of every format and broken ones."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

GOOD = (
    "rss",
    "atom",
    "json",
    "sitemap",
    "news",
    "index",
    "windows",
    "mislabelled",
    "gzip",
    "moved",
    "chain",
    "removals",
    "ragged",
)
BROKEN = ("nonsense", "bomb", "endless", "hanging", "loop", "refused", "busy", "gone", "empty", "cut", "page")
STORY = (
    "قال متحدث باسم الدفاع المدني في بلدة {place} إن فرق الإنقاذ أخمدت حريقا شب في مخزن للحبوب مساء أمس، "
    "وإن ثلاثة عمال أصيبوا بحروق طفيفة ونقلوا إلى المستشفى القريب لتلقي العلاج. وأضاف أن التحقيق في أسباب الحريق "
    "ما زال جاريا، وأن الأضرار اقتصرت على جزء من المخزن وبعض الآليات الزراعية التي كانت متوقفة بجواره."
)

_ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "busy": (429, {"Retry-After": "7200"}, b""),
    "gone": (410, {}, b""),
    "refused": (403, {}, b""),
    "empty": (200, {}, b""),
    "nonsense": (200, {"Content-Type": "application/rss+xml"}, "<rss><channel><item><title>بلا نهاية".encode()),
    "page": (200, {"Content-Type": "text/html"}, "<html><body>صفحة وليست نشرة</body></html>".encode()),
    "bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 50_000_000)),
}


class FeedServer:
    """Serves `/<kind>/<number>` as a feed of that kind with two entries, and the pages behind them."""

    def __init__(self) -> None:
        self.base = ""
        self.asked: Counter[str] = Counter()
        self.robots = ""
        self.edition = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[FeedServer]:
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/page/{name}", self._page)
        app.router.add_get("/{kind}/{number}", self._feed)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _robots(self, _: web.Request) -> web.Response:
        return web.Response(text=self.robots)

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked[f"page/{name}"] += 1
        text = STORY.format(place=name) + self.edition
        page = f"<html><head><title>حريق في {name}</title></head><body><article><p>{text}</p></article></body></html>"
        return web.Response(text=page, content_type="text/html")

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        kind, number = request.match_info["kind"], request.match_info["number"]
        self.asked[f"{kind}/{number}"] += 1
        if kind in {"rss", "atom", "json", "sitemap", "news", "index", "windows", "mislabelled", "gzip", "ragged"}:
            return self._good(request, kind, number)
        return await self._odd(request, kind, number)

    def _good(self, request: web.Request, kind: str, number: str) -> web.Response:
        tag = f'"{kind}-{number}-{self.edition}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        body, content_type = self._written(kind, number)
        headers = {"ETag": tag, "Content-Type": content_type}
        if kind == "gzip":
            return web.Response(body=gzip.compress(body), headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=body, headers=headers)

    def _written(self, kind: str, number: str) -> tuple[bytes, str]:
        pages = [
            (f"{self.base}/page/{kind}-{number}-{n}", f"اندلاع حريق كبير في المخازن رقم {n} من {kind} {number}")
            for n in (1, 2)
        ]
        if kind == "atom":
            entries = "".join(
                f"<entry><title>{t}</title><link href='{u}'/><id>{u}</id>"
                f"<updated>2031-05-04T10:00:00Z{self.edition}</updated></entry>"
                for u, t in pages
            )
            text = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>نشرة {number}</title>{entries}</feed>"
            return text.encode(), "application/atom+xml"
        if kind == "json":
            listed = [{"id": u, "url": u, "title": t, "date_published": "2031-05-04T10:00:00Z"} for u, t in pages]
            feed = {"version": "https://jsonfeed.org/version/1.1", "title": "نشرة", "items": listed}
            return json.dumps(feed).encode(), "application/feed+json"
        if kind == "sitemap":
            urls = "".join(f"<url><loc>{u}</loc><lastmod>2031-05-04</lastmod></url>" for u, _ in pages)
            return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode(), "text/xml"
        if kind == "news":
            urls = "".join(
                f"<url><loc>{u}</loc><news:news><news:publication_date>2031-05-04</news:publication_date>"
                f"<news:title>{t}</news:title></news:news></url>"
                for u, t in pages
            )
            spaces = (
                "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
                "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
            )
            return f"<urlset {spaces}>{urls}</urlset>".encode(), "text/xml"
        if kind == "index":
            child = f"<sitemap><loc>{self.base}/sitemap/{number}0</loc></sitemap>"
            space = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return f"<sitemapindex xmlns='{space}'>{child}</sitemapindex>".encode(), "text/xml"
        items = "".join(
            f"<item><title>{t}</title><link>{u}</link><pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item>"
            for u, t in pages
        )
        named = "windows-1256" if kind == "windows" else "utf-8"
        declared = f"<?xml version='1.0' encoding='{named}'?>"
        text = f"{declared}<rss version='2.0'><channel><title>نشرة الأخبار</title>{items}</channel></rss>"
        if kind == "ragged":  # an ampersand of its own and no end, as feeds made by hand have
            text = text.replace("نشرة الأخبار", "نشرة & الأخبار").removesuffix("</channel></rss>")
        return text.encode("cp1256" if kind in {"windows", "mislabelled"} else "utf-8"), "application/rss+xml"

    async def _odd(self, request: web.Request, kind: str, number: str) -> web.StreamResponse:
        step = int(request.query.get("step", "0"))
        if kind == "moved":
            raise web.HTTPMovedPermanently(f"/rss/{number}9")
        if kind == "chain":
            raise web.HTTPFound(f"/chain/{number}?step={step + 1}" if step < 3 else f"/rss/{number}8")
        if kind == "removals":
            raise web.HTTPMovedPermanently(f"/removals/{number}?step={step + 1}" if step < 4 else f"/rss/{number}7")
        if kind == "loop":
            raise web.HTTPMovedPermanently(f"/loop/{number}")
        if kind in _ANSWERS:
            status, headers, body = _ANSWERS[kind]
            return web.Response(status=status, headers=headers, body=body)
        return await self._never_ending(request, kind)

    async def _never_ending(self, request: web.Request, kind: str) -> web.StreamResponse:
        if kind == "hanging":
            await asyncio.sleep(60)
        response = web.StreamResponse(headers={"Content-Length": "1000"} if kind == "cut" else None)
        await response.prepare(request)
        await response.write(b"<rss><channel>")
        if kind == "cut":
            assert request.transport is not None
            request.transport.abort()
            return response
        while True:
            await response.write(b" " * 65_536)
            await asyncio.sleep(0)
