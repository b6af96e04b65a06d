"""Questions about what is in the news, offered to somebody new."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from functools import lru_cache

from bot.desk import Desk
from bot.telegram.scene import Scene
from retrieval import Casualty, Fact, FactFilter, Meeting, Visit

_OFFERED = 3
# How many of the latest facts are looked through for an example, and how many questions are tried.
_LOOKED_THROUGH, _TRIED = 60, 9


def examples(scene: Scene) -> Iterator[str]:
    """Questions that the desk can answer now, at most three, of different kinds and about different places."""
    found = 0
    for question in _candidates(scene):
        if _is_answered(scene.around.desk, question, scene.today):
            found += 1
            yield question
        if found == _OFFERED:
            return


@lru_cache(maxsize=256)
def _is_answered(desk: Desk, question: str, today: dt.date) -> bool:
    """Whether the desk answers the question; asked once a day, for everybody new is offered much the same."""
    return not desk.ask(question, as_of=today).abstained


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
            about, question = fact.place, scene.say(f"example.{fact.harm}", place=fact.place)
        case Visit() if fact.destination and fact.visitor:
            about, question = fact.destination, scene.say("example.visit", place=fact.destination)
        case Meeting() if len(fact.participants) > 1:
            about = fact.participants[0]
            question = scene.say("example.meeting", name=about)
        case _:
            about = question = ""
    return about, question
