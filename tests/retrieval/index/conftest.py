import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.index import Index, open_index
from retrieval.index.growing import GrowingIndex

ENGINES = ["memory", "disk", "auto", pytest.param("opensearch", marks=pytest.mark.cluster)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine under test; "auto" is one that moves to disk after three entries."""
    return str(request.param)


@pytest.fixture
def opened(engine: str, tmp_path: Path) -> Callable[[], Index]:
    """Opens the index of the test, again and again if need be."""

    def open_it() -> Index:
        if engine == "auto":
            return GrowingIndex(tmp_path, limit=3)
        if engine == "opensearch":
            return open_index(f"{os.environ['MARSAD_TEST_OPENSEARCH']}/test-{abs(hash(tmp_path)):x}", tmp_path)
        return open_index(engine, tmp_path)

    return open_it


@pytest.fixture
def index(opened: Callable[[], Index]) -> Iterator[Index]:
    with closing(opened()) as index:
        yield index
