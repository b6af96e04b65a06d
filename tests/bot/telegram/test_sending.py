from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from bot.store import Store, chats, mail
from bot.store.mail import ALERT, Letter
from bot.telegram.journal import Journal
from bot.telegram.limits import OVERALL_PER_SECOND, Limits
from bot.telegram.sending import Sender
from bot.telegram.transport import BotApi
from tests.bot.telegram.conftest import now
from tests.end_to_end.fake_bot_api import FakeBotApi, Fault
from tests.end_to_end.telegram_rules import Flood

FAST = 1000.0


def letter(number: int, chat: int = 7, text: str = "", method: str = "sendMessage", **more: Any) -> Letter:
    arguments = more.pop("arguments", {"text": text or f"خبر {number}", "parse_mode": "HTML"})
    return Letter(f"k{number}", chat, method, json.dumps(arguments), **more)


@pytest.fixture
def sending(api: BotApi, journal: Journal) -> Callable[..., Any]:
    @asynccontextmanager
    async def run(overall: float = FAST) -> AsyncIterator[Callable[..., Any]]:
        sender = Sender(api, journal, Limits(overall), now)
        await sender.resume()
        task = asyncio.create_task(sender.run())

        async def post(*letters: Letter) -> None:
            sender.notify(await journal.write(partial(mail.post, letters=letters, now=now())))

        yield post
        sender.stop()
        await asyncio.wait_for(task, 10)

    return run


async def eventually(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the store tells nobody of its changes
            await asyncio.sleep(0.02)


def states(store: Store) -> dict[str, int]:
    with store.reading() as connection:
        return {name: count for name, count in chats.tally(connection).items() if count}


async def test_letters_of_a_chat_arrive_in_order_and_many_chats_at_once(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any]
) -> None:
    fake.delay = 0.02
    async with sending() as post:
        await post(*(letter(n, chat=1 + n % 20) for n in range(60)))
        await fake.until(lambda: len(fake.messages) == 60)
    order = defaultdict(list)
    for message in fake.messages.values():
        order[message["chat"]["id"]].append(int(message["text"].split()[1]))
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert states(store) == {"sent": 60}


async def test_what_was_owed_or_under_way_at_the_end_is_sent_at_the_next_start(
    fake: FakeBotApi, store: Store, journal: Journal, sending: Callable[..., Any]
) -> None:
    owed = await journal.write(partial(mail.post, letters=[letter(1), letter(2)], now=now()))
    await journal.write(partial(mail.take, ids=[owed[0].id]))
    async with sending():
        await fake.until(lambda: len(fake.messages) == 2)
    assert [m["text"] for m in fake.shown(7)] == ["خبر 1", "خبر 2"]
    assert states(store) == {"sent": 2, "doubtful": 1}


async def test_flood_control_is_never_provoked_and_order_is_kept(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any]
) -> None:
    fake.flood = Flood()
    async with sending(overall=OVERALL_PER_SECOND) as post:
        await post(*(letter(n, chat=1 + n % 12) for n in range(48)))
        await fake.until(lambda: len(fake.messages) == 48)
    assert fake.refused == {}
    assert states(store) == {"sent": 48}


async def test_a_wait_that_telegram_demands_holds_up_only_its_chat_and_is_remembered(
    fake: FakeBotApi, store: Store, journal: Journal, sending: Callable[..., Any]
) -> None:
    await journal.write(partial(mail.keep, chats=[mail.ChatRow(7, "private", "{}", "{}")], now=now()))
    fake.break_down("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 3000}))
    async with sending() as post:
        await post(letter(1), letter(2))
        await fake.until(lambda: fake.refused[429])
        await post(letter(3, chat=8))
        await fake.until(lambda: fake.shown(8))
    assert fake.shown(7) == []
    async with sending() as post:
        await post(letter(4))
        await asyncio.sleep(0.1)
    assert fake.shown(7) == []
    with store.reading() as connection:
        assert chats.parked(connection, now())[7] > now() + dt.timedelta(seconds=2900)
    assert states(store) == {"owed": 3, "sent": 1}


async def test_the_message_that_had_to_wait_comes_before_those_after_it(
    fake: FakeBotApi, sending: Callable[..., Any]
) -> None:
    fake.break_down("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}))
    async with sending() as post:
        await post(letter(1), letter(2))
        await fake.until(lambda: len(fake.shown(7)) == 2)
    assert [m["text"] for m in fake.shown(7)] == ["خبر 1", "خبر 2"]


async def test_who_blocked_the_bot_is_sent_nothing_more(
    fake: FakeBotApi, store: Store, journal: Journal, sending: Callable[..., Any]
) -> None:
    await journal.write(partial(mail.keep, chats=[mail.ChatRow(7, "private", "{}", "{}")], now=now()))
    fake.blocked.add(7)
    async with sending() as post:
        await post(letter(1), letter(2), letter(3), letter(4, chat=8))
        await fake.until(lambda: fake.refused[403] and fake.shown(8))
        await asyncio.sleep(0.05)
    assert fake.refused[403] == 1
    with store.reading() as connection:
        assert chats.blocked(connection, [7, 8]) == {7}
    assert states(store) == {"failed": 3, "sent": 1}


async def test_a_group_that_moved_gets_everything_at_its_new_place(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any]
) -> None:
    fake.migrated[-7] = -1007
    async with sending() as post:
        await post(letter(1, chat=-7), letter(2, chat=-7))
        await fake.until(lambda: len(fake.shown(-1007)) == 2)
    assert [m["text"] for m in fake.shown(-1007)] == ["خبر 1", "خبر 2"]
    assert states(store) == {"sent": 2}


@pytest.mark.parametrize("fault", [Fault(hang=0.8), Fault(drop="after"), Fault(drop="before")])
async def test_what_may_have_arrived_is_never_said_twice(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any], fault: Fault
) -> None:
    fake.break_down("sendMessage", fault)
    async with sending() as post:
        await post(letter(1), letter(2))
        await fake.until(lambda: [m for m in fake.shown(7) if m["text"] == "خبر 2"])
        await asyncio.sleep(0.6)
    assert len([m for m in fake.shown(7) if m["text"] == "خبر 1"]) == (fault.drop != "before")
    assert states(store) == {"uncertain": 1, "sent": 1}


