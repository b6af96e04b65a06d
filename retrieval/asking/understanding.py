"""One question by itself: what it asks, of what, about whom, where and when, and the words to search for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from retrieval.arabic.dates import DateMention
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import covered
from retrieval.asking.forms import find_shape
from retrieval.asking.grammar import Asked, find_asked, noun_behind
from retrieval.asking.hearing import Heard
from retrieval.asking.named import find_named
from retrieval.asking.names import find_names, find_places, in_source, names_outlet
from retrieval.asking.periods import find_period
from retrieval.asking.topics import Topics, find_topic
from retrieval.asking.vocabulary import FUNCTION, dialect, fillers
from retrieval.types import Form, Per, Question, Role, Understanding


def read_question(heard: Heard, as_of: dt.date) -> Question:
    """What one question means by itself, without what was asked before it."""
    sentence = heard.sentence
    asked = find_asked(heard)
    topic = find_topic(heard, asked)
    named = find_named(heard, asked, topic)
    dates = [
        date for date in sentence.dates if not in_source(heard, date.first) and not names_outlet(heard, date.first)
    ]
    period = find_period(sentence.tokens, dates, as_of)
    places = find_places(heard)
    form, per = find_shape(heard, asked, topic)
    question = Question(
        text=sentence.text,
        as_of=as_of,
        understood=Understanding(
            kind=topic.kind,
            asks=_role(asked, form, per, topic),
            harm=topic.harm,
            who=named.who,
            whom=named.whom,
            place=places[0] if places else "",
            date_from=period.start,
            date_to=period.end,
            source=named.source,
        ),
        words=_words(heard),
        form=form,
        per=per,
        focus=sentence.phrase(asked.first, asked.last) if asked else "",
        places=places,
        within=tuple(dict.fromkeys(name for mention in heard.places for name in mention.containers)),
        names=find_names(heard),
        details=_details(heard, asked),
        loose=period.loose,
    )
    return question.model_copy(update={"parts": _sides(question, dates)}) if form == "compare" else question


def _sides(question: Question, dates: Sequence[DateMention]) -> tuple[Question, ...]:
    """The questions for the two sides of a comparison: two periods, or else the places that are set side by side."""
    sides: list[tuple[dict[str, Any], tuple[str, ...]]]
    spans = [(date.start, date.end or date.start) for date in dates if date.start is not None]
    understood = question.understood
    if len(spans) >= 2:
        sides = [({"date_from": start, "date_to": end}, question.places) for start, end in spans]
    elif len(question.places) >= 2:
        sides = [({"place": place}, (place,)) for place in question.places]
    else:
        return ()
    return tuple(
        question.model_copy(
            update={"form": "total", "places": places, "understood": understood.model_copy(update=changed)}
        )
        for changed, places in sides
    )


# What the highest of something asks for: where or when most were harmed, or simply how many.
_HIGHEST: dict[Per, Role] = {"place": "where", "month": "when", "party": "who"}


def _role(asked: Asked | None, form: Form, per: Per | None, topic: Topics) -> Role:
    if form in ("happened", "list", "timeline", "why", "whether"):
        return "what"
    if form == "compare":
        return "how_many"
    if form == "highest":
        by_asked: Role = "when" if asked is not None and asked.role == "when" else "how_many"
        return _HIGHEST[per] if per else by_asked
    if asked is not None:
        return asked.role
    # "The dead of Kirkuk" without a question word asks for their number.
    people = topic.word is not None and topic.word.row.use == "people" and form in ("single", "total")
    return "how_many" if people or form in ("total", "highest", "compare") else "what"


def _details(heard: Heard, asked: Asked | None) -> tuple[str, ...]:
    """The words left when question word, counted noun, topic, places, dates and sources are taken away."""
    sentence = heard.sentence
    known = covered(heard.asked, heard.topics, heard.forms, heard.follow_ups, heard.places, sentence.dates)
    for found in heard.markers:
        if found.row.role == "source":
            known.update(range(found.first, noun_behind(heard, found.last)[1]))
    if asked is not None and asked.role == "how_many":
        known.update(range(asked.first, asked.last))
    return tuple(
        token.text
        for k, token in enumerate(sentence.tokens)
        if k not in known
        and token.kind != "mark"
        and sentence.parts[k] in ("noun", "verb", "number")
        and token.norm not in fillers()
        and not any(rest in dialect() and not dialect()[rest] for _, rest in openings(token.norm))
    )


def _words(heard: Heard) -> tuple[str, ...]:
    """The words to search for: what is neither question word nor filler, with the formal word for one of speech."""
    kept: list[str] = []
    # A day is looked for by the calendar, not by its words, and "what happened" is no news.
    silent = covered(heard.sentence.dates, heard.forms, heard.follow_ups)
    silent |= {k for k, part in enumerate(heard.sentence.parts) if part in FUNCTION}
    for at, token in enumerate(heard.sentence.tokens):
        if token.kind == "mark" or heard.asks(at) or token.norm in fillers() or at in silent:
            continue
        formal = next((dialect()[rest] for _, rest in openings(token.norm) if rest in dialect()), None)
        if formal is None:
            kept.append(token.text)
        elif formal:
            kept += [token.text, formal] if normalise(formal) != token.norm else [token.text]
    return tuple(kept)
