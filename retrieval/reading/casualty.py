"""Read casualties: how many people were killed, wounded, captured, lost, driven out or saved, who, by whom, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.reading.causing import actor_at, event_of, is_accident, names_accident
from retrieval.reading.counting import Group, person_at
from retrieval.reading.frames import common_at
from retrieval.reading.harming import Harming, find_harms
from retrieval.reading.merging import merge
from retrieval.reading.periods import is_aggregate
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.types import Casualty, Citation, VictimClass

# How many sentences back the event of a story is still the cause of what is counted.
_MEMORY = 2
# Of what is denied, planned or supposed only a count is kept, not a lone person.
_UNSURE = frozenset({"denied", "planned", "hypothetical"})


def find_casualties(document: Document) -> tuple[Casualty, ...]:
    """The casualties that the article states, each statement once, in the order of the text (title last).

    A count told in the title counts only where the body does not tell it. Vague counts (العشرات) have no numbers.
    """
    found = [fact for sentence in (*document.body, *document.title) for fact in _in_sentence(document, sentence)]
    return merge(found)


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Casualty]:
    hits = [hit for hit in sentence.hits if hit.trigger.kind == "casualty"]
    harms = find_harms(sentence, hits)
    for n, harming in enumerate(harms):
        common = common_at(document, sentence, harming.first, harming.last)
        if common["status"] in _UNSURE and not harming.group.stated:
            continue
        named = _whom(harms, n)
        text = _words(sentence, named) if named else ""
        actor = _actor(document, sentence, harming)
        yield Casualty(
            **common,
            harm=harming.harm,
            min=harming.group.tally.min,
            max=harming.group.tally.max,
            bound=harming.group.tally.bound,
            victims=text,
            victim_class=_class_of(sentence, named, actor),
            actor=actor,
            aggregate=is_aggregate(sentence, harming.first, harming.last),
            citation=_cite(document, sentence, harming),
        )


def _actor(document: Document, sentence: Sentence, harming: Harming) -> str:
    """Who or what did it by the sentence, else the event that the paragraph or the title tells of."""
    actor = actor_at(sentence, harming.first, harming.last, harming.agent)
    if actor or sentence.field == "title":
        return actor
    earlier = [s for s in document.body[: sentence.number] if s.story == sentence.story][-_MEMORY:]
    for other in (*reversed(earlier), *document.title):
        actor = event_of(other)
        if actor:
            return actor
    return ""


def _cite(document: Document, sentence: Sentence, harming: Harming) -> Citation:
    tokens = sentence.tokens
    return Citation.of(
        document.article,
        tokens[harming.first].start,
        tokens[max(harming.last, harming.first + 1) - 1].end,
        sentence.field,
    )


def _whom(harms: Sequence[Harming], n: int) -> Group | None:
    """The group that names the victims: its own words, or those of the group that it leaves them to.

    آخرون and a bare number take the noun of the group before; a bare number at the beginning that of the next.
    """
    group = harms[n].group
    bare = group.whom[0] == group.whom[1]
    if not (bare or group.others):
        return group
    for earlier in reversed(harms[:n]):
        if earlier.group.whom[0] < earlier.group.whom[1] and not earlier.group.others and not earlier.part:
            return earlier.group
    if bare:
        return next((h.group for h in harms[n + 1 :] if h.group.whom[0] < h.group.whom[1] and not h.part), None)
    return None


def _words(sentence: Sentence, group: Group) -> str:
    """The victims in the text's own words; a noun that only repeats the harm (قتيلا، إصابة) says nothing of them."""
    first, last = group.whom
    if group.harm == "killed" or (group.harm and group.person is not None and group.person.alone == "no"):
        of = next((i for i in range(first, last) if sentence.tokens[i].norm == "من"), None)
        first = of + 1 if of is not None else first + 1
    chunk = sentence.chunk_at(first)
    if chunk is None or chunk.first != first:
        return sentence.phrase(first, last)
    return chunk_text(sentence, Chunk(first, last))


def _class_of(sentence: Sentence, group: Group | None, actor: str) -> VictimClass:
    """The class of the victims: of the parties they belong to, else by their noun, else civilian in an accident."""
    classes = _said_classes(sentence, *group.whom, named=group.named) if group else []
    if classes:
        return classes[0] if len(set(classes)) == 1 else "mixed"
    return "civilian" if (names_accident(actor) if actor else is_accident(sentence)) else "unknown"


def _said_classes(sentence: Sentence, first: int, last: int, *, named: bool) -> list[VictimClass]:
    parties = [p.victim_class for p in sentence.parties if p.first < last and first < p.last]
    told = [c for c in parties if c != "unknown"]
    if told:
        return told
    rows = [found[0].victim_class for i in range(first, last) if (found := person_at(sentence, i))]
    if rows and rows[0] != "unknown":
        return rows[:1] if not named else [c for c in rows if c != "unknown"]
    if any(a.sense == "force" for i in range(first, last) for a in sentence.analyses[i][:1]):
        return ["security"]
    return [c for c in rows if c != "unknown"][:1]
