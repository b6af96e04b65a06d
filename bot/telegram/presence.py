"""Showing in a chat that its answer is being worked on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram.error import TelegramError

from bot.store.mail import Received
from bot.telegram.transport import BotApi

_PATIENCE = 5.0
# What is shown while a file is made.
_WORKS = {"/chart": "upload_photo", "/export": "upload_document", "/mydata": "upload_document"}


class Typing:
    """Shows the bot as typing; nothing waits for it, and nothing is lost when it fails."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._shown: set[asyncio.Task[None]] = set()

    def show(self, update: Received) -> None:
        """Show the bot as typing in the chat of the update, if it is a message that somebody wrote there."""
        message: Any = json.loads(update.payload).get("message")
        if update.chat_id is None or not isinstance(message, dict):
            return
        if update.chat_id < 0 and "reply_to_message" not in message and "entities" not in message:
            return  # talk among others
        words = message.get("text")
        action = next((did for command, did in _WORKS.items() if str(words).startswith(command)), "typing")
        place = {"chat_id": update.chat_id, "action": action}
        if message.get("is_topic_message"):
            place["message_thread_id"] = message.get("message_thread_id")
        task = asyncio.create_task(self._call(place))
        self._shown.add(task)
        task.add_done_callback(self._shown.discard)

    async def _call(self, place: dict[str, Any]) -> None:
        try:
            await self._api.call("sendChatAction", place, patience=_PATIENCE)
        except TelegramError:
            return
