"""Finding the phrases of a table in a run of tokens: clitics before the first word and quotation marks left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import Token, tokenize
from retrieval.arabic.word_sets import word_set

V = TypeVar("V")

QUOTES = frozenset("\"'`«»“”„‟‘’‹›❝❞")
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_REMEMBERED = 20_000


class Opening(NamedTuple):
    """One way to take a written word apart: the clitic letters before it, and the word that is left."""

    clitics: str
    rest: str


class Match(NamedTuple, Generic[V]):
    """A phrase found: how many words it covers, the clitics before its first word, and what the table says of it.

    `first` is the first word without its clitics.
    """

    length: int
    clitics: str
    value: V
    first: str = ""


@lru_cache(maxsize=100_000)
def openings(norm: str) -> tuple[Opening, ...]:
    """Every way to read clitics off a normalised word, the word as it is written first.

    "للرمادي" opens as ("ل", "الرمادي") besides "لرمادي"; whether a reading is a word is for a table to say, which is
    what keeps names such as بغداد whole.
    """
    found = [Opening("", norm)]
    stems = [("", norm)]
    if norm and norm[0] in _CONJUNCTIONS and (len(norm) > 3 or norm[1:] in word_set("short_particle")):
        found.append(Opening(norm[0], norm[1:]))
        stems.append((norm[0], norm[1:]))
    for clitics, rest in stems:
        if len(rest) > 3 and rest[0] in _PREPOSITIONS:
            if rest.startswith("لل"):
                found.append(Opening(clitics + "ل", "ا" + rest))
                found.append(Opening(clitics + "ل", "ال" + rest[2:]))
            found.append(Opening(clitics + rest[0], rest[1:]))
    return tuple(found)


def words(phrase: str) -> tuple[str, ...]:
    """The normalised words of a phrase, as `Phrases` compares them: marks are left out."""
    return tuple(token.norm for token in tokenize(phrase) if token.kind != "mark")


def unquoted(tokens: Sequence[Token]) -> list[int]:
    """The indexes of all tokens but quotation marks, which stand inside names without parting them."""
    return [index for index, token in enumerate(tokens) if token.kind != "mark" or token.text not in QUOTES]


def spelled(texts: Sequence[str], first: str) -> str:
    """The words of a name as written, one space apart, the first cut to the reading `first` of its normalised form.

    The article that "لل" hides comes back: "للرمادي" read as "الرمادي" is spelled so.
    """
    return " ".join([_cut(texts[0], first), *texts[1:]]) if texts else ""


def _cut(text: str, rest: str) -> str:
    """The end of a written word whose normalised form is `rest`; vowel signs go with the letter before them."""
    for hidden in ("", rest[:1]):
        wanted = rest[len(hidden) :]
        for at in range(len(text)):
            if normalise(text[at]) and normalise(text[at:]) == wanted:
                return hidden + text[at:]
    return text


class Phrases(Generic[V]):
    """Phrases of one or more words, each with a value; the longest match wins."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], V]]) -> None:
        by_first: dict[str, dict[tuple[str, ...], V]] = defaultdict(dict)
        for phrase, value in entries:
            if phrase:
                by_first[phrase[0]].setdefault(phrase[1:], value)
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {
            first: sorted(tails.items(), key=lambda tail: -len(tail[0])) for first, tails in by_first.items()
        }
        # The readings of a word that open a phrase; most words open none, and are asked about again and again.
        self._readings: dict[str, tuple[Opening, ...]] = {}

    def __contains__(self, phrase: tuple[str, ...]) -> bool:
        return any(tail == phrase[1:] for tail, _ in self._by_first.get(phrase[0], ())) if phrase else False

    def get(self, phrase: tuple[str, ...]) -> V | None:
        """What the table says of exactly this phrase."""
        if not phrase:
            return None
        return next((value for tail, value in self._by_first.get(phrase[0], ()) if tail == phrase[1:]), None)

    def bare(self, norms: Sequence[str], at: int, first: str | None = None) -> tuple[int, V] | None:
        """The longest phrase that starts at word `at`, which may be read as `first`; its length in words and value."""
        for tail, value in self._by_first.get(first or norms[at], ()):
            if not tail or tuple(norms[at + 1 : at + 1 + len(tail)]) == tail:
                return 1 + len(tail), value
        return None

    def match(self, norms: Sequence[str], at: int) -> Match[V] | None:
        """The longest phrase that starts at word `at`, as it is written or behind clitics."""
        readings = self._readings.get(norms[at])
        for clitics, rest in self.opening(norms[at]) if readings is None else readings:
            found = self.bare(norms, at, rest)
            if found:
                return Match(found[0], clitics, found[1], rest)
        return None

    def opens(self, word: str) -> bool:
        """Whether some phrase begins with exactly this word."""
        return word in self._by_first

    def opening(self, word: str) -> tuple[Opening, ...]:
        """The readings of a word with which some phrase begins; none for most words, which is cheap to ask first."""
        readings = self._readings.get(word)
        if readings is None:
            readings = tuple(one for one in openings(word) if one.rest in self._by_first)
            if len(self._readings) < _REMEMBERED:
                self._readings[word] = readings
        return readings