@pytest.mark.parametrize("fault", [Fault(page="<html>502</html>"), Fault(500, "Internal Server Error")])
async def test_a_bot_api_out_of_order_is_asked_again(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any], fault: Fault
) -> None:
    fake.break_down("sendMessage", fault, times=2)
    async with sending() as post:
        await post(letter(1))
        await fake.until(lambda: fake.shown(7))
    assert states(store) == {"sent": 1, "doubtful": 2}


@pytest.mark.parametrize("fault", [Fault(hang=0.8), Fault(drop="before")])
async def test_a_change_of_a_message_is_tried_again_because_twice_is_the_same(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any], fault: Fault
) -> None:
    async with sending() as post:
        await post(letter(1))
        [message] = await fake.until(lambda: fake.shown(7))
        fake.break_down("editMessageText", fault)
        change = {"text": "خبر جديد", "message_id": message["message_id"]}
        await post(letter(2, method="editMessageText", arguments=change))
        await fake.until(lambda: fake.shown(7)[0]["text"] == "خبر جديد")
        await eventually(lambda: states(store) == {"sent": 2})


async def test_the_reply_to_an_edited_question_is_changed_and_not_said_again(
    fake: FakeBotApi, sending: Callable[..., Any]
) -> None:
    async with sending() as post:
        await post(letter(1, answers=50), letter(2, method="editMessageText", arguments={"text": "آخر"}, answers=50))
        await fake.until(lambda: fake.called("editMessageText"))
        await post(letter(3, method="editMessageText", arguments={"text": "بلا سابق"}, answers=60))
        await fake.until(lambda: len(fake.shown(7)) == 2)
    assert [m["text"] for m in fake.shown(7)] == ["آخر", "بلا سابق"]


async def test_a_message_that_telegram_cannot_show_is_said_plainly(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any]
) -> None:
    broken = [letter(1, text="<b>مقتل <i>ثلاثة</b> &lt;"), letter(2, text="<b>طويل</b> " * 900)]
    button = {"text": "خبر", "parse_mode": "HTML", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "no"}]]}}
    async with sending() as post:
        await post(*broken, letter(3, arguments=button))
        await fake.until(lambda: len(fake.shown(7)) == 3)
        await eventually(lambda: states(store) == {"sent": 3})
    first, second, third = (m["text"] for m in fake.shown(7))
    assert (first, third) == ("مقتل ثلاثة <", "خبر")
    assert second.startswith("طويل طويل")
    assert second.endswith("طويل")


async def test_a_letter_that_telegram_will_never_take_does_not_hold_up_the_next(
    fake: FakeBotApi, store: Store, sending: Callable[..., Any]
) -> None:
    fake.break_down("sendMessage", Fault(400, "Bad Request: something new"))
    async with sending() as post:
        await post(letter(1), letter(2), letter(3, method="sendMessage", arguments=["no arguments"]), letter(4))
        await fake.until(lambda: len(fake.shown(7)) == 2)
    assert states(store) == {"failed": 2, "sent": 2}


async def test_a_closed_topic_is_answered_in_the_open_part_of_the_group(
    fake: FakeBotApi, sending: Callable[..., Any]
) -> None:
    fake.break_down("sendMessage", Fault(400, "Bad Request: message thread not found"))
    async with sending() as post:
        await post(letter(1, chat=-7, arguments={"text": "خبر", "message_thread_id": 3}))
        [message] = await fake.until(lambda: fake.shown(-7))
    assert "message_thread_id" not in message


async def test_a_reply_goes_before_the_alerts_that_wait_and_a_press_waits_for_nobody(
    fake: FakeBotApi, sending: Callable[..., Any]
) -> None:
    query = await fake.press_data({"message_id": 1, "chat": {"id": 7}}, "s:1")
    async with sending(overall=20) as post:
        await post(*(letter(n, chat=n, text="تنبيه", priority=ALERT) for n in range(10, 40)))
        await fake.until(lambda: len(fake.messages) >= 3)
        await post(
            letter(99, text="جواب"),
            letter(98, method="answerCallbackQuery", arguments={"callback_query_id": query}),
        )
        await fake.until(lambda: fake.shown(7) and fake.called("answerCallbackQuery"))
        assert len(fake.messages) < 10


async def test_a_query_that_is_too_old_is_no_failure(store: Store, sending: Callable[..., Any]) -> None:
    async with sending() as post:
        await post(letter(1, method="answerCallbackQuery", arguments={"callback_query_id": "old"}))
        await eventually(lambda: states(store) == {"sent": 1})


async def test_a_bot_api_that_cannot_be_reached_loses_nothing(
    store: Store, journal: Journal, unused_tcp_port: int
) -> None:
    async with BotApi("1:t", f"http://127.0.0.1:{unused_tcp_port}") as api:
        sender = Sender(api, journal, Limits(FAST), now)
        await sender.resume()
        task = asyncio.create_task(sender.run())
        sender.notify(await journal.write(partial(mail.post, letters=[letter(1)], now=now())))
        await asyncio.sleep(0.3)
        sender.stop()
        await task
    assert states(store) == {"owed": 1}
