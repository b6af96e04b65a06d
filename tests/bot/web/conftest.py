"""The application over a small desk of our own articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import httpx
import pytest

from bot.app import App, opened
from bot.config import Settings
from bot.web import create_web
from tests.bot.articles import an_article

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
BODY = (
    "قتل ثلاثة جنود وأصيب سبعة في هجوم مسلح قرب بلدة الزيتون صباح السبت، وفق ما أعلن ناطق عسكري. "
    "وأضاف الناطق أن القوات طوقت المنطقة بحثا عن المهاجمين."
)
ELSEWHERE = "قتل أربعة مدنيين في قصف على مدينة الموصل مساء السبت، بحسب مصدر طبي."
TRICK = "=2+5 <script>alert(1)</script> قتل جندي في الميناء"

Client = Callable[..., httpx.AsyncClient]


def ingest(app: App) -> None:
    """Take in three articles, one of which means harm."""
    day = dt.date(2031, 5, 4)
    articles = [
        an_article("a1", BODY, published=day, url="https://example.org/a1"),
        an_article("a2", TRICK, published=day, title="<b>خبر</b>", url="javascript:alert(1)"),
        an_article("a3", ELSEWHERE, published=day, title="قصف على الموصل", url="https://example.org/a3"),
    ]
    app.desk.ingest(articles, now=NOW)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(Settings(data=tmp_path_factory.mktemp("web"), workers=1, _env_file=None)) as found:
        ingest(found)
        yield found


@pytest.fixture
def client(app: App) -> Client:
    """A client of the application, with other settings where they are given."""

    def made(**settings: object) -> httpx.AsyncClient:
        web = create_web(app.desk, app.wording, app.settings.model_copy(update=settings), NOW.date)
        return httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://marsad.test")

    return made
