"""The fake Bot API and the program beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.end_to_end.fake_bot_api import TOKEN, FakeBotApi
from tests.end_to_end.program import Program, ingest


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with the articles of these tests, to be copied."""
    return ingest(tmp_path_factory.mktemp("corpus"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fake() -> AsyncIterator[FakeBotApi]:
    """The Bot API that the tests of a module share, each with chats of its own."""
    async with FakeBotApi() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(fake: FakeBotApi, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """The program that the tests of a module share, started; what it must never do is looked for at its end."""
    started = Program(fake.url, tmp_path_factory.mktemp("program") / "data", corpus)
    await started.start()
    yield started
    assert await started.stop() == 0
    assert "Traceback" not in started.log
    assert "ERROR" not in started.log
    assert TOKEN not in started.log
