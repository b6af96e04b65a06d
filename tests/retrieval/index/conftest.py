import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.index import Index, open_index
from retrieval.index.growing import GrowingIndex
from tests.retrieval.index.nodes import Cluster

ENGINES = ["memory", "disk", "auto", pytest.param("opensearch", marks=pytest.mark.cluster)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine under test; "auto" is one that moves to disk after three entries."""
    return str(request.param)


@pytest.fixture
def opened(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Index]:
    """Opens the index of the test, again and again if need be."""
    name = f"test-{uuid.uuid4().hex}"

    def open_it() -> Index:
        if engine == "auto":
            return GrowingIndex(tmp_path, limit=3)
        if engine == "opensearch":
            return open_index(f"{request.getfixturevalue('opensearch')}/{name}", tmp_path)
        return open_index(engine, tmp_path)

    return open_it


@pytest.fixture
def index(opened: Callable[[], Index]) -> Iterator[Index]:
    with closing(opened()) as index:
        yield index


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A manager and two data nodes of OpenSearch, each in a process of its own."""
    with Cluster.started(tmp_path_factory.mktemp("opensearch")) as cluster:
        yield cluster


@pytest.fixture
def opensearch(cluster: Cluster) -> str:
    """The URL of a cluster in which every node is up."""
    cluster.heal()
    return cluster.url
