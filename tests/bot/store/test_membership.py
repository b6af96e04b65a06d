"""Who is alive and who holds an office, as the database knows it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.engine import create_engine
from bot.store.membership import Office, SharedMembership, SoleMembership, join


def test_a_program_with_a_file_of_its_own_holds_every_office(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'marsad.sqlite'}")
    membership = join(engine)
    assert isinstance(membership, SoleMembership)
    assert all(membership.holds(office) for office in Office)
    assert list(membership.alive()) == [membership.number]
    engine.dispose()


@pytest.fixture
def two(postgres: str) -> tuple[SharedMembership, SharedMembership]:
    first, second = SharedMembership(create_engine(postgres)), SharedMembership(create_engine(postgres))
    return first, second


@pytest.mark.postgres
def test_an_office_is_held_by_one_and_passes_on_when_that_one_leaves(
    two: tuple[SharedMembership, SharedMembership],
) -> None:
    first, second = two
    assert first.holds(Office.MAIL)
    assert first.holds(Office.MAIL)
    assert not second.holds(Office.MAIL)
    assert second.holds(Office.FEEDS)
    assert set(first.alive()) == set(second.alive()) == {first.number, second.number}
    first.close()
    assert second.holds(Office.MAIL)
    assert set(second.alive()) == {second.number}
    second.close()


@pytest.mark.postgres
def test_a_program_whose_connection_breaks_loses_its_offices_and_comes_back(
    two: tuple[SharedMembership, SharedMembership], postgres: str
) -> None:
    first, second = two
    assert first.holds(Office.MAIL)
    engine = create_engine(postgres)
    with engine.connect() as connection:
        ours = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :number"
        pid = connection.execute(sa.text(ours), {"number": first.number}).scalar_one()
        connection.execute(sa.select(sa.func.pg_terminate_backend(pid)))
    assert not first.holds(Office.MAIL)
    assert second.holds(Office.MAIL)
    assert not first.holds(Office.MAIL)
    assert set(first.alive()) == {first.number, second.number}
    for one in two:
        one.close()
    engine.dispose()
