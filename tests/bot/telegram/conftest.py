"""A store, the fake Bot API, and the parts of the bot between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import Store
from bot.telegram.journal import Journal
from bot.telegram.transport import BotApi, Transport
from tests.end_to_end.fake_bot_api import TOKEN, FakeBotApi


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'marsad.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as served:
        yield served


@pytest.fixture
async def api(fake: FakeBotApi) -> AsyncIterator[BotApi]:
    async with BotApi(TOKEN, fake.url, Transport(read_seconds=0.4)) as opened:
        yield opened


@pytest.fixture
async def journal(store: Store) -> AsyncIterator[Journal]:
    async with Journal(store) as opened:
        yield opened
