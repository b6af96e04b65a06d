"""What is heard in a question before it is understood: the sentence, its question words, topics and markers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from retrieval.arabic.atlas import nationality
from retrieval.arabic.dates import DateMention
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_ordinary
from retrieval.arabic.phrases import Phrases, openings
from retrieval.arabic.places import PlaceMention, find_places, is_place
from retrieval.arabic.tokens import covered, tokenize
from retrieval.arabic.word_sets import word_set
from retrieval.arabic.wordkeys import word_keys
from retrieval.asking.vocabulary import (
    FollowUp,
    FormPhrase,
    Marker,
    QuestionWord,
    Topic,
    dialect,
    fillers,
    follow_ups,
    forms,
    listed_nouns,
    markers,
    question_words,
    topics,
    topics_by_key,
)
from retrieval.reading.annotate import annotate
from retrieval.reading.segment import Stretch
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit, find_hits
from retrieval.types import Article

V = TypeVar("V")

# The preposition of place, and the one of rates.
_IN = "في"
_OF = "من"
_LIKE = "ك"
_UPON = "علي"
# What a number of four digits must be to name a year that is in the news.
_YEARS = range(1900, 2100)
_BY = "ب"


class Found(NamedTuple, Generic[V]):
    """A row of a table found on tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    row: V


class Heard(NamedTuple):
    """A question read as a sentence, with what the tables of questions and of triggers find on its tokens.

    `places` are those of the sentence and those that only a question names so shortly: "the earthquake Medea".
    """

    sentence: Sentence
    places: tuple[PlaceMention, ...]
    hits: tuple[Hit, ...]
    asked: tuple[Found[QuestionWord], ...]
    topics: tuple[Found[Topic], ...]
    forms: tuple[Found[FormPhrase], ...]
    markers: tuple[Found[Marker], ...]
    follow_ups: tuple[Found[FollowUp], ...]

    @property
    def norms(self) -> list[str]:
        """The normalised words."""
        return [token.norm for token in self.sentence.tokens]

    def asks(self, at: int) -> bool:
        """Whether a token belongs to a question word."""
        return any(found.first <= at < found.last for found in self.asked)


@lru_cache(maxsize=64)
def hear(text: str, as_of: dt.date) -> Heard | None:
    """The question taken apart, nothing for a text without a word; "yesterday" and its like are meant from `as_of`."""
    tokens = tuple(tokenize(text))
    if all(token.kind == "mark" for token in tokens):
        return None
    whole = Stretch(tokens[0].start, tokens[-1].end, tokens, 0, 0)
    sentence = annotate(Article(id="question", body=text, published=as_of), [whole]).body[0]
    dates = [date for date in sentence.dates if not _is_rate(sentence, date, as_of)]
    sentence = sentence._replace(dates=tuple(sorted([*dates, *_bare_years(sentence)], key=lambda date: date.first)))
    norms = [token.norm for token in tokens]
    asked = _question_words(norms)
    # Some words that ask are also names: a man called like the Iraqi word for when.
    sentence = sentence._replace(people=tuple(p for p in sentence.people if p.first not in covered(asked)))
    found_topics = _topics(sentence)
    return Heard(
        sentence=sentence,
        places=_places(sentence, covered(asked)),
        hits=tuple(hit for hit in find_hits(sentence.words) if not _only_happens(norms, hit.first)),
        asked=asked,
        topics=found_topics,
        forms=tuple(found for found in _all(forms(), norms) if _is_form(norms, found, covered(found_topics))),
        markers=_all(markers(), norms),
        follow_ups=tuple(
            found
            for found in _all(follow_ups(), norms)
            if not any(date.first <= found.first < date.last for date in sentence.dates)
        ),
    )


