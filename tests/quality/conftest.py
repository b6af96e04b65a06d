"""The program's own desk over the samples, asked everything once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.desk import Desk, Ingested
from bot.store import Store
from bot.wording import load_wording
from retrieval import open_index
from tests.quality import samples
from tests.quality.measuring import Measured, measure


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose store holds all samples and nothing else."""
    folder = tmp_path_factory.mktemp("samples")
    with (
        closing(Store.open(f"sqlite:///{folder / 'marsad.sqlite'}")) as store,
        closing(open_index("memory", folder)) as index,
    ):
        desk = Desk(store, index, load_wording(), workers=1)
        told = desk.ingest(samples.articles(), now=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
        assert told == Ingested(new=len(samples.articles()))
        yield desk


@pytest.fixture(scope="session")
def measured(desk: Desk) -> Measured:
    """Every answer that the samples ask for."""
    return measure(desk)
