"""Phrases of a table found among tokens by their first or last word, clitics before the first word tolerated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tables import TableError
from retrieval.arabic.tokens import Token

V = TypeVar("V")

_CLITICS = frozenset("وفبلك")


class Match(NamedTuple, Generic[V]):
    """A phrase on the tokens from `first` to `last` (exclusive), its words and what its row says."""

    first: int
    last: int
    words: tuple[str, ...]
    value: V


class Phrases(NamedTuple, Generic[V]):
    """Phrases by their first and by their last word, longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], V]]]
    by_last: dict[str, list[tuple[tuple[str, ...], V]]]

    def opening(self, norm: str) -> list[tuple[str, ...]]:
        """The words of each phrase that may begin with this normalised word, clitics before it tolerated."""
        return [words for first in without_clitics(norm) for words, _ in self.by_first.get(first, ())]


def phrases_of(table: str, rows: Iterable[tuple[int, str, V]]) -> Phrases[V]:
    """The phrases of `(row number, phrase, value)` rows.

    Raises:
        TableError: when a phrase, compared in its normalised form, has two different values.
    """
    seen: dict[tuple[str, ...], V] = {}
    for number, phrase, value in rows:
        words = tuple(normalise(phrase).split())
        if seen.setdefault(words, value) != value:
            raise TableError(f"{table}.csv row {number}: '{phrase}' says '{value}', an earlier row '{seen[words]}'")
    found: Phrases[V] = Phrases({}, {})
    for words, value in sorted(seen.items(), key=lambda item: -len(item[0])):
        found.by_first.setdefault(words[0], []).append((words, value))
        found.by_last.setdefault(words[-1], []).append((words, value))
    return found


def without_clitics(norm: str) -> tuple[str, ...]:
    """The word itself, and what is left of it when one or two clitic letters are cut off."""
    if norm[:1] not in _CLITICS or len(norm) < 3:
        return (norm,)
    if norm[1] in _CLITICS and len(norm) > 3:
        return norm, norm[1:], norm[2:]
    return norm, norm[1:]


def starts_at(phrases: Phrases[V], tokens: Sequence[Token], at: int) -> Match[V] | None:
    """The longest phrase that begins at token `at`; none begins at the end of the tokens."""
    if at >= len(tokens):
        return None
    norm = tokens[at].norm
    if norm[:1] not in _CLITICS and norm not in phrases.by_first:
        return None  # most words
    for first in without_clitics(norm):
        for words, value in phrases.by_first.get(first, ()):
            end = at + len(words)
            if len(words) == 1 or tuple(token.norm for token in tokens[at + 1 : end]) == words[1:]:
                return Match(at, end, words, value)
    return None


def ends_at(phrases: Phrases[V], tokens: Sequence[Token], end: int) -> Match[V] | None:
    """The longest phrase whose last word is the token before `end`."""
    if end <= 0:
        return None
    norm = tokens[end - 1].norm
    for last in without_clitics(norm):
        for words, value in phrases.by_last.get(last, ()):
            first = end - len(words)
            if len(words) == 1:
                return Match(first, end, words, value)
            if (
                last == norm
                and first >= 0
                and words[0] in without_clitics(tokens[first].norm)
                and tuple(token.norm for token in tokens[first + 1 : end]) == words[1:]
            ):
                return Match(first, end, words, value)
    return None
