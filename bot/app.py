"""The one place where the real parts of the program are chosen, opened and closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import retrieval
from bot.config import Settings
from bot.desk import Desk
from bot.sources.fetching import FetchRules
from bot.store import Store
from bot.wording import load_wording
from retrieval import Index, Wording


@dataclass(frozen=True)
class App:
    """The parts of the running program."""

    settings: Settings
    store: Store
    index: Index
    wording: Wording
    desk: Desk

    def today(self) -> dt.date:
        """The day it is now in the zone of the settings."""
        return dt.datetime.now(self.settings.zone).date()


@contextmanager
def opened(settings: Settings) -> Iterator[App]:
    """The program over the store and index that the settings name; closed again at the end of the block.

    Raises:
        StoreError, EngineError, WordingError: when a part cannot be opened.
    """
    wording = load_wording()
    with closing(Store.open(settings.database_url)) as store, closing(open_index(settings)) as index:
        desk = Desk(store, index, wording, workers=settings.workers)
        yield App(settings, store, index, wording, desk)


def open_index(settings: Settings) -> Index:
    """The index that the settings name.

    Raises:
        EngineError: when it cannot be opened.
    """
    engine = "memory" if settings.index == "auto" else settings.index
    return retrieval.open_index(engine, settings.data / "index")


def fetch_rules(settings: Settings) -> FetchRules:
    """How far a fetch may go by the settings."""
    return FetchRules(
        max_bytes=settings.max_fetch_mb * 2**20,
        timeout=settings.fetch_seconds,
        host_interval=settings.host_seconds,
        private=settings.private_sources,
    )
