"""What a failed call to the Bot API means for the letter that it was to carry."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.store.mail import REPLY, Taken
from bot.telegram import markup
from bot.telegram.transport import FloodError, NotSentError, ServerFaultError

# Calls that do the same when they are made twice.
_IDEMPOTENT = frozenset({"editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"})
# After so many tries a fault of the server is taken to be about this very letter; with the waits that is two hours.
_MOST_FAULTS = 30
_LONGEST_WAIT = 300.0

# Parts of the descriptions by which the Bot API tells apart what it calls a bad request.
_DONE_ALREADY = ("message is not modified", "query is too old", "query id is invalid")
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_SUCH_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
_CLOSED = ("chat not found", "not enough rights", "have no rights", "peer_id_invalid", "chat_write_forbidden",
           "user_is_deactivated", "group chat was deactivated", "chat_restricted")  # fmt: skip
_OUR_FORM = ("parse entities", "too long", "entit", "button", "reply markup", "reply_markup", "inline keyboard", "url",
             "text is empty")  # fmt: skip


class Verdict(NamedTuple):
    """What becomes of the letter and its chat.

    Attributes:
        state: sent, uncertain, failed, or owed again after `wait` seconds.
        doubtful: it may have arrived although it is owed again.
        parks: the wait holds for the whole chat by Telegram's word.
        closes: the chat takes no messages any more.
        moved_to: the chat's new id.
        rewritten: method and payload of a form that Telegram may take instead.
    """

    state: str
    wait: float = 0.0
    doubtful: bool = False
    parks: bool = False
    closes: bool = False
    moved_to: int | None = None
    rewritten: tuple[str, str] | None = None


def judge(letter: Taken, error: TelegramError) -> Verdict:
    """What the error means for the letter."""
    match error:
        case FloodError():
            verdict = Verdict("owed", wait=error.seconds + 0.5, parks=True)
        case ChatMigrated():
            verdict = Verdict("owed", moved_to=error.new_chat_id)
        case InvalidToken():
            verdict = Verdict("owed")
        case Forbidden():
            verdict = Verdict("failed", closes=True)
        case BadRequest():
            verdict = _judge_refusal(letter, error.message.lower())
        case NotSentError():
            verdict = Verdict("owed", wait=_growing(letter.attempts))
        case _:
            verdict = _judge_silence(letter, error)
    return verdict


def _judge_silence(letter: Taken, error: TelegramError) -> Verdict:
    """The call left, and no word of it came back, or only the word that something broke."""
    refused = isinstance(error, ServerFaultError)
    if (refused or letter.method in _IDEMPOTENT) and letter.attempts < _MOST_FAULTS:
        return Verdict("owed", wait=_growing(letter.attempts), doubtful=refused)
    # Saying a thing twice is worse than the small chance of silence.
    return Verdict("failed" if refused else "uncertain")


def _growing(attempts: int) -> float:
    return float(min(0.5 * 2 ** min(attempts - 1, 12), _LONGEST_WAIT))


def _judge_refusal(letter: Taken, description: str) -> Verdict:
    payload = json.loads(letter.payload)
    if _names(description, _DONE_ALREADY):
        return Verdict("sent")
    if _names(description, _NOTHING_TO_EDIT):
        method, said = as_new_message(letter, payload)
        # One more outlet for a story whose message is gone is no news.
        news = letter.priority == REPLY
        return Verdict("owed", rewritten=(method, json.dumps(said, ensure_ascii=False))) if news else Verdict("failed")
    if _names(description, _NO_SUCH_TOPIC) and payload.pop("message_thread_id", None) is not None:
        return Verdict("owed", rewritten=(letter.method, json.dumps(payload, ensure_ascii=False)))
    if _names(description, _CLOSED):
        return Verdict("failed", closes=True)
    if _names(description, _OUR_FORM) and "parse_mode" in payload:
        return Verdict("owed", rewritten=(letter.method, _plainly(payload)))
    return Verdict("failed")


def _names(description: str, parts: tuple[str, ...]) -> bool:
    return any(part in description for part in parts)


def as_new_message(letter: Taken, payload: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The method and arguments that say as a new message what was to replace the text of an old one."""
    said = {name: value for name, value in payload.items() if name != "message_id"}
    if letter.answers is not None:
        said["reply_parameters"] = {"message_id": letter.answers, "allow_sending_without_reply": True}
    return "sendMessage", said


def _plainly(payload: dict[str, Any]) -> str:
    """The same words without anything that Telegram could refuse again: no tags, no buttons, no more than it takes."""
    field, limit = (
        ("caption", MessageLimit.CAPTION_LENGTH) if "caption" in payload else ("text", MessageLimit.MAX_TEXT_LENGTH)
    )
    words = markup.plain(str(payload.get(field, "")))
    # Cut as the text that it now is; without a parse mode "<" is only a character.
    shortened = markup.plain(markup.split(markup.escape(words), limit)[0]) if words.strip() else "…"
    names = ("message_id", "message_thread_id", "reply_parameters", "answers_letter", "changes_letter")
    kept = {name: payload[name] for name in names if name in payload}
    return json.dumps({**kept, field: shortened}, ensure_ascii=False)
