"""Tie the groups of people in a sentence to the words of harm: who was killed, wounded, taken, driven out or saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from retrieval.reading.causing import is_violent
from retrieval.reading.counting import Group, group_at, is_illness, past_quotes, person_at, toll_words
from retrieval.reading.listing import groups_before, join_list, joins, list_parts
from retrieval.reading.roles import subject_before, subject_behind
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.reading.tolls import find_tolls
from retrieval.reading.triggers import Hit
from retrieval.types import Harm

_COMMAS = frozenset({"،", ","})
_HARMS = frozenset({"killed", "wounded", "captured", "missing", "displaced", "rescued"})
_HUMAN = frozenset({"person", "civilian", "relative", "militant", "security", "office", "nationality"})
_JOINT = frozenset({"killed", "wounded"})
# How far behind a verb its subject may stand when phrases of place and time come first.
_REACH = 14


class Harming(NamedTuple):
    """A harm told of a group of people.

    `hit` is the trigger, None where the counted noun itself tells the harm. `first` and `last` (exclusive) span
    trigger and group. `part` is true for a part of a group told before ("among them two children"), `agent` the
    phrase of who did it when the verb is active.
    """

    harm: Harm
    group: Group
    hit: Hit | None
    first: int
    last: int
    part: bool = False
    agent: Chunk | None = None


class Trigger(NamedTuple):
    """One trigger of harm, or two that share their victims (قتل وأصيب); `last` is where the last of them ends."""

    harm: Harm
    hit: Hit
    last: int


class Victims(NamedTuple):
    """The groups that a trigger takes as its victims, and the phrase of who did it when the verb is active."""

    groups: tuple[Group, ...] = ()
    agent: Chunk | None = None


def find_harms(sentence: Sentence, hits: Sequence[Hit]) -> list[Harming]:
    """The harms that a sentence tells of groups of people, in the order of the groups.

    `hits` are its triggers of casualties. A group belongs to one harm only: triggers come first, then nouns that
    tell the harm themselves (17 قتيلا) and tolls (عدد القتلى إلى 36), then the parts of a group (بينهم طفلان).
    """
    found: list[Harming] = []
    taken: set[int] = set()
    stops = frozenset(hit.first for hit in hits if not _generic(sentence, hit))
    for trigger in _join(sentence, hits):
        victims = _victims(sentence, trigger, stops)
        for group in _proven(sentence, trigger, victims):
            _take(found, taken, _harming(sentence, trigger, group, victims.agent))
    for harm, group, first in find_tolls(sentence, hits):
        _take(found, taken, Harming(harm, group, None, min(first, group.first), group.last))
    for parent, group in list_parts(sentence, [(h.first, h.last, h.group) for h in found], stops):
        told = found[parent]
        harm = cast("Harm", group.harm) if group.harm else told.harm
        _take(found, taken, told._replace(harm=harm, group=group, first=group.first, last=group.last, part=True))
    return _once(sentence, sorted(found, key=lambda harming: harming.group.first))


def _once(sentence: Sentence, found: Sequence[Harming]) -> list[Harming]:
    """The harms without those that say again whose the bodies just counted are: جثتان لرجلين قتلا."""
    kept: list[Harming] = []
    for harming in found:
        before = kept[-1] if kept else None
        if before is not None and before.group.harm == harming.harm and before.group.tally == harming.group.tally:
            chunk = sentence.chunk_at(harming.group.first)
            if chunk is not None and chunk.preposition and harming.group.first <= before.group.last:
                continue
        kept.append(harming)
    return kept


def _proven(sentence: Sentence, trigger: Trigger, victims: Victims) -> tuple[Group, ...]:
    """The victims, unless the words mean something else.

    An unsure trigger needs counted people or, in the past, something named that harms; who is ill is not wounded, and
    a player's injury is sport unless violence is told.
    """
    hit = trigger.hit
    if trigger.harm == "wounded":
        hurt = tuple(g for g in victims.groups if not is_illness(sentence, g) and not _plays(sentence, g))
        victims = victims._replace(groups=hurt)
    if trigger.harm == "displaced":
        victims = victims._replace(groups=tuple(g for g in victims.groups if not g.harm or g.harm == "displaced"))
    if hit.trigger.sure or hit.passive:
        return victims.groups
    beside = sum(h.trigger.kind == "casualty" and h.trigger.sure for h in sentence.hits) > 0
    counted = any(g.stated and not g.named and (beside or g.whom[0] < g.whom[1]) for g in victims.groups)
    reading = trigger.hit.reading
    past = reading is None or reading.aspect != "i"
    hurt = any(a.sense == "wound" for k, r in enumerate(sentence.analyses) if k != trigger.hit.first for a in r[:1])
    seized = trigger.harm == "captured" and any(_suspect(g) for g in victims.groups)
    violent = past and trigger.harm in _JOINT and (is_violent(sentence) or hurt)
    return victims.groups if counted or violent or (past and seized) else ()


def _suspect(group: Group) -> bool:
    """Whether a lone person is one whom police stop: شخص، عنصر, and not a player or an official."""
    return not group.named and group.person is not None and group.person.victim_class in ("unknown", "militant")


def _plays(sentence: Sentence, group: Group) -> bool:
    norms = [token.norm for token in sentence.tokens]
    sport = any(toll_words("sport").match(norms, i) for i in range(*group.whom))
    return sport and not is_violent(sentence)


def _take(found: list[Harming], taken: set[int], harming: Harming) -> None:
    """Keep a harming unless its group is already told of."""
    span = set(range(harming.group.first, max(harming.group.last, harming.group.first + 1)))
    if not span & taken:
        taken |= span
        found.append(harming)


def _harming(sentence: Sentence, trigger: Trigger, group: Group, agent: Chunk | None) -> Harming:
    told = (
        cast("Harm", group.harm) if group.harm and group.first > past_quotes(sentence, trigger.last) else trigger.harm
    )
    first = min(trigger.hit.first, group.first)
    last = max(trigger.last, group.last, trigger.hit.tail + 1 if group.last <= trigger.hit.tail + 1 else 0)
    return Harming(told, group, trigger.hit, first, last, agent=agent)


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
        return hit.reading.definite or bool(hit.reading.pronoun)
    return sentence.tokens[hit.first].norm.startswith(("ال", "وال", "بال", "لل"))


def _share(sentence: Sentence, hit: Hit, following: Hit) -> bool:
    """Whether two triggers stand side by side, joined by و or أو, so that they share what follows."""
    if hit.trigger.part != following.trigger.part or hit.tail >= 0:
        return False
    between = range(hit.last, following.first)
    if any(sentence.parts[k] != "conjunction" for k in between) or len(between) > 1:
        return False
    joined = bool(between) or sentence.tokens[following.first].norm.startswith("و")
    return joined and _number(hit) == _number(following) and not _apart(sentence, hit, following)


def _number(hit: Hit) -> str:
    return hit.reading.number if hit.reading else "s"


def _apart(sentence: Sentence, hit: Hit, following: Hit) -> bool:
    """Whether each verb has its own people: "a policeman was killed and three others were wounded"."""
    group = group_at(sentence, following.last)
    return (
        group is not None
        and hit.trigger.part == "verb"
        and (group.others or bool(groups_before(sentence, hit, frozenset({hit.first, following.first}))))
    )


def _victims(sentence: Sentence, trigger: Trigger, stops: frozenset[int]) -> Victims:
    """The victims of a trigger, by its part, its roles and its form."""
    hit = trigger.hit
    if hit.trigger.part == "noun":
        if "victims" in hit.trigger.after.values():
            return Victims(_governed(sentence, hit, stops))
        behind = _list_at(sentence, trigger.last, stops)
        if hit.trigger.subject == "victims":
            return Victims(groups_before(sentence, hit, stops) or behind)
        return Victims(behind)
    if "victims" in hit.trigger.after.values():
        return Victims(_governed(sentence, hit, stops), _subject_of(sentence, hit))
    if hit.tail >= 0 and hit.trigger.object == "victims":
        return Victims(_list_at(sentence, hit.tail + 1, stops), _subject_of(sentence, hit))
    if hit.reading is not None and hit.reading.pronoun:
        return Victims()
    limit = _limit(sentence, trigger, stops)
    first = _first_behind(sentence, trigger.last, limit)
    if _number(hit) != "s":
        return _of_plural(sentence, trigger, first, stops)
    return _of_singular(sentence, trigger, first, limit, stops)


def _of_singular(
    sentence: Sentence, trigger: Trigger, first: Group | None, limit: int, stops: frozenset[int]
) -> Victims:
    """A singular verb: passive or without object its subject are the victims; active, a counted object behind it."""
    hit = trigger.hit
    intransitive = not hit.trigger.object or hit.passive
    if first is not None and (intransitive or _counted(first)):
        agent = _subject_before(sentence, hit) if hit.trigger.subject and not intransitive else None
        return Victims(join_list(sentence, first, stops), agent)
    active = None if intransitive else _object_behind(sentence, trigger.last, limit, stops)
    if active is not None:
        return Victims(join_list(sentence, active[1], stops), active[0])
    if first is not None and not (hit.trigger.subject == "actor" and _agent_like(sentence, trigger.last)):
        return Victims(join_list(sentence, first, stops), None if intransitive else _opens_clause(sentence, hit))
    return Victims(groups_before(sentence, hit, stops) or _left_out(sentence, hit))


def _opens_clause(sentence: Sentence, hit: Hit) -> Chunk | None:
    """Who does it, when a person opens the clause and a present verb has its object behind it: أب يقتل زوجته."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    present = hit.reading is not None and hit.reading.aspect == "i"
    inside = [c for c in sentence.chunks if clause.first <= c.first and c.last == hit.first and not c.preposition]
    return inside[0] if inside and present else None


