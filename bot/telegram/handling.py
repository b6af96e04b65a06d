"""From an update as it was stored to everything that is to be written in answer to it."""

from __future__ import annotations

import json
import logging
import string
from collections.abc import Iterator
from functools import cached_property

from telegram import Update

from bot.store.mail import ChatRow, Handled, Received
from bot.telegram import administering, commands
from bot.telegram.allowing import Allowance, Verdict
from bot.telegram.answering import answer_text
from bot.telegram.chat import conversation_of, preferences_of
from bot.telegram.checking import check_claim
from bot.telegram.commands import COMMANDS
from bot.telegram.faults import report
from bot.telegram.following import departed, follow
from bot.telegram.incoming import Incoming, read_update
from bot.telegram.inline import answer_inline
from bot.telegram.outgoing import Acknowledge, Outgoing, Revise, Say, letters
from bot.telegram.pressing import handle_press
from bot.telegram.rendering import finish, text
from bot.telegram.scene import Outcome, Scene, Surroundings
from retrieval import normalise

log = logging.getLogger(__name__)
# A question is a sentence or two; what is longer is no question, and understanding it would be a guess.
LONGEST_QUESTION = 1000
_QUESTION_MARKS = frozenset("؟?")
_EDGES = string.punctuation + string.whitespace + "؟،؛!…ـ"


