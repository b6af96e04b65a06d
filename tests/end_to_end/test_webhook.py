from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path

import aiohttp

from tests.end_to_end.fake_bot_api import TOKEN, FakeBotApi
from tests.end_to_end.program import Program

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = "a-secret-of-the-webhook"


async def test_updates_that_telegram_brings_are_answered_once_and_only_telegram_may_bring_them(
    corpus: Path, tmp_path: Path, unused_tcp_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/telegram/hook"
    async with FakeBotApi() as fake, aiohttp.ClientSession() as session:
        program = Program(
            fake.url, tmp_path / "data", corpus, MARSAD_WEBHOOK_URL=url, MARSAD_WEBHOOK_SECRET=SECRET,
            MARSAD_LISTEN=f"127.0.0.1:{unused_tcp_port}",
        )  # fmt: skip
        await program.start()
        try:
            await fake.until(lambda: fake.called("setMyShortDescription"), 30)
            [told] = fake.called("setWebhook")
            assert (told["url"], told["secret_token"]) == (url, SECRET)

            async def bring(body: str, secret: str = SECRET) -> int:
                async with session.post(url, data=io.BytesIO(body.encode()), headers={HEADER: secret}) as answer:
                    return answer.status

            update = json.dumps({"update_id": 5, "message": fake.message(9, text="شكرا")})
            assert await bring(update, "guess") == 403
            while (status := await bring(update)) == 503:  # noqa: ASYNC110 - not ready yet: Telegram would come again
                await asyncio.sleep(0.05)
            assert status == 200
            assert await bring(update) == 200
            assert await bring("{broken") == 400
            assert await bring("[]") == 200
            assert await bring(" " * 2**20 + "[]") == 413
            await fake.until(lambda: fake.shown(9))
            assert await bring(json.dumps({"update_id": 6, "message": fake.message(9, text="مرحبا")})) == 200
            await fake.until(lambda: len(fake.shown(9)) > 1)
            assert len(fake.shown(9)) == 2
            assert await program.stop() == 0
        finally:
            await program.kill()
        assert SECRET not in program.log
        assert TOKEN not in program.log
        assert "Traceback" not in program.log
