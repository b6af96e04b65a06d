from __future__ import annotations

import os
from pathlib import Path

from tests.end_to_end.crashes import crash

# `make soak` asks for more of them.
KILLS = int(os.environ.get("MARSAD_TEST_KILLS", "5"))


async def test_a_program_killed_again_and_again_answers_and_alerts_everybody_and_says_what_may_come_twice(
    corpus: Path, tmp_path: Path
) -> None:
    survived = await crash(tmp_path / "data", corpus, kills=KILLS, followers=16)
    print(survived)  # noqa: T201 - what `make soak` shows
    assert survived.asked > 0
    assert survived.alerts > 0
    assert survived.unanswered == 0
    assert survived.lost == 0
    assert survived.disordered == 0
    assert survived.twice <= survived.doubtful
