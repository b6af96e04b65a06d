"""Whether a candidate is the sort of thing asked for: what it is, what it is called, and whether it is news at all."""

from __future__ import annotations

from functools import cache, lru_cache

from retrieval.answering.evidence import Keys, Sought, keys_of
from retrieval.answering.spans import Candidate
from retrieval.arabic import people, places
from retrieval.arabic.atlas import RANK, PlaceKind, nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.place_leads import load_nouns
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.wordkeys import word_keys
from retrieval.asking.vocabulary import asked_nouns, topics
from retrieval.types import Fact, Question


class AskedBody(Row):
    """A noun after "which" that asks for an organisation, not for a person."""

    noun: str


_SORTS: dict[str, dict[str, float]] = {
    "who": {
        "person": 1.0,
        "speaker": 0.9,
        "persons": 0.7,
        "stranger": 0.5,
        "party": 0.75,
        "body": 0.55,
        "office": 0.3,
    },
    "whom": {"person": 1.0, "persons": 0.9, "party": 0.7, "office": 0.5, "body": 0.5, "stranger": 0.4},
    "says_who": {"speaker": 1.0, "person": 0.5, "persons": 0.2, "party": 0.4, "office": 0.4, "body": 0.4},
    "where": {"place": 1.0, "places": 0.95},
    "when": {"date": 1.0, "hour": 1.0},
    "how_many": {"quantity": 1.0},
    "which": {"named": 1.0, "quoted": 0.7, "body": 0.5, "party": 0.4, "place": 0.4, "person": 0.3, "stranger": 0.3},
    "what": {"clause": 0.8, "rest": 1.0},
}


def sort_fit(candidate: Candidate, question: Question) -> float:
    """How far the candidate is the sort of thing that the question asks for."""
    asks = question.understood.asks
    fit = _SORTS.get(asks, {}).get(candidate.sort, 0.0)
    if asks in ("who", "whom") and question.focus and candidate.sort in ("party", "body", "office"):
        # Who is asked for by his office is a person with a name.
        fit *= 1.0 if _asks_for_body(question) else 0.3
    plural = _asks_for_two(question)
    if candidate.sort in ("persons", "places"):
        return 1.0 if plural else fit
    if candidate.sort == "place" and candidate.listed:
        fit *= 0.8
    return fit * 0.7 if plural and candidate.sort in ("person", "place") else fit


def newness(candidate: Candidate, sought: Sought) -> float:
    """How much of the candidate the question does not already say; what it names itself is no answer to it."""
    question = sought.question
    if candidate.sort in ("place", "speaker", "party", "body") and _known_place(candidate.text, question):
        return 0.0
    if candidate.sort in ("person", "persons", "speaker") and _known_person(candidate.text, question):
        return 0.0
    asked: Keys = frozenset(key for keys, _ in sought.words for key in keys)
    said = [word_keys(token.norm) for token in tokenize(candidate.text) if token.kind != "mark"]
    return sum(keys.isdisjoint(asked) for keys in said) / len(said) if said else 0.0


def focus_fit(candidate: Candidate, question: Question) -> float:
    """Whether the candidate is called what the question calls it: "which hospital", "the ambassador"."""
    words = [normalise(word) for word in question.focus.split() if len(word) > 2]
    if candidate.sort == "quantity":
        words = [word for word in words if not find_quantities(tokenize(word))]
    if not words:
        return 0.0
    if candidate.sort == "quantity":
        return _counted(candidate, words)
    if candidate.sort in ("person", "persons", "office"):
        return _titled(candidate, words)
    if candidate.sort in ("place", "places", "named", "body", "party"):
        return _kind(candidate, words)
    return _near(candidate, words)


def wants_name(question: Question) -> bool:
    """Whether the question asks for a person by trade, office or country: then no party and no body answers it."""
    return question.understood.asks in ("who", "whom") and bool(question.focus) and not _asks_for_body(question)


def counts_things(question: Question) -> bool:
    """Whether a count of harm counts no people by their name: "how many bodies"."""
    head = normalise(question.focus.split()[0]) if question.focus else ""
    found = topics().match([head], 0) if head else None
    return found is not None and found.value.use == "thing"


def _asks_for_body(question: Question) -> bool:
    """Whether the noun asked of is an organisation rather than a person: "which party", "what side"."""
    head = normalise(question.focus.split()[0]).removeprefix("ال")
    return head in _bodies()


@cache
def _bodies() -> frozenset[str]:
    return frozenset(normalise(row.noun) for _, row in load("asked_bodies", AskedBody))


def _asks_for_two(question: Question) -> bool:
    """Whether the noun asked of is a dual: "which two ministers"."""
    head = normalise(question.focus.split()[0]) if question.focus else ""
    return len(head) > 5 and head.endswith(("ان", "ين"))


