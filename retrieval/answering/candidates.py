"""The stretches of sentences that could answer a question, by the kind of answer that it asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.answering.sentences import Told
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.wordkeys import word_keys
from retrieval.asking.vocabulary import asked_nouns
from retrieval.reading.frames import chunk_text
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import Question, Value

_OPENING = frozenset('«“"(')
_CLOSING = frozenset('»”")')
_COUNTS = frozenset({"cardinal", "one_of", "duration", "percent", "decimal"})


class Candidate(NamedTuple):
    """A possible answer: tokens `first` to `last` (exclusive) of a sentence, and how it would be said.

    `sort` is what it is (person, persons, office, party, place, date, quantity, named, quoted); `value` the number that
    a quantity says.
    """

    told: Told
    first: int
    last: int
    text: str
    sort: str
    value: Value | None = None


def candidates(question: Question, told: Told) -> Iterator[Candidate]:
    """The candidates in one sentence for what the question asks."""
    asks = question.understood.asks
    if asks in ("who", "whom", "says_who"):
        yield from _people(told)
    elif asks == "where":
        yield from _places(told)
    elif asks == "when":
        yield from _dates(told)
    elif asks == "how_many":
        yield from _quantities(question, told)
    elif asks == "which":
        yield from _named(question, told)
        yield from _people(told)
        yield from _places(told)


def _people(told: Told) -> Iterator[Candidate]:
    sentence = told.sentence
    named = [person for person in sentence.people if person.name]
    for person in sentence.people:
        sort = "person" if person.name else "office"
        yield Candidate(told, person.first, person.last, person.name or person.title, sort)
    for one, two in itertools.pairwise(named):
        # Two persons joined by "and", with nothing but their titles between them.
        if two.first - one.last <= 1 and _joined(sentence, two.first):
            text = f"{one.name} {sentence.tokens[two.first].norm[:1]}{two.name}"
            yield Candidate(told, one.first, two.last, text, "persons")
    for party in sentence.parties:
        if not any(person.first <= party.first < person.last for person in sentence.people):
            yield Candidate(told, party.first, party.last, party.name, "party")


def _places(told: Told) -> Iterator[Candidate]:
    sentence = told.sentence
    for place in sentence.places:
        yield Candidate(told, place.first, place.last, place.name, "place")
    covered = {k for place in sentence.places for k in range(place.first, place.last)}
    for chunk in sentence.chunks:
        # A hospital, a court, a park: places that no atlas lists, told by their noun.
        if chunk.first not in covered and _is_place_noun(sentence.tokens[chunk.first].norm):
            last = _with_names(sentence, chunk)
            if last - chunk.first > 1:
                yield Candidate(told, chunk.first, last, _text(sentence, chunk, last), "place")


def _dates(told: Told) -> Iterator[Candidate]:
    for date in told.sentence.dates:
        if date.start is not None:
            yield Candidate(told, date.first, date.last, told.sentence.phrase(date.first, date.last), "date")


def _quantities(question: Question, told: Told) -> Iterator[Candidate]:
    sentence = told.sentence
    counted: set[int] = set()
    for quantity in sentence.quantities:
        counted.update(range(quantity.first, quantity.last + 1))
        if quantity.kind in _COUNTS and (quantity.min is not None or quantity.max is not None):
            value = Value(min=quantity.min, max=quantity.max, bound=quantity.bound)
            text = sentence.phrase(quantity.first, quantity.last)
            yield Candidate(told, quantity.first, quantity.last, text, "quantity", value)
    heads = _heads(question)
    for at, readings in enumerate(sentence.analyses):
        # A dual is a number too: "two points" in one word, when points are asked for.
        if at in counted or not readings or readings[0].number != "d" or readings[0].pos == "verb":
            continue
        if not heads.isdisjoint(word_keys(sentence.tokens[at].norm)):
            two = Value(min=2, max=2, bound="exact")
            yield Candidate(told, at, at + 1, sentence.phrase(at, at + 1), "quantity", two)


def _named(question: Question, told: Told) -> Iterator[Candidate]:
    """Noun phrases whose head is the noun asked of, and names in quotation marks."""
    sentence = told.sentence
    heads = _heads(question)
    for chunk in sentence.chunks:
        for at in range(chunk.first, chunk.last):
            if heads and not heads.isdisjoint(word_keys(sentence.tokens[at].norm)):
                last = _with_names(sentence, chunk)
                if last - at > 1:
                    yield Candidate(told, at, last, sentence.phrase(at, last), "named")
    opened = -1
    for at, token in enumerate(sentence.tokens):
        if token.text in _CLOSING and opened >= 0 and 0 < at - opened - 1 <= 6:
            yield Candidate(told, opened + 1, at, sentence.phrase(opened + 1, at), "quoted")
            opened = -1
        elif token.text in _OPENING:
            opened = at


def _heads(question: Question) -> frozenset[str]:
    """The keys of the noun asked of: "which court" asks of a court."""
    words = question.focus.split()
    return word_keys(normalise(words[0])) if words else frozenset()


def _with_names(sentence: Sentence, chunk: Chunk) -> int:
    """The end of a noun phrase with a name in quotation marks or a proper name right behind it."""
    last = chunk.last
    while last < len(sentence.tokens) and sentence.tokens[last].text in QUOTES:
        last += 1
    following = sentence.chunk_at(last) if last < len(sentence.tokens) else None
    if last > chunk.last and following is not None and not following.preposition:
        return following.last
    return chunk.last


def _text(sentence: Sentence, chunk: Chunk, last: int) -> str:
    if last == chunk.last:
        return chunk_text(sentence, chunk)
    return f"{chunk_text(sentence, chunk)} {sentence.phrase(chunk.last, last)}".strip()


def _joined(sentence: Sentence, at: int) -> bool:
    """Whether the word at `at` is joined to what stands before it."""
    return any(reading.conjunction for reading in sentence.analyses[at]) or sentence.parts[at - 1] == "conjunction"


def _is_place_noun(norm: str) -> bool:
    """Whether a word is a noun that asks or answers where; only whole words count, not their stems."""
    nouns = asked_nouns()
    return any(nouns.get(rest.removeprefix("ال")) == "where" for _, rest in openings(norm))
