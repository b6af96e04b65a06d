"""Reading persons whose office stands in another word: "نظيره التركي X", "الرئيسان الروسي X والتركي Y"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import nationality
from retrieval.arabic.naming import GAPS, name_from, titles_from
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings, spelled
from retrieval.arabic.titles import Title, title_at
from retrieval.arabic.tokens import Token


class CounterpartRow(tables.Row):
    """One row of counterparts.csv: words that stand for the office of another person (نظيره)."""

    word: str


class DualRow(tables.Row):
    """One row of dual_offices.csv: an office that several hold, and the word for one of them."""

    word: str
    singular: str


class Raw(NamedTuple):
    """A mention in words of the view, before it is mapped to tokens."""

    start: int
    end: int
    name_start: int
    name_end: int
    titles: tuple[Title, ...]
    first_word: str
    said_title: str = ""
    after: tuple[Title, ...] = ()


@cache
def load_counterparts() -> frozenset[str]:
    """The words that stand for the office of another person's like (نظيره)."""
    return frozenset(normalise(row.word) for _, row in tables.load("counterparts", CounterpartRow))


@cache
def _duals() -> dict[str, str]:
    return {normalise(row.word): row.singular for _, row in tables.load("dual_offices", DualRow)}


def several(view: Sequence[Token], at: int, office: str) -> Sequence[Raw]:
    """The persons that "نظيريه الأميركي X والسعودي Y" or "وزيرا الخارجية المصري X والأردني Y" names at word `at`.

    `office` is the one that the text named last, which a counterpart holds in another country.
    """
    if any(rest in load_counterparts() for _, rest in openings(view[at].norm)):
        return _each(view, at, at + 1, office)
    opened = next((rest for _, rest in openings(view[at].norm) if rest in _duals()), "")
    title = title_at(view, at) if opened else None
    if title is None or title.sort != "office":
        return ()
    first = next((n for n in range(at + 1, title.end + 1) if n < len(view) and nationality(view[n].norm)), None)
    if first is None:
        return ()
    shared = " ".join([_duals()[opened], *(token.text for token in view[at + 1 : first])])
    found = _each(view, at, first, shared)
    return found if len(found) > 1 and all(raw.name_end > raw.name_start for raw in found) else ()


def _each(view: Sequence[Token], start: int, at: int, office: str) -> list[Raw]:
    """The persons that follow each other from word `at` on, each behind the adjective of his country."""
    raws: list[Raw] = []
    while at < len(view):
        if view[at].text in GAPS:
            at += 1
            continue
        norm = view[at].norm
        adjective = next((rest for c, rest in openings(norm) if c in ("", "و") and nationality(rest)), "")
        name_at = at + 1 if adjective else at
        honours = titles_from(view, name_at) if name_at < len(view) else []
        if honours and all(t.sort != "office" and not t.clitics for t in honours):
            name_at = honours[-1].end
        found = name_from(view, name_at, titled=True) if adjective or not raws else None
        if not found and not adjective:
            break
        end = found[0] if found else name_at
        said = _abroad(office, view[at].text if norm == adjective else view[at].text[1:]) if adjective else ""
        said = said or ("" if adjective else _abroad(office, ""))
        raws.append(Raw(start, end, name_at, end, (), found[1] if found else "", said_title=said))
        at = start = end
        if not found:
            break
    return raws


def _abroad(office: str, adjective: str) -> str:
    """The office with its country's adjective put in place of another's."""
    kept = [word for word in office.split() if not nationality(normalise(word))]
    return " ".join([*kept, adjective]).strip() if kept else ""


def is_national(office: str) -> bool:
    """Whether an office says by an adjective whose country it serves."""
    return any(nationality(normalise(word)) for word in office.split())


def spell(view: Sequence[Token], start: int, end: int, first_word: str) -> str:
    """Words `start` to `end` as written, the first without its clitics."""
    return spelled([token.text for token in view[start:end]], first_word)
