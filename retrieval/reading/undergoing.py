"""Find whom a word of harm befell: its subject or object, by its part, its form and what stands around it."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from retrieval.reading.befalling import befallen, unknown_name
from retrieval.reading.counting import Group, group_at
from retrieval.reading.listing import groups_before, join_list, joins
from retrieval.reading.person_phrases import past_quotes, person_at
from retrieval.reading.roles import subject_before, subject_behind
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import Harm

_COMMAS = frozenset({"،", ","})
_HARMS = frozenset({"killed", "wounded", "captured", "missing", "displaced", "rescued"})
_HUMAN = frozenset({"person", "civilian", "relative", "militant", "security", "office", "nationality"})
_THINGS = frozenset({"vehicle", "weapon", "thing", "facility", "place_noun", "animal", "goods", "drug", "money"})
_JOINT = frozenset({"killed", "wounded"})
# How far behind a verb its subject may stand when phrases of place and time come first.
_REACH = 14


class Trigger(NamedTuple):
    """One trigger of harm, or two that share their victims (قتل وأصيب); `last` is where the last of them ends."""

    harm: Harm
    hit: Hit
    last: int


class Victims(NamedTuple):
    """The groups that a trigger takes as its victims, and the phrase of who did it when the verb is active."""

    groups: tuple[Group, ...] = ()
    agent: Chunk | None = None


def number_of(hit: Hit) -> str:
    """s, d or p: the number that the form of a trigger shows."""
    return hit.reading.number if hit.reading else "s"


def victims_at(sentence: Sentence, trigger: Trigger, stops: frozenset[int]) -> Victims:
    """The groups that a trigger harms, and who does it; `stops` are the tokens at which other triggers begin."""
    hit = trigger.hit
    if "victims" in hit.trigger.after.values():
        return Victims(_governed(sentence, hit, stops), _subject_of(sentence, hit) if _is_verb(hit) else None)
    if not _is_verb(hit):
        behind = _list_at(sentence, trigger.last, stops)
        before = groups_before(sentence, hit, stops) if hit.trigger.subject == "victims" else ()
        return Victims(before or behind or befallen(sentence, hit, stops) or unknown_name(sentence, hit, trigger.last))
    if hit.tail >= 0 and hit.trigger.object == "victims":
        return _of_parted(sentence, hit, stops)
    if hit.reading is not None and hit.reading.pronoun:
        return Victims((), _agent_of(sentence, hit))
    limit = limit_of(sentence, trigger.last, stops - {hit.tail})
    first = victim_behind(sentence, trigger.last, limit)
    if number_of(hit) != "s":
        return _of_plural(sentence, trigger, first, stops)
    return _of_singular(sentence, trigger, first, limit, stops)


def _agent_of(sentence: Sentence, hit: Hit) -> Chunk | None:
    """Who did what a verb with a pronoun tells; "dead" behind it names nobody (أرداه قتيلا)."""
    behind = [c for c in subject_behind(sentence, hit) if not _tells_harm(sentence, c.first)]
    return next(iter(behind or subject_before(sentence, hit.first)), None)


def _tells_harm(sentence: Sentence, i: int) -> bool:
    found = person_at(sentence, i)
    return found is not None and bool(found[0].harm)


def _of_parted(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> Victims:
    """The victims behind the second half of a phrase (أنهى حياة شقيقه); who ends his own life is himself the victim."""
    groups = _list_at(sentence, hit.tail + 1, stops)
    subject = _subject_of(sentence, hit)
    own = any(a.pronoun for a in sentence.analyses[hit.tail] if a.pos != "verb")
    if not groups and own and subject is not None:
        group = group_at(sentence, subject.first)
        return Victims((group,)) if group is not None and group.person is not None else Victims((), subject)
    return Victims(groups, subject)


def _is_verb(hit: Hit) -> bool:
    return hit.trigger.part == "verb"


def _of_singular(
    sentence: Sentence, trigger: Trigger, first: Group | None, limit: int, stops: frozenset[int]
) -> Victims:
    """A singular verb: passive or without object its subject are the victims; active, a counted object behind it."""
    hit = trigger.hit
    intransitive = not hit.trigger.object or hit.passive
    if first is not None and (intransitive or _counted(first)):
        agent = _subject_before(sentence, hit) if hit.trigger.subject and not intransitive else None
        return Victims(join_list(sentence, first, stops), agent)
    if first is not None and _is_object(sentence, first):
        return Victims(join_list(sentence, first, stops), next(iter(subject_before(sentence, hit.first)), None))
    active = None if intransitive else object_behind(sentence, trigger.last, limit, stops)
    if active is not None:
        return Victims(join_list(sentence, active[1], stops), active[0])
    if first is not None and not (hit.trigger.subject == "actor" and _agent_like(sentence, trigger.last)):
        return Victims(join_list(sentence, first, stops), None if intransitive else _opens_clause(sentence, hit))
    if not intransitive and _takes_object(sentence, hit):
        return Victims()
    return Victims(groups_before(sentence, hit, stops) or _left_out(sentence, hit))


def _is_object(sentence: Sentence, group: Group) -> bool:
    """Whether the noun of a group ends in the alif of an indefinite object: اعتقلت رجلا."""
    reading = next((a for a in sentence.analyses[group.whom[0]] if a.pos != "verb"), None)
    alif = sentence.norms[group.whom[0]].endswith("ا") and group.whom[0] < group.whom[1]
    return alif and reading is not None and not reading.pronoun and not reading.lemma.endswith(("ا", "ى", "اء"))


def _takes_object(sentence: Sentence, hit: Hit) -> bool:
    """Whether an indefinite accusative that is no person stands behind a verb, so that it harmed that: قتل عصفورا."""
    chunk = next((c for c in sentence.chunks if c.first == hit.last and not c.preposition), None)
    if chunk is None or not sentence.tokens[chunk.first].norm.endswith("ا"):
        return False
    reading = sentence.analyses[chunk.first][0] if sentence.analyses[chunk.first] else None
    return reading is not None and reading.known and reading.pos == "noun"


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
    behind = [c for c in sentence.chunks if c.first > max(hit.last - 1, hit.tail)]
    for chunk, following in zip_longest(behind, behind[1:]):
        # A noun may stand for a preposition: بحق أربعة.
        spelled = sentence.norms[chunk.first] if chunk.last - chunk.first == 1 else ""
        if following is not None and hit.trigger.after.get(spelled) == "victims":
            group = group_at(sentence, following.first)
            return join_list(sentence, group, stops) if group else ()
        if hit.trigger.after.get(chunk.preposition) == "victims":
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
    behind = past_quotes(sentence, _past_manner(sentence, trigger.last))
    if hit.trigger.object and first is not None and first.first <= behind:
        return Victims(join_list(sentence, first, stops), _subject_before(sentence, hit))
    return Victims(groups_before(sentence, hit, stops))


def _counted(group: Group) -> bool:
    return group.stated and not group.named


def limit_of(sentence: Sentence, last: int, stops: frozenset[int]) -> int:
    """How far the victims of a verb that ends at `last` may stand behind it: its clause, up to the next trigger."""
    clause = sentence.clauses[sentence.clause_at(last - 1)]
    following = min((s for s in stops if s >= last), default=clause.last)
    return min(clause.last, following, last + _REACH * 2)


def _list_at(sentence: Sentence, i: int, stops: frozenset[int]) -> tuple[Group, ...]:
    if i < len(sentence.tokens) and joins(sentence, i):
        return ()
    group = group_at(sentence, i)
    return join_list(sentence, group, stops) if group else ()


def victim_behind(sentence: Sentence, i: int, limit: int) -> Group | None:
    """The group right behind a verb; a counted one may also stand behind phrases of place and time."""
    i = _past_manner(sentence, _past_time(sentence, i))
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


def _past_manner(sentence: Sentence, i: int) -> int:
    """Past a lone indefinite accusative that says how (غرقا، متأثرا بجراحه) with what hangs on it."""
    chunk = sentence.chunk_at(i)
    if (
        chunk is None
        or chunk.first != i
        or chunk.preposition
        or chunk.last > i + 1
        or group_at(sentence, i) is not None
    ):
        return i
    reading = sentence.analyses[i][0] if sentence.analyses[i] else None
    if reading is None or not reading.known or reading.definite or not sentence.tokens[i].norm.endswith(("ا", "ين")):
        return i
    following = next((c for c in sentence.chunks if c.first >= chunk.last), None)
    hangs = following is not None and following.preposition == "ب" and following.first == chunk.last
    return following.last if following is not None and hangs else chunk.last


def _past_time(sentence: Sentence, i: int) -> int:
    """Past dates, commas around them and quotation marks."""
    while i < len(sentence.tokens):
        date = next((d for d in sentence.dates if d.first == i), None)
        if date is not None:
            i = date.last
        elif past_quotes(sentence, i) > i:
            i = past_quotes(sentence, i)
        elif (sentence.parts[i] == "among" and any(q.first == i + 1 for q in sentence.quantities)) or (
            sentence.tokens[i].text in _COMMAS and any(d.last == i or d.first == i + 1 for d in sentence.dates)
        ):
            i += 1
        else:
            break
    return i


def object_behind(sentence: Sentence, i: int, limit: int, stops: frozenset[int]) -> tuple[Chunk, Group] | None:
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
        if not sentence.tokens[chunk.last - 1].norm.endswith("ا") or _is_thing(sentence, chunk.first):
            return None
    return None


def _is_thing(sentence: Sentence, i: int) -> bool:
    """Whether a noun is what a verb was done to and not how: زورقا, but not طعنا."""
    return any(a.known and a.pos == "noun" and a.sense in _THINGS for a in sentence.analyses[i][:1])


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
    if not chunks or sentence.quantity_at(chunks[0].first) is not None:
        return None
    head = next((a for a in sentence.analyses[chunks[0].first] if a.pos != "verb"), None)
    if head is None or not head.known or hit.reading is None:
        return chunks[0]
    human = head.sense in _HUMAN
    feminine = head.gender == "f" or (head.number == "p" and not human)
    return chunks[0] if human or feminine == (hit.reading.gender == "f") else None
