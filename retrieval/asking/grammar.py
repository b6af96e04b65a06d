"""Which role a question asks for, and which noun it asks of: "how many points", "which court", "the ambassador who"."""

from __future__ import annotations

from typing import NamedTuple, cast

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import covered
from retrieval.asking.hearing import Found, Heard
from retrieval.asking.vocabulary import QuestionWord, Topic, asked_nouns, dialect, fillers
from retrieval.reading.person_phrases import person_at
from retrieval.reading.sentences import Chunk
from retrieval.types import Role

# Forms of answer that are made of numbers.
_OF_NUMBERS = frozenset({"total", "highest"})


class Asked(NamedTuple):
    """What a question asks: the role, and the noun phrase asked of on tokens `first` to `last` (empty: none)."""

    role: Role
    first: int = 0
    last: int = 0


def find_asked(heard: Heard) -> Asked | None:
    """What the question asks for; None when it holds no question word."""
    word = _question_word(heard)
    if word is None:
        return None
    if word.row.asks in {"how", "why", "whether"}:
        return Asked("what")
    role = cast("Role", word.row.asks)
    if role in ("when", "where", "says_who"):
        # "At what hour" asks when by its own noun.
        return Asked(role, word.first, word.last) if word.last - word.first > 1 else Asked(role)
    before = _noun_before(heard, word.first) if role == "what" else None
    return Asked(before, word.first - 1, word.first) if before else _of_noun(heard, word.last, role)


def _of_noun(heard: Heard, at: int, role: Role) -> Asked:
    """What is asked where a question word may be asked of the noun behind it."""
    first, last = noun_behind(heard, at)
    if role == "what" and any(at <= found.first < first and found.row.form in _OF_NUMBERS for found in heard.forms):
        # "What is the highest toll of dead": a number is asked for.
        return Asked("how_many", first, last)
    if role == "what" and any(found.row.kind == "statement" for found in topics_at(heard, first, first + 1)):
        return Asked(role)
    named = _noun_role(heard, first)
    if role == "how_many":
        return Asked(role, first, last)
    describes = named == "who" if role in ("who", "whom") else bool(named) or role == "which" or _definite(heard, first)
    if first == last or not describes:
        return Asked(role)
    return Asked(role if role in ("who", "whom") else named or "which", first, last)


def noun_behind(heard: Heard, at: int) -> tuple[int, int]:
    """The noun phrase that follows token `at` behind fillers, with what "of" adds to it; empty when there is none."""
    sentence = heard.sentence
    at = _skip_fillers(heard, at)
    while form := next((found for found in heard.forms if found.first <= at < found.last), None):
        # "What is the highest toll of dead …": the form is taken out, the noun stands behind it.
        at = _skip_fillers(heard, form.last)
    chunk = sentence.chunk_at(at) if at < len(sentence.tokens) else None
    verbs = {found.first for found in heard.topics if found.row.use in ("verb", "falls", "loses")}
    if chunk is None or at - chunk.first > 2 or sentence.parts[at] == "verb" or at in verbs:
        return at, at
    last = _end(heard, at, chunk)
    while True:
        more = next((c for c in sentence.chunks if c.first in (last, last + 1)), None)
        formed = more is not None and more.first in covered(heard.forms)
        if more is None or formed or more.last <= last or not (more.preposition in fillers() or more.coordinated):
            return at, last
        end = _end(heard, more.first, more)
        if end <= more.first:
            return at, last
        last = end


def topics_at(heard: Heard, first: int, last: int) -> list[Found[Topic]]:
    """The topics that begin on tokens `first` to `last` (exclusive)."""
    return [found for found in heard.topics if first <= found.first < last]


def _question_word(heard: Heard) -> Found[QuestionWord] | None:
    """The first question word; one that may be a preposition or negation gives way to another right behind it."""
    found = list(heard.asked)
    while len(found) > 1 and found[0].row.stands == "first" and found[1].first == found[0].last:
        del found[0]
    return found[0] if found else None


def _skip_fillers(heard: Heard, at: int) -> int:
    """The first token behind the fillers; a relative is one only before a noun: "how many who got …" counts none."""
    tokens = heard.sentence.tokens
    while at < len(tokens) and (tokens[at].kind == "mark" or tokens[at].norm in fillers()):
        if dialect().get(tokens[at].norm) == "":
            return len(tokens)
        at += 1
    return at


def _end(heard: Heard, first: int, chunk: Chunk) -> int:
    """Where the noun phrase ends: before a verb of the topic, a marker, a date or a place that is no part of a name."""
    stops = [
        *_behind_counted(heard, first),
        *(f.first for f in heard.topics if f.row.use in ("verb", "act", "falls", "loses")),
        *(f.first for f in heard.markers if f.row.role != "about"),
        *(f.first for f in heard.forms),
        *(d.first for d in heard.sentence.dates),
        *(p.first for p in heard.places if not _inside_name(heard, p.first)),
        *(f.first for f in heard.asked),
        # A relative of speech, which the grammar of newspapers takes for a noun.
        *(k for k in range(first, chunk.last) if dialect().get(heard.norms[k]) == ""),
    ]
    return min([chunk.last, *(stop for stop in stops if stop > first)])


def _behind_counted(heard: Heard, first: int) -> list[int]:
    """The word behind an indefinite accusative that does not share its ending: no adjective of it, but a verb."""
    counted, behind = heard.norms[first], first + 1
    if not heard.asks(first - 1) or not counted.endswith("ا") or behind >= len(heard.norms):
        return []
    known = any(reading.known and reading.pos == "noun" for reading in heard.sentence.analyses[first])
    return [behind] if known and not heard.norms[behind].endswith(("ا", "ه", "ين")) else []


def _inside_name(heard: Heard, at: int) -> bool:
    return at in covered(heard.sentence.people, heard.sentence.parties)


def _noun_role(heard: Heard, noun: int) -> Role | None:
    """What the noun asked of asks for; a person, by trade, title or country, asks who."""
    sentence = heard.sentence
    if noun >= len(sentence.tokens):
        return None
    nouns = asked_nouns()
    for k in range(noun, min(noun + 2, len(sentence.tokens))):
        for form in _forms(heard, k):
            if form in nouns:
                return nouns[form]
    person = any(person.first <= noun < person.last for person in sentence.people) or person_at(sentence, noun)
    return "who" if person or nationality(sentence.tokens[noun].norm) else None


def _noun_before(heard: Heard, at: int) -> Role | None:
    """What the noun before a question word asks for: "to hospital which were they taken?", as it is said in Egypt."""
    nouns = asked_nouns()
    return next((nouns[form] for form in _forms(heard, at - 1) if form in nouns), None) if at > 0 else None


def _forms(heard: Heard, at: int) -> list[str]:
    """A word as it may stand in a table: as written, without clitics and article, and its lemma."""
    token = heard.sentence.tokens[at]
    bare = [rest.removeprefix("ال") for _, rest in openings(token.norm)]
    lemmas = [
        normalise(reading.lemma) for reading in heard.sentence.analyses[at] if reading.known and reading.pos != "verb"
    ]
    return [*bare, *lemmas[:1]]


def _definite(heard: Heard, at: int) -> bool:
    if at >= len(heard.sentence.tokens):
        return False
    return any(reading.definite for reading in heard.sentence.analyses[at]) or heard.norms[at].startswith("ال")
