"""The fake Bot API and the program beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.program import Program, ingest


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with the articles of these tests, to be copied."""
    return ingest(tmp_path_factory.mktemp("corpus"))


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as served:
        yield served


@pytest.fixture
async def program(fake: FakeBotApi, corpus: Path, tmp_path: Path) -> AsyncIterator[Program]:
    """The program, started; killed in the end if it still runs."""
    started = Program(fake.url, tmp_path / "data", corpus)
    await started.start()
    yield started
    await started.kill()
