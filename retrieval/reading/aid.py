"""Read aid: who gave or promised help to whom, how much money or how many goods."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import Quantity
from retrieval.arabic.tables import Row, load
from retrieval.reading.acting import may_act, sense_at
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.phrasing import doers, told
from retrieval.reading.placing import place_of
from retrieval.reading.repeats import fold
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_of
from retrieval.types import Aid

# How many words a sum may stand behind the words of giving.
_REACH = 25


class CurrencyRow(Row):
    """One row of currencies.csv: a currency in the singular, with its country or alone, and its ISO 4217 code."""

    words: str
    code: str


class _Given(NamedTuple):
    min: int | None
    max: int | None
    unit: str
    last: int


def find_aids(document: Document) -> tuple[Aid, ...]:
    """The help that the article says was given, promised or received, each once, in the order of the text.

    What is given must be called help, carry it, or be money that is donated, lent or granted. A number is that of
    money before that of goods.
    """
    found = (fact for frame in find_frames(document, "aid") if (fact := _aid(frame)))
    return fold(found, lambda a: (a.min, a.max, a.unit, a.giver, a.receiver))


def _aid(frame: Frame) -> Aid | None:
    sentence = frame.sentence
    gift = frame.roles.get("gift", ())
    if frame.held or (not gift and not frame.hit.trigger.sure):
        return None
    gift = tuple(_with_contents(sentence, c) for c in gift)
    helps = any(_is_help(sentence, c) for c in gift)
    money = _money(frame)
    if not helps and not (money and _may_pay(frame, gift)):
        return None
    giver = _actor(frame, "giver")
    if not giver and frame.value not in ("receive", "arrive") and frame.hit.trigger.part == "verb":
        return None
    given = money or _goods(sentence, gift)
    if given is None and not giver and not frame.roles.get("receiver"):
        return None
    common: dict[str, Any] = frame.common()
    if frame.value == "pledge" and common["status"] == "stated":
        common["status"] = "planned"
    receiver = frame.roles.get("receiver", ())
    placed = place_of(sentence, receiver[0]) if receiver else None
    if placed:
        common |= {"place": placed.name, "places": placed.names}
    start = min(frame.hit.first, *(c.first for cs in frame.roles.values() for c in cs))
    return Aid(
        **common,
        giver=giver,
        receiver=_receiver(frame),
        min=given.min if given else None,
        max=given.max if given else None,
        unit=given.unit if given else chunk_text(sentence, gift[0]) if gift else "",
        citation=frame.citation(start, max(given.last if given else 0, frame.hit.last, *(c.last for c in gift), 0)),
    )


def _with_contents(sentence: Sentence, chunk: Chunk) -> Chunk:
    """What is given with what it holds: "40 tons of medical aid"."""
    following = sentence.chunk_from(chunk.last)
    if following is None or following.preposition != "من" or following.first - chunk.last > 1:
        return chunk
    return chunk._replace(last=following.last) if means_of(sentence, following) else chunk


def _is_help(sentence: Sentence, chunk: Chunk) -> bool:
    means = means_of(sentence, chunk)
    counted = any(chunk.first <= q.first < chunk.last for q in sentence.quantities)
    described = "relief" in means and ("convoy" in means or counted)
    return "aid" in means or described or ("goods" in means and counted)


def _may_pay(frame: Frame, gift: tuple[Chunk, ...]) -> bool:
    """Whether a sum of money alone is help: it is donated or lent."""
    lends = frame.hit.trigger.sure
    return lends and (
        not gift or any(sense_at(frame.sentence, i) == "money" for c in gift for i in range(c.first, c.last))
    )


def _actor(frame: Frame, role: str) -> str:
    chunks = frame.roles.get(role, ())
    return doers(frame.sentence, chunks) if chunks and may_act(frame.sentence, chunks[0]) else ""


def _receiver(frame: Frame) -> str:
    chunks = frame.roles.get("receiver", ())
    if not chunks or sense_at(frame.sentence, chunks[0].first) in ("time_unit", "money", "measure"):
        return ""
    if sense_at(frame.sentence, chunks[0].first) == "aid" and chunks[0].last > chunks[0].first + 1:
        # "For the relief of the stricken" names whom it reaches behind the word of help.
        return told(frame.sentence, (chunks[0]._replace(first=chunks[0].first + 1),))
    return told(frame.sentence, chunks)


def _money(frame: Frame) -> _Given | None:
    """The sum that the clause names behind the words of giving, before the first other clause."""
    sentence, hit = frame.sentence, frame.hit
    end = min(sentence.scope(hit.first, hit.last)[1], hit.last + _REACH)
    for quantity in sentence.quantities:
        if hit.first <= quantity.first < end:
            unit = _currency(sentence, quantity)
            if unit:
                return _Given(quantity.min, quantity.max, unit[0], unit[1])
    return None


def _currency(sentence: Sentence, quantity: Quantity) -> tuple[str, int] | None:
    """The ISO code of the money that a number counts, the word itself where no code fits, and where it ends."""
    i = quantity.last
    if i >= len(sentence.tokens):
        return None
    lemmas = {normalise(a.lemma) for a in sentence.analyses[i] if a.pos == "noun"}
    names = lemmas & {first for first, _ in _currencies()}
    if not names:
        return None
    name = next(iter(names))
    after = _adjective(sentence, i + 1)
    code = _currencies().get((name, after))
    if after and code is not None:
        return code or sentence.tokens[i].text, i + 2
    return _currencies().get((name, ""), "") or sentence.tokens[i].text, i + 1


def _adjective(sentence: Sentence, i: int) -> str:
    if i >= len(sentence.tokens):
        return ""
    known = {second for _, second in _currencies()}
    norm = sentence.tokens[i].norm.removeprefix("ال")
    masculine = {norm, norm.removesuffix("ا"), f"{norm}ه", norm.removesuffix("ه")}
    return next(iter(sorted(masculine & known - {""})), "")


@cache
def _currencies() -> dict[tuple[str, str], str]:
    """The codes by the name of the currency and the adjective of its country, '' for none."""
    found = {}
    for _, row in load("currencies", CurrencyRow):
        name, _, country = normalise(row.words).partition(" ")
        found[name, country] = row.code
    return found


def _goods(sentence: Sentence, gift: tuple[Chunk, ...]) -> _Given | None:
    """The number of what is given, and what it is called."""
    for chunk in gift:
        quantity = next((q for q in sentence.quantities if chunk.first <= q.first < chunk.last), None)
        if quantity is not None and quantity.last < chunk.last and quantity.kind in ("cardinal", "one_of"):
            unit = sentence.phrase(quantity.last, chunk.last)
            return _Given(quantity.min, quantity.max, unit, chunk.last)
    return None
