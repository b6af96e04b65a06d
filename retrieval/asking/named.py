"""Who did it, to whom and by whose word, as a question says it."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.incidents import means_in
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import covered
from retrieval.arabic.word_sets import word_set
from retrieval.asking.grammar import Asked, noun_behind, topics_at
from retrieval.asking.hearing import Heard
from retrieval.asking.names import in_source
from retrieval.asking.topics import Topics
from retrieval.asking.vocabulary import listed_nouns
from retrieval.reading.groups import read_people
from retrieval.reading.roles import Roles, chunk_text, find_roles
from retrieval.reading.sentences import Chunk

_SUBJECTS = frozenset({"actor", "visitor", "participants", "speaker", "giver", "body"})
_OBJECTS = frozenset({"victims", "host", "target", "receiver", "about", "participants"})


class Named(NamedTuple):
    """The parties to what is asked, as the question writes them; empty where it does not say."""

    who: str = ""
    whom: str = ""
    source: str = ""


def find_named(heard: Heard, asked: Asked | None, topic: Topics) -> Named:
    """The doer, the harmed and the source that the question names."""
    source = _behind_marker(heard, "source")
    if topic.kind == "casualty":
        whom = _harmed(heard, asked, topic)
        return Named(_doer(heard, asked, topic, whom), whom, source)
    if topic.kind == "statement":
        return Named(*_statement(heard, asked, topic), source)
    who, whom = _by_roles(heard, asked, topic)
    return Named(who, whom, source)


def _harmed(heard: Heard, asked: Asked | None, topic: Topics) -> str:
    loser = next((found for found in heard.topics if found.row.use == "loses"), None)
    marked = _behind_marker(heard, "whom") or (_group(heard, *noun_behind(heard, loser.last)) if loser else "")
    if asked and asked.role == "how_many" and asked.first < asked.last:
        people = next((t for t in topics_at(heard, asked.first, asked.last) if t.row.use == "people"), None)
        if people is None and topics_at(heard, asked.first, asked.first + 1):
            # "How many deaths": what is counted is the harm itself.
            return marked
        if people is None:
            counted = heard.sentence.phrase(asked.first, asked.last)
            return marked if marked and read_people(counted).anybody else counted
        # "The dead of Daesh" are Daesh's; "the dead of the raid" are not a group.
        behind = _group(heard, people.last, asked.last)
        if behind or marked:
            return behind or marked
    if marked:
        return marked
    return _behind_topic(heard, asked, topic)


def _behind_topic(heard: Heard, asked: Asked | None, topic: Topics) -> str:
    """The harmed behind the word of harm: "the death of soldiers", "killed of the police"."""
    word = topic.word
    if word is None:
        return ""
    behind = noun_behind(heard, word.last)
    if word.row.use in ("people", "loses", "act", "falls") or behind[0] > word.last:
        return _group(heard, *behind)
    return _behind_verb(heard, asked, word.last) if word.row.use == "verb" else ""


def _behind_verb(heard: Heard, asked: Asked | None, at: int) -> str:
    """Whom a verb of harm names right behind it, where it is not their number that is asked: "who killed the clerk"."""
    sentence = heard.sentence
    if asked is None or asked.role == "how_many":
        return ""
    governed = at < len(sentence.tokens) and bool(sentence.analyses[at]) and sentence.analyses[at][0].preposition
    return "" if governed else _phrase_behind(heard, at)


def _phrase_behind(heard: Heard, at: int) -> str:
    """The nouns that stand right behind a word, up to a preposition, a place or a time."""
    sentence = heard.sentence
    elsewhere = covered(heard.places, sentence.dates, heard.asked, heard.forms, heard.follow_ups)
    last = at
    while last < len(sentence.tokens) and sentence.parts[last] == "noun" and last not in elsewhere:
        last += 1
    return sentence.phrase(at, last) if last > at and not _is_event(heard, at) else ""


def _doer(heard: Heard, asked: Asked | None, topic: Topics, whom: str) -> str:
    marked = _behind_marker(heard, "who")
    if marked:
        return marked
    word = topic.word
    counted = asked is not None and asked.role == "how_many" and asked.last > asked.first
    if word is not None and word.row.use == "verb" and counted:
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
    if not any(part == "noun" for part in heard.sentence.parts[first:last]) or _is_event(heard, first):
        return ""
    if means_in(text) or any(first <= place.first < last for place in heard.places):
        overlap = [p for p in heard.sentence.parties if first <= p.first and p.last <= last]
        return heard.sentence.phrase(overlap[0].first, overlap[-1].last) if overlap else ""
    return text


def _is_event(heard: Heard, at: int) -> bool:
    """Whether a phrase names an occasion, or stands behind a preposition: "the wounded of the protests"."""
    bare = {rest.removeprefix("ال") for _, rest in openings(heard.norms[at])}
    readings = heard.sentence.analyses[at]
    governed = bool(readings) and readings[0].known and bool(readings[0].preposition)
    return governed or bool(bare & listed_nouns()) or heard.norms[at] in word_set("comparative")


def _behind_marker(heard: Heard, role: str) -> str:
    formed = covered(heard.forms)
    for found in heard.markers:
        if found.row.role == role and not heard.asks(found.last) and found.last not in formed:
            first, last = noun_behind(heard, found.last)
            if first < last:
                return heard.sentence.phrase(first, last)
    return ""


def _by_roles(heard: Heard, asked: Asked | None, topic: Topics) -> tuple[str, str]:
    """Subject and object of the topic's verb, by the grammar that also reads articles; the one asked for is neither."""
    hit = next((h for h in heard.hits if h.trigger.kind == topic.kind), None)
    if hit is None:
        return _people(heard, asked)
    behind = _phrase_behind(heard, hit.last)
    roles = find_roles(heard.sentence, hit)
    subject = _first(heard, roles, _SUBJECTS)
    if asked is not None and asked.first < asked.last <= hit.first:
        # "Which court issued the verdict": the subject is what is asked for, and the verdict what it issued.
        subject = "" if asked.role == "which" and not subject else subject
        return "", subject or _first(heard, roles, _OBJECTS)
    object_ = _first(heard, roles, _OBJECTS - ({"participants"} if subject else set()))
    role = asked.role if asked else "what"
    if role == "who" and hit.trigger.part == "verb":
        # "Who met the president": whoever stands behind the verb is not the one asked for.
        return "", subject or object_ or behind
    if role == "whom":
        return subject or object_ or behind, ""
    return (subject, object_) if subject or object_ else _people(heard, asked)


