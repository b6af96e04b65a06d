"""Turns texts and questions into the terms that are indexed and searched: light stems, and 4-grams of characters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.stems import stem
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize

# Raised by hand whenever the code below gives other terms for some text; a change of a table shows by itself.
_FORMAT = 1
GRAM = 4


class Stopword(Row):
    """A word that is no help in finding; a `question` word is dropped from questions only."""

    word: str
    role: Literal["stopword", "question"]


class Terms(NamedTuple):
    """The terms of one text in both fields, repeated as often as they occur."""

    stems: list[str]
    grams: list[str]


@cache
def version() -> str:
    """A short name for what this analyzer does; two analyzers with the same name give the same terms."""
    digest = hashlib.sha256()
    for role, words in sorted(_dropped().items()):
        digest.update(f"{role}:{','.join(sorted(words))}\n".encode())
    return f"{_FORMAT}-{digest.hexdigest()[:8]}"


def terms_of_text(text: str, title: str = "") -> Terms:
    """The terms under which a text is found; the title counts as its first words."""
    stopwords = _dropped()["stopword"]
    return _gathered(word for word in _words(f"{title}\n{text}") if not _is_among(word, stopwords))


def terms_of_query(query: str) -> Terms:
    """The terms to look for; a question made of nothing but question words keeps them."""
    words = list(_words(query))
    dropped = _dropped()
    kept = [w for w in words if not _is_among(w, dropped["stopword"]) and w not in dropped["question"]]
    return _gathered(iter(kept or words))


@lru_cache(maxsize=200_000)
def grams(word: str) -> tuple[str, ...]:
    """All runs of four characters of a normalised word; a shorter word is its own only gram."""
    return tuple(word[i : i + GRAM] for i in range(max(1, len(word) - GRAM + 1)))


def _words(text: str) -> Iterator[str]:
    return (token.norm for token in tokenize(text) if token.kind != "mark")


def _gathered(words: Iterator[str]) -> Terms:
    terms = Terms([], [])
    for word in words:
        terms.stems.append(stem(word))
        terms.grams.extend(grams(word))
    return terms


def _is_among(word: str, words: frozenset[str]) -> bool:
    return word in words or (word[:1] in "وف" and word[1:] in words)


@cache
def _dropped() -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {"stopword": set(), "question": set()}
    for _, row in load("stopwords", Stopword):
        roles[row.role].add(normalise(row.word))
    return {role: frozenset(words) for role, words in roles.items()}
