"""Read casualties: how many people were killed, wounded, captured, lost, driven out or saved, who, by whom, where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.reading.causing import actor_at, is_accident
from retrieval.reading.counting import Group, person_at
from retrieval.reading.frames import common_at
from retrieval.reading.harming import Harming, find_harms
from retrieval.reading.merging import merge
from retrieval.reading.periods import is_aggregate
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.triggers import find_hits
from retrieval.types import Casualty, Citation, VictimClass


def find_casualties(document: Document) -> tuple[Casualty, ...]:
    """The casualties that the article states, each statement once, in the order of the text (title last).

    A count told in the title counts only where the body does not tell it. Vague counts (العشرات) have no numbers.
    """
    found = [fact for sentence in (*document.body, *document.title) for fact in _in_sentence(document, sentence)]
    return merge(found)


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Casualty]:
    hits = [hit for hit in find_hits(sentence.words) if hit.trigger.kind == "casualty"]
    harms = find_harms(sentence, hits)
    for n, harming in enumerate(harms):
        common = common_at(document, sentence, harming.first, harming.last)
        if common["status"] == "denied" and not harming.group.tally.min:
            continue
        named = _whom(harms, n)
        text = _words(sentence, named) if named else ""
        yield Casualty(
            **common,
            harm=harming.harm,
            min=harming.group.tally.min,
            max=harming.group.tally.max,
            bound=harming.group.tally.bound,
            victims=text,
            victim_class=_class_of(sentence, named),
            actor=actor_at(sentence, harming.first, harming.last, harming.agent),
            aggregate=is_aggregate(sentence, harming.first, harming.last),
            citation=_cite(document, sentence, harming),
        )


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
    if group.harm and (group.harm == "killed" or group.person and group.person.alone == "no"):
        of = next((i for i in range(first, last) if sentence.tokens[i].norm == "من"), None)
        first = of + 1 if of is not None else first + 1
    chunk = sentence.chunk_at(first)
    if chunk is None or chunk.first != first:
        return sentence.phrase(first, last)
    return chunk_text(sentence, Chunk(first, last))


def _class_of(sentence: Sentence, group: Group | None) -> VictimClass:
    """The class of the victims: that of the parties they belong to, else of the noun, else by what happened."""
    if group is None:
        return "civilian" if is_accident(sentence) else "unknown"
    first, last = group.whom
    parties = {p.victim_class for p in sentence.parties if p.first < last and first < p.last} - {"unknown"}
    if parties:
        return next(iter(parties)) if len(parties) == 1 else "mixed"
    rows = [found[0] for i in range(first, last) if (found := person_at(sentence, i))]
    classes = [row.victim_class for row in rows if row.victim_class != "unknown"]
    if classes:
        return classes[0]
    return "civilian" if is_accident(sentence) else "unknown"
