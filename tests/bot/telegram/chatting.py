"""One chat's updates through the handlers and the store, as the dispatcher would bring them."""

from __future__ import annotations

import json
import zoneinfo
from functools import partial
from typing import Any, Generic, TypeVar

from bot.desk import Desk
from bot.store import Store, mail
from bot.store.mail import ChatRow, Handled, Received
from bot.telegram.allowing import Allowance
from bot.telegram.chat import find_shown
from bot.telegram.handling import Handling
from bot.telegram.incoming import Myself
from bot.telegram.scene import Operating, Surroundings
from tests.bot.telegram.conftest import now
from tests.end_to_end.fake_bot_api import FakeBotApi
from tests.end_to_end.telegram_rules import check_keyboard, check_text

D = TypeVar("D", bound=Desk)
MYSELF = Myself(4242, "marsad_test_bot")


class Chat(Generic[D]):
    """One chat's updates through the handlers and the store, as the dispatcher would do it."""

    def __init__(
        self, store: Store, desk: D, operating: Operating | None = None, allowance: Allowance | None = None
    ) -> None:
        self.store, self.desk = store, desk
        self.admins: set[int] = set()
        around = Surroundings(
            desk, desk.wording, zoneinfo.ZoneInfo("Asia/Baghdad"), MYSELF, partial(find_shown, store), now,
            lambda _chat, user: user in self.admins, operating or Operating(),
        )  # fmt: skip
        self.handling = Handling(around, allowance)
        self.fake = FakeBotApi()
        self.row: ChatRow | None = None
        self.count = 0

    def update(self, **what: Any) -> Handled:
        self.count += 1
        received = Received(self.count, 7, json.dumps({"update_id": self.count, **what}))
        with self.store.writing() as connection:
            mail.receive(connection, [received], now())
        handled = self.handling.handle(received, self.row)
        with self.store.writing() as connection:
            mail.settle(connection, [handled], now())
        self.row = handled.chat or self.row
        for letter in handled.letters:  # Telegram would take each of them
            payload = {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(letter.payload).items()}
            if "text" in payload and letter.method != "answerCallbackQuery":
                check_text(payload, "text")
                check_keyboard(json.loads(payload.get("reply_markup", "{}")))
        return handled

    def say(self, text: str, **more: Any) -> list[dict[str, Any]]:
        chat = more.pop("chat_id", 0)
        if text.startswith("/"):
            more["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return calls(self.update(message=self.fake.message(7, chat, text=text, **more)))

    def press(self, data: str, chat_id: int = 7) -> list[dict[str, Any]]:
        kind = "private" if chat_id > 0 else "group"
        message = {"message_id": 3, "date": 1, "chat": {"id": chat_id, "type": kind}}
        person = {"id": 7, "is_bot": False, "first_name": "U"}
        query = {"id": "q", "from": person, "message": message, "chat_instance": "c", "data": data}
        return calls(self.update(callback_query=query))


def calls(handled: Handled) -> list[dict[str, Any]]:
    return [{"method": letter.method, **json.loads(letter.payload)} for letter in handled.letters]


def buttons(call: dict[str, Any]) -> dict[str, str]:
    rows = call.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data") or button["url"] for row in rows for button in row}
