"""The commands, the words that do the same, and the examples that are offered to somebody new."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.store.mail import Shown
from bot.telegram import keyboards
from bot.telegram.answering import answer_text
from bot.telegram.chat import Exchange
from bot.telegram.outgoing import Button, Say
from bot.telegram.rendering import finish, text
from bot.telegram.scene import Outcome, Scene
from retrieval import Casualty, Fact, FactFilter, Meeting, Visit

# In the order of the menu; each has its description in [commands] of messages.toml.
NAMES = ("start", "help", "ask")
IN_GROUPS = ("ask", "help")
_EXAMPLES = 3
# How many of the latest facts are looked through for an example, and how many questions are tried.
_LOOKED_THROUGH, _TRIED = 60, 9


def start(scene: Scene) -> Outcome:
    """A welcome, with questions to tap that have an answer at present."""
    incoming = scene.incoming
    offered = []
    for number, question in enumerate(_examples(scene)):
        name = keyboards.shown_id(incoming.chat_id, incoming.update_id, number)
        offered.append(Shown(name, incoming.chat_id, question, Exchange().model_dump_json()))
    rows = tuple((Button(shown.question, keyboards.data(keyboards.ASK, shown.id)),) for shown in offered)
    welcome = scene.say("start" if rows else "start_empty")
    return Outcome((Say(finish(welcome.strip()), rows),), shown=tuple(offered))


def help_(scene: Scene) -> Outcome:
    """How to ask, and the commands."""
    lines = [
        text(scene.say("command", command=name, description=scene.wording.say(f"commands.{name}"))) for name in NAMES
    ]
    return Outcome((Say(finish("\n".join([scene.say("help").strip(), *lines]))),))


def ask(scene: Scene) -> Outcome:
    """The question that stands after the command."""
    return answer_text(scene, scene.incoming.text) if scene.incoming.text else say(scene, "ask_what")


def say(scene: Scene, key: str, **values: Any) -> Outcome:  # noqa: ANN401 - whatever the message names
    """One message of messages.toml."""
    return Outcome((Say(finish(text(scene.say(key, **values)))),))


COMMANDS: Mapping[str, Callable[[Scene], Outcome]] = {
    "start": start,
    "help": help_,
    "ask": ask,
    "greeting": lambda scene: say(scene, "greeting"),
    "peace": lambda scene: say(scene, "peace"),
    "thanks": lambda scene: say(scene, "thanks"),
}


def _examples(scene: Scene) -> Iterator[str]:
    """Questions about what is in the news that the desk can answer now."""
    desk = scene.around.desk
    found = 0
    for question in _candidates(scene):
        if not desk.ask(question, as_of=scene.today).abstained:
            found += 1
            yield question
        if found == _EXAMPLES:
            return


def _candidates(scene: Scene) -> list[str]:
    """Questions of different kinds in turn, about the latest facts, each about another place."""
    kinds: list[list[str]] = []
    seen: set[str] = set()
    for kind in ("casualty", "visit", "meeting"):
        questions = []
        for fact in scene.around.desk.store.facts(FactFilter(kinds=(kind,), limit=_LOOKED_THROUGH)):
            about, question = _question_about(fact, scene)
            if question and about not in seen:
                seen.add(about)
                questions.append(question)
        kinds.append(questions)
    turns = itertools.zip_longest(*kinds)
    return [question for turn in turns for question in turn if question][:_TRIED]


def _question_about(fact: Fact, scene: Scene) -> tuple[str, str]:
    """What the fact is about, and a question that it answers; both empty where it makes none."""
    match fact:
        case Casualty(harm="killed" | "wounded") if fact.place and fact.min:
            about, question = fact.place, scene.wording.say(f"telegram.example.{fact.harm}", place=fact.place)
        case Visit() if fact.destination and fact.visitor:
            about, question = fact.destination, scene.wording.say("telegram.example.visit", place=fact.destination)
        case Meeting() if len(fact.participants) > 1:
            about = fact.participants[0]
            question = scene.wording.say("telegram.example.meeting", name=about)
        case _:
            about = question = ""
    return about, question
