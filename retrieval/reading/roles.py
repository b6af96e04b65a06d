"""Fill the roles of a trigger from the noun phrases around it: who did it, to whom, where to, with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from retrieval.reading.sentences import Chunk, Clause, Sentence
from retrieval.reading.triggers import Hit

Roles = Mapping[str, tuple[Chunk, ...]]

# A role is looked for no further than this many words from its trigger.
_REACH = 40


def find_roles(sentence: Sentence, hit: Hit) -> Roles:
    """The noun phrases that fill each role of the trigger, joined phrases together, the nearest first.

    A verb's subject stands behind it, or before it when the clause begins with a noun; a relative clause takes the
    noun it hangs on. A verb whose subject is left out keeps that of the verb before it. For a noun the phrase right
    behind it fills the role of its object. A role that the sentence does not name is absent.
    """
    roles: dict[str, tuple[Chunk, ...]] = {}
    trigger = hit.trigger
    free = list(_free_behind(sentence, hit))
    if trigger.part == "verb":
        behind = subject_behind(sentence, hit)
        subject = behind or subject_before(sentence, hit.first)
        rest = [chunk for chunk in free if chunk not in behind]
        names = (trigger.object, "") if hit.passive else (trigger.subject, trigger.object)
        _fill(roles, names[0], subject)
        _fill(roles, names[1], joined(sentence, rest[0]) if rest else ())
    elif trigger.object:
        _fill(roles, trigger.object, joined(sentence, free[0]) if free and free[0].first <= hit.last + 1 else ())
    for chunk in governed_behind(sentence, hit):
        role = trigger.after.get(chunk.preposition, "")
        _fill(roles, role, joined(sentence, chunk))
    return roles


def subject_behind(sentence: Sentence, hit: Hit) -> tuple[Chunk, ...]:
    """The phrase without a preposition right behind a verb, dates and quotation marks passed over."""
    chunk = next(iter(_free_behind(sentence, hit)), None)
    if chunk is None:
        return ()
    between = range(hit.last, chunk.first)
    dated = {i for date in sentence.dates for i in range(date.first, date.last)}
    if any(sentence.parts[i] not in ("mark", "aspect") and i not in dated for i in between):
        return ()
    if any(sentence.tokens[i].text in {"،", ","} for i in between) and not dated & set(between):
        return ()
    return joined(sentence, chunk)


def subject_before(sentence: Sentence, verb: int) -> tuple[Chunk, ...]:
    """The phrase that a verb speaks of when its subject comes first, or was named for the verb before it."""
    n = sentence.clause_at(verb)
    clause = sentence.clauses[n]
    inside = [c for c in sentence.chunks if clause.first <= c.first and c.last <= verb and not c.preposition]
    if inside:
        return joined(sentence, inside[0])
    if clause.link == "relative":
        before = [c for c in sentence.chunks if c.last <= clause.first]
        return tuple(before[-1:])
    if clause.link in ("coordinate", "other", "participle") and n:
        return _subject_of(sentence, n - 1)
    return ()


def _subject_of(sentence: Sentence, n: int) -> tuple[Chunk, ...]:
    """The subject of the nearest earlier clause that has one."""
    for clause in reversed(sentence.clauses[: n + 1]):
        free = [c for c in sentence.chunks if clause.first <= c.first < clause.last and not c.preposition]
        if clause.link != "relative" and free and clause.verb >= 0:
            behind = [c for c in free if c.first == clause.verb + 1 and not _reflexive(sentence, c)]
            before = [c for c in free if c.last <= clause.verb]
            if behind or before:
                first, second = (before, behind) if clause.link == "content" else (behind, before)
                return joined(sentence, (first or second)[0])
        if clause.link in ("content", "contrast", "result"):
            break
    return ()


def _reflexive(sentence: Sentence, chunk: Chunk) -> bool:
    """نفسه and its like name nobody."""
    return any(a.pos == "pron" or (a.sense == "quantifier" and a.pronoun) for a in sentence.analyses[chunk.first])


def _free_behind(sentence: Sentence, hit: Hit) -> Iterator[Chunk]:
    """The phrases without a preposition behind the trigger, within its clause."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    for chunk in _within_reach(sentence, hit, clause):
        if not chunk.preposition:
            yield chunk


def governed_behind(sentence: Sentence, hit: Hit) -> Iterator[Chunk]:
    """The phrases with a preposition behind the trigger, in its clause and in the relative clause about its noun."""
    n = sentence.clause_at(hit.first)
    clause = sentence.clauses[n]
    if hit.trigger.part == "noun" and n + 1 < len(sentence.clauses) and sentence.clauses[n + 1].link == "relative":
        clause = sentence.clauses[n + 1]
    for chunk in _within_reach(sentence, hit, clause):
        if chunk.preposition and not chunk.coordinated:
            yield chunk


def _within_reach(sentence: Sentence, hit: Hit, clause: Clause) -> Iterator[Chunk]:
    """The phrases behind the trigger, up to the end of a clause and no further than a role may stand."""
    end = min(clause.last, hit.last + _REACH)
    return takewhile(lambda chunk: chunk.first < end, sentence.chunks_from(hit.last))


def joined(sentence: Sentence, chunk: Chunk) -> tuple[Chunk, ...]:
    """The phrase and those joined to it by و or أو without anything between."""
    found = [chunk]
    for following in sentence.chunks_from(chunk.last):
        between = range(found[-1].last, following.first)
        if not following.coordinated or any(sentence.parts[i] not in ("conjunction", "mark") for i in between):
            break
        found.append(following)
    return tuple(found)


def _fill(roles: dict[str, tuple[Chunk, ...]], name: str, chunks: tuple[Chunk, ...]) -> None:
    if name and chunks and name not in roles:
        roles[name] = chunks


def chunk_text(sentence: Sentence, chunk: Chunk) -> str:
    """A noun phrase as written, without the conjunction and the preposition glued to its first word."""
    text = sentence.phrase(chunk.first, chunk.last)
    reading = next((a for a in sentence.analyses[chunk.first] if a.pos != "verb"), None)
    if reading is None:
        return text
    clitics = len(reading.conjunction) + (len(reading.preposition) if reading.preposition in ("ب", "ل", "ك") else 0)
    if clitics and text[:clitics] == reading.conjunction + reading.preposition:
        rest = text[clitics:]
        return f"ا{rest}" if reading.preposition == "ل" and reading.definite and rest.startswith("ل") else rest
    return text
