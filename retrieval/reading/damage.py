"""Read damage: which things were destroyed, burnt, brought down or harmed, how many and by whom."""

from __future__ import annotations

from retrieval.reading.acting import head_of, in_name, may_act, sense_at
from retrieval.reading.amounts import amount_of
from retrieval.reading.describing import HUMAN
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.phrasing import doers, told
from retrieval.reading.repeats import fold
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_at, means_of
from retrieval.types import Damage

_HARMED = frozenset({"facility", "vehicle", "weapon"})


def find_damages(document: Document) -> tuple[Damage, ...]:
    """The damage to things that the article states, each once, in the order of the text, title first.

    A thing is a building, a vehicle, a weapon or what things.csv lists; hopes, talks and prices are none.
    """
    found = (fact for frame in find_frames(document, "damage") for fact in _damages(frame))
    return fold(found, lambda d: (d.min, d.max, d.what, d.place))


def _damages(frame: Frame) -> list[Damage]:
    sentence = frame.sentence
    common = frame.common()
    if common["status"] == "denied" or frame.held:
        return []
    what, actor = _roles(frame)
    things = [c for c in what if _is_thing(frame, c)]
    if not things or things[0] not in what[:1]:
        return []
    by = doers(sentence, actor) if actor and _does_harm(sentence, actor[0]) else ""
    facts = []
    for chunk in things:
        amount = amount_of(sentence, chunk)
        facts.append(
            Damage(
                **common,
                what=_what(sentence, chunk),
                actor=by,
                min=amount.min,
                max=amount.max,
                bound=amount.bound,
                citation=frame.citation(min(frame.hit.first, chunk.first), max(frame.hit.last, chunk.last)),
            )
        )
    return facts


def _roles(frame: Frame) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """What is harmed and who or what harms it; a subject that cannot act may still harm: "أحرق محتجون مقرا"."""
    sentence = frame.sentence
    what, actor = frame.roles.get("what", ()), frame.roles.get("actor", ())
    if actor or not what or frame.hit.trigger.part != "verb" or frame.hit.trigger.subject != "actor":
        return what, actor
    head = head_of(sentence, what[0])
    if not ("agent" in means_at(sentence, head) or sense_at(sentence, head) in HUMAN or _many(sentence, head)):
        return what, actor
    behind = next((c for c in sentence.chunks if c.first == what[-1].last and not c.preposition), None)
    return ((behind,), what) if behind else (what, actor)


def _many(sentence: Sentence, token: int) -> bool:
    """Whether a plural of people by its ending stands at a token: محتجون, مجهولون."""
    reading = next((a for a in sentence.analyses[token] if a.pos != "verb"), None)
    return reading is not None and reading.number == "p" and sentence.tokens[token].norm.endswith("ون")


def _does_harm(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether who or what a phrase names may have done it: whoever acts, people, arms, a flood."""
    head = head_of(sentence, chunk)
    if may_act(sentence, chunk) or sense_at(sentence, head) in HUMAN or _many(sentence, head):
        return True
    return bool(means_of(sentence, chunk) & {"arms", "agent"})


def _is_thing(frame: Frame, chunk: Chunk) -> bool:
    sentence = frame.sentence
    head = amount_of(sentence, chunk).head
    if in_name(sentence, head):
        return False
    means = means_at(sentence, head)
    if "whole" in means or ("market" in means and frame.value == "fall"):
        return False
    return "harmed" in means or sense_at(sentence, head) in _HARMED


def _what(sentence: Sentence, chunk: Chunk) -> str:
    """The things without their number, as written."""
    head = head_of(sentence, chunk)
    amount = amount_of(sentence, chunk)
    first = max(head, amount.head)
    return told(sentence, (chunk._replace(first=first),)) or chunk_text(sentence, chunk)
