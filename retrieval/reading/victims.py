"""Say who the victims are: the words for them, and whether they are civilians, militants or of the security forces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.parties import PartyMention
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.causes import (
    is_accident,
    is_crime,
    is_fought,
    is_violent,
    names_accident,
    names_incident,
)
from retrieval.reading.counting import Group
from retrieval.reading.groups import read_people
from retrieval.reading.harming import Harming
from retrieval.reading.person_phrases import person_at
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import VictimClass

# How near the next count must stand for a bare number to leave its noun to it: استشهاد (15) وإصابة (33) من رجال الأمن.
_NEAR = 5
_FAR = 30
# "Ranks" and whose they are.
_RANKED = 2
# Harms that befall civilians unless the text says otherwise.
_HURT = frozenset({"killed", "wounded"})
_DRIVEN = frozenset({"displaced", "rescued", "missing"})
_FORCES = frozenset({"security", "militant"})
_OF = frozenset({"من"})
_THEM = frozenset({"هم", "هن"})


class VictimWord(Row):
    """One row of victim_words.csv: a word whose people, members or men are of that class."""

    word: str
    victim_class: VictimClass


class Victims(NamedTuple):
    """The victims in the text's own words, '' when it leaves them unsaid, and their class."""

    text: str
    victim_class: VictimClass


def victims_of(
    sentence: Sentence, harms: Sequence[Harming], n: int, actor: str, around: Sequence[Sentence] = ()
) -> Victims:
    """Who the n-th of the harms of a sentence befell; `actor` is what did it, by which an accident is told.

    `around` are the sentences right before it and the title, for what happened where this one says only "the incident".
    A noun with a pronoun (أحد أفرادها) belongs to the body named before it, an unnamed group (آخرون, a bare number)
    to the group before it or, standing first, to the next. Who is told of no more is a civilian in an accident.
    """
    private = (
        _in_accident(sentence, actor, around)
        or harms[n].harm in _DRIVEN
        or _is_private(sentence, harms[n])
        or (harms[n].harm in _HURT and _is_anybody(sentence, harms[n].group) and _among_civilians(sentence, around))
    )
    fallback: VictimClass = "civilian" if private else "unknown"
    group = _naming(sentence, harms, n)
    meant = harms[n].meant
    if meant is not None and not (meant.sentence is sentence and meant.group.others):
        sentence, group = meant.sentence, meant.group
    if group is None:
        return Victims("", fallback)
    owner = _owner(sentence, group)
    classes = _classes(sentence, group)
    if owner is not None and not classes:
        return Victims(owner.name, owner.victim_class)
    kind = (classes[0] if len(set(classes)) == 1 else "mixed") if classes else fallback
    if kind == "unknown" and n and _is_possessed(sentence, group):
        # "his colleague" is of the same kind as he.
        kind = victims_of(sentence, harms, n - 1, actor, around).victim_class
    return Victims(_words(sentence, group), kind)


def _in_accident(sentence: Sentence, actor: str, around: Sequence[Sentence]) -> bool:
    """Whether an accident or a disaster did the harm, by its name or by what the sentences around tell of."""
    if actor and not names_incident(actor):
        return names_accident(actor)
    return is_accident(sentence) or (
        any(is_accident(other) for other in around) and not any(is_fought(other) for other in (sentence, *around))
    )


def _is_anybody(sentence: Sentence, group: Group) -> bool:
    """Whether the words for the victims say no more than that they are people."""
    return group.whom[0] == group.whom[1] or read_people(sentence.phrase(*group.whom)).anybody


def _among_civilians(sentence: Sentence, around: Sequence[Sentence]) -> bool:
    """Whether an attack befell a place where people gather, a mosque or a market, and no forces are named there."""
    clashes = any(a.sense == "clash" for readings in sentence.analyses for a in readings[:1])
    # A title leaves out whom else the report names.
    if sentence.field == "title" or clashes or any(party.victim_class in _FORCES for party in sentence.parties):
        return False
    told = (sentence, *around)
    places = (normalise(a.lemma) for s in told for readings in s.analyses for a in readings[:1])
    return any(is_violent(s) for s in told) and not word_set("gathering_place").isdisjoint(places)


def _is_private(sentence: Sentence, harming: Harming) -> bool:
    """Whether somebody died without violence or in a crime among neighbours, and in no fighting."""
    hit = harming.hit
    person = harming.group.person
    if harming.harm == "captured":
        # Whom the police stop is somebody until the words say more.
        plain = harming.group.named or (person is not None and not person.word and person.victim_class == "unknown")
        return plain and not is_fought(sentence)
    if harming.harm in _HURT and any(normalise(a.lemma) in word_set("home") for r in sentence.analyses for a in r[:1]):
        return True
    dies = hit is not None and hit.trigger.words[0] in word_set("dying") and not is_violent(sentence)
    return dies or is_crime(sentence)


