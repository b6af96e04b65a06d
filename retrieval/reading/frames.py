"""The one mechanism under all kinds of facts: a trigger with its roles, status, place, date and speaker.

How a kind of fact is added: list its words in triggers.csv under the kind's name, with the roles that their subject,
object and prepositions fill; then write one module named after the kind with a function
`find_<kind>s(document: Document) -> Iterator[Fact]` that walks over `find_frames(document, kind)`, says what a frame
must have to be a fact, and builds the fact from `frame.common()` and its own fields; and name that function in
`retrieval.reading`. Nothing about place, date, speaker, negation or clause structure is written per kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from retrieval.arabic.morphology import Analysis
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import Row, load
from retrieval.reading.acting import carried_out, may_act, split_roles
from retrieval.reading.dating import Dated, date_at
from retrieval.reading.modality import status_at
from retrieval.reading.phrasing import balanced
from retrieval.reading.placing import Placed, place_at
from retrieval.reading.roles import Roles, chunk_text, find_roles
from retrieval.reading.sentences import Chunk, Clause, Document, Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import Citation, FactKind, Status

# How many words may stand between who announces an act and its noun.
_BESIDE = 2


class StandingRow(Row):
    """One row of standing_words.csv or aim_verbs.csv: a word behind which the noun of an act names no event."""

    word: str


class Frame(NamedTuple):
    """One trigger found in a sentence, with the noun phrases that fill its roles."""

    document: Document
    sentence: Sentence
    hit: Hit
    roles: Roles

    @property
    def value(self) -> str:
        """What the trigger says within its kind (a harm, a form, an action)."""
        return self.hit.trigger.value

    @property
    def clause(self) -> Clause:
        """The clause in which the trigger stands."""
        return self.sentence.clauses[self.sentence.clause_at(self.hit.first)]

    @property
    def status(self) -> Status:
        """Whether it is stated, denied, planned, hypothetical or recalled."""
        return status_at(self.sentence, self.hit.first, self.document.day)

    @property
    def source(self) -> str:
        """Who says so, as written; '' when the outlet itself does."""
        return self.clause.speaker.text if self.clause.speaker else ""

    @property
    def held(self) -> bool:
        """Whether a noun names an aim or a state and no event: "to retake the town", "under the control of"."""
        hit = self.hit
        if hit.trigger.part != "noun" or carried_out(self.sentence, hit):
            return False
        if hit.reading is not None and hit.reading.preposition == "ل":
            return True
        if not hit.first:
            return False
        aims = any(normalise(a.lemma) in _aim_verbs() for a in self._verb_before())
        before = self.sentence.tokens[hit.first - 1].norm
        return before in _standing_words() or (aims and self.sentence.parts[hit.first - 1] == "preposition")

    def _verb_before(self) -> tuple[Analysis, ...]:
        """The readings of the nearest verb of the clause before a noun."""
        verbs = (i for i in range(self.hit.first - 1, self.clause.first - 1, -1) if self.sentence.parts[i] == "verb")
        return next((self.sentence.analyses[i] for i in verbs), ())

    @property
    def present(self) -> bool:
        """Whether a verb stands in the present, of what is or goes on."""
        reading = self.hit.reading
        return reading is not None and reading.aspect == "i" and not reading.preposition

    def role(self, name: str) -> tuple[str, ...]:
        """The phrases that fill a role, as written, without the clitics of preposition and conjunction."""
        return tuple(chunk_text(self.sentence, chunk) for chunk in self.roles.get(name, ()))

    def place(self) -> Placed:
        """The most specific place and what contains it."""
        return place_at(self.document, self.sentence, self.hit.first, self.hit.last)

    def date(self) -> Dated:
        """The days on which it happened."""
        return date_at(self.document, self.sentence, self.hit.first, self.hit.last)

    def citation(self, first: int | None = None, last: int | None = None) -> Citation:
        """The citation of tokens `first` to `last` (exclusive); by default trigger and roles together."""
        spans = [(self.hit.first, self.hit.last), *((c.first, c.last) for cs in self.roles.values() for c in cs)]
        start = min(s for s, _ in spans) if first is None else first
        end = max(e for _, e in spans) if last is None else last
        tokens = self.sentence.tokens
        start, end = balanced(self.sentence, start, end)
        return Citation.of(self.document.article, tokens[start].start, tokens[end - 1].end, self.sentence.field)

    def common(self) -> dict[str, Any]:
        """The fields that every kind of fact has, apart from its citation."""
        return common_at(self.document, self.sentence, self.hit.first, self.hit.last)


class Common(NamedTuple):
    """The fields that every kind of fact has but its citation, and whether the sentence itself names place and date."""

    fields: dict[str, Any]
    own_place: bool
    own_date: bool


def common_at(document: Document, sentence: Sentence, first: int, last: int) -> dict[str, Any]:
    """The fields that every kind of fact has but its citation, for what tokens `first` to `last` (exclusive) tell."""
    return settle(document, sentence, first, last).fields


def settle(document: Document, sentence: Sentence, first: int, last: int) -> Common:
    """The same, with what of it the sentence itself names."""
    place = place_at(document, sentence, first, last)
    date = date_at(document, sentence, first, last)
    speaker = sentence.clauses[sentence.clause_at(first)].speaker
    fields = {
        "status": status_at(sentence, first, document.day),
        "place": place.name,
        "places": place.names,
        "date_start": date.start,
        "date_end": date.end,
        "date_precision": date.precision,
        "source": speaker.text if speaker else "",
    }
    return Common(fields, place.own, date.own)


def find_frames(document: Document, kind: FactKind) -> Iterator[Frame]:
    """Every trigger of a kind in the article with its roles, in the order of the text, title first.

    It does not judge whether the frame is a fact: a frame may lack roles, be denied or planned.
    """
    for sentence in document.sentences:
        for hit in sentence.hits:
            if hit.trigger.kind == kind and _whole(sentence, hit):
                yield Frame(document, sentence, hit, _roles(sentence, hit))


@cache
def _standing_words() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("standing_words", StandingRow))


@cache
def _aim_verbs() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("aim_verbs", StandingRow))


def _whole(sentence: Sentence, hit: Hit) -> bool:
    """Whether a parted phrase stands within one clause."""
    return hit.tail < 0 or sentence.clause_at(hit.tail) == sentence.clause_at(hit.first)


def _roles(sentence: Sentence, hit: Hit) -> Roles:
    """The roles by grammar, subject and object settled by who can act where the trigger has both."""
    roles = dict(find_roles(sentence, hit))
    trigger = hit.trigger
    if trigger.object or trigger.part == "noun" or hit.tail >= 0:
        actor, object_ = split_roles(sentence, hit)
        for name, chunks in ((trigger.subject, actor), (trigger.object, object_)):
            if name and chunks and not (hit.tail >= 0 and name != "actor"):
                roles[name] = chunks
            elif name and hit.tail < 0 and roles.get(name, ())[:1] and not roles[name][0].preposition:
                del roles[name]
        if trigger.part == "noun" and trigger.subject and not roles.get(trigger.subject):
            announced = _announcer(sentence, hit)
            if announced:
                roles[trigger.subject] = (announced,)
    return roles


def _announcer(sentence: Sentence, hit: Hit) -> Chunk | None:
    """Who announces an act in the words "the army announced the destruction of": it is his own."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    speaker = clause.speaker
    if clause.said < 0 or speaker is None or speaker.number != sentence.number or speaker.last > hit.first:
        return None
    if hit.first - speaker.last > _BESIDE or any(
        sentence.parts[i] == "complement" for i in range(speaker.last, hit.first)
    ):
        return None
    chunk = sentence.chunk_at(speaker.first)
    return chunk if chunk is not None and chunk.first == speaker.first and may_act(sentence, chunk) else None
