"""Tell who does what to whom where grammar alone leaves it open: by who can act, and by what stands in construct."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retrieval.arabic.atlas import RANK
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.tables import Row, load
from retrieval.reading.causing import performer
from retrieval.reading.roles import governed_behind, joined, subject_before
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.reading.things import means_at
from retrieval.reading.triggers import Hit

_AGENT = ("من قبل", "علي يد", "علي ايدي", "من جانب", "من طرف")
_BREAKS = frozenset({"verb", "complement", "subordinate", "relative", "among"})


class SenseRow(Row):
    """One row of acting_senses.csv: a sense of the lexicon whose nouns act: armies, bodies, fighters."""

    sense: str


class VerbRow(Row):
    """One row of doing_verbs.csv: a verb whose subject does what the noun behind it names."""

    word: str


def sense_at(sentence: Sentence, token: int) -> str:
    """The sense of a noun by its best reading, '' for an unknown word."""
    return next((a.sense for a in sentence.analyses[token] if a.pos != "verb" and a.known), "")


def name_spans(sentence: Sentence, *, places: bool = False) -> list[tuple[int, int]]:
    """The tokens, from and to (exclusive), of the parties and persons that a sentence names, and of its places."""
    spans = [(p.first, p.last) for p in sentence.parties] + [(p.first, p.last) for p in sentence.people]
    return spans + [(p.first, p.last) for p in sentence.places] if places else spans


def in_name(sentence: Sentence, token: int, *, places: bool = False) -> bool:
    """Whether a token stands inside the name of a party or a person, or of a place."""
    return any(first <= token < last for first, last in name_spans(sentence, places=places))


def head_of(sentence: Sentence, chunk: Chunk) -> int:
    """The token of the noun that a phrase is about: the first that is no number and no mark."""
    counted = {i for q in sentence.quantities for i in range(q.first, q.last)}
    return next(
        (i for i in range(chunk.first, chunk.last) if sentence.parts[i] == "noun" and i not in counted), chunk.first
    )


def may_act(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase names somebody who fights, governs or gives: a party, a body, fighters, a person of office."""
    head = head_of(sentence, chunk)
    if in_name(sentence, head):
        return True
    if "state" in means_at(sentence, head):
        return True
    country = any(p.first == head and RANK.get(p.kind, 0) >= RANK["country"] for p in sentence.places)
    return country or sense_at(sentence, head) in _acting_senses()


@cache
def _acting_senses() -> frozenset[str]:
    return frozenset(row.sense for _, row in load("acting_senses", SenseRow))


def split_roles(sentence: Sentence, hit: Hit) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """Who acts and on what, for a trigger that has both a subject and an object; either may be empty.

    Behind a verb a phrase that cannot act is its object, whether the verb is passive or its subject went before it.
    Of a noun the phrase in construct is who acts if it can, else what is acted on.
    """
    if hit.trigger.part == "noun":
        return _of_noun(sentence, hit)
    free = [part for c in _free(sentence, hit) if not c.first <= hit.tail < c.last for part in _parted(sentence, c)]
    ahead_of = subject_before(sentence, hit.first)
    before = ahead_of if ahead_of and may_act(sentence, ahead_of[0]) else ()
    if hit.tail >= 0:
        ahead = [c for c in free if c.last <= hit.tail and _right_behind(sentence, hit, c)]
        return (joined(sentence, ahead[0]) if ahead else before or _agent(sentence, hit)), ()
    resumed = bool(hit.reading and hit.reading.pronoun)
    if hit.passive or not free:
        # "The house was destroyed": what stands before and cannot act is acted on.
        behind = joined(sentence, free[0]) if free else ahead_of if hit.passive or not before else ()
        return _agent(sentence, hit) or (() if hit.passive else before), () if resumed else behind
    return _of_active(sentence, hit, free, before)


def _of_active(
    sentence: Sentence, hit: Hit, free: Sequence[Chunk], before: tuple[Chunk, ...]
) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """Who acts on what by an active verb, from the phrases behind it and the subject that may stand before it."""
    resumed = bool(hit.reading and hit.reading.pronoun)
    opens = _right_behind(sentence, hit, free[0])
    if opens and len(free) > 1 and free[1].first == free[0].last and not resumed:
        return (free[0],), joined(sentence, free[1])
    if not opens or not may_act(sentence, free[0]):
        return before or _agent(sentence, hit), joined(sentence, free[0]) if opens and not resumed else ()
    first = joined(sentence, free[0])
    rest = [c for c in free if c not in first]
    if before and not rest and not resumed and before[0].last <= hit.first and _same_clause(sentence, before[0], hit):
        return before, first
    return first, joined(sentence, rest[0]) if rest and not resumed else ()


def _same_clause(sentence: Sentence, chunk: Chunk, hit: Hit) -> bool:
    return sentence.clause_at(chunk.first) == sentence.clause_at(hit.first)


def _of_noun(sentence: Sentence, hit: Hit) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    behind = construct_behind(sentence, hit)
    chunk = sentence.chunk_at(hit.first)
    done_by = performer(sentence, chunk) if chunk else None
    by = (done_by,) if done_by else carried_out(sentence, hit) or _agent(sentence, hit) or _named_before(sentence, hit)
    if by or not behind or not may_act(sentence, behind[0]):
        return by, behind
    following = next((c for c in _free(sentence, hit) if c.first == behind[-1].last), None)
    return behind, joined(sentence, following) if following else ()