def _bare_years(sentence: Sentence) -> Iterator[DateMention]:
    """Years named by their number alone, as questions do: the dead of 2017 and 2018."""
    taken = covered(sentence.dates)
    for k, token in enumerate(sentence.tokens):
        counted = k + 1 < len(sentence.tokens) and sentence.parts[k + 1] in ("noun", "verb")
        if k in taken or counted or token.kind != "number" or not token.norm.isdigit():
            continue
        year = int(token.norm)
        if year in _YEARS:
            yield DateMention(k, k + 1, dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _is_rate(sentence: Sentence, date: DateMention, as_of: dt.date) -> bool:
    """Whether what looks like today is a rate: so many barrels "a day", which Arabic says with a preposition."""
    if date.start != as_of or date.end != as_of or date.last - date.first != 1:
        return False
    token = sentence.tokens[date.first]
    behind = date.first > 0 and sentence.tokens[date.first - 1].norm == _IN
    return behind or any(opening.clitics == _BY for opening in openings(token.norm) if opening.rest.startswith("ال"))


def _places(sentence: Sentence, asked: Collection[int]) -> tuple[PlaceMention, ...]:
    """The places named: those that the language finds, less a soldier's nationality, and names right behind a noun."""
    # "Who" is "of" as well, behind which a verb may look like a place; "Serbia's minister" is not in Serbia.
    no_place = covered(sentence.dates) | {at + 1 for at in asked} | _titles(sentence)
    named = [p for p in sentence.places if not _is_nationality(sentence, p) and p.first not in no_place]
    # "In the floods of Amman": the word for floods is also that for Seoul.
    heads = {p.first for p in named if _is_occasion(sentence, p)}
    found = [p for p in named if p.first not in heads]
    taken = covered(sentence.places, sentence.people, sentence.parties, sentence.dates)
    for k in range(1, len(sentence.tokens)):
        token = sentence.tokens[k]
        if k in taken or token.kind != "word" or is_ordinary(token.norm):
            continue
        if _word_before(sentence, k) == _IN and _is_strange(sentence, k):
            # What nobody knows behind "in" is still where it is meant to be.
            found.append(PlaceMention(k, k + 1, token.text, "area", (), token.text, known=False, own_last=k + 1))
            continue
        behind = k - 1 not in taken and sentence.parts[k - 1] == "noun"
        if not behind or not is_place(token.norm):
            continue
        # Behind a preposition the language room would have known it: "in Medea".
        known = find_places(tokenize(f"{_IN} {token.text}"))
        if known:
            found.append(known[0]._replace(first=k, last=k + 1, own_last=k + 1))
    return tuple(sorted(found, key=lambda place: place.first))


def _titles(sentence: Sentence) -> set[int]:
    """The words of persons' names and offices that no preposition governs."""
    inside = {k for person in sentence.people for k in range(person.first + 1, person.last)}
    return {k for k in inside if sentence.parts[k - 1] != "preposition"}


def _is_occasion(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether what looks like a place is a plural of events, said of the word behind it."""
    behind = place.last < len(sentence.tokens) and sentence.parts[place.last] == "noun"
    rests = {rest for _, rest in openings(sentence.tokens[place.first].norm)}
    return behind and place.last - place.first == 1 and not rests.isdisjoint(listed_nouns())


def _word_before(sentence: Sentence, at: int) -> str:
    """The word before a token without the conjunction glued to it."""
    norm = sentence.tokens[at - 1].norm
    return next((rest for clitics, rest in openings(norm) if rest == _IN and clitics in ("", "و", "ف")), norm)


def _is_strange(sentence: Sentence, at: int) -> bool:
    """Whether a word with the article is in no table."""
    norm, readings = sentence.tokens[at].norm, sentence.analyses[at]
    return norm.startswith("ال") and len(norm) > 5 and not any(reading.known for reading in readings)


def _is_nationality(sentence: Sentence, place: PlaceMention) -> bool:
    """Whether what looks like a country is the adjective of a counted noun: جنديا تركيا is a Turkish soldier."""
    norm = sentence.tokens[place.first].norm
    before = sentence.tokens[place.first - 1].norm if place.first else ""
    return place.last - place.first == 1 and bool(nationality(norm.removesuffix("ا"))) and before.endswith("ا")


def _only_happens(norms: Sequence[str], at: int) -> bool:
    """Whether a verb is one that speech has for "happen", and no preposition makes it "obtain"."""
    return bool(dialect().get(norms[at])) and norms[at + 1 : at + 2] != [_UPON]


def _is_form(norms: Sequence[str], found: Found[FormPhrase], topics_on: Collection[int]) -> bool:
    """Whether a phrase asks for its form here: a list where it opens, "most" beside those counted, not "more than"."""
    if found.row.form == "list":
        return _opens(norms, found.first)
    if found.last - found.first > 1 or norms[found.first] not in word_set("comparative"):
        return True
    if norms[found.last : found.last + 1] == [_OF]:
        return False
    behind = norms[found.last : found.last + 1]
    return found.first - 1 in topics_on or found.last in topics_on or not listed_nouns().isdisjoint(behind)


def _all(phrases: Phrases[V], norms: Sequence[str]) -> tuple[Found[V], ...]:
    found: list[Found[V]] = []
    at = 0
    while at < len(norms):
        match = phrases.match(norms, at)
        if match:
            found.append(Found(at, at + match.length, match.value))
        at += match.length if match else 1
    return tuple(found)


def _topics(sentence: Sentence) -> tuple[Found[Topic], ...]:
    """The topics as they are listed, and beside them those that are a form of a listed noun."""
    norms = [token.norm for token in sentence.tokens]
    listed = _all(topics(), norms)
    taken = {k for found in listed for k in range(found.first, found.last)}
    others = []
    for k, norm in enumerate(norms):
        if k not in taken and sentence.tokens[k].kind == "word" and sentence.parts[k] in ("noun", "verb"):
            row = next((topics_by_key()[key] for key in sorted(word_keys(norm)) if key in topics_by_key()), None)
            if row is not None:
                others.append(Found(k, k + 1, row))
    meant = (f for f in (*listed, *others) if f.row.use != "none" and not _is_governed(sentence, f))
    return tuple(sorted(meant, key=lambda found: found.first))


def _is_governed(sentence: Sentence, found: Found[Topic]) -> bool:
    """Whether what looks like a verb stands behind a preposition and so is none: "in Hajja"."""
    if found.first == 0 or found.row.use not in ("verb", "falls", "loses"):
        return False
    # The word for "who" is one for "of" as well, and a verb stands behind it.
    asks = question_words().get((sentence.tokens[found.first - 1].norm,)) is not None
    return sentence.parts[found.first - 1] == "preposition" and not asks


def _question_words(norms: Sequence[str]) -> tuple[Found[QuestionWord], ...]:
    """The question words that stand where they may; a conjunction or preposition before one is read off it."""
    alone = sum(norm[:1].isalnum() for norm in norms)
    return tuple(
        found
        for found in _all(question_words(), norms)
        if not _compares(norms[found.first], found.row)
        if found.row.stands == "anywhere"
        or (found.row.stands == "first" and _opens(norms, found.first))
        or (found.row.stands == "alone" and alone == found.last - found.first)
    )


def _compares(norm: str, row: QuestionWord) -> bool:
    """Whether a question word was only found behind the letter for "like": an ambush is no "like who"."""
    return norm.startswith(_LIKE) and not normalise(row.word).startswith(_LIKE)


def _opens(norms: Sequence[str], at: int) -> bool:
    """Whether nothing but marks and fillers stands before a word."""
    return all(not norm[:1].isalnum() or norm in fillers() for norm in norms[:at])
