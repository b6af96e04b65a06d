"""What somebody wants to follow, as people write it, becomes a subscription and the conditions that it sets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.alerting.keys import naming_keys, place_key, word_keys
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize
from retrieval.asking import understand
from retrieval.asking.vocabulary import topics
from retrieval.types import Subscription

# A question asks for "the dead" where a topic says "dead".
_ARTICLE = "ال"


class Mark(Row):
    """A sign or word of a topic that says what is to be done with the word behind it."""

    mark: str
    role: Literal["exclude", "include", "outlet"]


class Condition(NamedTuple):
    """What an article must hold: keys that one fact has all of, keys of its text, none of the excluded ones."""

    of_fact: frozenset[str]
    of_text: frozenset[str]
    excluded: frozenset[str]
    outlets: frozenset[str]


def subscription_of(text: str, *, as_of: dt.date, number: int = 0) -> Subscription:
    """The subscription that a topic as people write it asks for: "الرمادي -كرة", "زيارات إلى بغداد مصدر: أفق"."""
    topic, marked = _unmarked(text)
    question = understand(" ".join(topic), as_of=as_of)
    return Subscription(
        id=number,
        question=question,
        include=tuple(marked["include"]),
        exclude=tuple(marked["exclude"]),
        outlets=tuple(marked["outlet"]),
    )


def conditions_of(subscription: Subscription) -> tuple[Condition, ...]:
    """What an article must hold to concern the subscription: one of the conditions, none where it asks nothing."""
    question = subscription.question
    understood = question.understood
    named = [*question.places, understood.who, understood.whom, understood.source]
    said = word_keys(name for name in named if name)
    text = frozenset({*_beside(question.words, [name for name in named if name]), *word_keys(subscription.include)})
    excluded = frozenset(word_keys(subscription.exclude))
    outlets = frozenset(normalise(outlet) for outlet in subscription.outlets)
    place = {place_key(name) for name in question.places}
    # A place that is named where somebody might be ("shelling of Gaza") asks for the place, not for a doer beside it.
    persons = {
        key
        for name in (understood.who, understood.whom, understood.source)
        if name and place_key(name) not in place
        for key in naming_keys(name)
    }
    if understood.kind is not None:
        kind = {f"kind:{understood.kind}", *({f"harm:{understood.harm}"} if understood.harm else ())}
        return (Condition(frozenset(kind | place | persons), text, excluded, outlets),)
    words = Condition(frozenset(), frozenset(said | text), excluded, outlets)
    inside = Condition(frozenset(place | persons), text, excluded, outlets)
    found = [condition for condition in (words, inside) if condition.of_fact or condition.of_text]
    return tuple(dict.fromkeys(found))


def _beside(words: Sequence[str], named: Sequence[str]) -> set[str]:
    """The keys of the words that say neither the kind of the facts nor a part of what is named.

    A part of a name says nothing by itself: the first word of Umm Durman is "or" elsewhere.
    """
    said, parts = word_keys(named), {normalise(part) for name in named for part in name.split()}
    rest = [word for word in words if not _is_topic(word) and normalise(word) not in parts]
    return {key for word in rest for key in word_keys([word])} - said


@cache
def _marks() -> dict[str, Mark]:
    return {row.mark: row for _, row in load("topic_marks", Mark)}


def _is_topic(word: str) -> bool:
    """Whether the word only says of what kind the facts are, which the condition on facts says already."""
    return any(
        topics().match([norm], 0) is not None
        for token in tokenize(word)
        for norm in (token.norm, token.norm.removeprefix(_ARTICLE))
    )


def _unmarked(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """The words of the topic without its marked ones, and the marked ones by what is to be done with them."""
    marked: dict[str, list[str]] = defaultdict(list)
    kept: list[str] = []
    role = ""
    for word, mark in _split(text):
        if mark is not None:
            role = mark.role
        elif role:
            marked[role].append(word)
            role = role if role == "outlet" else ""
        else:
            kept.append(word)
    if marked["outlet"]:
        marked["outlet"] = [" ".join(marked["outlet"])]
    return kept, marked


def _split(text: str) -> Iterator[tuple[str, Mark | None]]:
    """The words and marks of the text; a sign marks the word that it is glued to."""
    signs = tuple(mark for mark in _marks() if len(mark) == 1)
    for word in text.replace(":", ": ").split():
        if word in _marks():
            yield word, _marks()[word]
        elif word.startswith(signs) and len(word) > 1:
            yield word[0], _marks()[word[0]]
            yield word[1:], None
        else:
            yield word, None
