"""The places, persons, parties and strange names that a question speaks of, apart from those of its source."""

from __future__ import annotations

from retrieval.arabic import places
from retrieval.arabic.atlas import nationality
from retrieval.arabic.ordinary import is_ordinary
from retrieval.arabic.phrases import openings, words
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tokens import covered
from retrieval.asking.grammar import noun_behind
from retrieval.asking.hearing import Heard
from retrieval.asking.vocabulary import dialect, outlet_nouns


def find_places(heard: Heard) -> tuple[str, ...]:
    """The places that the question names, the most specific first: those that no other one holds."""
    mentions = [m for m in heard.places if not _of_source(heard, m)]
    names = [mention.name for mention in mentions]
    holders = {places.key(c) for m in mentions for c in m.containers}
    inner = [name for name in names if places.key(name) not in holders]
    return tuple(dict.fromkeys([*inner, *names]))


def find_names(heard: Heard) -> tuple[str, ...]:
    """The names that whatever answers must speak of: places, persons, parties and countries, not those of a source."""
    sentence = heard.sentence
    found = [_core(mention) for mention in heard.places if not in_source(heard, mention.first)]
    found += [person.name for person in sentence.people if person.name and not in_source(heard, person.first)]
    found += [party.name for party in sentence.parties if party.key and not in_source(heard, party.first)]
    found += [
        token.text
        for k, token in enumerate(sentence.tokens)
        if nationality(token.norm) and not in_source(heard, k) and not _in_name(heard, k)
    ]
    found += _unknown_names(heard)
    return tuple(dict.fromkeys(found))


def _core(place: PlaceMention) -> str:
    """The part of a place's name that a text must hold; a core that joins its words stands in no text."""
    return place.core if set(words(place.core)) & set(words(place.name)) else place.name


def _unknown_names(heard: Heard) -> list[str]:
    """Names that no table knows: unknown words with an article, behind a preposition or a noun."""
    sentence = heard.sentence
    taken = covered(heard.topics, heard.places, sentence.people, sentence.parties, sentence.dates)
    found = []
    for k, token in enumerate(sentence.tokens):
        if k == 0 or k in taken or token.kind != "word" or sentence.parts[k] != "noun" or in_source(heard, k):
            continue
        readings = sentence.analyses[k]
        # "For the feast" has swallowed the alef of its article: the shortest reading is the word with one article.
        bare = min((rest for _, rest in openings(token.norm) if rest.startswith("ال")), key=len, default="")
        unknown = bool(bare) and not any(reading.known for reading in readings) and not is_ordinary(bare)
        if unknown and sentence.parts[k - 1] in ("noun", "preposition") and bare not in dialect():
            found.append(bare)
    return found


def names_outlet(heard: Heard, at: int) -> bool:
    """Whether the word names an outlet: the newspaper Today, the newspaper Riyadh."""
    return at > 0 and any(rest in outlet_nouns() for _, rest in openings(heard.norms[at - 1]))


def _of_source(heard: Heard, place: PlaceMention) -> bool:
    """Whether a place tells where a source sits, or names an outlet."""
    at = place.first
    return in_source(heard, at) or in_source(heard, at - 2) or names_outlet(heard, at)


def in_source(heard: Heard, at: int) -> bool:
    """Whether a word belongs to the source that the question names: "according to the newspaper Today"."""
    formed = covered(heard.forms)
    for found in heard.markers:
        if found.row.role == "source" and found.last not in formed:
            first, last = noun_behind(heard, found.last)
            last = next((place.last for place in heard.places if place.first == last), last)
            if first <= at < last:
                return True
    return False


def _in_name(heard: Heard, at: int) -> bool:
    people = any(person.name_first <= at < person.name_last for person in heard.sentence.people)
    return people or any(party.first <= at < party.last for party in heard.sentence.parties)
