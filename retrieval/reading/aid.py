"""Read aid: who gave or promised help to whom, how much money or how many goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retrieval.reading.acting import carried_out, sense_at
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.gifts import Given, goods, money
from retrieval.reading.giving import giver_of, receiver_of
from retrieval.reading.placing import place_of
from retrieval.reading.repeats import fold
from retrieval.reading.roles import chunk_text, governed_behind
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_at, means_of
from retrieval.types import Aid

# What brings help may say what it brings behind these.
_HOLDING = frozenset({"من", "ب", "ل"})
_HELP = frozenset({"aid", "relief", "goods", "carrier"})
# Verbs whose subject is what is given or who receives it.
_WITHOUT_GIVER = frozenset({"receive", "arrive", "carry"})


def find_aids(document: Document) -> tuple[Aid, ...]:
    """The help that the article says was given, promised or received, each once, in the order of the text.

    What is given must be called help, carry it, or be money that is given to somebody. A number is that of money
    before that of goods.
    """
    frames = list(find_frames(document, "aid"))
    found = (fact for frame in frames if not _told(frame, frames) and (fact := _aid(frame)))
    return fold(found, lambda a: (a.min, a.max, a.unit, a.giver, a.receiver))


def _told(frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a noun that is a gift is what another word of giving in its sentence gives: "منحت قطر مساعدات"."""
    if frame.value != "gift":
        return False
    others = (f for f in frames if f.sentence is frame.sentence and f.value != "gift" and not f.held)
    return any(c.first <= frame.hit.first < c.last for f in others for c in f.roles.get("gift", ()))


def _aid(frame: Frame) -> Aid | None:
    sentence, value = frame.sentence, frame.value
    gift = _gift(frame)
    if frame.held or _promised(frame) or (not gift and not (frame.hit.trigger.sure or value == "reach")):
        return None
    paid = money(frame)
    receiver = receiver_of(frame)
    if not _is_aid(frame, gift, paid, helped=receiver is not None):
        return None
    giver = giver_of(frame)
    if not giver and value not in _WITHOUT_GIVER and frame.hit.trigger.part == "verb":
        return None
    given = paid or goods(sentence, gift)
    if not (giver or given or receiver) or (value == "gift" and not (giver and (given or receiver))):
        return None
    common: dict[str, Any] = frame.common()
    if value == "pledge" and common["status"] == "stated":
        common["status"] = "planned"
    placed = place_of(sentence, receiver) if receiver else None
    if placed:
        common |= {"place": placed.name, "places": placed.names}
    ends = [given.last if given else 0, frame.hit.last, *(c.last for c in gift)]
    starts = [frame.hit.first, *(c.first for cs in frame.roles.values() for c in cs)]
    return Aid(
        **common,
        giver=giver,
        receiver=chunk_text(sentence, receiver) if receiver else "",
        min=given.min if given else None,
        max=given.max if given else None,
        unit=given.unit if given else chunk_text(sentence, gift[0]) if gift else "",
        citation=frame.citation(min(starts), max(ends)),
    )


def _promised(frame: Frame) -> bool:
    """Whether a noun of giving only says what a verb of giving before it is about: "تعهد بتقديم"."""
    hit = frame.hit
    if hit.trigger.part != "noun" or hit.reading is None or hit.reading.preposition != "ب":
        return False
    earlier = (h for h in frame.sentence.hits if frame.clause.first <= h.first < hit.first)
    return any(h.trigger.kind == "aid" and h.trigger.value == "pledge" for h in earlier)


def _gift(frame: Frame) -> tuple[Chunk, ...]:
    """What is given, with what it holds; a noun such as منحة is the gift itself."""
    sentence, hit = frame.sentence, frame.hit
    if frame.value != "gift":
        return tuple(_with_contents(sentence, c) for c in frame.roles.get("gift", ()))
    chunk = sentence.chunk_at(hit.first)
    reading = hit.reading
    if chunk is None or (reading is not None and (reading.definite or reading.pronoun)):
        return ()
    return (chunk._replace(first=hit.first),)


def _with_contents(sentence: Sentence, chunk: Chunk) -> Chunk:
    """What is given with what it holds: "40 tons of medical aid", "an aircraft laden with help"."""
    following = next((c for c in sentence.chunks if c.first >= chunk.last), None)
    if following is None or following.preposition not in _HOLDING or following.first - chunk.last > 1:
        return chunk
    return chunk._replace(last=following.last) if means_of(sentence, following) & _HELP else chunk


def _is_aid(frame: Frame, gift: tuple[Chunk, ...], paid: Given | None, *, helped: bool) -> bool:
    """Whether what is given is help: by its name, by what it carries, or because it is money for somebody."""
    sentence = frame.sentence
    if frame.value == "carry" and not _carried(frame):
        return False
    if frame.value == "share" and helped and any("goods" in means_of(sentence, c) for c in gift):
        return True
    if any(_is_help(sentence, c) for c in gift):
        return True
    return paid is not None and _may_pay(frame, gift, helped=helped)


def _carried(frame: Frame) -> bool:
    """Whether a ship, an aircraft or a lorry carries it."""
    sentence = frame.sentence
    before = range(max(0, frame.hit.first - 3), frame.hit.first)
    return any("carrier" in means_at(sentence, i) for i in before)


def _is_help(sentence: Sentence, chunk: Chunk) -> bool:
    means = means_of(sentence, chunk)
    counted = any(chunk.first <= q.first < chunk.last for q in sentence.quantities)
    described = "relief" in means and (bool(means & {"convoy", "carrier"}) or counted)
    laden = "carrier" in means and chunk.last - chunk.first > 1 and "aid" in means
    return "aid" in means or described or laden or ("goods" in means and counted)


def _may_pay(frame: Frame, gift: tuple[Chunk, ...], *, helped: bool) -> bool:
    """Whether a sum of money is help: it is donated or lent, or somebody is named whom it is for."""
    sentence = frame.sentence
    relieves = frame.value == "allot" and any(
        c.preposition == "ل" and means_of(sentence, c) & {"aid", "relief"} for c in governed_behind(sentence, frame.hit)
    )
    if not (frame.hit.trigger.sure or relieves or (frame.value == "pay" and helped)):
        return False
    senses = {sense_at(sentence, i) for c in gift for i in range(c.first, c.last)}
    giving = frame.value == "pledge" and bool(senses & {"aid"})
    return not gift or giving or "money" in senses or bool(carried_out(sentence, frame.hit))
