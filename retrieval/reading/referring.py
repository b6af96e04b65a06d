"""Tell whom an office, a surname, an honour or a left-out subject means, from what the text has named before."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.people import PersonMention, load_counterparts, meeting_points, same
from retrieval.arabic.phrases import openings
from retrieval.arabic.tables import Row, load
from retrieval.reading.bodies import honours
from retrieval.reading.constituents import Constituent, split_constituents
from retrieval.reading.sentences import Document, Sentence

# How many sentences back a subject that is left out, or an honour that points back, still finds its person.
_MEMORY = 4
# No text names more persons who may be one, or more of one office; a page that does is a list.
_MOST_ALIKE = 100


class SynonymRow(Row):
    """One row of office_synonyms.csv: a word of an office and the one it is compared as."""

    word: str
    same_as: str


class Actor(NamedTuple):
    """Who visits or meets: a name without titles, or the words for a body; `title` is the office, if any is known.

    `officials` are several who may meet as a body by themselves.
    """

    name: str
    title: str = ""
    officials: bool = False


class Cast(NamedTuple):
    """Everybody whom an article names.

    `named` has the names by what they have in common with others that may be the same person's, each with its rank
    in the text; `titled` those with a title, in order, each with where it stands: field (0 for the title), character.
    """

    document: Document
    named: Mapping[str, Sequence[tuple[int, PersonMention]]]
    titled: Sequence[tuple[tuple[int, int], PersonMention]]


def cast_of(document: Document) -> Cast:
    """The cast of an article."""
    named: dict[str, list[tuple[int, PersonMention]]] = defaultdict(list)
    titled = []
    seen: set[tuple[str, str]] = set()
    for sentence in document.sentences:
        for person in sentence.people:
            if person.name and person.title and not _counterpart(sentence, person):
                titled.append((_standing(sentence, person.first), person))
            if person.name and (person.name, person.title) not in seen:
                seen.add((person.name, person.title))
                for point in meeting_points(person.name):
                    named[point].append((len(seen), person))
    return Cast(document, named, titled)


def _standing(sentence: Sentence, token: int) -> tuple[int, int]:
    """Where a token stands in the order of a text, its title first."""
    return int(sentence.field == "body"), sentence.tokens[token].start


def actor_of(cast: Cast, sentence: Sentence, constituent: Constituent) -> Actor | None:
    """Whom a constituent means; None for an honour that points back to nobody."""
    if constituent.sort == "honour":
        person = _honoured(cast, sentence, constituent.first)
        return Actor(person.name, _fullest(cast, person).title) if person else None
    if constituent.sort != "person":
        return Actor(_whole_body(cast, sentence, constituent), officials=constituent.officials)
    if constituent.text:
        person = PersonMention(0, 0, constituent.text, constituent.title, 0, 0)
        full = _fullest(cast, person)
        return Actor(full.name, max(constituent.title, full.title, key=len))
    if constituent.many:
        return Actor(constituent.title, officials=True)
    known = _holder(cast, sentence, constituent) or _meant(cast, sentence, constituent)
    return Actor(known.name, known.title) if known else Actor(constituent.title, constituent.title)


def _whole_body(cast: Cast, sentence: Sentence, constituent: Constituent) -> str:
    """The name of a body that is only pointed back to ("الوفد", "أعضاء اللجنة"): as it was named in full before."""
    words = constituent.text.split()
    last = normalise(words[-1]) if words else ""
    if constituent.sort != "group" or len(words) > 2 or not last.startswith("ال"):
        return constituent.text
    best = constituent.text
    for other in (sentence, *_earlier(cast, sentence)):
        for c in split_constituents(other):
            named = c.sort == "group" and c.text and normalise(c.text.split()[0]).removeprefix("ال") == last[2:]
            if named and len(c.text.split()) > max(2, len(best.split())):
                best = c.text
    return best


def _fullest(cast: Cast, person: PersonMention) -> PersonMention:
    """The fullest mention of the same person in the text."""
    best = person
    alike = {entry for point in meeting_points(person.name) for entry in cast.named.get(point, ())[:_MOST_ALIKE]}
    for _, other in sorted(alike):
        longer = len(other.name.split()) > len(best.name.split())
        titled = other.name == best.name and len(other.title) > len(best.title)
        if (longer or titled) and same(person.name, other.name):
            best = other
    return best


def _holder(cast: Cast, sentence: Sentence, constituent: Constituent) -> PersonMention | None:
    """Who holds an office that is named alone, by an office of the text that says at least as much.

    The nearest one before it is meant, or the first one behind it.
    """
    wanted = _office_words(constituent.title)
    if not wanted:
        return None
    behind = bisect_left(cast.titled, _standing(sentence, constituent.first), key=itemgetter(0))
    nearest = [
        *reversed(cast.titled[max(0, behind - _MOST_ALIKE) : behind]),
        *cast.titled[behind : behind + _MOST_ALIKE],
    ]
    return next((person for _, person in nearest if wanted <= _office_words(person.title)), None)


def _meant(cast: Cast, sentence: Sentence, constituent: Constituent) -> PersonMention | None:
    """Whom an office of one word means in a text that gives nobody one: the last person named before it."""
    if cast.titled or len(constituent.title.split()) != 1 or not normalise(constituent.title).startswith("ال"):
        return None
    before = (p for p in reversed(sentence.people) if p.name and p.last <= constituent.first)
    earlier = (p for s in _earlier(cast, sentence) for p in reversed(s.people) if p.name)
    return next(before, None) or next(earlier, None)


def _counterpart(sentence: Sentence, person: PersonMention) -> bool:
    """Whether a person is introduced as the like of another, who holds the office that is meant: نظيره."""
    return any(rest in load_counterparts() for _, rest in openings(sentence.tokens[person.first].norm))


@cache
def _office_words(title: str) -> frozenset[str]:
    """The words of an office by which it is compared: without articles, and without adjectives of standing."""
    norms = (normalise(word) for word in title.split())
    kept = (_country(n.removeprefix("ال")) for n in norms if n not in load_words("office_adjectives"))
    plain = (normalise(n).removeprefix("ال") for n in kept if n)
    return frozenset(_synonyms().get(n, n) for n in plain)


@cache
def _synonyms() -> dict[str, str]:
    return {normalise(row.word): normalise(row.same_as) for _, row in load("office_synonyms", SynonymRow)}


def _country(norm: str) -> str:
    """An adjective of nationality as its country, so that its gender does not matter."""
    return nationality(norm) or norm


def _honoured(cast: Cast, sentence: Sentence, token: int) -> PersonMention | None:
    """Whom a word of honour means: the last person before it who has that honour, else the last with a title."""
    nearby = [(where, p) for where, p in _before(cast, sentence, token) if p.name]
    wanted = honours(sentence.tokens[token].norm)
    for where, person in nearby:
        said = {t.norm.lstrip("وبل") for t in where.tokens[person.first : person.name_first]}
        if said & wanted or (person.name.split()[0] and normalise(person.name.split()[0]) in wanted):
            return person
    return next((p for _, p in nearby if p.title), next((p for _, p in nearby), None))


def _before(cast: Cast, sentence: Sentence, token: int) -> Iterator[tuple[Sentence, PersonMention]]:
    """The persons named before a token with their sentences, the nearest sentence first."""
    yield from ((sentence, p) for p in sentence.people if p.last <= token)
    for other in _earlier(cast, sentence):
        yield from ((other, p) for p in other.people)


def _earlier(cast: Cast, sentence: Sentence) -> Iterator[Sentence]:
    """The sentences before one in its story, the nearest first, and then the title."""
    yield from cast.document.before(sentence, _MEMORY)
    if sentence.field == "body":
        yield from cast.document.title


def topical_actors(cast: Cast, sentence: Sentence, token: int, *, plural: bool = False) -> list[Actor]:
    """The actors that a subject left out before `token`, or a pronoun there, means."""
    found = _topic(cast, sentence, token, plural=plural)
    if not found:
        return []
    where, constituents = found
    return [actor for c in constituents if (actor := actor_of(cast, where, c))]


def subject_ahead(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], token: int
) -> tuple[list[Actor], list[Constituent]] | None:
    """The subject of the main verb where a sentence opens with a pronoun that means him: "في ختام زيارته، دعا X"."""
    if any(c.acts or c.sort == "verb" for c in row if c.first < token):
        return None
    verb = next((n for n, c in enumerate(row) if c.sort == "verb" and c.first >= token), None)
    first = (
        next((n for n, c in enumerate(row[verb + 1 :], verb + 1) if c.sort not in ("date", "comma")), None)
        if verb is not None
        else None
    )
    if first is None or not row[first].acts or row[first].preposition:
        return None
    chain = coordinated(row, first)
    return [actor for c in chain if (actor := actor_of(cast, sentence, c))], chain


def _topic(
    cast: Cast, sentence: Sentence, token: int, *, plural: bool
) -> tuple[Sentence, Sequence[Constituent]] | None:
    inside = [c for c in split_constituents(sentence) if c.last <= token]
    for where, row in [(sentence, inside), *((s, split_constituents(s)) for s in _earlier(cast, sentence))]:
        subjects = [n for n, c in enumerate(row) if c.acts and not c.preposition and (c.sort != "party" or plural)]
        if subjects:
            n = subjects[0]
            return where, coordinated(row, n) if plural else row[n : n + 1]
    return None


def coordinated(row: Sequence[Constituent], n: int) -> list[Constituent]:
    """The actor at `n` and those joined to it by و, commas between them allowed."""
    found = [row[n]]
    for following in row[n + 1 :]:
        if following.sort in ("comma", "date"):
            continue
        # A noun such as "عدد من المضربين" does not hand its preposition on to the names behind it.
        shared = following.preposition == row[n].preposition or (row[n].sort == "noun" and not following.preposition)
        if not (following.acts and following.joined and shared):
            break
        found.append(following)
    return found
