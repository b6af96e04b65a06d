"""Who may change what a group or channel follows: Telegram is asked whether somebody is an admin there."""

from __future__ import annotations

import asyncio
import logging

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.telegram.transport import BotApi

log = logging.getLogger(__name__)
_PATIENCE = 5.0
_ADMINS = frozenset({ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})


class Admins:
    """Asks the Bot API from a thread, over the loop that it is made in."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._loop = asyncio.get_running_loop()

    def is_admin(self, chat_id: int, user_id: int) -> bool:
        """Whether the user is an admin of the chat by Telegram's word; without its word nobody is."""
        asking = asyncio.run_coroutine_threadsafe(self._ask(chat_id, user_id), self._loop)
        try:
            return asking.result(_PATIENCE + 1)
        except (TelegramError, TimeoutError) as error:
            log.warning("whether somebody is an admin could not be asked: %s", type(error).__name__)
            return False

    async def _ask(self, chat_id: int, user_id: int) -> bool:
        where = {"chat_id": chat_id, "user_id": user_id}
        member = await self._api.call("getChatMember", where, patience=_PATIENCE)
        return isinstance(member, dict) and member.get("status") in _ADMINS
