"""The real program as a process of its own, against the fake Bot API."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import psutil
from pydantic import SecretStr

from bot.app import opened
from bot.config import Settings
from bot.sources import read_paths
from retrieval import Article
from tests.end_to_end.fake_bot_api import TOKEN

ARTICLES = Path(__file__).parent / "articles.jsonl"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment in which the program finds nothing but what the test gives it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    return {**kept, "MARSAD_DATA": str(folder), "PYTHONWARNINGS": "default", **settings}


def ingest(folder: Path, articles: Path = ARTICLES, database: str | None = None) -> Path:
    """A folder of data that holds the articles, put in beside the program as `marsad ingest` would."""
    settings = Settings(data=folder, database=SecretStr(database) if database else None, workers=1)
    with opened(settings) as app:
        found = [item for item in read_paths([articles]) if isinstance(item, Article)]
        app.desk.ingest(found, now=dt.datetime.now(dt.UTC))
    return folder


class Program:
    """`marsad run` over a copy of a folder; its log is in `log`."""

    def __init__(self, url: str, folder: Path, corpus: Path | None = None, **settings: str) -> None:
        if corpus is not None:
            shutil.copytree(corpus, folder, dirs_exist_ok=True)
        self.folder = folder
        self._log = folder / "program.log"
        self._settings = {
            "MARSAD_TELEGRAM_TOKEN": TOKEN, "MARSAD_TELEGRAM_API": url, "MARSAD_MESSAGES_PER_SECOND": "1000", **settings
        }  # fmt: skip
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """What the program has written so far, since the first start."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    async def start(self) -> None:
        """Start it; it takes a moment until it fetches updates."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                env=environment(self.folder, **self._settings), stdout=log, stderr=log, cwd=self.folder,
            )  # fmt: skip

    def megabytes(self) -> float:
        """What it and the processes that it started hold in memory."""
        assert self._process is not None, "it was started"
        first = psutil.Process(self._process.pid)
        return sum(one.memory_info().rss for one in (first, *first.children(recursive=True))) / 2**20

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None, "it was started"
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        assert self._process is not None, "it was started"
        if self._process.returncode is None:
            self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), 30)

    async def ended(self, seconds: float = 30) -> int:
        """Wait until it ends by itself, and return its exit code."""
        assert self._process is not None, "it was started"
        return await asyncio.wait_for(self._process.wait(), seconds)