def _known_place(text: str, question: Question) -> bool:
    asked = [name for name in (question.understood.place, *question.places) if name]
    around = {places.key(holder) for name in asked for holder in places.containers(name)}
    return places.key(text) in {places.key(name) for name in asked} | around | {places.key(w) for w in question.within}


def _known_person(text: str, question: Question) -> bool:
    """Whether somebody whom the question names is meant, be it with his office in front or by his surname alone."""
    understood = question.understood
    given = [name for name in (understood.who, understood.whom, *question.names) if name]
    names = (text, *(person.name for person in people.find_people(tokenize(text)) if person.name))
    if any(people.same(name, asked) for asked in given for name in names):
        return True
    said = {token.norm for word in question.words for token in tokenize(word)}
    surnames = [normalise(name.split()[-1]) for name in names if len(name.split()) > 1 and name is not text]
    return any(surname in said for surname in surnames)


def _titled(candidate: Candidate, words: list[str]) -> float:
    """The share of the description that the person's title holds; the office itself must be the one asked for."""
    title = candidate.title.split()
    if not title:
        return 0.3 * _near(candidate, words)
    told = {nationality(normalise(word)) for word in title} - {""}
    asked = {nationality(word) for word in words} - {""}
    if asked and told and not asked & told:
        # The French minister is not the American one.
        return -1.0
    head = not word_keys(normalise(title[0])).isdisjoint(word_keys(words[0]))
    share = sum(not word_keys(word).isdisjoint(keys_of(candidate.title)) for word in words) / len(words)
    return share if head else share * 0.4


def _kind(candidate: Candidate, words: list[str]) -> float:
    """How far the candidate is of the kind that the noun asked of names: "which hospital", "in which town"."""
    first = [normalise(word).removeprefix("ال") for word in candidate.text.split()][:1]
    if not first:
        return 0.0
    if not word_keys(words[0]).isdisjoint(word_keys(first[0])):
        return 1.0
    asked = _place_kind(words[0])
    if candidate.sort in ("place", "places") and asked is not None:
        return _kin(asked, _place_kind(first[0]) or _known_kind(candidate))
    return 0.1 if first[0] in asked_nouns() else 0.5 * float(candidate.sort in ("place", "places"))


def _kin(asked: PlaceKind, told: PlaceKind | None) -> float:
    """How near two kinds of place are: a village may be called a town, no country is a hospital."""
    if told is None:
        return 0.4
    if "facility" in (asked, told) and asked != told:
        return 0.05
    return max(0.05, 0.8 - 0.2 * abs(RANK[asked] - RANK[told]))


def _place_kind(noun: str) -> PlaceKind | None:
    found = load_nouns().match([noun.removeprefix("ال")], 0)
    return found.value.kind if found else None


def _known_kind(candidate: Candidate) -> PlaceKind | None:
    return next((p.kind for p in candidate.told.sentence.places if p.first == candidate.first), None)


def _near(candidate: Candidate, words: list[str]) -> float:
    """The share of the description that stands beside the candidate."""
    sentence = candidate.told.sentence
    low, high = max(0, candidate.first - 6), min(len(sentence.tokens), candidate.last + 6)
    near = keys_of(sentence.phrase(low, high))
    return sum(not word_keys(word).isdisjoint(near) for word in words) / len(words)


def _counted(candidate: Candidate, words: list[str]) -> float:
    """Whether the quantity counts the noun asked of: 1 right behind it, less where the noun stands before it."""
    sentence = candidate.told.sentence
    head = word_keys(words[0])
    alone = candidate.last - candidate.first == 1 and sentence.parts[candidate.first] == "noun"
    noun = candidate.first if alone else candidate.last
    behind = [token for token in sentence.tokens[noun : noun + 3] if token.kind == "word"]
    clause = sentence.clauses[sentence.clause_at(candidate.first)]
    before = sentence.tokens[max(clause.first, candidate.first - 8) : candidate.first]
    if any(not head.isdisjoint(word_keys(token.norm)) for token in behind[:2]):
        found = 1.0
    elif any(not head.isdisjoint(word_keys(token.norm)) for token in before):
        found = 0.6
    else:
        return 0.0
    # "Bahraini citizens": the words that narrow the noun down must be said as well.
    said = keys_of(sentence.phrase(0, len(sentence.tokens)))
    return found * sum(not word_keys(word).isdisjoint(said) for word in words) / len(words)


def speaks_of_named(fact: Fact, sought: Sought) -> bool:
    """Whether the fact's article speaks of every person that the question names."""
    told = keys_of(f"{sought.article(fact.citation.article_id)} {fact.citation.title} {fact.citation.quote}")
    return all(not keys_of(name).isdisjoint(told) for name in _persons_named(sought.question.text))


@lru_cache(maxsize=256)
def _persons_named(text: str) -> tuple[str, ...]:
    return tuple(person.name for person in people.find_people(tokenize(text)) if person.name)
