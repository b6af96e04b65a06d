"""Read how much is given: sums of money with their currency, and counted goods."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import Quantity
from retrieval.arabic.tables import Row, load
from retrieval.reading.frames import Frame
from retrieval.reading.sentences import Chunk, Sentence

# How many words a sum may stand behind the words of giving.
_REACH = 25


class CurrencyRow(Row):
    """One row of currencies.csv: a currency in the singular, with its country or alone, and its ISO 4217 code."""

    words: str
    code: str


class Given(NamedTuple):
    """How much is given, in which unit (an ISO code or the name of the goods), and the token behind its words."""

    min: int | None
    max: int | None
    unit: str
    last: int


def money(frame: Frame) -> Given | None:
    """The sum that the clause names behind the words of giving, before the first other clause."""
    sentence, hit = frame.sentence, frame.hit
    end = min(sentence.scope(hit.first, hit.last)[1], hit.last + _REACH)
    for quantity in sentence.quantities:
        if hit.first <= quantity.first < end:
            unit = _currency(sentence, quantity)
            if unit:
                return Given(quantity.min, quantity.max, unit[0], unit[1])
    return None


def goods(sentence: Sentence, gift: tuple[Chunk, ...]) -> Given | None:
    """The number of what is given, and what it is called."""
    for chunk in gift:
        quantity = next((q for q in sentence.quantities if chunk.first <= q.first < chunk.last), None)
        if quantity is not None and quantity.last < chunk.last and quantity.kind in ("cardinal", "one_of"):
            unit = sentence.phrase(quantity.last, chunk.last)
            return Given(quantity.min, quantity.max, unit, chunk.last)
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