def _statement(heard: Heard, asked: Asked | None, topic: Topics) -> tuple[str, str]:
    """Who speaks and about what: "what did X say about Y", "X's view of Y", "X said what about Y"."""
    about = _behind_marker(heard, "about")
    if asked is None or asked.role not in ("who", "says_who"):
        return _speaker(heard, topic), about
    return "", about


def _speaker(heard: Heard, topic: Topics) -> str:
    """The phrase behind the word of saying, up to what is spoken about; for a verb, failing that, the one before it."""
    sentence = heard.sentence
    if topic.word is None:
        return ""
    end = min((found.first for found in heard.markers if found.row.role == "about"), default=len(sentence.tokens))
    at = topic.word.last
    while at < end and (heard.asks(at) or sentence.parts[at] in ("mark", "pronoun")):
        at += 1
    first, last = noun_behind(heard, at) if at < end else (at, at)
    if first < last:
        return sentence.phrase(first, min(last, end))
    before = [c for c in sentence.chunks if c.last <= topic.word.first and not c.preposition]
    named = [c for c in before if not any(heard.asks(k) for k in range(c.first, c.last))]
    return chunk_text(sentence, named[-1]) if named else ""


def _people(heard: Heard, asked: Asked | None) -> tuple[str, str]:
    """The persons of the question in their order, where the grammar found nobody; those asked of are not named."""
    span = range(asked.first, asked.last) if asked else range(0)
    names = [
        heard.sentence.phrase(person.first, person.last)
        for person in heard.sentence.people
        if not any(heard.asks(k) for k in range(person.first, person.last))
        and not in_source(heard, person.first)
        and person.first not in span
    ]
    first, second = (*names, "", "")[:2]
    return ("", first) if asked is not None and asked.role == "who" and not second else (first, second)


def _first(heard: Heard, roles: Roles, names: frozenset[str]) -> str:
    """The first phrase that fills one of the roles: neither what asks nor a place or time, which do nothing."""
    sentence = heard.sentence
    elsewhere = covered(heard.places, sentence.dates)
    for name, chunks in roles.items():
        said = [
            chunk
            for chunk in chunks
            if name in names
            and chunk.first not in elsewhere
            and sentence.tokens[chunk.first].norm not in word_set("comparative")
            and not any(heard.asks(k) for k in range(chunk.first, chunk.last))
        ]
        if said:
            return _until_place(heard, said[0])
    return ""


def _until_place(heard: Heard, chunk: Chunk) -> str:
    """The words of a phrase before a preposition inside it: "the envoy in Sanaa" is the envoy."""
    stops = [k for k in range(chunk.first + 1, chunk.last) if heard.sentence.parts[k] == "preposition"]
    return chunk_text(heard.sentence, chunk._replace(last=min(stops, default=chunk.last)))