def _naming(sentence: Sentence, harms: Sequence[Harming], n: int) -> Group | None:
    """The group that names the victims of the n-th harm."""
    group = _ranked(sentence, harms[n].group)
    referred = _referred(sentence, group)
    if referred is not None:
        return group._replace(whom=(referred.first, referred.last), person=None)
    bare = group.whom[0] == group.whom[1]
    silent = _is_silent(group)
    if not (bare or silent or group.others):
        return group
    following = _ranked(sentence, harms[n + 1].group) if n + 1 < len(harms) else None
    if silent:
        near = following is not None and not _is_silent(following) and following.first - group.last <= _NEAR
        return following if following is not None and near and following.person is None else group
    if bare and following is not None and _says_whom(harms[n + 1]) and following.first - group.last <= _NEAR:
        return following
    before: Iterator[Group] = (earlier.group for earlier in reversed(harms[:n]) if _says_whom(earlier))
    return next((earlier for earlier in before if group.first - earlier.last <= _FAR), None)


def _is_silent(group: Group) -> bool:
    """Whether the counted noun only repeats the harm: خمسة جرحى."""
    return bool(group.harm) and group.whom[1] - group.whom[0] == 1 and not group.named


def _ranked(sentence: Sentence, group: Group) -> Group:
    """The group with those in whose ranks it counts its dead: خمسة جرحى في صفوف الشرطة."""
    chunk = next((c for c in sentence.chunks if c.first >= group.last), None)
    if not _is_silent(group) or chunk is None or chunk.first > group.last + 1 or chunk.preposition != "في":
        return group
    if sentence.tokens[chunk.first].norm not in word_set("ranks") or chunk.last - chunk.first < _RANKED:
        return group
    return group._replace(whom=(chunk.first + 1, chunk.last), person=None)


def _referred(sentence: Sentence, group: Group) -> Chunk | None:
    """Those whom a pronoun behind the number means (12 منهم), or whom من right before the dead names."""
    if group.harm and group.whom[1] - group.whom[0] <= 1:
        beside = next((c for c in sentence.chunks if c.last == group.first), None)
        named = beside is not None and any(p.first == beside.first for p in sentence.parties)
        return beside if beside is not None and named and beside.preposition in _OF else None
    behind = sentence.analyses[group.last][:1] if group.last < len(sentence.tokens) else ()
    if group.whom[0] < group.whom[1] or not any(a.lemma in _OF and a.pronoun in _THEM for a in behind):
        return None
    before = [c for c in sentence.chunks if c.last <= group.first and _are_many(sentence, c)]
    return before[-1] if before else None


def _are_many(sentence: Sentence, chunk: Chunk) -> bool:
    found = person_at(sentence, chunk.first)
    return found is not None and found[1] is not None and found[1].number == "p"


def _says_whom(harming: Harming) -> bool:
    group = harming.group
    return group.whom[0] < group.whom[1] and not group.others and not harming.part


def _owner(sentence: Sentence, group: Group) -> PartyMention | None:
    """The body to which the people of a noun with a pronoun belong: the last one named before them."""
    if not _is_possessed(sentence, group):
        return None
    before = [p for p in sentence.parties if p.last <= group.first and p.victim_class != "unknown"]
    return before[-1] if before else None


def _is_possessed(sentence: Sentence, group: Group) -> bool:
    nouns = (a for a in sentence.analyses[group.whom[0]] if a.pos != "verb") if group.whom[0] < group.whom[1] else ()
    return any(a.pronoun for a in list(nouns)[:1])


def _classes(sentence: Sentence, group: Group) -> list[VictimClass]:
    """The classes that the words for the victims tell, the surest first: parties, the noun, the words behind it."""
    first, last = group.whom
    inside = (p for p in sentence.parties if p.first < last and first < p.last)
    # In "gunmen to the government forces" the second are not whom the first belong to.
    parties = [p.victim_class for p in inside if not any(a.preposition == "ل" for a in sentence.analyses[p.first][:1])]
    told: list[VictimClass] = [c for c in parties if c != "unknown"]
    if told:
        return told
    rows = [found[0].victim_class for i in range(first, last) if (found := person_at(sentence, i))]
    if rows and rows[0] != "unknown":
        return [c for c in rows if c != "unknown"] if group.named else rows[:1]
    return [*_by_words(sentence, first, last), *(c for c in rows if c != "unknown")][:1]


def _by_words(sentence: Sentence, first: int, last: int) -> Iterator[VictimClass]:
    for i in range(first, last):
        for reading in sentence.analyses[i][:1]:
            row = _victim_words().get(normalise(reading.lemma))
            if row:
                yield row


@cache
def _victim_words() -> dict[str, VictimClass]:
    return {normalise(row.word): row.victim_class for _, row in load("victim_words", VictimWord)}


def _words(sentence: Sentence, group: Group) -> str:
    """The victims as written; a noun that only repeats the harm (قتيلا، إصابة) says nothing of them."""
    first, last = group.whom
    name = _apposed(sentence, last)
    if name is not None and group.tally.max == 1 and not group.named:
        return name
    if group.harm == "killed" or (group.harm and group.person is not None and group.person.alone == "no"):
        of = next((i for i in range(first, last) if sentence.tokens[i].norm in _OF), None)
        first = of + 1 if of is not None else first + 1
    chunk = sentence.chunk_at(first)
    if chunk is None or chunk.first != first:
        return sentence.phrase(first, last)
    return chunk_text(sentence, Chunk(first, last))


def _apposed(sentence: Sentence, last: int) -> str | None:
    """The name set beside a person: أحد أفرادها / خالد مساوى."""
    if last >= len(sentence.tokens) or sentence.tokens[last].text not in {"/", ":", "-"}:
        return None
    return next((p.name for p in sentence.people if p.name and p.first == last + 1), None)
