from __future__ import annotations

import asyncio
import logging
import traceback

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.telegram.transport import Attachment, BotApi, FloodError, NotSentError, ServerFaultError, Transport
from tests.end_to_end.fake_bot_api import TOKEN, FakeBotApi, Fault

SEND = {"chat_id": 5, "text": "خبر"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(code=400, description="Bad Request: message is too long"), BadRequest),
        (Fault(code=403, description="Forbidden: bot was blocked by the user"), Forbidden),
        (Fault(code=409, description="Conflict: terminated by other getUpdates request"), Conflict),
        (Fault(code=429, description="Too Many Requests", parameters={"retry_after": 7}), FloodError),
        (Fault(code=400, description="Bad Request", parameters={"migrate_to_chat_id": -1007}), ChatMigrated),
        (Fault(code=500, description="Internal Server Error"), ServerFaultError),
        (Fault(page="<html><body>502 Bad Gateway</body></html>"), ServerFaultError),
        (Fault(drop="before"), NetworkError),
        (Fault(drop="after"), NetworkError),
        (Fault(hang=1.0), TimedOut),
    ],
)
async def test_each_way_to_fail_has_its_error_and_none_tells_the_token(
    fake: FakeBotApi, api: BotApi, fault: Fault, error: type[TelegramError]
) -> None:
    fake.break_down("sendMessage", fault)
    with pytest.raises(error) as raised:
        await api.call("sendMessage", SEND, patience=0.3)
    assert type(raised.value) is error or error is NetworkError
    assert not isinstance(raised.value, NotSentError)
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


async def test_the_library_gets_the_same_errors_through_the_same_transport(
    fake: FakeBotApi, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for fault in (Fault(page="<html>502</html>"), Fault(drop="before"), Fault(hang=1.0)):
        fake.break_down("getMe", fault)
        with pytest.raises(NetworkError) as raised:
            await api.bot.get_me()
        assert TOKEN not in "".join(traceback.format_exception(raised.value))
    assert (await api.bot.get_me()).username == "marsad_test_bot"
    assert TOKEN not in caplog.text


async def test_a_bot_api_that_is_not_there_is_told_apart_from_one_that_hung_up() -> None:
    async with BotApi(TOKEN, "http://127.0.0.1:9") as api:
        with pytest.raises(NotSentError) as raised:
            await api.call("sendMessage", SEND)
    assert TOKEN not in "".join(traceback.format_exception(raised.value))


async def test_a_wrong_token_is_refused(fake: FakeBotApi) -> None:
    async with BotApi("1:wrong", fake.url) as api:
        with pytest.raises(InvalidToken):
            await api.call("getMe", {})


async def test_nested_arguments_and_files_arrive(api: BotApi) -> None:
    markup = {"inline_keyboard": [[{"text": "المصادر", "callback_data": "s:1"}]]}
    sent = await api.call("sendMessage", {**SEND, "reply_markup": markup, "message_thread_id": None})
    assert sent["reply_markup"] == markup
    file = {"document": Attachment("facts.csv", "خبر".encode())}
    sent = await api.call("sendDocument", {"chat_id": 5, "caption": "ملف"}, file)
    assert sent["document"] == {"name": "facts.csv", "size": 6}


async def test_many_calls_share_few_connections(fake: FakeBotApi) -> None:
    fake.delay = 0.05
    async with BotApi(TOKEN, fake.url, Transport(connections=20)) as api:
        await asyncio.gather(*(api.call("sendMessage", {"chat_id": n, "text": "خبر"}) for n in range(1, 61)))
    assert len(fake.messages) == 60
