"""Weigh whether a word that may mean harm means it: a death and no obituary, an arrest and no ban from play."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.causes import is_accident, is_violent
from retrieval.reading.counting import Group, is_illness
from retrieval.reading.person_words import toll_words
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.reading.undergoing import Trigger, Victims

_JOINT = frozenset({"killed", "wounded"})
# Fewer who flee are fugitives and not displaced.
_CROWD = 20


def proven(sentence: Sentence, trigger: Trigger, victims: Victims) -> tuple[Group, ...]:
    """The victims, unless the words mean something else.

    An unsure trigger needs counted people or, in the past, something named that harms; who is ill is not wounded, and
    a player's injury is sport unless violence is told.
    """
    hit = trigger.hit
    if _is_excused(sentence, trigger):
        return ()
    groups = tuple(group for group in victims.groups if _is_harmed(sentence, trigger, group))
    if hit.trigger.sure or hit.passive:
        return groups
    beside = any(h.trigger.kind == "casualty" and h.trigger.sure for h in sentence.hits)
    if any(g.stated and not g.named and (beside or g.whom[0] < g.whom[1]) for g in groups):
        return groups
    past = hit.reading is None or hit.reading.aspect != "i"
    return groups if past and _is_told(sentence, trigger, groups) else ()


def _is_told(sentence: Sentence, trigger: Trigger, groups: Sequence[Group]) -> bool:
    """Whether an unsure trigger with uncounted people is news: violence is told, somebody dies or is seized."""
    hit = trigger.hit
    if hit.trigger.words[0] in word_set("dying") and _is_mourned(sentence):
        return False
    hurt = any(a.sense == "wound" for k, r in enumerate(sentence.analyses) if k != hit.first for a in r[:1])
    if trigger.harm in _JOINT and (hurt or is_violent(sentence)):
        return True
    if trigger.harm == "captured":
        return any(g.person is not None or g.named for g in groups)
    escaped = trigger.harm == "rescued" and hit.trigger.part == "verb" and hit.trigger.subject == "victims"
    return is_accident(sentence) if escaped else trigger.harm == "killed" and _dies(hit, groups)


def _is_excused(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a trigger tells of no harm done: a sentence of death, a ban from play or from office."""
    hit = trigger.hit
    if hit.trigger.part == "noun" and hit.trigger.words[0] in word_set("execution") and _sentences(sentence, hit):
        return True
    return trigger.harm == "captured" and not hit.trigger.sure and _is_barred(sentence)


def _is_harmed(sentence: Sentence, trigger: Trigger, group: Group) -> bool:
    """Whether people are harmed and not ill, at play, on the run or told of by another harm."""
    if trigger.hit.trigger.words[0] in word_set("fleeing"):
        return (group.tally.min or group.tally.max or 0) >= _CROWD
    if trigger.harm == "wounded":
        return not is_illness(sentence, group) and not plays(sentence, group)
    return trigger.harm != "displaced" or group.harm in ("", "displaced")


def _sentences(sentence: Sentence, hit: Hit) -> bool:
    """Whether a court sentences to the execution that a noun names, which is not carried out yet."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    return any(
        normalise(a.lemma) in word_set("sentencing")
        for i in range(clause.first, hit.first)
        for a in sentence.analyses[i][:1]
    )


def _is_barred(sentence: Sentence) -> bool:
    """Whether the sentence speaks of games or of office, from which one is barred and not arrested."""
    norms = sentence.norms
    return any(toll_words("barred").match(norms, i) for i in range(len(norms)))


def _is_mourned(sentence: Sentence) -> bool:
    """Whether the sentence mourns or names an illness, so that it tells of a death in bed."""
    norms = sentence.norms
    return any(
        toll_words("illness").match(norms, i) or toll_words("mourned").match(norms, i) for i in range(len(norms))
    )


def _dies(hit: Hit, groups: Sequence[Group]) -> bool:
    """Whether a word of dying tells the news of a death.

    A noun with a lone definite person (وفاة الزوج) speaks of death in general.
    """
    if hit.trigger.words[0] not in word_set("dying"):
        return False
    return hit.trigger.part == "verb" or any(g.named or g.stated or not g.definite for g in groups)


def plays(sentence: Sentence, group: Group) -> bool:
    """Whether people are players, of whose injuries no violence is told."""
    norms = sentence.norms
    sport = any(toll_words("sport").match(norms, i) for i in range(*group.whom))
    return sport and not is_violent(sentence)
