"""Tell which form a meeting has: face to face, by telephone, before the press, or a session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import load_counterparts
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import MeetingForm

# Verbs that tell of a meeting only with one of these nouns behind them, by what the verb is worth.
NEEDS_NOUN = frozenset(("hold", "receive_call", "chair"))


class NounRow(Row):
    """One row of meeting_nouns.csv: a noun of meeting, whether it is a call, a conference or a session."""

    word: str
    form: Literal["meeting", "call", "conference", "session"]


@cache
def load_meeting_nouns() -> dict[str, str]:
    """The nouns of meeting, normalised, each with its form."""
    return {normalise(row.word): row.form for _, row in load("meeting_nouns", NounRow)}


def verb_form(sentence: Sentence, hit: Hit, args: Sequence[Constituent]) -> MeetingForm | None:
    """The form that a noun of meeting behind a verb gives it, or the verb itself; None where a noun is missing."""
    value = hit.trigger.value
    if value not in NEEDS_NOUN:
        return "call" if value == "call" or phone_near(sentence, hit, own=value == "speak") else "meeting"
    for i in range(hit.last, args[-1].last if args else hit.last):
        for reading in sentence.analyses[i]:
            form = load_meeting_nouns().get(normalise(reading.lemma)) if reading.pos != "verb" else None
            phoned = form != "call" or value == "receive_call" or by_phone(sentence, i)
            if form and phoned and _of_press(sentence, i, form):
                return _as_form(form, sentence, i)
    return None


def _of_press(sentence: Sentence, i: int, form: str) -> bool:
    """Whether a conference is one with the press: the others are gatherings that nobody meets at."""
    return form != "conference" or any(t.norm in word_set("press") for t in sentence.tokens[i + 1 : i + 2])


def _as_form(form: str, sentence: Sentence, i: int) -> MeetingForm:
    if form == "conference":
        return "conference"
    return "call" if form == "call" or (by_phone(sentence, i) and form != "session") else "meeting"


def by_phone(sentence: Sentence, i: int) -> bool:
    """Whether "هاتفي" stands behind a noun, or it is a word that says so by itself."""
    behind_it = sentence.norms[i : i + 4]
    lemmas = {normalise(a.lemma) for a in sentence.analyses[i]}
    return any(n in word_set("telephone") for n in behind_it) or bool(lemmas & word_set("by_itself_a_call"))


def phone_near(sentence: Sentence, hit: Hit, *, own: bool) -> bool:
    """Whether the clause speaks of a telephone; ministers who "speak with" (`own`) their like do so by telephone."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    tokens = sentence.tokens[clause.first : clause.last]
    if any(t.norm in word_set("telephone") for t in tokens):
        return True
    return own and any(t.norm.lstrip("بولف") in load_counterparts() for t in tokens)
