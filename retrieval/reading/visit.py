"""Read visits: who goes, arrives or is expected where, on whose invitation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import same
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent, cut_at, split_constituents
from retrieval.reading.destinations import destination_text, destinations
from retrieval.reading.frames import common_at
from retrieval.reading.journeys import merge_visits
from retrieval.reading.referring import Actor, Cast, actor_of, cast_of
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.standing import is_later, status_of
from retrieval.reading.triggers import Hit
from retrieval.reading.trip_nouns import noun_trip
from retrieval.reading.trips import Trip, verb_trip
from retrieval.types import Citation, Visit


def find_visits(document: Document) -> tuple[Visit, ...]:
    """The visits that the article states, each once, in the order of the text (title last).

    A visit needs somebody named or titled, or a delegation, and where they go; leaving a place is none.
    """
    cast = cast_of(document)
    found = [fact for s in document.body for fact in _in_sentence(cast, s)]
    headline = (fact for s in document.title for fact in _in_sentence(cast, s))
    return merge_visits([*found, *(fact for fact in headline if not _retold(fact, found))])


def _retold(fact: Visit, found: Sequence[Visit]) -> bool:
    """Whether a title tells a visit of the body in fewer words: of the same visitor, or to the same place."""
    return any(same(fact.visitor, other.visitor) or fact.place == other.place != "" for other in found)


def _in_sentence(cast: Cast, sentence: Sentence) -> Iterator[Visit]:
    told: set[str] = set()
    for hit in sentence.hits:
        if hit.trigger.kind != "visit":
            continue
        verbal = hit.trigger.part == "verb" or _predicate(split_constituents(sentence), hit)
        trip = verb_trip(cast, sentence, hit) if verbal else noun_trip(cast, sentence, hit)
        names = {visitor.name for visitor in trip.visitors} if trip else set()
        if trip and not (names <= told and _purpose(hit)):
            told |= names
            yield from _facts(cast, sentence, hit, trip)


def _predicate(row: Sequence[Constituent], hit: Hit) -> bool:
    """Whether what is spelled like the noun is the verb of the actor right before it: "أن الوفد توجه إلى"."""
    if hit.trigger.value != "toward" or not hit.reading or hit.reading.definite or hit.reading.preposition:
        return False
    before = [c for c in row if c.last <= hit.first]
    return bool(before) and before[-1].acts and before[-1].last == hit.first and not hit.reading.conjunction


def _purpose(hit: Hit) -> bool:
    """Whether the noun only says what a journey is for: "وصل إلى X لتفقد Y"."""
    return hit.trigger.part == "noun" and hit.reading is not None and hit.reading.preposition == "ل"


def _facts(cast: Cast, sentence: Sentence, hit: Hit, trip: Trip) -> Iterator[Visit]:
    """One visit for each visitor."""
    spans = [(hit.first, hit.last), *((c.first, c.last) for c in trip.parts)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    tokens = sentence.tokens
    citation = Citation.of(cast.document.article, tokens[first].start, tokens[last - 1].end, sentence.field)
    common = common_at(cast.document, sentence, hit.first, hit.last)
    common["status"] = status_of(sentence, hit, common["status"], later=is_later(cast.document, common["date_start"]))
    row = cut_at(sentence, split_constituents(sentence), hit.first, hit.last)
    host = _host(cast, sentence, row, hit)
    for destination in destinations(row, trip.destination):
        where = destination.place
        if where:
            common["place"], common["places"] = where.name, (where.name, *where.containers)
        for visitor in _guests(trip):
            yield Visit(
                **common,
                visitor=visitor.name,
                visitor_title=visitor.title if visitor.title != visitor.name else "",
                destination=destination_text(sentence, row, destination),
                host=host,
                citation=citation,
            )


def _guests(trip: Trip) -> list[Actor]:
    """The visitors without the delegation that only goes along with one of them: "الوزير والوفد المرافق"."""
    leading = [v for v in trip.visitors if normalise(v.name.split()[-1]) not in word_set("accompanying")]
    return leading or list(trip.visitors)


def _host(cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> str:
    """Who invited the visitor, or received him there, where the sentence says so."""
    for n, c in enumerate(row):
        lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first]} if c.sort == "noun" else set()
        following = row[n + 1] if n + 1 < len(row) else None
        if lemmas & word_set("invitation") and following and following.acts and following.preposition in word_set("of"):
            host: Constituent | None = following
        elif c.first > hit.first and c.preposition in word_set("in") and lemmas & word_set("reception"):
            host = next((k for k in row[n + 1 :] if k.acts and not k.preposition), None)
        else:
            continue
        actor = actor_of(cast, sentence, host) if host else None
        return actor.name if actor else ""
    return ""
