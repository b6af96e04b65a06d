"""What is remembered of a chat: how its people like things said, and what was asked last."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.store import Store, chats
from bot.store.mail import ChatRow, Shown
from retrieval import Answer, Question

log = logging.getLogger(__name__)
# A question that comes later than this starts anew, however short it is.
_FOLLOWS_WITHIN = dt.timedelta(minutes=30)
# A press bears the time of this machine, a message that of Telegram's: the two clocks may differ by so much.
_SKEW = dt.timedelta(minutes=2)
M = TypeVar("M", bound=BaseModel)


class _Kept(BaseModel):
    """A value that is kept as JSON; members of a later version are not minded."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Preferences(_Kept):
    """How a chat likes things said; what is not set follows the message that is answered.

    `months` is a locale whose names of months are used, `eastern` whether digits are ٠١٢٣, `short` whether answers
    come without the words of their sources. Alerts: `digest` is the hour of the daily one, `quiet_from` and
    `quiet_to` the hours between which none comes, `silent` whether they come without a sound.
    """

    months: str | None = None
    eastern: bool | None = None
    short: bool = False
    digest: int = 8
    quiet_from: int | None = None
    quiet_to: int | None = None
    silent: bool = False


class Conversation(_Kept):
    """What was asked last, by whom and when, so that the next question may leave out what it shares with it.

    `shown_id` names the answer to it; `rewords` is the number of a topic whose new words the next message says.
    """

    question: Question | None = None
    user_id: int = 0
    at: dt.datetime | None = None
    shown_id: str = ""
    rewords: int = 0

    def reworded(self, user_id: int, at: dt.datetime) -> int:
        """The topic for which a message of that user at that time is the new words; 0 for none."""
        return self.rewords if user_id == self.user_id and self._is_recent(at) else 0

    def before(self, user_id: int, at: dt.datetime) -> Question | None:
        """The question that a question of that user at that time may follow."""
        return self.question if self._is_recent(at) and user_id == self.user_id else None

    def _is_recent(self, at: dt.datetime) -> bool:
        return self.at is not None and -_SKEW <= at - self.at <= _FOLLOWS_WITHIN


class Exchange(_Kept):
    """A question that is offered by a button, or an answer that was shown.

    `titled` says that the answer stands under its question, because the chat does not show that; `rewords` is the
    number of a topic that gets these words when they are taken up.
    """

    answer: Answer | None = None
    titled: bool = False
    rewords: int = 0


def preferences_of(row: ChatRow | None) -> Preferences:
    """The preferences that are kept of a chat."""
    return read(Preferences, row.settings) or Preferences() if row else Preferences()


def conversation_of(row: ChatRow | None) -> Conversation:
    """The conversation that is kept of a chat."""
    return read(Conversation, row.state) or Conversation() if row else Conversation()


def read(model: type[M], json: str) -> M | None:
    """The kept value; None when it is of a version that this one cannot read."""
    try:
        return model.model_validate_json(json)
    except ValidationError as error:
        log.info("a kept %s cannot be read any more (%d faults)", model.__name__, error.error_count())
        return None


def find_shown(store: Store, chat_id: int | None, name: str) -> Shown | None:
    """What was shown under that name in the chat, or in any (None)."""
    with store.reading() as connection:
        return chats.shown_answer(connection, chat_id, name)
