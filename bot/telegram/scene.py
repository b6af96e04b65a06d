"""What a handler sees, and what it gives back."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.desk import Desk
from bot.store.mail import Feedback, Letter, Shown
from bot.telegram.chat import Conversation, Preferences
from bot.telegram.incoming import Incoming, Myself
from bot.telegram.outgoing import Outgoing
from retrieval import Wording


class Operating(NamedTuple):
    """What the operator of the program has set.

    Attributes:
        operators: the users who may use the commands of the operator.
        per_minute: how many messages a minute all others may send.
        keep_days: how long answers are kept.
        feed_seconds: how long it is between two looks at a new feed.
        backups: the folder into which backups go.
        changed: is told when the operator treats somebody otherwise from now on.
    """

    operators: frozenset[int] = frozenset()
    per_minute: int = 0
    keep_days: int = 30
    feed_seconds: int = 600
    backups: Path = Path("backups")
    changed: Callable[[], None] = lambda: None


class Surroundings(NamedTuple):
    """What is the same for every update.

    Attributes:
        desk, wording: what is known, and how it is said.
        zone: where "today" is meant.
        myself: who the bot is.
        find_shown: what was shown under an id in a chat, or in any (None).
        now: the clock.
        is_admin: whether a user is an admin of a chat.
        operating: what the operator has set.
    """

    desk: Desk
    wording: Wording
    zone: zoneinfo.ZoneInfo
    myself: Myself
    find_shown: Callable[[int | None, str], Shown | None]
    now: Callable[[], dt.datetime]
    is_admin: Callable[[int, int], bool] = lambda _chat, _user: False
    operating: Operating = Operating()


class Scene(NamedTuple):
    """Everything that a handler may look at; from the same scene follows the same outcome."""

    around: Surroundings
    incoming: Incoming
    preferences: Preferences
    conversation: Conversation
    wording: Wording

    @property
    def today(self) -> dt.date:
        """The day on which the message was written, where the program is at home."""
        return self.incoming.at.astimezone(self.around.zone).date()

    @property
    def may_change(self) -> bool:
        """Whether whoever spoke may change what the chat follows and likes: anybody in private, else its admins."""
        said = self.incoming
        return said.chat_kind == "private" or said.as_chat or self.around.is_admin(said.chat_id, said.user_id)

    def say(self, key: str, **values: Any) -> str:  # noqa: ANN401 - whatever the message names
        """A message of [telegram], as Telegram's HTML."""
        return self.wording.say(f"telegram.{key}", **values)


class Outcome(NamedTuple):
    """What is to be said, remembered and kept for buttons; None leaves preferences or conversation as they are.

    `forgets` says that nothing of the chat is to be kept; `posts` are letters to other chats, `writes` is what else is
    to be written, together with the rest or not at all.
    """

    messages: tuple[Outgoing, ...] = ()
    conversation: Conversation | None = None
    preferences: Preferences | None = None
    shown: tuple[Shown, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    forgets: bool = False
    posts: tuple[Letter, ...] = ()
    writes: tuple[Callable[[sa.Connection], object], ...] = ()
