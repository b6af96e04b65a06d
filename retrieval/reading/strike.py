"""Read strikes: attacks from the air, by artillery or by rockets, on what, by whom and how many."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.acting import may_act, sense_at
from retrieval.reading.amounts import Amount, amount_of
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.phrasing import belonging, doers, told
from retrieval.reading.repeats import fold
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_of
from retrieval.types import Strike

_NEAR = 4


def find_strikes(document: Document) -> tuple[Strike, ...]:
    """The strikes that the article states, each once, in the order of the text, title first.

    A strike told without a number has open counts; one raid is one. A strike that only points back to one told
    before ("the raid left three dead") is none of its own.
    """
    found = [strike for frames in _by_sentence(document) for strike in _in_sentence(frames)]
    kept = fold(found, lambda s: (s.min, s.max, s.actor, s.target, s.place))
    return tuple(s for n, s in enumerate(kept) if s.target or s.min is not None or (s.actor and not (n and _bare(s))))


def _bare(strike: Strike) -> bool:
    """Whether only a nationality says whose raids are meant: "the Turkish raids" points back."""
    return bool(nationality(normalise(strike.actor)))


def _by_sentence(document: Document) -> Iterator[list[Frame]]:
    group: list[Frame] = []
    for frame in find_frames(document, "strike"):
        if group and group[-1].sentence is not frame.sentence:
            yield group
            group = []
        group.append(frame)
    if group:
        yield group


def _in_sentence(frames: list[Frame]) -> Iterator[Strike]:
    """The strikes of one sentence; a noun that a verb of the same strike governs or speaks of is no second one."""
    covered: set[int] = set()
    for frame in sorted(frames, key=lambda f: (f.hit.tail < 0, f.hit.first)):
        if frame.hit.first in covered or not _fires(frame):
            continue
        if frame.value == "fired" and not frame.roles.get("target"):
            continue
        target = frame.roles.get("target", ())
        if frame.hit.tail >= 0:
            covered.add(frame.hit.tail)
        for other in frames:
            if other is not frame and _same(frame, other):
                covered.add(other.hit.first)
                target = target or other.roles.get("target", ())
        owner = frame.roles.get("owner", ())
        if not target and owner and frame.roles.get("actor"):
            target = owner if _construct_actor(frame) and owner[0].first == frame.roles["actor"][-1].last else ()
        if not target and (frame.status == "denied" or (frame.hit.reading is not None and frame.hit.reading.pronoun)):
            continue
        amount = _amount(frame)
        yield Strike(
            **frame.common(),
            actor=_actor(frame),
            target=_target(frame.sentence, target),
            min=amount.min if amount else None,
            max=amount.max if amount else None,
            bound=amount.bound if amount else "vague",
            citation=frame.citation(),
        )


def _same(frame: Frame, other: Frame) -> bool:
    """Whether another trigger tells of the same strike: its subject or its means is this one, or it stands by it."""
    spans = [(c.first, c.last) for chunks in frame.roles.values() for c in chunks]
    theirs = [(c.first, c.last) for chunks in other.roles.values() for c in chunks]
    if any(first <= other.hit.first < last for first, last in spans):
        return True
    if any(first <= frame.hit.first < last for first, last in theirs):
        return True
    relates = other.hit.trigger.part == "verb" and other.hit.reading is not None
    near = 0 < other.hit.first - frame.hit.last <= _NEAR
    if relates and near and frame.hit.trigger.part == "noun":
        return frame.sentence.clause_at(frame.hit.first) == frame.sentence.clause_at(other.hit.first) or _relative(
            other
        )
    return other.hit.trigger.part == "noun" and other.clause == frame.clause and other.hit.first > frame.hit.first


def _relative(frame: Frame) -> bool:
    return frame.clause.link == "relative"


def _fires(frame: Frame) -> bool:
    """Whether it is an attack from the air or by fire: for verbs of aiming an aircraft or a weapon has to be named."""
    if frame.value != "aimed":
        return True
    sentence, hit = frame.sentence, frame.hit
    if hit.tail >= 0 and any(t.norm in word_set("by_fire") for t in sentence.tokens[hit.tail : hit.tail + 3]):
        return True
    near = [c for role in ("actor",) for c in frame.roles.get(role, ())]
    near += [c for c in sentence.chunks if c.preposition == "ب" and hit.last <= c.first < frame.clause.last]
    if hit.trigger.part == "noun":
        return any(_aerial(sentence, c) for c in near)
    return bool(near) and any(_aerial(sentence, c) for c in near) and bool(frame.roles.get("target"))


def _aerial(sentence: Sentence, chunk: Chunk) -> bool:
    return "arms" in means_of(sentence, chunk)


def _amount(frame: Frame) -> Amount | None:
    """How many strikes; None where only a verb tells of them."""
    token = _noun(frame)
    chunk = frame.sentence.chunk_at(token)
    if chunk is None or frame.value == "shelling" or frame.sentence.parts[token] == "verb":
        return None
    definite = any(a.definite for a in frame.sentence.analyses[token][:1])
    if definite and not any(q.last == token for q in frame.sentence.quantities):
        return None
    counted = amount_of(frame.sentence, chunk._replace(first=_first(frame.sentence, token)))
    return counted if counted.head == token or counted.min is None else None


def _first(sentence: Sentence, token: int) -> int:
    quantity = next((q for q in sentence.quantities if q.last == token), None)
    return quantity.first if quantity else token


def _noun(frame: Frame) -> int:
    """The token of the noun that names the strike; that of the verb where there is none."""
    hit = frame.hit
    if hit.tail >= 0:
        return hit.tail
    if hit.trigger.part == "verb" and hit.last - hit.first > 1:
        return hit.last - 1
    return hit.first


def _actor(frame: Frame) -> str:
    """Who struck: whoever can act or fly, else whose raids they are, else the nationality that the noun has."""
    sentence = frame.sentence
    for role in ("actor", "owner"):
        chunks = frame.roles.get(role, ())
        if role == "owner" and chunks and not _beside(frame, chunks[0]):
            continue
        able = bool(chunks) and (may_act(sentence, chunks[0]) or _aerial(sentence, chunks[0]))
        itself = any(frame.hit.first <= c.first < frame.hit.last for c in chunks)
        if able and not itself and not _event(sentence, chunks[0]):
            return doers(sentence, chunks)
    start = _noun(frame)
    if (subject := _carrying_on(sentence, start)) is not None:
        return doers(sentence, (subject,))
    chunk = sentence.chunk_at(start)
    if chunk is None:
        return ""
    nation = next((i for i in range(start + 1, chunk.last) if nationality(sentence.tokens[i].norm)), None)
    return sentence.phrase(nation, nation + 1) if nation is not None else ""


def _carrying_on(sentence: Sentence, noun: int) -> Chunk | None:
    """Whose the strike is that is the object of a verb of beginning or going on: "the army went on shelling"."""
    subject = next((c for c in sentence.chunks if c.last == noun and not c.preposition), None)
    if subject is None or not subject.first or not (may_act(sentence, subject) or _aerial(sentence, subject)):
        return None
    verbs = (normalise(a.lemma) for a in sentence.analyses[subject.first - 1] if a.pos == "verb")
    return subject if any(verb in word_set("carrying_on") for verb in verbs) else None


def _construct_actor(frame: Frame) -> bool:
    """Whether who struck stands in construct behind the noun, so that what stands behind ل was struck."""
    own = frame.sentence.chunk_at(frame.hit.first)
    return own is not None and own.first <= frame.roles["actor"][0].first <= own.last


def _beside(frame: Frame, chunk: Chunk) -> bool:
    """Whether a phrase with ل stands right behind the noun: raids of the coalition, and not posts of the army."""
    own = frame.sentence.chunk_at(_noun(frame))
    return own is not None and chunk.first <= own.last + 1


def _event(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase names the strike itself and nobody who carried it out."""
    return sense_at(sentence, chunk.first) in ("strike", "attack") and not may_act(sentence, chunk)


def _target(sentence: Sentence, chunks: tuple[Chunk, ...]) -> str:
    if not chunks or _event(sentence, chunks[0]):
        return ""
    whole = told(sentence, chunks)
    return whole if belonging(sentence, chunks[-1]) - chunks[0].first <= 10 else told(sentence, chunks[:1])
