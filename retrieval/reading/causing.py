"""Name who or what did a harm: the agent, the attack, the accident."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.causes import CAUSES, cause_phrases, means_at
from retrieval.reading.counting import group_at
from retrieval.reading.roles import chunk_text, subject_before
from retrieval.reading.sentences import Chunk, Document, Sentence

# An attack called by so few words is called by its name alone, and how many sentences back its doer is remembered.
_BARE = 2
_MEMORY = 2


def captor_at(sentence: Sentence, first: int, last: int, agent: Chunk | None) -> str:
    """Who took or saved the people told on tokens `first` to `last` (exclusive), as written; '' when unsaid.

    That is somebody and no event: the agent, else the subject of the verb that leads to it, else a force that tells
    of it itself.
    """
    for chunk in (agent, *_agents(sentence, last), *_leading(sentence, first)):
        if (
            chunk is None
            or _counts_people(sentence, chunk)
            or any(h.first == chunk.first and h.trigger.kind == "casualty" for h in sentence.hits)
        ):
            continue
        if not CAUSES.isdisjoint(means_at(sentence, chunk.first)) and not _is_body(sentence, chunk.first):
            continue
        return chunk_text(sentence, chunk._replace(last=first) if chunk.first < first < chunk.last else chunk)
    speaker = sentence.clauses[sentence.clause_at(first)].speaker
    if speaker is None or speaker.number != sentence.number or speaker.field != sentence.field:
        return ""
    return speaker.text if _is_body(sentence, speaker.first) else ""


def actor_at(document: Document, sentence: Sentence, first: int, last: int, agent: Chunk | None) -> str:
    """Who or what did the harm told on tokens `first` to `last` (exclusive), as written; '' when unsaid.

    `agent` is the subject of an active verb of harm, which goes before everything else but a bare pronoun. Of an
    attack that is only called by its name (الغارات) the text may have told who carried it out.
    """
    if agent is not None:
        return chunk_text(sentence, agent)
    for chunk in (*_agents(sentence, last), *_leading(sentence, first), *_events(sentence, first, last)):
        if _counts_people(sentence, chunk):
            continue
        # In "the units made the arrest" the arrest belongs to the harm.
        whole = chunk._replace(last=first) if chunk.first < first < chunk.last else chunk
        doer = performer(sentence, whole)
        if doer is None and whole.last - whole.first <= _BARE:
            told = carried_out(document, sentence, whole)
            if told:
                return told
        return chunk_text(sentence, doer or whole)
    return ""


def _counts_people(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase is a count, and so no cause."""
    return sentence.quantity_at(chunk.first) is not None


def carried_out(document: Document, sentence: Sentence, event: Chunk) -> str:
    """Who carried out the attack of that name, as the sentence or those shortly before it tell; '' when unsaid."""
    lemma = _lemma(sentence, event.first)
    for other in (sentence, *document.before(sentence, _MEMORY)):
        for chunk in other.chunks:
            if any(_lemma(other, k) == lemma for k in range(chunk.first, chunk.last)):
                doer = performer(other, chunk)
                if doer is not None:
                    return chunk_text(other, doer)
        for i, part in enumerate(other.parts):
            if part != "verb" or "perform" not in means_at(other, i):
                continue
            clause = other.clauses[other.clause_at(i)]
            named = [k for k in range(i + 1, clause.last) if _lemma(other, k) == lemma]
            subject = _behind(other, i) or subject_before(other, i)[:1]
            if named and subject and subject[0].last <= named[0] and _may_do(other, subject[0]):
                return chunk_text(other, subject[0])
    return ""


def _lemma(sentence: Sentence, i: int) -> str:
    reading = next((a for a in sentence.analyses[i] if a.pos == "noun"), None)
    return reading.lemma if reading and sentence.parts[i] == "noun" else ""


