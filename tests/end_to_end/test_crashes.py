from __future__ import annotations

from pathlib import Path

from tests.end_to_end.crashes import crash


async def test_a_program_killed_again_and_again_answers_everything_and_says_what_may_come_twice(
    corpus: Path, tmp_path: Path
) -> None:
    survived = await crash(tmp_path / "data", corpus, kills=10)
    assert survived.asked > 100
    assert survived.unanswered == 0
    assert survived.disordered == 0
    assert survived.twice <= survived.doubtful
