"""Tie the groups of people in a sentence to the words of harm: who was killed, wounded, taken, driven out or saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from retrieval.reading.counting import Group, group_at
from retrieval.reading.listing import groups_before, join_list, list_parts
from retrieval.reading.losing import find_losses
from retrieval.reading.person_phrases import past_quotes, person_at
from retrieval.reading.pointing import Meant, Scene, meant_by, pronoun_of, subject_pronoun
from retrieval.reading.proving import plays, proven
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.reading.tolls import find_tolls
from retrieval.reading.triggers import Hit
from retrieval.reading.undergoing import Trigger, number_of, victims_at
from retrieval.types import Harm

_HARMS = frozenset({"killed", "wounded", "captured", "missing", "displaced", "rescued"})
_JOINT = frozenset({"killed", "wounded"})
# Harms of which an unsure noun with a pronoun tells enough: وفاته، إيقافهم، إنقاذهم.
_TOLD_OF = frozenset({"killed", "captured", "rescued"})


class Harming(NamedTuple):
    """A harm told of a group of people.

    `hit` is the trigger, None where the counted noun itself tells the harm. `first` and `last` (exclusive) span
    trigger and group. `part` is true for a part of a group told before ("among them two children"), `agent` the
    phrase of who did it when the verb is active. `meant` is whom a pronoun means, where the words name nobody.
    """

    harm: Harm
    group: Group
    hit: Hit | None
    first: int
    last: int
    part: bool = False
    agent: Chunk | None = None
    meant: Meant | None = None


def find_harms(sentence: Sentence, hits: Sequence[Hit], before: Sequence[Scene] = ()) -> list[Harming]:
    """The harms that a sentence tells of groups of people, in the order of the groups.

    `hits` are its triggers of casualties, `before` the sentences before it, the nearest first, for the pronouns that
    point back. A group belongs to one harm only: triggers come first, then nouns that tell the harm themselves (17
    قتيلا) and tolls (عدد القتلى إلى 36), then the parts of a group (بينهم طفلان).
    """
    found: list[Harming] = []
    taken: set[int] = set()
    stops = frozenset(hit.first for hit in hits if not _generic(sentence, hit))
    for hit, groups in find_losses(sentence, hits, stops):
        for group in groups:
            _take(found, taken, _harming(sentence, Trigger("killed", hit, hit.last), group, None))
    for trigger in _join(sentence, hits):
        for harming in _of_trigger(sentence, trigger, stops, found, before):
            _take(found, taken, harming)
            if person_at(sentence, trigger.hit.first):
                # "the bodies of two others" are two, and not also bodies.
                taken.add(trigger.hit.first)
    for harm, group, first in find_tolls(sentence, hits):
        _take(found, taken, Harming(harm, group, None, min(first, group.first), group.last))
    for parent, group in list_parts(sentence, [(h.first, h.last, h.group) for h in found], stops):
        told = found[parent]
        harm = group.harm or told.harm
        _take(found, taken, told._replace(harm=harm, group=group, first=group.first, last=group.last, part=True))
    return _once(sentence, sorted(found, key=lambda harming: harming.group.first))


def _of_trigger(
    sentence: Sentence,
    trigger: Trigger,
    stops: frozenset[int],
    found: Sequence[Harming],
    before: Sequence[Scene],
) -> list[Harming]:
    """The harms that one trigger tells; `found` are those already told of in the sentence."""
    victims = victims_at(sentence, trigger, stops)
    if any(q.last == trigger.hit.first for q in sentence.quantities) and not any(g.stated for g in victims.groups):
        # "16 bodies of migrants" are counted by their own number.
        return []
    if not victims.groups:
        told = [(h.harm, h.meant.group if h.meant else h.group) for h in found]
        pointed = _pointed(sentence, trigger, victims.agent, [Scene(sentence, told), *before])
        if pointed is None:
            return []
        more = join_list(sentence, pointed.group, stops)[1:]
        return [pointed, *(_harming(sentence, trigger, group, victims.agent) for group in more)]
    verb = trigger.hit.trigger.part == "verb"
    return [
        _harming(sentence, trigger, group, victims.agent, own=verb and n == 0)
        for n, group in enumerate(proven(sentence, trigger, victims))
    ]


def _pointed(sentence: Sentence, trigger: Trigger, agent: Chunk | None, scenes: Sequence[Scene]) -> Harming | None:
    """The harm of a trigger whose victims only a pronoun or its form shows."""
    hit = trigger.hit
    pronoun = pronoun_of(sentence, hit) or subject_pronoun(hit)
    if not pronoun:
        return None
    present = hit.trigger.part == "verb" and hit.reading is not None and hit.reading.aspect == "i"
    meant = meant_by(pronoun, trigger.harm, hit, scenes[:1] if present else scenes)
    if meant is None or not (_tells_of(trigger, hit) or (trigger.harm == "killed" and _fights(meant.group))):
        return None
    if trigger.harm in ("captured", "wounded") and plays(meant.sentence, meant.group):
        return None
    last = max(trigger.last, hit.tail + 1)
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    # "shot him dead" tells one death.
    again = [i for i in range(last, clause.last) if _is_dead(sentence, i)] if trigger.harm == "killed" else []
    last = max([last, *(i + 1 for i in again)])
    group = meant.group._replace(first=hit.first, last=last, whom=(last, last))
    return Harming(trigger.harm, group, hit, hit.first, last, agent=agent, meant=meant)


def _fights(group: Group) -> bool:
    return group.person is not None and group.person.victim_class == "militant"


def _tells_of(trigger: Trigger, hit: Hit) -> bool:
    """Whether a word of harm with nothing but a pronoun tells of an event: اعتقاله, but not إصاباتهم خطيرة."""
    reading = hit.reading
    if hit.trigger.part == "noun" and reading is not None:
        hurt = trigger.harm == "wounded" and reading.preposition == "ب"
        return reading.number == "s" and not hurt and (hit.trigger.sure or trigger.harm in _TOLD_OF)
    return hit.trigger.sure or trigger.harm == "captured"


def _is_dead(sentence: Sentence, i: int) -> bool:
    """Whether a lone indefinite "dead" stands at `i`: أرداه قتيلا."""
    found = person_at(sentence, i)
    if found is None or found[0].harm != "killed" or found[1] is None or any(q.last == i for q in sentence.quantities):
        return False
    return found[1].number == "s" and not found[1].definite and not found[1].conjunction and not found[1].preposition


def finder_of(sentence: Sentence, harming: Harming) -> Chunk | None:
    """Who found the dead whom a sentence counts as bodies: the subject of the verb of finding before them."""
    person = harming.group.person
    counted = harming.hit is None and person is not None and person.harm
    if not counted and not (harming.hit and person_at(sentence, harming.hit.first)):
        return None
    clause = sentence.clauses[sentence.clause_at(harming.first)]
    verb = clause.verb
    if not clause.first <= verb < harming.first or not any(a.sense == "rescue" for a in sentence.analyses[verb]):
        return None
    behind = next((c for c in sentence.chunks if c.first > verb and not c.preposition), None)
    return behind if behind is not None and behind.last <= harming.first else None


def _once(sentence: Sentence, found: Sequence[Harming]) -> list[Harming]:
    """The harms without those that say again whose the bodies just counted are: جثتان لرجلين قتلا."""
    kept: list[Harming] = []
    died = [h.meant.group.first for h in found if h.meant and h.meant.sentence is sentence and h.harm == "killed"]
    for harming in found:
        if harming.harm == "wounded" and harming.group.first in died:
            # "stabbed his wife and killed her" tells one death.
            continue
        before = kept[-1] if kept else None
        if before is not None and before.group.harm == harming.harm and before.group.tally == harming.group.tally:
            chunk = sentence.chunk_at(harming.group.first)
            if chunk is not None and chunk.preposition and harming.group.first <= before.group.last:
                continue
        kept.append(harming)
    return kept


def _take(found: list[Harming], taken: set[int], harming: Harming) -> None:
    """Keep a harming unless its group is already told of."""
    span = set(range(harming.group.first, max(harming.group.last, harming.group.first + 1)))
    if not span & taken:
        taken |= span
        found.append(harming)


def _harming(sentence: Sentence, trigger: Trigger, group: Group, agent: Chunk | None, *, own: bool = False) -> Harming:
    """The harm of a trigger to a group; a noun that tells another harm goes before it, unless the verb is its `own`."""
    told = trigger.harm
    if group.harm and not own and group.first > past_quotes(sentence, trigger.last):
        told = group.harm
    tail = trigger.hit.tail
    if group.whom[0] < tail < group.last:
        group = group._replace(last=tail, whom=(group.whom[0], tail))
    # "killed his daughter, then took his life": the second harm stands with its own verb.
    first = trigger.hit.first if _left_out(sentence, trigger.hit, group) else min(trigger.hit.first, group.first)
    last = max(trigger.last, group.last, trigger.hit.tail + 1 if group.last <= trigger.hit.tail + 1 else 0)
    return Harming(told, group, trigger.hit, first, last, agent=agent)


def _left_out(sentence: Sentence, hit: Hit, group: Group) -> bool:
    """Whether a verb takes as its victims the subject of a clause before its own."""
    clause = sentence.clause_at(hit.first)
    if hit.trigger.part != "verb" or hit.trigger.object or number_of(hit) != "s":
        return False
    return sentence.clause_at(group.first) < clause and sentence.clauses[clause].link == "coordinate"


def _join(sentence: Sentence, hits: Sequence[Hit]) -> Iterator[Trigger]:
    """The triggers of harm; killed and wounded side by side with one group behind them are one joint trigger."""
    told = [hit for hit in hits if hit.trigger.value in _HARMS and not _generic(sentence, hit)]
    n = 0
    while n < len(told):
        hit, following = told[n], told[n + 1] if n + 1 < len(told) else None
        n += 1
        harm = cast("Harm", hit.trigger.value)
        if following is not None and _share(sentence, hit, following):
            n += 1
            joint = {harm, following.trigger.value}
            if joint <= _JOINT and len(joint) == 2:
                yield Trigger("killed_or_wounded", following, following.last)
                continue
            yield Trigger(cast("Harm", following.trigger.value), following, following.last)
            continue
        yield Trigger(harm, hit, hit.last)


def _generic(sentence: Sentence, hit: Hit) -> bool:
    """القتل، الاعتقال with the article speak of the act in general, or of one told before; جروح are no act."""
    many = hit.reading is not None and hit.reading.number != "s"
    if hit.trigger.part == "noun" and many and not person_at(sentence, hit.first):
        return True
    if hit.trigger.part == "verb" or len(hit.trigger.words) > 1 or "victims" in hit.trigger.after.values():
        return False
    if hit.reading is not None:
        return hit.reading.definite
    return sentence.tokens[hit.first].norm.startswith(("ال", "وال", "بال", "لل"))


def _share(sentence: Sentence, hit: Hit, following: Hit) -> bool:
    """Whether two triggers stand side by side, joined by و or أو, so that they share what follows."""
    if hit.trigger.part != following.trigger.part or hit.tail >= 0 or (hit.reading and hit.reading.pronoun):
        return False
    between = range(hit.last, following.first)
    if any(sentence.parts[k] != "conjunction" for k in between) or len(between) > 1:
        return False
    joined = bool(between) or sentence.tokens[following.first].norm.startswith("و")
    return joined and number_of(hit) == number_of(following) and not _apart(sentence, hit, following)


def _apart(sentence: Sentence, hit: Hit, following: Hit) -> bool:
    """Whether each verb has its own people: "a policeman was killed and three others were wounded"."""
    group = group_at(sentence, following.last)
    return (
        group is not None
        and hit.trigger.part == "verb"
        and (group.others or bool(groups_before(sentence, hit, frozenset({hit.first, following.first}))))
    )