def _may_do(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase names a body, a person or a craft: no event and no place."""
    place = any(m.first <= chunk.first < m.last for m in sentence.places)
    if not place and any(m.first <= chunk.first < m.last for m in sentence.names):
        return True
    accusative = sentence.tokens[chunk.last - 1].norm.endswith("ا")
    return not (place or accusative or means_at(sentence, chunk.first) or _counts_people(sentence, chunk))


def event_of(sentence: Sentence) -> str:
    """The attack or accident that a sentence tells of, or who carried it out; '' when it tells of none."""
    for chunk in _cause_in(sentence, 0, len(sentence.tokens)):
        return chunk_text(sentence, performer(sentence, chunk) or chunk)
    return ""


def events_in(sentence: Sentence, first: int, last: int) -> list[Chunk]:
    """The phrases of tokens `first` to `last` (exclusive) that name an attack or an accident, each from its word."""
    return list(_cause_in(sentence, first, last))


def _agents(sentence: Sentence, last: int) -> Iterator[Chunk]:
    """Phrases behind على يد، من قبل، برصاص after the harm."""
    norms = sentence.norms
    for i in range(last, min(sentence.scope(max(last - 1, 0), last)[1], len(norms))):
        found = cause_phrases("agent").match(norms, i)
        if found:
            chunk = next((c for c in sentence.chunks if c.last > i + found.length), None)
            if chunk is not None and chunk.first <= i + found.length + 1:
                yield chunk._replace(first=max(chunk.first, i + found.length))


def _leading(sentence: Sentence, first: int) -> Iterator[Chunk]:
    """The cause of a verb that leads to the harm (أسفر عن), the nearest verb first.

    It is the verb's subject, right behind it or an event before it; behind مما and و what the clause before tells.
    """
    for i in range(first, -1, -1):
        if sentence.parts[i] != "verb" or "lead" not in means_at(sentence, i):
            continue
        n = sentence.clause_at(i)
        yield from _behind(sentence, i)
        yield from list(_cause_in(sentence, sentence.clauses[n].first, i))[:1]
        yield from _cause_before(sentence, n)
        yield from subject_before(sentence, i)[:1]
        return


def _cause_before(sentence: Sentence, n: int) -> Iterator[Chunk]:
    """What the clauses before the n-th tell as its cause: an event, or who did what they tell."""
    if sentence.clauses[n].link not in ("result", "coordinate"):
        return
    for earlier in reversed(sentence.clauses[:n]):
        yield from list(_cause_in(sentence, earlier.first, earlier.last))[:1]
        if earlier.verb >= 0:
            yield from (subject_before(sentence, earlier.verb) or _behind(sentence, earlier.verb))[:1]
        if earlier.said >= 0:
            return


def _behind(sentence: Sentence, verb: int) -> tuple[Chunk, ...]:
    chunk = next((c for c in sentence.chunks if c.first == verb + 1 and not c.preposition), None)
    counted = sentence.quantity_at(verb + 1) is not None
    return (chunk,) if chunk and not counted else ()


def _events(sentence: Sentence, first: int, last: int) -> Iterator[Chunk]:
    """The attack or accident that the clause names, behind the harm first, then before it, then in the sentence."""
    begin, end = sentence.scope(first, last)
    yield from _cause_in(sentence, last, end)
    yield from _cause_in(sentence, begin, first)
    yield from _cause_in(sentence, last, len(sentence.tokens))
    yield from _cause_in(sentence, 0, first)


def _cause_in(sentence: Sentence, first: int, last: int) -> Iterator[Chunk]:
    """The phrases of tokens `first` to `last` that name an event, each from the word that names it."""
    for chunk in sentence.chunks:
        for i in range(max(first, chunk.first), min(last, chunk.last)):
            if sentence.parts[i] == "verb" or CAUSES.isdisjoint(means_at(sentence, i)):
                continue
            if not _is_counted(sentence, i + 1) and not _tells_how(sentence, chunk):
                yield chunk._replace(first=i)
                break


def _is_counted(sentence: Sentence, i: int) -> bool:
    """Whether a number of something stands at `i`, and no count of the dead or hurt."""
    if sentence.quantity_at(i) is None:
        return False
    group = group_at(sentence, i)
    return group is None or not group.harm


def _tells_how(sentence: Sentence, chunk: Chunk) -> bool:
    """A lone indefinite accusative says how and not by what: قتلها طعنا."""
    alone = chunk.last - chunk.first == 1 and not chunk.preposition
    return alone and sentence.tokens[chunk.first].norm.endswith("ا")


def performer(sentence: Sentence, chunk: Chunk) -> Chunk | None:
    """Who carried out the attack that `chunk` names, when a verb or ل right behind it says so."""
    following = next((c for c in sentence.chunks if c.first >= chunk.last), None)
    given = following is not None and following.first <= chunk.last + 1 and following.preposition == "ل"
    if following is not None and given and _is_body(sentence, following.first):
        # "a raid of the coalition's".
        return following
    for i in range(chunk.last, min(chunk.last + 8, len(sentence.tokens))):
        if sentence.parts[i] == "verb":
            resumes = any(a.pronoun for a in sentence.analyses[i])
            if not resumes or "perform" not in means_at(sentence, i):
                return None
            behind = _behind(sentence, i)
            return behind[0] if behind else None
        if sentence.tokens[i].text in {"،", ","}:
            return None
    return None


def _is_body(sentence: Sentence, i: int) -> bool:
    return any(p.first == i for p in sentence.parties) or any(a.sense == "force" for a in sentence.analyses[i][:1])
