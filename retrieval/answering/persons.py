"""Who a sentence names: the stretches that could answer a question for a person, a party or an institution."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from retrieval.answering.sentences import Told
from retrieval.answering.spans import Candidate, is_joined
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import covered
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Sentence

_AND = "و"
_COMMAS = frozenset("،,")
# Between two persons named together stand at most so many words; the name of a body is at most so long.
_BETWEEN = 8
_LONGEST = 6


class Body(Row):
    """A noun that opens the name of an institution."""

    noun: str


def people_of(told: Told) -> Iterator[Candidate]:
    """Persons by name or office, several named together, parties, institutions, and names that no table knows."""
    sentence = told.sentence
    named: list[Candidate] = []
    for person in sentence.people:
        before = None if person.name else _name_before(sentence, person.first)
        if before:
            named.append(Candidate(told, before[0], before[1], sentence.phrase(*before), "person", title=person.title))
        elif person.name:
            named.append(Candidate(told, person.first, person.last, person.name, "person", title=person.title))
        else:
            yield Candidate(told, person.first, person.last, person.title, "office", title=person.title)
    yield from named
    for row in _rows(sentence, named):
        joint = f" {_AND}".join(one.text for one in row)
        titles = " ".join(one.title for one in row).strip()
        yield Candidate(told, row[0].first, row[-1].last, joint, "persons", title=titles)
    for party in sentence.parties:
        if not any(person.first <= party.first < person.last for person in sentence.people):
            yield Candidate(told, party.first, party.last, party.name, "party")
    yield from _bodies(told)
    yield from _strangers(told)


def _rows(sentence: Sentence, named: list[Candidate]) -> Iterator[list[Candidate]]:
    """Persons named together, the last joined by "and", with titles, ages and home towns between them at most."""
    row: list[Candidate] = []
    for person in named:
        near = bool(row) and person.first - row[-1].last <= _BETWEEN
        joined = near and is_joined(sentence, person.first)
        listed = near and sentence.tokens[person.first - 1].text in _COMMAS
        if row and not (joined or listed):
            row = []
        row = [*row, person]
        if joined and len(row) > 1:
            yield row


def _name_before(sentence: Sentence, office: int) -> tuple[int, int] | None:
    """The name in front of an office, with or without a comma: "X Y، the spokesman of …"."""
    last = office - 1 if office and sentence.tokens[office - 1].text in _COMMAS else office
    first = last
    while first > 0 and last - first < 3 and _strange(sentence, first - 1):
        first -= 1
    return (first, last) if last - first >= 2 else None


def _bodies(told: Told) -> Iterator[Candidate]:
    """Institutions: noun phrases that begin with the noun of one."""
    sentence = told.sentence
    norms = [token.norm for token in sentence.tokens]
    for chunk in sentence.chunks:
        found = _body_nouns().match(norms, chunk.first)
        if found is not None and chunk.last - chunk.first >= 2 and sentence.parts[chunk.first] == "noun":
            last = min(chunk.last, chunk.first + _LONGEST)
            yield Candidate(told, chunk.first, last, chunk_text(sentence, chunk._replace(last=last)), "body")


def _strangers(told: Told) -> Iterator[Candidate]:
    """Names that no table knows: two or three unknown words side by side."""
    sentence = told.sentence
    taken = covered(sentence.people, sentence.places, sentence.parties)
    at = 0
    while at < len(sentence.tokens):
        end = at
        while end < len(sentence.tokens) and end not in taken and end - at < 4 and _strange(sentence, end):
            end += 1
        if end - at in (2, 3) and not (at and _opens_body(sentence, at - 1)):
            yield Candidate(told, at, end, sentence.phrase(at, end), "stranger")
        at = max(end, at + 1)


def _opens_body(sentence: Sentence, at: int) -> bool:
    return _body_nouns().match([token.norm for token in sentence.tokens[: at + 1]], at) is not None


def _strange(sentence: Sentence, at: int) -> bool:
    """Whether a word is no word of the language: an unknown noun without article or clitic."""
    token = sentence.tokens[at]
    if token.kind != "word" or sentence.parts[at] != "noun" or token.norm.startswith("ال"):
        return False
    readings = sentence.analyses[at]
    return bool(readings) and (not readings[0].known or readings[0].pos == "name")


@cache
def _body_nouns() -> Phrases[bool]:
    rows = [row for _, row in load("bodies", Body)]
    return Phrases((words(form + row.noun), True) for row in rows for form in ("", "ال"))