def _named_before(sentence: Sentence, hit: Hit) -> tuple[Chunk, ...]:
    """Who is named right before a definite noun of an act, behind a verb: "Oman announced the gift of"."""
    chunk = sentence.chunk_at(hit.first)
    definite = hit.reading is not None and hit.reading.definite
    if chunk is None or not definite or not chunk.first or sentence.parts[chunk.first - 1] != "verb":
        return ()
    own = chunk._replace(last=hit.first)
    return (own,) if own.first < own.last and may_act(sentence, own) else ()


def carried_out(sentence: Sentence, hit: Hit) -> tuple[Chunk, ...]:
    """Who does what a noun names by a verb that only says that it was done: "managed to retake", "carried out"."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    verb = next((i for i in range(hit.first - 1, clause.first - 1, -1) if sentence.parts[i] == "verb"), -1)
    if verb < 0 or not any(normalise(a.lemma) in _doing_verbs() for a in sentence.analyses[verb]):
        return ()
    between = [c for c in sentence.chunks if verb < c.first and c.last <= hit.first and not c.coordinated]
    if len(between) > 1 or (between and between[0].preposition):
        return ()
    return joined(sentence, between[0]) if between else subject_before(sentence, verb)


@cache
def _doing_verbs() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("doing_verbs", VerbRow))


def construct_behind(sentence: Sentence, hit: Hit) -> tuple[Chunk, ...]:
    """The phrase in construct behind a noun, and those joined to it: "the shelling of the town", adjectives passed."""
    chunk = sentence.chunk_at(hit.last - 1)
    if chunk is None or (hit.reading is not None and (hit.reading.definite or hit.reading.pronoun)):
        return ()
    ending = sentence.tokens[hit.last - 1].norm.endswith("ا")
    if ending and hit.reading is not None and not normalise(hit.reading.lemma).endswith("ا"):
        return ()  # the ending of the indefinite accusative: nothing stands in construct behind it
    i = hit.last
    while i < chunk.last and sentence.tokens[i].text in QUOTES:
        i += 1
    if (i < chunk.last and not _constructs(sentence, i)) or is_adjective(sentence, hit.last - 1):
        return ()
    if i < chunk.last:
        return joined(sentence, chunk._replace(first=i, preposition="", coordinated=False))
    following = sentence.chunk_from(chunk.last)
    if following is None or following.preposition or following.coordinated:
        return ()
    between = range(chunk.last, following.first)
    return joined(sentence, following) if all(sentence.tokens[k].text in QUOTES for k in between) else ()


def _constructs(sentence: Sentence, i: int) -> bool:
    """Whether a word may stand in construct behind a noun: no adjective, and known, definite or a name."""
    if is_adjective(sentence, i):
        return False
    if in_name(sentence, i, places=True):
        return True
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    return reading is not None and (reading.known or reading.definite)


def is_adjective(sentence: Sentence, i: int) -> bool:
    """Whether a known adjective stands at a token, outside any name."""
    if any(first == i for first, _ in name_spans(sentence, places=True)):
        return False
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    return reading is not None and reading.known and (reading.pos == "adj" or reading.sense == "nationality")


def _agent(sentence: Sentence, hit: Hit) -> tuple[Chunk, ...]:
    """Who is named behind "at the hands of" or "on the part of"."""
    found = next((c for c in governed_behind(sentence, hit) if c.preposition in _AGENT), None)
    return joined(sentence, found) if found else ()


def _free(sentence: Sentence, hit: Hit) -> list[Chunk]:
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    inside = [c for c in sentence.chunks if hit.last <= c.first < clause.last and not c.preposition]
    dated = {i for d in sentence.dates for i in range(d.first, d.last)}
    return [c for c in inside if c.first not in dated and not c.coordinated]


def _parted(sentence: Sentence, chunk: Chunk) -> tuple[Chunk, ...]:
    """A phrase as the subject and the object that it is behind a verb, where a construct cannot go on.

    That is behind the name of a party or a person, and between two definite nouns or a definite and an indefinite one.
    """
    named = {i for first, last in name_spans(sentence, places=True) for i in range(first + 1, last)}
    ends = {last for first, last in name_spans(sentence) if first == chunk.first}
    for i in range(chunk.first + 1, chunk.last):
        before, here = (next((a for a in sentence.analyses[k] if a.pos != "verb"), None) for k in (i - 1, i))
        if before is None or here is None or i in named or here.conjunction or not here.known or here.pos != "noun":
            continue
        weapon = _arms_end(sentence, chunk.first, i) and not here.definite
        if here.sense not in {"nationality", "direction"} and (before.definite or i in ends or weapon):
            return chunk._replace(last=i), chunk._replace(first=i)
    return (chunk,)


def _arms_end(sentence: Sentence, first: int, i: int) -> bool:
    """Whether a phrase such as "طائرة مسيرة" is whole before token `i`: two words for arms and no third."""
    words = [means_at(sentence, k) for k in range(first, i + 1)]
    return len(words) == 3 and all("arms" in w for w in words[:2]) and "arms" not in words[2]


def _right_behind(sentence: Sentence, hit: Hit, chunk: Chunk) -> bool:
    """Whether nothing but dates, marks and phrases of place stand between a verb and a phrase."""
    between = range(hit.last, chunk.first)
    return not any(sentence.parts[i] in _BREAKS for i in between)
