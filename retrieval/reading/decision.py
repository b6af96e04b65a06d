"""Read decisions: which body decided, voted, ruled or ordered, and about what."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.acting import construct_behind, head_of, in_name, may_act, sense_at
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.phrasing import doers, stretch
from retrieval.reading.repeats import fold
from retrieval.reading.roles import chunk_text, governed_behind
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_of
from retrieval.types import Decision

_MOST = 14
# What an order, a ruling or a law is called; of what is passed or imposed only such things are decisions.
_ACTS = frozenset({"decision"})


def find_decisions(document: Document) -> tuple[Decision, ...]:
    """The decisions that the article states, each once, in the order of the text, title first.

    Who decides must be a body, a government, a court or somebody in office; a person who makes up his mind is none.
    """
    found = (fact for frame in find_frames(document, "decision") if (fact := _decision(frame)))
    return fold(found, lambda d: (d.body, d.about))


def _decision(frame: Frame) -> Decision | None:
    body = frame.roles.get("body", ())
    if not body or not _decides(frame, body[0]):
        return None
    first = frame.hit.first if frame.value == "announced" else _about(frame, body)
    if first < 0 or (frame.value == "announced" and not _announced(frame, body[0])):
        return None
    about = stretch(frame.sentence, first, _MOST)
    last = _end(frame.sentence, first, about)
    about = chunk_text(frame.sentence, Chunk(first, last))
    return Decision(
        **frame.common(),
        body=doers(frame.sentence, body[:1]),
        about=about,
        citation=frame.citation(min(frame.hit.first, body[0].first), last),
    )


def _end(sentence: Sentence, first: int, about: str) -> int:
    last = first + 1
    while last < len(sentence.tokens) and len(sentence.phrase(first, last)) < len(about):
        last += 1
    return last


def _decides(frame: Frame, chunk: Chunk) -> bool:
    """Whether a phrase names somebody who decides for others: courts for rulings, bodies and offices for the rest."""
    sentence = frame.sentence
    head = head_of(sentence, chunk)
    court = "court" in means_of(sentence, chunk)
    if frame.value == "order" and sentence.tokens[chunk.first].norm in word_set("prosecutor"):
        return True
    if frame.value in ("rule", "uphold", "order"):
        return court
    if court or sense_at(sentence, head) == "institution":
        return True
    if any(p.first <= head < p.last for p in sentence.people):
        return any(p.first <= head < p.last and p.title for p in sentence.people)
    if frame.value == "ban":
        return in_name(sentence, head, places=True) or sense_at(sentence, head) in ("office", "force")
    return may_act(sentence, chunk) and sense_at(sentence, head) not in ("militant", "security", "nationality", "force")


def _about(frame: Frame, body: tuple[Chunk, ...]) -> int:
    """The token at which begins what the decision is about, -1 when it is not said or is no matter of decision."""
    sentence, hit = frame.sentence, frame.hit
    n = sentence.clause_at(hit.first)
    for chunk in _candidates(frame, body):
        head = head_of(sentence, chunk)
        if frame.value == "rate" and not _is_rate(sentence, head):
            return -1
        if frame.value == "close" and sense_at(sentence, head) not in ("facility", "institution", "place_noun"):
            return -1
        if frame.value in ("issue", "pass", "impose") and sense_at(sentence, head) not in _ACTS | {"besiege"}:
            return -1
        return chunk.first
    following = sentence.clauses[n + 1] if n + 1 < len(sentence.clauses) else None
    if following and following.link == "content" and frame.value in ("", "rule") and following.first - hit.last < 12:
        return following.first + 1 if following.first + 1 < following.last else -1
    return -1


def _is_rate(sentence: Sentence, head: int) -> bool:
    """Whether a phrase is about a rate, a price or a tax."""
    return any(normalise(a.lemma) in word_set("rate") for a in sentence.analyses[head] if a.pos != "verb")


def _announced(frame: Frame, body: Chunk) -> bool:
    """Whether a body announces an act as its own, with what it is about: "أعلنت الوزارة حظر التجوال"."""
    before = frame.sentence.parts[body.first - 1] if body.first else ""
    about = bool(frame.roles.get("about")) or bool(construct_behind(frame.sentence, frame.hit))
    reading = frame.hit.reading
    if reading is not None and (reading.preposition or reading.conjunction):
        return False
    return before == "verb" and body.last <= frame.hit.first and about


def _candidates(frame: Frame, body: tuple[Chunk, ...]) -> Iterator[Chunk]:
    """The phrases that may say what is decided, the likeliest first: none that names who decides, a place or a day."""
    sentence, hit = frame.sentence, frame.hit
    objects = frame.roles.get("about", ())
    governed = [c for c in governed_behind(sentence, hit) if hit.trigger.after.get(c.preposition) == "about"]
    if frame.value == "rule":
        governed.sort(key=lambda chunk: chunk.preposition != "ب")
    for chunk in (*(c for c in objects if not c.preposition), *governed):
        head = head_of(sentence, chunk)
        if chunk in body or any(p.first <= head < p.last for p in sentence.places):
            continue
        if any(d.first <= head < d.last for d in sentence.dates) or (chunk.preposition and _of_body(sentence, chunk)):
            continue
        yield chunk


def _of_body(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase with a preposition only says of which house or ministry a body is."""
    return sense_at(sentence, head_of(sentence, chunk)) in ("institution", "place_noun", "conference")
