"""Find the fighters whom their side lost: the object of losing, the subject of falling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.counting import Group
from retrieval.reading.listing import groups_before, join_list
from retrieval.reading.roles import subject_before, subject_behind
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.reading.undergoing import limit_of, number_of, object_behind, victim_behind

_FIGHTING = frozenset({"militant", "security"})


def find_losses(
    sentence: Sentence, hits: Sequence[Hit], stops: frozenset[int]
) -> Iterator[tuple[Hit, tuple[Group, ...]]]:
    """Yield the verbs of losing and falling with the counted fighters of whom they speak as dead.

    A family that loses its children mourns them. Forces that lose six of their soldiers mourn them, where persons who
    are lost are missing; seven fighters who fell are dead, where others may have fallen off a roof.
    """
    for hit in hits:
        told: Iterator[Group] | tuple[Group, ...] = ()
        if hit.trigger.value in ("lost", "missing") and hit.trigger.part == "verb" and not hit.passive:
            told = _lost(sentence, hit, stops)
        elif hit.trigger.value == "fallen":
            told = _fallen(sentence, hit, stops)
        counted = (group for group in told if group.stated and not group.harm)
        groups = tuple(g for g in counted if _fights(sentence, g) or _is_kin(sentence, hit, g))
        if groups:
            yield hit, groups


def _lost(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> tuple[Group, ...]:
    limit = limit_of(sentence, hit.last, stops)
    behind = object_behind(sentence, hit.last, limit, stops)
    if behind is not None:
        return join_list(sentence, behind[1], stops)
    group = victim_behind(sentence, hit.last, limit) if hit.trigger.value == "lost" else None
    return join_list(sentence, group, stops) if group else ()


def _fallen(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> tuple[Group, ...]:
    if number_of(hit) != "s":
        return groups_before(sentence, hit, stops)
    group = victim_behind(sentence, hit.last, limit_of(sentence, hit.last, stops))
    return join_list(sentence, group, stops) if group else groups_before(sentence, hit, stops)


def _is_kin(sentence: Sentence, hit: Hit, group: Group) -> bool:
    """Whether a family or a parent lost children or others of its own."""
    if hit.trigger.value == "fallen" or group.whom[0] == group.whom[1]:
        return False
    own = any(a.pronoun and a.pos == "noun" for a in sentence.analyses[group.whom[0]][:1])
    subject = next(iter(subject_behind(sentence, hit) or subject_before(sentence, hit.first)), None)
    return own and subject is not None and any(
        normalise(a.lemma) in word_set("family") for a in sentence.analyses[subject.first][:1]
    )  # fmt: skip


def _fights(sentence: Sentence, group: Group) -> bool:
    parties = [p.victim_class for p in sentence.parties if p.first < group.whom[1] and group.whom[0] < p.last]
    row = group.person.victim_class if group.person else ""
    return row in _FIGHTING or any(c in _FIGHTING for c in parties)
