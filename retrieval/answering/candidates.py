"""The stretches of sentences that could answer a question, by the kind of answer that it asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from retrieval.answering.persons import people_of
from retrieval.answering.sentences import Told
from retrieval.answering.spans import Candidate, is_joined
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.tokens import covered, tokenize
from retrieval.arabic.wordkeys import word_keys
from retrieval.asking.vocabulary import asked_nouns, asked_times
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import Question, Value

_OPENING = frozenset('«“"(')
_CLOSING = frozenset('»”")')
_AND = "و"
# A clause quoted as an answer has at least and at most so many words.
_FEWEST = 4
_BREATH = 28
_COUNTS = frozenset({"cardinal", "one_of", "duration", "percent", "decimal"})


def candidates(question: Question, told: Told) -> Iterator[Candidate]:
    """The candidates in one sentence for what the question asks."""
    asks = question.understood.asks
    if asks == "says_who" or (asks == "who" and question.understood.kind == "statement"):
        yield from _speakers(told)
    if asks in ("who", "whom", "says_who"):
        yield from people_of(told)
    elif asks == "where":
        yield from _places(told)
    elif asks == "when":
        yield from _hours(told) if unit_asked(question) == "hour" else _dates(told)
    elif asks == "how_many":
        yield from _quantities(question, told)
    elif asks == "which":
        yield from _named(question, told)
        yield from people_of(told)
        yield from _places(told)
    elif asks == "what":
        yield from _clauses(told)


def _speakers(told: Told) -> Iterator[Candidate]:
    """Whoever says a clause, where the sentence names him."""
    sentence = told.sentence
    for clause in sentence.clauses:
        if clause.speaker is None or not clause.speaker.text:
            continue
        first, last = _span_of(sentence, clause.speaker.text) or (clause.first, clause.first)
        yield Candidate(told, first, last, clause.speaker.text, "speaker", clause=(clause.first, clause.last))


def _clauses(told: Told) -> Iterator[Candidate]:
    """Whole clauses, those that belong together joined up to the length that can be said in one breath."""
    sentence = told.sentence
    if sentence.field == "title":
        return
    for at, clause in enumerate(sentence.clauses):
        last = clause.last
        for following in sentence.clauses[at + 1 :]:
            if following.last - clause.first > _BREATH:
                break
            last = following.last
        text = _phrase(sentence, clause.first, last)
        if last - clause.first >= _FEWEST:
            yield Candidate(told, clause.first, last, text, "clause")
        # What a verb of the question is about often stands behind a preposition: "agreed on …".
        for chunk in sentence.chunks:
            if clause.first < chunk.first < clause.last and chunk.preposition and clause.last - chunk.first >= 3:
                yield Candidate(told, chunk.first, clause.last, _phrase(sentence, chunk.first, clause.last), "rest")


def _phrase(sentence: Sentence, first: int, last: int) -> str:
    """The words without the marks at their end."""
    while last > first and sentence.tokens[last - 1].kind == "mark":
        last -= 1
    return sentence.phrase(first, last)


def _span_of(sentence: Sentence, text: str) -> tuple[int, int] | None:
    """The tokens of the sentence that hold these words."""
    wanted = [token.norm for token in tokenize(text)]
    norms = [token.norm for token in sentence.tokens]
    for at in range(len(norms) - len(wanted) + 1):
        if norms[at + 1 : at + len(wanted)] == wanted[1:] and norms[at].endswith(wanted[0]):
            return at, at + len(wanted)
    return None


def unit_asked(question: Question) -> str:
    """The unit or calendar in which a time is asked for: hour, year, month, hijri; "" where none is said."""
    found = [unit for word in question.focus.split() if (unit := asked_times().get(normalise(word)))]
    return found[-1] if found else ""


def _places(told: Told) -> Iterator[Candidate]:
    sentence = told.sentence
    pairs = [
        p for p in itertools.pairwise(sentence.places) if p[0].last == p[1].first and is_joined(sentence, p[1].first)
    ]
    listed = {place.first for pair in pairs for place in pair}
    for place in sentence.places:
        yield Candidate(told, place.first, place.last, place.name, "place", listed=place.first in listed)
    for one, two in pairs:
        yield Candidate(told, one.first, two.last, f"{one.name} {_AND}{two.name}", "places")
    placed = covered(sentence.places)
    for chunk in sentence.chunks:
        # A hospital, a court, a park: places that no atlas lists, told by their noun.
        if chunk.first not in placed and _is_place_noun(sentence.tokens[chunk.first].norm):
            last = _with_names(sentence, chunk)
            if last - chunk.first > 1:
                yield Candidate(told, chunk.first, last, _text(sentence, chunk, last), "place")


def _dates(told: Told) -> Iterator[Candidate]:
    for date in told.sentence.dates:
        if date.start is not None:
            yield Candidate(told, date.first, date.last, told.sentence.phrase(date.first, date.last), "date")


def _hours(told: Told) -> Iterator[Candidate]:
    """Times of the day: the word for an hour with the number or ordinal behind it, and the part of the day."""
    sentence = told.sentence
    for at, token in enumerate(sentence.tokens[:-1]):
        if token.norm.startswith("ال") and asked_times().get(token.norm) == "hour":
            last = at + 2
            while last < min(len(sentence.tokens), at + 5) and sentence.tokens[last].kind != "mark":
                last += 1
            yield Candidate(told, at, last, sentence.phrase(at, last), "hour")


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
    said = [word for word in question.focus.split() if not find_quantities(tokenize(word))]
    return word_keys(normalise(said[0])) if said else frozenset()


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


def _is_place_noun(norm: str) -> bool:
    """Whether a word is a noun that asks or answers where; only whole words count, not their stems."""
    nouns = asked_nouns()
    return any(nouns.get(rest.removeprefix("ال")) == "where" for _, rest in openings(norm))
