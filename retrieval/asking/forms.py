"""The form of answer that a question wants: a total, the highest, a list, a comparison, a timeline, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import Token, covered
from retrieval.arabic.word_sets import word_set
from retrieval.asking.grammar import Asked
from retrieval.asking.hearing import Heard
from retrieval.asking.topics import Topics
from retrieval.asking.vocabulary import asked_times, dialect, fillers, listed_nouns
from retrieval.types import Form, Per

# Which form is meant where a question holds phrases of several: what divides first, mere news last.
_ORDER: tuple[Form, ...] = ("timeline", "compare", "highest", "total", "why", "whether", "list", "happened")
_PER_ASKED: dict[str, Per] = {"where": "place", "who": "party"}
_OF = "من"


class Shape(NamedTuple):
    """The form of answer wanted, and by what it is divided."""

    form: Form
    per: Per | None = None


def find_shape(heard: Heard, asked: Asked | None, topic: Topics) -> Shape:
    """The form of answer wanted; one that divides wins over the plain total beside it."""
    if _sets_side_by_side(heard):
        return Shape("compare")
    found = [each.row for each in heard.forms]
    divided = next((row for row in found if row.per is not None), None)
    if divided is not None:
        return Shape(divided.form, divided.per)
    forms = {row.form for row in found} | _asked_forms(heard, asked)
    form = next((each for each in _ORDER if each in forms), None)
    if form == "highest":
        return Shape(form, _per_asked(heard, asked))
    if form is not None:
        return Shape(form)
    # A heading without question word, verb or count is a bare topic: what is new about it is wanted.
    return Shape("happened" if asked is None and topic.kind is None else "single")


def _asked_forms(heard: Heard, asked: Asked | None) -> set[Form]:
    """The forms that the question word, and the noun that it is asked of, want."""
    forms: set[Form] = set()
    formed = covered(heard.forms)
    for found in heard.asked[:1]:
        if found.first in formed:
            continue
        if found.row.asks == "why":
            forms.add("why")
        if found.row.asks == "whether":
            forms.add("whether")
    nouns = _nouns_asked(heard) if asked is not None and asked.role in ("what", "which", "where") else set()
    if nouns & word_set("reason"):
        forms.add("why")
    elif nouns & listed_nouns():
        forms.add("list")
    return forms


def _nouns_asked(heard: Heard) -> set[str]:
    """The noun behind the question word as it may stand in a table, "the foremost" and its like passed over."""
    at = heard.asked[0].last if heard.asked else 0
    norms = heard.norms
    while at < len(norms) and (norms[at] in fillers() or norms[at] in word_set("foremost")):
        at += 1
    rests = {rest for _, rest in openings(norms[at])} if at < len(norms) else set()
    return rests | {rest.removeprefix("ال") for rest in rests}


def _per_asked(heard: Heard, asked: Asked | None) -> Per | None:
    """By what the highest is sought: "in which town", "in which month"; nothing where the event itself is."""
    if asked is None:
        return None
    if asked.role == "when":
        nouns = heard.norms[asked.first : asked.last]
        return "month" if any(asked_times().get(noun) == "month" for noun in nouns) else None
    return _PER_ASKED.get(asked.role)


def _sets_side_by_side(heard: Heard) -> bool:
    """Whether two places or times are compared: "more dead in A or in B", "greater than that of last year"."""
    tokens = heard.sentence.tokens
    compared = [k for k, token in enumerate(tokens) if token.norm in word_set("comparative")]
    if not compared:
        return False
    places = {place.name for place in heard.places}
    either = any(
        token.norm in word_set("alternative") and token.norm not in dialect() and 0 < k < len(tokens) - 1
        for k, token in enumerate(tokens)
    )
    if len(places) >= 2 and either:
        return True
    dates = [date for date in heard.sentence.dates if date.start is not None]
    return len(dates) >= 2 and any(_is_of(tokens, k + 1) for k in compared)


def _is_of(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].norm == _OF
