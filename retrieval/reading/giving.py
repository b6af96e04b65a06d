"""Tell who gives help and whom it reaches, from the roles of a word of giving and the phrases around it."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.normalise import normalise
from retrieval.reading.acting import may_act, sense_at
from retrieval.reading.describing import HUMAN
from retrieval.reading.frames import Frame
from retrieval.reading.phrasing import doers
from retrieval.reading.roles import governed_behind
from retrieval.reading.sentences import Chunk, Sentence

_SITES = frozenset({"institution", "facility", "place_noun", "family", "displaced", "force"})


def giver_of(frame: Frame) -> str:
    """Who gives, as written; '' where nobody who can is named."""
    sentence = frame.sentence
    chunks = frame.roles.get("giver", ())
    if chunks and may_give(sentence, chunks[0]) and not _described(frame, chunks[0]):
        first = first_name(sentence, chunks[0])
        return doers(sentence, (first, *chunks[1:]) if first.last == chunks[0].last else (first,))
    for chunk in governed_behind(sentence, frame.hit):
        if frame.hit.trigger.after.get(chunk.preposition) == "giver" and may_give(sentence, chunk):
            return doers(sentence, (chunk,))
    return _nation(frame) or _hosting(frame)


def may_give(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase names somebody who gives: whoever acts, people, donors, a capital for its government."""
    if may_act(sentence, chunk) or sense_at(sentence, chunk.first) in HUMAN:
        return True
    capital = next((p for p in sentence.places if p.first == chunk.first), None)
    if capital is not None:
        return normalise(capital.core) in {normalise(name) for name in load_atlas().capitals.values()}
    many = next((a for a in sentence.analyses[chunk.first] if a.pos in ("noun", "adj")), None)
    return many is not None and many.number == "p" and sentence.tokens[chunk.first].norm.endswith(("ون", "ين"))


def _described(frame: Frame, chunk: Chunk) -> bool:
    """Whether what looks like the giver is the gift's own phrase."""
    return frame.value == "gift" and chunk.first <= frame.hit.first < chunk.last


def _nation(frame: Frame) -> str:
    """The nationality that an adjective gives the gift: "مساعدات يابانية"."""
    if frame.value != "gift":
        return ""
    i = frame.hit.last
    while i < len(frame.sentence.tokens) and i < frame.hit.last + 3:
        norm = frame.sentence.tokens[i].norm
        if nationality(norm) and not norm.startswith("ال"):
            return frame.sentence.phrase(i, i + 1)
        if sense_at(frame.sentence, i) != "quality":
            break
        i += 1
    return ""


def _hosting(frame: Frame) -> str:
    """Who announces or signs a gift right before it: "أعلن البنك الدولي عن منحة"."""
    sentence, hit = frame.sentence, frame.hit
    if hit.trigger.part != "noun" or frame.clause.verb < 0 or frame.clause.verb > hit.first:
        return ""
    between = [c for c in sentence.chunks if frame.clause.verb < c.first and c.last <= hit.first and not c.preposition]
    own = sentence.chunk_at(hit.first)
    if own is not None and own.first < hit.first and not between and own.first == frame.clause.verb + 1:
        between = [own._replace(last=hit.first)]
    said = any(a.sense in ("say", "decide", "decision") for a in sentence.analyses[frame.clause.verb])
    names = [c for c in between if may_give(sentence, c)]
    return doers(sentence, names[:1]) if said and len(between) == 1 and names else ""


def receiver_of(frame: Frame) -> Chunk | None:
    """Whom the help reaches: the first phrase of the role that names people, a body or a place."""
    sentence = frame.sentence
    chunks = frame.roles.get("giver", ())
    if frame.value == "pay" and chunks:  # "منح الاتحاد الأوروبي الأردن 60 مليون يورو"
        first = first_name(sentence, chunks[0])
        rest = _reached(sentence, chunks[0]._replace(first=first.last)) if first.last < chunks[0].last else None
        if rest is not None:
            return rest
    for chunk in _candidates(frame):
        found = _reached(sentence, chunk)
        if found is not None:
            return found
    return None


def _candidates(frame: Frame) -> Iterator[Chunk]:
    if frame.hit.trigger.subject == "receiver" or frame.hit.trigger.object == "receiver":
        yield from frame.roles.get("receiver", ())[:1]
    for chunk in governed_behind(frame.sentence, frame.hit):
        if frame.hit.trigger.after.get(chunk.preposition) == "receiver":
            yield chunk


def _reached(sentence: Sentence, chunk: Chunk) -> Chunk | None:
    """The part of a phrase that names people, a body or a place: "لإعادة إعمار غزة", "لدعم اللاجئين السوريين"."""
    named = {m.first: m.last for m in sentence.names}
    counted = {i for q in sentence.quantities for i in range(q.first, q.last)}
    for i in range(chunk.first, chunk.last):
        if i in counted:
            continue
        sense = sense_at(sentence, i)
        if i in named or sense in HUMAN or sense in _SITES:
            clean = i == chunk.first
            last = named[i] if i in named and named[i] <= chunk.last and sense not in HUMAN | _SITES else chunk.last
            return chunk._replace(first=i, last=last, preposition=chunk.preposition if clean else "")
        if sense in ("time_unit", "measure"):
            return None
    return None


def first_name(sentence: Sentence, chunk: Chunk) -> Chunk:
    """A phrase cut behind its first name where another name follows at once: "قطر لبنان"."""
    names = sorted({(m.first, m.last) for m in sentence.names if chunk.first <= m.first and m.last <= chunk.last})
    if len(names) > 1 and names[0][0] == chunk.first and names[1][0] == names[0][1]:
        return chunk._replace(last=names[0][1])
    return chunk