def _left_out(sentence: Sentence, hit: Hit) -> tuple[Group, ...]:
    """The subject of the verb before, when a verb that needs no object has none of its own: "then took his life"."""
    chunks = () if hit.trigger.object else subject_before(sentence, hit.first)
    group = group_at(sentence, chunks[0].first) if chunks else None
    return (group,) if group else ()


def _governed(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> tuple[Group, ...]:
    """Victims behind a preposition of the trigger: نفذ حكم الإعدام في ثلاثة."""
    for chunk in sentence.chunks:
        if chunk.first > max(hit.last - 1, hit.tail) and hit.trigger.after.get(chunk.preposition) == "victims":
            group = group_at(sentence, chunk.first)
            return join_list(sentence, group, stops) if group else ()
    return ()


def _subject_of(sentence: Sentence, hit: Hit) -> Chunk | None:
    """The subject of an active verb: right behind it, else before it."""
    chunks = subject_behind(sentence, hit) or subject_before(sentence, hit.first)
    return chunks[0] if chunks else None


def _of_plural(sentence: Sentence, trigger: Trigger, first: Group | None, stops: frozenset[int]) -> Victims:
    """A plural or dual verb has its subject before it: the victims, unless an object right behind makes it active."""
    hit = trigger.hit
    if hit.trigger.object and first is not None and first.first <= past_quotes(sentence, trigger.last):
        return Victims(join_list(sentence, first, stops), _subject_before(sentence, hit))
    return Victims(groups_before(sentence, hit, stops))


def _counted(group: Group) -> bool:
    return group.stated and not group.named


def _limit(sentence: Sentence, trigger: Trigger, stops: frozenset[int]) -> int:
    """How far the victims of a verb may stand behind it: its clause, up to the next trigger."""
    clause = sentence.clauses[sentence.clause_at(trigger.last - 1)]
    following = min((s for s in stops if s >= trigger.last and s != trigger.hit.tail), default=clause.last)
    return min(clause.last, following, trigger.last + _REACH * 2)


def _list_at(sentence: Sentence, i: int, stops: frozenset[int]) -> tuple[Group, ...]:
    if i < len(sentence.tokens) and joins(sentence, i):
        return ()
    group = group_at(sentence, i)
    return join_list(sentence, group, stops) if group else ()


def _first_behind(sentence: Sentence, i: int, limit: int) -> Group | None:
    """The group right behind a verb; a counted one may also stand behind phrases of place and time."""
    i = _past_time(sentence, i)
    group = group_at(sentence, i) if i < limit else None
    if group is not None:
        return group
    chunk = sentence.chunk_at(i)
    if chunk is not None and not chunk.preposition:
        return None
    for over in sentence.chunks:
        if not i <= over.first < min(limit, i + _REACH) or (over.preposition and not over.coordinated):
            continue
        group = group_at(sentence, over.first)
        if group is not None and group.stated and not group.named and group.whom[0] < group.whom[1]:
            return group
    return None


def _past_time(sentence: Sentence, i: int) -> int:
    """Past dates, commas around them and quotation marks."""
    while i < len(sentence.tokens):
        date = next((d for d in sentence.dates if d.first == i), None)
        if date is not None:
            i = date.last
        elif past_quotes(sentence, i) > i:
            i = past_quotes(sentence, i)
        elif sentence.tokens[i].text in _COMMAS and any(d.last == i or d.first == i + 1 for d in sentence.dates):
            i += 1
        else:
            break
    return i


def _object_behind(sentence: Sentence, i: int, limit: int, stops: frozenset[int]) -> tuple[Chunk, Group] | None:
    """Subject and counted object of an active verb: قتل الجيش ستة مسلحين، قتل شاب طفلته."""
    i = _past_time(sentence, i)
    subject = sentence.chunk_at(i)
    if subject is None or subject.preposition:
        return None
    subject = subject._replace(first=i)
    for chunk in sentence.chunks:
        if not subject.last <= chunk.first < limit or chunk.coordinated or chunk.preposition:
            continue
        group = group_at(sentence, chunk.first)
        if group is not None and chunk.first not in stops:
            return subject, group
        if not sentence.tokens[chunk.last - 1].norm.endswith("ا"):
            return None
    return None


def _agent_like(sentence: Sentence, i: int) -> bool:
    """Whether what follows the verb is a body that acts (الجيش، الشرطة) and so no victim of it."""
    i = _past_time(sentence, i)
    party = next((p for p in sentence.parties if p.first <= i < p.last), None)
    return party is not None and group_at(sentence, i) is None


def _subject_before(sentence: Sentence, hit: Hit) -> Chunk | None:
    """Who does what a verb with its object behind it tells, named before it; None when the verb must be passive.

    The verb agrees with its subject in gender: after "the forces" (feminine) a masculine verb speaks of the killed.
    """
    chunks = subject_before(sentence, hit.first)
    if not chunks:
        return None
    head = next((a for a in sentence.analyses[chunks[0].first] if a.pos != "verb"), None)
    if head is None or not head.known or hit.reading is None:
        return chunks[0]
    human = head.sense in _HUMAN
    feminine = head.gender == "f" or (head.number == "p" and not human)
    return chunks[0] if human or feminine == (hit.reading.gender == "f") else None
