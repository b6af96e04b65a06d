"""Find whom a pronoun or a left-out subject means where a word of harm has no noun for its victims: تم اعتقالهما."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.reading.counting import Group, group_at
from retrieval.reading.person_phrases import person_at
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import Harm

# How far behind a word that governs its victims by a preposition the pronoun may stand: "was kept in custody ... him".
_REACH = 3
_ONE = frozenset({"ه", "ها"})
_MANY = frozenset({"هم", "هن"})
_HURT = frozenset({"killed", "wounded", "killed_or_wounded"})


class Meant(NamedTuple):
    """The group that a pronoun means and the sentence that names it."""

    sentence: Sentence
    group: Group


class Scene(NamedTuple):
    """A sentence and the groups that it tells some harm of, as far as they are found."""

    sentence: Sentence
    harmed: Sequence[tuple[Harm, Group]]


def pronoun_of(sentence: Sentence, hit: Hit) -> str:
    """The pronoun that stands for the victims of a trigger, on its own word or on its preposition; '' without one."""
    trigger, reading = hit.trigger, hit.reading
    if "victims" in trigger.after.values():
        for i in range(hit.last, min(hit.last + _REACH, len(sentence.tokens))):
            for a in sentence.analyses[i][:1]:
                if a.pronoun and trigger.after.get(normalise(a.lemma)) == "victims":
                    return a.pronoun
        return ""
    if len(trigger.words) > 1:
        # "took his life", "laid hands on them"; in "met their death" the pronoun only agrees with the subject.
        on_last = [a.pronoun for a in sentence.analyses[hit.last - 1] if a.pronoun] if hit.tail < 0 else []
        return on_last[0] if on_last and trigger.object == "victims" and trigger.words[0] != "راح" else ""
    return reading.pronoun if reading is not None and trigger.object == "victims" else ""


def subject_pronoun(hit: Hit) -> str:
    """The pronoun that agrees with a verb whose subject is left out: ثم فارقت الحياة speaks of "her"."""
    reading = hit.reading
    if reading is None or hit.trigger.part != "verb" or hit.trigger.object or reading.pronoun:
        return ""
    if reading.number != "s":
        return "هما" if reading.number == "d" else "هم"
    return "ها" if reading.gender == "f" else "ه"


def meant_by(pronoun: str, harm: Harm, hit: Hit, scenes: Sequence[Scene]) -> Meant | None:
    """The group that a pronoun at a trigger of harm means, the nearest that agrees; `scenes` begin with its own.

    Whoever is seized did not just die: of captivity and rescue the killed and wounded are not spoken. Of death rather
    those who were hurt before.
    """
    found = [
        (scene, group)
        for n, scene in enumerate(scenes)
        for group in _named_before(scene.sentence, hit.first if n == 0 else len(scene.sentence.tokens))
        if _agrees(scene.sentence, group, pronoun)
    ]
    hurt = [(s, g) for s, g in found if any(h in _HURT and _meets(g, other) for h, other in s.harmed)]
    found = (hurt or found) if harm in _HURT else [pair for pair in found if pair not in hurt]
    for scene, group in found:
        # Hostages whom somebody held are told of as freed.
        told = {harm, "rescued"} if harm == "captured" else {harm}
        if scene is scenes[0] and any(h in told and _meets(group, other) for h, other in scene.harmed):
            return None
        return Meant(scene.sentence, group)
    return None


def _meets(one: Group, two: Group) -> bool:
    return one.first < two.last and two.first < one.last


def _named_before(sentence: Sentence, end: int) -> Iterator[Group]:
    """The groups of people that stand before token `end`, the nearest first; those who only speak are left out."""
    speakers = [c.speaker for c in sentence.clauses if c.speaker and c.speaker.number == sentence.number]
    starts = {c.first for c in sentence.chunks} | {q.first for q in sentence.quantities}
    for i in sorted((i for i in starts if i < end), reverse=True):
        if any(speaker.first <= i < speaker.last for speaker in speakers):
            continue
        group = group_at(sentence, i)
        if group is None or group.last > end or not (group.named or group.person is not None):
            continue
        if not group.others and not (group.harm and group.person is not None and group.person.alone == "no"):
            yield group


def _agrees(sentence: Sentence, group: Group, pronoun: str) -> bool:
    low, high = group.tally.min, group.tally.max
    if pronoun in _ONE:
        return (low, high) == (1, 1) and _gender(sentence, group) in ("", "f" if pronoun == "ها" else "m")
    if pronoun == "هما":
        return (low, high) == (2, 2)
    return pronoun in _MANY and (low or high or 0) > 1


def _gender(sentence: Sentence, group: Group) -> str:
    """m, f or, for a name without a noun before it, ''."""
    one_of = next((q for q in sentence.quantities if q.first == group.first and q.kind == "one_of"), None)
    if one_of is not None:
        return "f" if sentence.tokens[one_of.first].norm.endswith("ي") else "m"
    found = person_at(sentence, group.whom[0]) if group.whom[0] < group.whom[1] else None
    if found is None or found[1] is None:
        return ""
    return found[1].gender