class Handling:
    """Handles updates one at a time, in whichever thread; nothing is kept between them but the triggers."""

    def __init__(self, around: Surroundings, allowance: Allowance | None = None) -> None:
        self._around, self._allowance = around, allowance

    def handle(self, received: Received, row: ChatRow | None) -> Handled:
        """What is to be written for the update; a fault of the program is reported, and the user told kindly."""
        incoming: Incoming | None = None
        try:
            incoming = self._read(received)
            if incoming is None:
                return Handled(received.update_id)
            if (verdict := self._judge(incoming)) != "heard":
                return self._unheard(incoming, told=verdict == "told")
            outcome, chat = self.respond(incoming, row)
            return Handled(
                incoming.update_id,
                letters=[*letters(incoming, outcome.messages), *outcome.posts],
                chat=chat if incoming.addressed else None,
                shown=outcome.shown,
                feedback=outcome.feedback,
                forgets=outcome.forgets,
                writes=outcome.writes,
                departed=incoming.kind == "departure",
            )
        except Exception as error:  # noqa: BLE001 - one update must not stop the others, nor come back at every start
            report(log, f"update {received.update_id} could not be handled", error)
            return self._apology(received, incoming, error)

    def respond(self, incoming: Incoming, row: ChatRow | None) -> tuple[Outcome, ChatRow]:
        """What is said and kept in answer to what came in, and what is known of the chat from then on."""
        preferences, conversation = preferences_of(row), conversation_of(row)
        liked = self._around.wording.preferring(preferences.months, eastern=preferences.eastern)
        wording = liked.for_text(incoming.text)
        scene = Scene(self._around, incoming, preferences, conversation, wording)
        outcome = self._outcome(scene)
        kept = (outcome.preferences or preferences).model_dump_json()
        # New words of a topic are asked for once: whatever else is said instead is taken as it is.
        went_on = conversation.model_copy(update={"rewords": 0}) if incoming.kind == "message" else conversation
        state = (outcome.conversation or went_on).model_dump_json(by_alias=True)
        return outcome, ChatRow(incoming.chat_id, incoming.chat_kind, kept, state)

    def _outcome(self, scene: Scene) -> Outcome:
        incoming = scene.incoming
        outcome = Outcome()
        match incoming.kind:
            case "press":
                outcome = handle_press(scene)
            case "inline":
                outcome = answer_inline(scene)
            case "departure":
                outcome = departed(scene)
            case "arrival" if incoming.chat_kind in {"group", "supergroup"}:
                outcome = commands.say(scene, "group", name=self._around.myself.username)
            case "message" if incoming.addressed:
                outcome = self._respond_to_message(scene)
            case "edit" if incoming.addressed:
                outcome = self._respond_to_message(scene)
                outcome = outcome._replace(messages=tuple(_revising(message) for message in outcome.messages))
        return outcome

    def _judge(self, incoming: Incoming) -> Verdict:
        """Whether what came in is heard; the chat's own comings and goings are, and so are the operators."""
        speaks = incoming.addressed and incoming.kind in {"message", "edit", "press", "inline"}
        if self._allowance is None or not speaks or incoming.user_id in self._around.operating.operators:
            return "heard"
        return self._allowance.judge(incoming.user_id, self._around.now())

    def _unheard(self, incoming: Incoming, *, told: bool) -> Handled:
        """Nothing is done; the first time the user is told why."""
        slow = self._around.wording.say("telegram.slow")
        message: Outgoing = Acknowledge(slow) if incoming.kind == "press" else Say(finish(text(slow)))
        told = told and incoming.kind != "inline"
        return Handled(incoming.update_id, letters=letters(incoming, [message]) if told else ())

    def _read(self, received: Received) -> Incoming | None:
        """What the update says; None for one that the library cannot read, which no user of Telegram can send."""
        try:
            update = Update.de_json(json.loads(received.payload), None)
            return read_update(update, self._around.myself, self._around.now())
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError, OSError) as error:
            log.info("update %d cannot be read (%s)", received.update_id, type(error).__name__)
            return None

    def _respond_to_message(self, scene: Scene) -> Outcome:
        incoming = scene.incoming
        if incoming.command in administering.COMMANDS and administering.is_operator(scene):
            return administering.COMMANDS[incoming.command](scene)
        if incoming.command and incoming.command not in COMMANDS:
            return commands.say(scene, "unknown_command") if incoming.chat_kind == "private" else Outcome()
        command = incoming.command or self._triggers.get(_bare(incoming.text), "")
        if not command and (found := self._leading(incoming.text)):
            command, rest = found
            scene = scene._replace(incoming=incoming._replace(text=rest))
        return COMMANDS[command](scene) if command else _respond_to_text(scene)

    def _leading(self, words: str) -> tuple[str, str] | None:
        """The command that the first words stand for, and what follows them; None for a question, and for others."""
        if _QUESTION_MARKS & set(words):
            return None
        for phrase, command in self._openings:
            rest = words.split(maxsplit=phrase.count(" ") + 1)
            if len(rest) == phrase.count(" ") + 2 and _bare(" ".join(rest[:-1])) == phrase:
                return command, rest[-1]
        return None

    @cached_property
    def _triggers(self) -> dict[str, str]:
        """The words that do what a command does, as they are compared, and which command that is."""
        return dict(self._listed("triggers."))

    @cached_property
    def _openings(self) -> list[tuple[str, str]]:
        """The words that stand for a command when more follows them, and which command that is."""
        return list(self._listed("openings."))

    def _listed(self, table: str) -> Iterator[tuple[str, str]]:
        wording = self._around.wording
        for key in wording.keys():  # noqa: SIM118 - it is no mapping
            if key.startswith(table):
                yield from ((_bare(words), key.removeprefix(table)) for words in wording.say(key).split("|"))

    def _apology(self, received: Received, incoming: Incoming | None, error: Exception) -> Handled:
        """Nothing is written but the apology, since what else there was may be what the store refuses."""
        if incoming is None or not incoming.addressed or incoming.kind == "inline":
            return Handled(received.update_id, type(error).__name__)
        sorry = self._around.wording.say("telegram.fault")
        message: Outgoing = Acknowledge(sorry) if incoming.kind == "press" else Say(finish(text(sorry)))
        return Handled(received.update_id, type(error).__name__, letters(incoming, [message]))


def _respond_to_text(scene: Scene) -> Outcome:
    words = scene.incoming.text
    if not any(character.isalnum() for character in words):
        content = scene.incoming.content
        return commands.say(scene, f"content.{'empty' if content == 'text' else content}")
    if scene.incoming.forwarded:
        return check_claim(scene)
    if topic := scene.conversation.reworded(scene.incoming.user_id, scene.incoming.at):
        return follow(scene, topic)
    if len(words) > LONGEST_QUESTION:
        return commands.say(scene, "too_long", n=LONGEST_QUESTION)
    return answer_text(scene, words)


def _revising(message: Outgoing) -> Outgoing:
    return Revise(message.html, message.buttons) if isinstance(message, Say) else message


def _bare(words: str) -> str:
    """Words as they are compared with triggers."""
    return " ".join(normalise(word.strip(_EDGES)) for word in words.split())
