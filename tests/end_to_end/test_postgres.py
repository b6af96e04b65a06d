from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.engine import create_engine
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.fleet import endure
from tests.end_to_end.program import Program, ingest

# Each is followed by about three seconds under load; `make soak-postgres` has forty, two minutes in all.
KILLS = int(os.environ.get("MARSAD_TEST_KILLS", "4"))


@pytest.fixture
def database() -> str:
    """The URL of an empty database."""
    url = os.environ.get("MARSAD_TEST_POSTGRES")
    if not url:
        pytest.skip("MARSAD_TEST_POSTGRES names no server")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.mark.postgres
async def test_with_postgresql_too_a_question_is_answered_and_a_kill_loses_nothing(
    tmp_path: Path, database: str
) -> None:
    ingest(tmp_path, database=database)
    async with FakeBotApi() as fake:
        program = Program(fake.url, tmp_path, MARSAD_DATABASE=database)
        await program.start()
        await fake.say("كم عدد القتلى في غرق العبارة قبالة البصرة؟")
        [answer] = await fake.until(lambda: fake.shown(1), 60)
        assert "صحيفة السعف التجريبية" in answer["text"]
        for user in range(2, 60):
            await fake.say("مرحبا", user=user)
        await fake.until(lambda: len(fake.messages) > 5)
        await program.kill()
        await program.start()
        await fake.until(lambda: all(fake.shown(user) for user in range(2, 60)), 60)
        await fake.say("/follow قتلى البصرة")
        await fake.until(lambda: len(fake.shown(1)) == 2, 30)
        assert await program.stop() == 0
    assert "Traceback" not in program.log
    assert database not in program.log


@pytest.mark.postgres
async def test_of_two_programs_each_may_die_at_any_moment_and_every_message_has_one_answer(
    tmp_path: Path, database: str, unused_tcp_port_factory: Callable[[], int]
) -> None:
    ports = [unused_tcp_port_factory(), unused_tcp_port_factory()]
    ingest(tmp_path / "ingested", database=database)
    survived = await endure(tmp_path, database, ports, kills=KILLS, rest=3.0)
    assert survived.asked > 20 * KILLS
    assert survived.unanswered == 0
    assert survived.disordered == 0
    assert survived.twice <= survived.doubtful
