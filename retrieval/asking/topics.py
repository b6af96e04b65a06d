"""What a question is about: the kind of fact, the harm, and the word that says so."""

from __future__ import annotations

from typing import NamedTuple, get_args

from retrieval.arabic.tokens import covered
from retrieval.asking.grammar import Asked, noun_behind, topics_at
from retrieval.asking.hearing import Found, Heard
from retrieval.asking.vocabulary import Topic, asked_nouns
from retrieval.reading.groups import read_people
from retrieval.reading.person_phrases import person_at
from retrieval.reading.triggers import Hit
from retrieval.types import FactKind, Harm

_THEM = frozenset({"هم", "هن"})
# Which kind a question is of, where its words speak of several: what is counted or done to people first.
_WEIGHT = {"casualty": 0, "strike": 1, "visit": 2, "meeting": 2, "control": 3, "aid": 3, "damage": 3, "decision": 4}


class Topics(NamedTuple):
    """What a question is about: the kind of fact, the harm, and the word that says so."""

    kind: FactKind | None = None
    harm: Harm | None = None
    word: Found[Topic] | None = None


def find_topic(heard: Heard, asked: Asked | None) -> Topics:
    """What the question is about: the counted noun decides, then the words nearest to the question word."""
    asks = asked.role if asked else "what"
    counted = topics_at(heard, asked.first, asked.last) if asked and asks == "how_many" else []
    if asks == "how_many" and not counted and (harm := _done_to_them(heard)):
        return Topics("casualty", harm)
    pool = counted or [f for f in heard.topics if not _inside(heard, f.first) and _costs_people(heard, asked, f)]
    if asks == "how_many" and asked and asked.first < asked.last and not counted:
        # "How many volunteered on behalf of the dead?" counts no dead: the harm must be done to the counted.
        done = _counts_people(heard, asked)
        pool = [
            f for f in pool if f.row.kind != "casualty" or (done and f.row.use in ("verb", "falls", "loses", "act"))
        ]
        pool.sort(key=_rank)
        if not pool:
            return Topics()
    elif asks == "how_many":
        # A count of people asks for casualties even where the sentence also speaks of a visit or a statement.
        pool = sorted(pool, key=lambda found: (_rank(found), found.row.use == "falls"))
    if not pool:
        return _by_trigger(heard)
    first = pool[0]
    if first.row.use == "falls":
        # "Fell wounded", "so many between dead and wounded fell": what stands beside says how.
        beside = [f for f in heard.topics if f.row.kind == "casualty" and f.row.use != "falls"]
        first = next((f for f in beside if f.first > first.first), beside[0] if beside else first)
    return Topics(first.row.kind, first.row.harm or None, first)


def _done_to_them(heard: Heard) -> Harm | None:
    """The harm that a noun says of those counted: "how many settlers … to avenge their killing"."""
    for hit in heard.hits:
        if hit.trigger.kind == "casualty" and hit.reading is not None and hit.reading.pronoun in _THEM:
            return next((harm for harm in get_args(Harm) if harm == hit.trigger.value), None)
    return None


def _costs_people(heard: Heard, asked: Asked | None, found: Found[Topic]) -> bool:
    """Whether a loss is one of people: what a company loses is money, unless people are counted."""
    if found.row.use != "loses" or (asked is not None and asked.first < asked.last):
        return True
    if any(form.row.per == "party" for form in heard.forms):
        return True
    return not read_people(heard.sentence.phrase(*noun_behind(heard, found.last))).anybody


def _counts_people(heard: Heard, asked: Asked) -> bool:
    """Whether the noun counted means people: it is listed, names a party, or is unknown beside a verb of harm."""
    sentence = heard.sentence
    head = sentence.tokens[asked.first].norm
    if asked_nouns().get(head.removeprefix("ال")) == "how_many":
        return False
    people = not read_people(sentence.phrase(asked.first, asked.last)).anybody
    if people or person_at(sentence, asked.first) or any(p.first <= asked.first < p.last for p in sentence.parties):
        return True
    known = any(reading.known for reading in sentence.analyses[asked.first])
    return not known and any(found.row.use in ("verb", "falls", "loses") for found in heard.topics)


def _by_trigger(heard: Heard) -> Topics:
    hit: Hit | None = next(iter(heard.hits), None)
    if hit is None:
        return Topics()
    if hit.trigger.kind != "casualty":
        return Topics(hit.trigger.kind)
    harm = next((each for each in get_args(Harm) if each == hit.trigger.value), None)
    return Topics("casualty", harm) if harm else Topics()


def _inside(heard: Heard, at: int) -> bool:
    """Whether a word is part of a name, where it says nothing about the topic."""
    return at in covered(heard.sentence.parties, heard.sentence.people)


def _rank(found: Found[Topic]) -> int:
    return _WEIGHT.get(found.row.kind, 9)
