"""What the bot tells Telegram about itself: its commands in each kind of chat, and its descriptions."""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import InvalidToken, TelegramError

from bot.telegram.commands import FOR_ADMINS, IN_GROUPS, NAMES
from retrieval import Wording

log = logging.getLogger(__name__)


async def announce(bot: Bot, wording: Wording) -> None:
    """Tell Telegram the commands and descriptions; where it does not listen the bot works all the same.

    Raises:
        InvalidToken: when Telegram refuses the bot's token.
    """
    try:
        for scope, names in _menus():
            commands = [BotCommand(name, wording.say(f"commands.{name}")) for name in names]
            # Without a language for everybody, and once more for Arabic, which comes before any other program's.
            for language in (None, "ar"):
                await bot.set_my_commands(commands, scope=scope, language_code=language)
        for language in (None, "ar"):
            await bot.set_my_description(wording.say("profile.description"), language_code=language)
            await bot.set_my_short_description(wording.say("profile.short_description"), language_code=language)
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("Telegram did not take the commands and descriptions: %s", error.message)


def _menus() -> list[tuple[BotCommandScope, tuple[str, ...]]]:
    return [
        (BotCommandScopeDefault(), IN_GROUPS),
        (BotCommandScopeAllPrivateChats(), NAMES),
        (BotCommandScopeAllGroupChats(), IN_GROUPS),
        (BotCommandScopeAllChatAdministrators(), FOR_ADMINS),
    ]
