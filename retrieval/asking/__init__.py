"""A message, and what was asked before it, become a Question."""

from __future__ import annotations

import datetime as dt

from retrieval.arabic import places
from retrieval.asking.courtesies import strip_courtesies
from retrieval.asking.following import follows, take_over
from retrieval.asking.hearing import Heard, hear
from retrieval.asking.parting import split_parts
from retrieval.asking.spelling import spell
from retrieval.asking.understanding import read_question
from retrieval.types import FactFilter, Question, Understanding

__all__ = ["evidence_wanted", "understand", "wants_facts"]

# Questions of these forms are answered from facts of whatever kind.
_SURVEYING = frozenset({"list", "timeline", "happened"})


def understand(text: str, *, as_of: dt.date, before: Question | None = None) -> Question:
    """What a message asks; a follow-up takes what it does not say from the question `before` it.

    A message that asks several things has them as `parts`, each understood after the one before it; its own meaning
    is that of the first. A text without a word asks nothing and has no words to search for.
    """
    questions: list[Question] = []
    for line in split_parts(spell(strip_courtesies(text)), as_of):
        alone = [read_question(_heard(part, as_of), as_of) for part in line]
        _share(alone)
        for question in alone:
            questions.append(_after(question, questions[-1] if questions else before))
    if not questions:
        return Question(text=text, as_of=as_of, understood=Understanding())
    if len(questions) == 1:
        return questions[0].model_copy(update={"text": text})
    words = tuple(dict.fromkeys(word for question in questions for word in question.words))
    return questions[0].model_copy(update={"text": text, "words": words, "parts": tuple(questions)})


def evidence_wanted(question: Question) -> FactFilter:
    """The facts of the whole store that bear on the question, by kind, harm, place and period.

    Beside them an answer wants the facts of every article in which the question's words were found.
    """
    understood = question.understood
    names = dict.fromkeys((*question.places, understood.place))
    period = (None, None) if question.loose else (understood.date_from, understood.date_to)
    return FactFilter(
        kinds=(understood.kind,) if understood.kind else (),
        harms=(understood.harm,) if understood.harm else (),
        place_keys=tuple(places.key(name) for name in names if name),
        date_from=period[0],
        date_to=period[1],
    )


def wants_facts(question: Question) -> bool:
    """Whether facts of articles in which the question's words were not found can answer it.

    Where nothing tells of what kind they would have to be, what they say is the answer to some other question.
    """
    asked = (question, question.before) if question.before is not None else (question,)
    return any(
        one.understood.kind is not None or one.understood.asks == "says_who" or one.form in _SURVEYING for one in asked
    )


def _share(questions: list[Question]) -> None:
    """Give each question of one sentence what only the next one says: "how many died and how many were hurt in X?"."""
    for at in range(len(questions) - 2, -1, -1):
        own, following = questions[at], questions[at + 1]
        if not own.places and not own.details and own.understood.date_from is None:
            taken = take_over(_heard(own.text, own.as_of), own, following)
            questions[at] = taken.model_copy(update={"follows": False})


def _after(question: Question, before: Question | None) -> Question:
    """The question with what it leaves out taken from the one before it, if it leans on that."""
    heard = _heard(question.text, question.as_of)
    if before is not None and follows(heard, question, before):
        return take_over(heard, question, before)
    return question


def _heard(text: str, as_of: dt.date) -> Heard:
    heard = hear(text, as_of)
    assert heard is not None, "parts hold words"
    return heard
