from __future__ import annotations

import asyncio
import datetime as dt
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.wording import load_wording
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.program import Program, ingest

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDING = load_wording()


async def bring(folder: Path, name: str, outlet: str, body: str) -> None:
    """An article of today comes in by another process, as from a feed."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    line = {"id": name, "title": "اشتباكات غربي تعز", "outlet": outlet, "published": today,
            "url": f"https://example.org/{name}", "body": body}  # fmt: skip
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    await asyncio.to_thread(ingest, folder, path)


async def shown(fake: FakeBotApi, chat: int, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await fake.until(lambda: len(fake.shown(chat)) == count and fake.shown(chat), 30)
    return found


def _says(message: dict[str, Any], words: str) -> bool:
    return words in message["text"]


async def test_who_follows_a_topic_is_told_once_of_each_story_also_over_a_crash(
    fake: FakeBotApi, program: Program
) -> None:
    for user in (1, 2):
        await fake.say("/follow قتلى تعز", user=user)
        [offer] = await shown(fake, user, 1)
        await fake.press(offer, WORDING.say("buttons.follow"), user=user)
        await fake.until(partial(_says, offer, "صرت تتابع"), 30)

    await bring(program.folder, "n1", "نشرة أولى", "قتل 15 مسلحا في اشتباكات غربي مدينة تعز، بحسب مصدر عسكري يمني.")
    for user in (1, 2):
        alert = (await shown(fake, user, 2))[1]
        assert "15 مسلحا" in alert["text"]

    fake.blocked.add(2)
    await asyncio.sleep(1)  # what was sent is noted a moment later, and what is not noted may come twice
    await program.kill()
    later = "قتل 15 مسلحا في اشتباكات غربي مدينة تعز، بحسب مصدر عسكري يمني. وما زال الطريق مغلقا."
    await bring(program.folder, "n2", "نشرة ثانية", later)
    await program.start()
    first = fake.shown(1)[1]
    await fake.until(partial(_says, first, "نشرة ثانية"), 30)
    assert len(fake.shown(1)) == 2
