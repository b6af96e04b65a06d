"""News that keeps coming in while the program is killed: a web server of feeds, each with one article of its own."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.store import Store, feeds, following
from bot.store.following import Follower
from retrieval import subscription_of

# The followers' chats lie beyond those of the people who ask.
_FIRST_FOLLOWER = 9_000_001
_TOWNS = ("الموصل", "تعز", "حلب", "بنغازي", "أم درمان", "صعدة", "الرقة", "كركوك")
# Sentences of which each article takes a few, so that no two of them are taken for copies of one text.
_SENTENCES = (
    "وقال شهود إن سيارات الإسعاف وصلت بعد نحو ساعة من وقوع الحادث",
    "وأغلقت السلطات الطريق المؤدي إلى المكان حتى إشعار آخر",
    "ولم تتبن أي جهة المسؤولية حتى ساعة إعداد الخبر",
    "وناشد المستشفى الأهالي التبرع بالدم على وجه السرعة",
    "وتفقد المحافظ الموقع واستمع إلى شهادات السكان",
    "وأعلن مجلس المدينة الحداد ثلاثة أيام على الضحايا",
    "وتعهدت الحكومة بفتح تحقيق شفاف ومعاقبة المقصرين",
    "وكانت المنطقة قد شهدت هدوءا نسبيا في الأسابيع الماضية",
    "وأظهرت صور تداولها ناشطون دمارا واسعا في الأبنية المجاورة",
    "وتوقفت الدراسة في عدد من المدارس القريبة ليوم واحد",
    "وانقطعت الكهرباء عن أحياء مجاورة قبل أن تعود ليلا",
    "ودعا خطباء المساجد إلى مساعدة العائلات المتضررة",
    "وأرسلت منظمات محلية خياما وأغطية إلى المكان",
    "وقال صاحب متجر مجاور إنه سمع دويا هائلا هز الحي",
    "وانتشرت قوات الأمن بكثافة عند مداخل السوق الرئيسي",
    "وذكر تاجر أن الأسواق أغلقت أبوابها قبل موعدها المعتاد",
)


class Newswire:
    """Serves an article for each feed that `publish` takes up; `followers` are owed each article of their town."""

    def __init__(self, folder: Path, followers: int) -> None:
        self._folder = folder
        self.followers = {_FIRST_FOLLOWER + n: _TOWNS[n % len(_TOWNS)] for n in range(followers)}
        self.published: list[tuple[str, str]] = []
        self.base = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        """Serve on a loopback socket until the end of the block."""
        app = web.Application()
        app.router.add_get("/feed/{number}", self._feed)
        app.router.add_get("/page/{number}", self._page)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def take_up(self) -> None:
        """Let each follower follow those who were killed in their town."""
        with closing(self._store()) as store, store.writing() as connection:
            for chat, town in self.followers.items():
                topic = f"قتلى {town}"
                following.follow(connection, Follower(chat), topic, subscription_of(topic, as_of=_now().date()), _now())

    async def publish(self, per_second: float) -> None:
        """Publish articles, each in a feed of its own that is due at once, until cancelled."""
        for number in itertools.count():
            await asyncio.to_thread(self._publish, number)
            await asyncio.sleep(1 / per_second)

    def owed(self) -> set[tuple[int, str]]:
        """Which chats are owed which pages, by the articles that were published."""
        return {
            (chat, page) for chat, town in self.followers.items() for where, page in self.published if where == town
        }

    def _publish(self, number: int) -> None:
        with closing(self._store()) as store, store.writing() as connection:
            feeds.add(connection, f"{self.base}/feed/{number}", "وكالة التجربة", interval=86_400, now=_now())
        self.published.append((_TOWNS[number % len(_TOWNS)], f"{self.base}/page/{number}"))

    def _store(self) -> Store:
        return Store.open(f"sqlite:///{self._folder / 'marsad.sqlite'}")

    async def _feed(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        item = f"<item><title>{_title(int(number))}</title><link>{self.base}/page/{number}</link></item>"
        return web.Response(
            text=f"<rss version='2.0'><channel><title>وكالة</title>{item}</channel></rss>",
            content_type="application/rss+xml",
        )

    async def _page(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        text = ". ".join(_sentences(number))
        head = f"<title>{_title(number)}</title><meta property='article:published_time' content='{_now().isoformat()}'>"
        page = f"<html><head>{head}</head><body><article><p>{text}.</p></article></body></html>"
        return web.Response(text=page, content_type="text/html")


def _title(number: int) -> str:
    return f"مقتل {number + 11} شخصا في تفجير في {_TOWNS[number % len(_TOWNS)]}"


def _sentences(number: int) -> Sequence[str]:
    chance = random.Random(number)
    # Every article tells of another number, so that none of them is only one more outlet of a story.
    lead = f"قتل {number + 11} شخصا في تفجير استهدف سوقا في {_TOWNS[number % len(_TOWNS)]}، بحسب مصدر طبي"
    return [lead, *chance.sample(_SENTENCES, 7)]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
