"""The program's own desk over the samples, asked everything once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.desk import Desk
from tests.quality.measuring import Measured, measure, opened_desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose store holds all samples and nothing else."""
    with opened_desk(tmp_path_factory.mktemp("samples")) as desk:
        yield desk


@pytest.fixture(scope="session")
def measured(desk: Desk) -> Measured:
    """Every answer that the samples ask for."""
    return measure(desk)
