"""Read statements told by what they do: somebody calls for something, warns of it, condemns or welcomes it."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.reading.acting import head_of, in_name, may_act
from retrieval.reading.frames import Frame
from retrieval.reading.phrasing import doers, stretch
from retrieval.reading.roles import governed_behind
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import Statement

# The most words that tell what a statement is about, and how far behind its verb they may begin.
_MOST, _REACH = 12, 14


def spoken_act(frame: Frame, told: Sequence[Statement]) -> Statement | None:
    """The statement of a verb such as دعا or حذر; None where nobody speaks, or a clause of saying tells it already."""
    speaker = frame.roles.get("speaker", ())
    threat = frame.clause.stance == "threatens"
    unsaid = frame.status == "denied" or (frame.status == "hypothetical" and not threat)
    if not speaker or unsaid or not _speaks(frame, speaker[0]):
        return None
    speaker = (_named(frame.sentence, speaker[0]), *speaker[1:])
    about = _about(frame, speaker)
    if about is None:
        return None
    sentence = frame.sentence
    text = stretch(sentence, about.first, _MOST)
    last = about.first + 1
    while last < len(sentence.tokens) and len(sentence.phrase(about.first, last)) < len(text):
        last += 1
    citation = frame.citation(min(frame.hit.first, speaker[0].first), last)
    if any(s.citation.field == citation.field and _overlap(s, citation.start, citation.end) for s in told):
        return None
    person = next((p for p in sentence.people if speaker[0].first <= p.first < speaker[0].last), None)
    named = person is not None and bool(person.name)
    return Statement(
        **{**frame.common(), "status": "stated", "source": doers(sentence, speaker[:1])},
        speaker=person.name if person and named else doers(sentence, speaker[:1]),
        speaker_title=person.title if person and named else "",
        about=text,
        citation=citation,
    )


def _named(sentence: Sentence, chunk: Chunk) -> Chunk:
    """The name with which a phrase begins, without what is behind it: "ناشدت اليونيسف الأطراف"."""
    ends = [m.last for m in sentence.names if m.first == chunk.first and m.last <= chunk.last]
    return chunk._replace(last=max(ends)) if ends else chunk


def _overlap(other: Statement, start: int, end: int) -> bool:
    return other.citation.start < end and start < other.citation.end


def _speaks(frame: Frame, chunk: Chunk) -> bool:
    """Whether a phrase names somebody who speaks: a person, a body, a government."""
    sentence = frame.sentence
    head = head_of(sentence, chunk)
    return in_name(sentence, head) or may_act(sentence, chunk)


def _about(frame: Frame, speaker: tuple[Chunk, ...]) -> Chunk | None:
    """The phrase that says what is called for, feared or condemned: no place, no person alone."""
    sentence, hit = frame.sentence, frame.hit
    governed = [c for c in governed_behind(sentence, hit) if hit.trigger.after.get(c.preposition) == "about"]
    for chunk in (*frame.roles.get("about", ()), *governed):
        head = head_of(sentence, chunk)
        if chunk in speaker or head - hit.last > _REACH or in_name(sentence, head, places=True):
            continue
        if chunk.first >= hit.last:
            return chunk
    return None
