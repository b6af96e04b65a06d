"""What a question is about, who did it, to whom and by whose word, as a question says it."""

from __future__ import annotations

from typing import NamedTuple, get_args

from retrieval.arabic.atlas import nationality
from retrieval.arabic.incidents import means_in
from retrieval.arabic.tokens import covered
from retrieval.asking.grammar import Asked, noun_behind, topics_at
from retrieval.asking.hearing import Found, Heard
from retrieval.asking.names import in_source
from retrieval.asking.vocabulary import Topic, asked_nouns
from retrieval.reading.groups import read_people
from retrieval.reading.person_phrases import person_at
from retrieval.reading.roles import chunk_text, find_roles
from retrieval.reading.triggers import Hit
from retrieval.types import FactKind, Harm

_SUBJECTS = frozenset({"actor", "visitor", "participants", "speaker", "giver", "body"})
_OBJECTS = frozenset({"victims", "host", "target", "receiver", "about", "participants"})
_THEM = frozenset({"هم", "هن"})
# Which kind a question is of, where its words speak of several: what is counted or done to people first.
_WEIGHT = {"casualty": 0, "strike": 1, "visit": 2, "meeting": 2, "control": 3, "aid": 3, "damage": 3, "decision": 4}


class Topics(NamedTuple):
    """What a question is about: the kind of fact, the harm, and the word that says so."""

    kind: FactKind | None = None
    harm: Harm | None = None
    word: Found[Topic] | None = None


class Named(NamedTuple):
    """The parties to what is asked, as the question writes them; empty where it does not say."""

    who: str = ""
    whom: str = ""
    source: str = ""


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
        # "Fell wounded", "fell between dead and wounded": what stands behind says how.
        behind = (found for found in heard.topics if found.first > first.first and found.row.kind == "casualty")
        first = next(behind, first)
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


def find_named(heard: Heard, asked: Asked | None, topic: Topics) -> Named:
    """The doer, the harmed and the source that the question names."""
    source = _behind_marker(heard, "source")
    if topic.kind == "casualty":
        whom = _harmed(heard, asked, topic)
        return Named(_doer(heard, asked, topic, whom), whom, source)
    who, whom = _by_roles(heard, asked, topic)
    return Named(who, whom, source)


def _harmed(heard: Heard, asked: Asked | None, topic: Topics) -> str:
    loser = next((found for found in heard.topics if found.row.use == "loses"), None)
    marked = _behind_marker(heard, "whom") or (_group(heard, *noun_behind(heard, loser.last)) if loser else "")
    if asked and asked.role == "how_many" and asked.first < asked.last:
        people = next((t for t in topics_at(heard, asked.first, asked.last) if t.row.use == "people"), None)
        if people is None:
            counted = heard.sentence.phrase(asked.first, asked.last)
            return marked if marked and read_people(counted).anybody else counted
        # "The dead of Daesh" are Daesh's; "the dead of the raid" are not a group.
        behind = _group(heard, people.last, asked.last)
        if behind or marked:
            return behind or marked
    if marked:
        return marked
    word = topic.word
    if word is None:
        return ""
    if word.row.use in ("people", "loses", "act", "falls"):
        return _group(heard, *noun_behind(heard, word.last))
    partitive = noun_behind(heard, word.last)
    return _group(heard, *partitive) if partitive[0] > word.last else ""


def _doer(heard: Heard, asked: Asked | None, topic: Topics, whom: str) -> str:
    marked = _behind_marker(heard, "who")
    if marked:
        return marked
    word = topic.word
    counted = asked is not None and asked.role == "how_many" and asked.last > asked.first
    if word is not None and word.row.use == "verb" and (counted or whom):
        chunk = heard.sentence.chunk_at(word.last) if word.last < len(heard.sentence.tokens) else None
        if chunk and chunk.first == word.last and not chunk.preposition:
            doer = heard.sentence.phrase(*noun_behind(heard, word.last))
            if doer and doer != whom:
                return doer
    return _attack(heard)


def _attack(heard: Heard) -> str:
    """The attack that the question names, if it says whose: "the French air strikes", "the coalition's raids"."""
    for chunk in heard.sentence.chunks:
        text = chunk_text(heard.sentence, chunk)
        if not means_in(text):
            continue
        whose = any(chunk.first <= p.first < chunk.last for p in heard.sentence.parties)
        if whose or any(nationality(token.norm) for token in heard.sentence.tokens[chunk.first : chunk.last]):
            return text
    return ""


def _group(heard: Heard, first: int, last: int) -> str:
    """The phrase, if it names people: a party, or a noun that is no event and no place."""
    text = heard.sentence.phrase(first, last)
    if not text or means_in(text) or any(first <= place.first < last for place in heard.places):
        overlap = [p for p in heard.sentence.parties if first <= p.first and p.last <= last]
        return heard.sentence.phrase(overlap[0].first, overlap[-1].last) if overlap else ""
    return text


def _behind_marker(heard: Heard, role: str) -> str:
    formed = covered(heard.forms)
    for found in heard.markers:
        if found.row.role == role and not heard.asks(found.last) and found.last not in formed:
            first, last = noun_behind(heard, found.last)
            if first < last:
                return heard.sentence.phrase(first, last)
    return ""


def _by_roles(heard: Heard, asked: Asked | None, topic: Topics) -> tuple[str, str]:
    """Subject and object of the topic's verb, by the grammar that also reads articles."""
    hit = next((h for h in heard.hits if h.trigger.kind == topic.kind), None)
    if hit is None:
        return _people(heard, ("", ""))
    roles = find_roles(heard.sentence, hit)
    subject = _first(heard, roles, _SUBJECTS)
    if asked is not None and asked.first < asked.last <= hit.first:
        # "Which court issued the verdict": the subject is what is asked for, and the verdict what it issued.
        return "", subject or _first(heard, roles, _OBJECTS)
    return _people(heard, (subject, _first(heard, roles, _OBJECTS - ({"participants"} if subject else set()))))


def _people(heard: Heard, named: tuple[str, str]) -> tuple[str, str]:
    """The named, or the persons of the question in their order where the grammar found nobody."""
    if any(named):
        return named
    names = [
        heard.sentence.phrase(person.first, person.last)
        for person in heard.sentence.people
        if not any(heard.asks(k) for k in range(person.first, person.last)) and not in_source(heard, person.first)
    ]
    asker = any(found.row.asks in ("who", "whom") for found in heard.asked)
    if asker and len(names) == 1:
        return "", names[0]
    return (names[0] if names else ""), (names[1] if len(names) > 1 else "")


def _first(heard: Heard, roles: object, names: frozenset[str]) -> str:
    assert hasattr(roles, "items")
    for name, chunks in roles.items():
        said = [
            chunk
            for chunk in chunks
            if name in names and not any(heard.asks(k) for k in range(chunk.first, chunk.last))
        ]
        if said:
            return chunk_text(heard.sentence, said[0])
    return ""


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
