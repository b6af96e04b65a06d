"""The commands, and what else a message may ask for without being a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.store import overview
from bot.store.mail import Shown
from bot.telegram import files, keyboards
from bot.telegram.answering import answer_text, say_answer
from bot.telegram.chat import Exchange, read
from bot.telegram.examples import examples
from bot.telegram.following import follow, topics
from bot.telegram.outgoing import Acknowledge, Button, Outgoing, Revise, Say
from bot.telegram.preferring import show_preferences
from bot.telegram.rendering import finish, latest_page, outlets_page, phrase, text
from bot.telegram.scene import Outcome, Scene

# In the order of the menu; each has its description in [commands] of messages.toml.
NAMES = (
    "ask",
    "latest",
    "follow",
    "topics",
    "sources",
    "chart",
    "export",
    "settings",
    "help",
    "privacy",
    "mydata",
    "start",
)
IN_GROUPS = ("ask", "latest", "sources", "chart", "export", "help")
FOR_ADMINS = ("ask", "latest", "follow", "topics", "sources", "chart", "export", "settings", "help")
_LATEST, _OUTLETS = 6, 25
# What a link may carry into /start: the name of an answer, or of a question that is offered.
_LINKED = re.compile(r"a_([A-Za-z0-9_-]{12})")


def start(scene: Scene) -> Outcome:
    """A welcome with questions to tap that have an answer at present, or what a link leads to."""
    if topic := keyboards.linked_topic(scene.incoming.text):
        return follow(scene._replace(incoming=scene.incoming._replace(text=topic)))
    linked = _LINKED.fullmatch(scene.incoming.text)
    shown = scene.around.find_shown(None, linked[1]) if linked else None
    if shown is not None:
        return _shared(scene, shown)
    if linked:
        return say(scene, "too_old")
    chat_id = scene.incoming.chat_id
    offered = [
        Shown(keyboards.new_id(), chat_id, question, Exchange().model_dump_json()) for question in examples(scene)
    ]
    rows = tuple((Button(shown.question, keyboards.data(keyboards.ASK, shown.id)),) for shown in offered)
    welcome = scene.say("start" if rows else "start_empty")
    return Outcome((Say(finish(phrase(welcome.strip())), rows),), shown=tuple(offered))


def _shared(scene: Scene, shown: Shown) -> Outcome:
    """An answer that somebody shared, kept for this chat too so that its buttons work here."""
    exchange = read(Exchange, shown.answer)
    if exchange is None or exchange.answer is None:
        return answer_text(scene, shown.question, titled=True)
    mine = Shown(keyboards.new_id(), scene.incoming.chat_id, shown.question, shown.answer)
    said = say_answer(scene, mine.id, mine.question, exchange.model_copy(update={"titled": True}))
    return Outcome((said,), shown=(mine,))


def help_(scene: Scene) -> Outcome:
    """How to ask, and the commands."""
    lines = [
        text(scene.say("command", command=name, description=scene.wording.say(f"commands.{name}")))
        for name in NAMES
        if name not in {"start", "help", "privacy", "mydata"}
    ]
    return Outcome((Say(finish("\n".join([phrase(scene.say("help").strip()), *lines]))),))


def ask(scene: Scene) -> Outcome:
    """The question that stands after the command."""
    return answer_text(scene, scene.incoming.text) if scene.incoming.text else say(scene, "ask_what")


def latest(scene: Scene) -> Outcome:
    """The newest articles."""
    return Outcome((_latest(scene, 0),))


def turn_latest(scene: Scene, page: int) -> Outcome:
    """Another page of the newest articles, in place of the one that is shown."""
    return Outcome((Acknowledge(), Revise(*_latest(scene, page))))


def _latest(scene: Scene, page: int) -> Say:
    with scene.around.desk.store.reading() as connection:
        articles = overview.latest(connection, _LATEST + 1, page * _LATEST)
    if not articles:
        return Say(finish(text(scene.say("latest_none"))))
    more = len(articles) > _LATEST
    buttons = keyboards.turning_buttons(keyboards.LATEST, page, scene.wording, more=more)
    return Say(latest_page(articles[:_LATEST], scene.wording, first=page * _LATEST + 1), buttons)


def outlets(scene: Scene) -> Outcome:
    """The outlets whose articles answers come from."""
    return Outcome((_outlets(scene, 0),))


def turn_outlets(scene: Scene, page: int) -> Outcome:
    """Another page of the outlets, in place of the one that is shown."""
    return Outcome((Acknowledge(), Revise(*_outlets(scene, page))))


def _outlets(scene: Scene, page: int) -> Say:
    with scene.around.desk.store.reading() as connection:
        found = overview.outlets(connection)
    if not found:
        return Say(finish(text(scene.say("latest_none"))))
    here = found[page * _OUTLETS : (page + 1) * _OUTLETS]
    buttons = keyboards.turning_buttons(keyboards.OUTLETS, page, scene.wording, more=len(found) > (page + 1) * _OUTLETS)
    return Say(outlets_page(here, scene.wording), buttons)


def privacy(scene: Scene) -> Outcome:
    """What is kept, how long, and how to have it deleted."""
    days = scene.say("days", n=scene.around.operating.keep_days)
    return Outcome((Say(finish(phrase(scene.say("privacy", days=days).strip()))),))


def forget(scene: Scene, step: str) -> Outcome:
    """Everything that is kept of the chat is deleted, once that was confirmed."""
    if not scene.may_change:
        return Outcome((Acknowledge(scene.say("admins_only")),))
    if step == "sure":
        messages: tuple[Outgoing, ...] = (Acknowledge(), Revise(finish(text(scene.say("forgotten")))))
        return Outcome(messages, forgets=True)
    button = Button(scene.wording.say("buttons.forget_sure"), keyboards.data(keyboards.FORGET, "sure"))
    return Outcome((Acknowledge(), Revise(finish(text(scene.say("forget_sure"))), ((button,),))))


def say(scene: Scene, key: str, **values: Any) -> Outcome:  # noqa: ANN401 - whatever the message names
    """One message of messages.toml."""
    return Outcome((Say(finish(text(scene.say(key, **values)))),))


COMMANDS: Mapping[str, Callable[[Scene], Outcome]] = {
    "start": start,
    "help": help_,
    "ask": ask,
    "latest": latest,
    "follow": follow,
    "topics": topics,
    "sources": outlets,
    "chart": files.chart,
    "export": files.export,
    "settings": show_preferences,
    "privacy": privacy,
    "mydata": files.own_data,
    "greeting": lambda scene: say(scene, "greeting"),
    "peace": lambda scene: say(scene, "peace"),
    "thanks": lambda scene: say(scene, "thanks"),
}
