"""Databases of each kind that can be had here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.engine import create_engine


@pytest.fixture
def postgres() -> str:
    """The URL of an empty PostgreSQL database, given by MARSAD_TEST_POSTGRES; its tables are thrown away."""
    given = os.environ.get("MARSAD_TEST_POSTGRES")
    if not given:
        pytest.skip("MARSAD_TEST_POSTGRES names no server")
    engine = create_engine(given)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return given


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'marsad.sqlite'}"
    return str(request.getfixturevalue("postgres"))
