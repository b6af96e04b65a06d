"""Tell which words mean what does harm, and what sort of event a sentence speaks of: accident, crime, fighting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.word_sets import word_set
from retrieval.reading.sentences import Sentence, once

Means = Literal["agent", "event", "accident", "incident", "perform", "lead", "by"]


CAUSES = frozenset({"event", "accident", "incident"})
_HARMING = CAUSES | {"agent"}
_BY_VERBS = frozenset({"perform", "lead"})
_NOTHING: frozenset[Means] = frozenset()


# What nouns that causes.csv does not list mean by their sense in the lexicon.
_BY_SENSE: dict[str, Means] = {
    "strike": "event", "attack": "event", "clash": "event", "explosion": "event",
    "accident": "accident", "disaster": "accident", "fire": "accident",
}  # fmt: skip


class CauseRow(Row):
    """One row of causes.csv, in dictionary form.

    `agent`: words that govern who did it; `event`, `accident` and `incident` (which may be
    either): nouns of what brought the harm; `perform`: verbs
    whose subject did what stands before them (غارة شنتها طائرات); `lead`: verbs from a cause to its result; `by`:
    prepositions that govern a cause.
    """

    words: str
    means: Means


def is_accident(sentence: Sentence) -> bool:
    """Whether the sentence tells of an accident or a disaster and of no violence."""
    found = _NOTHING.union(*_all_means(sentence))
    verbs = (r for r, part in zip(sentence.analyses, sentence.parts, strict=True) if part == "verb")
    told = "accident" in found or any(_BY_SENSE.get(a.sense) == "accident" for r in verbs for a in r[:1])
    return told and "event" not in found and "agent" not in found


def is_crime(sentence: Sentence) -> bool:
    """Whether the sentence tells of a crime (طعن، ذبح، شجار) and of no fighting."""
    return not _lemmas(sentence).isdisjoint(word_set("crime")) and not is_fought(sentence)


def is_fought(sentence: Sentence) -> bool:
    """Whether the sentence tells of fighting or of terror."""
    return not _lemmas(sentence).isdisjoint(word_set("fighting"))


@once
def _lemmas(sentence: Sentence) -> frozenset[str]:
    return frozenset(normalise(a.lemma) for readings in sentence.analyses for a in readings[:1])


def names_accident(phrase: str) -> bool:
    """Whether a phrase that names a cause begins with the word of an accident or a disaster and holds no attack."""
    found = {
        m for token in tokenize(phrase) if token.kind == "word" for m in _meanings(analyse(token.text), token.norm)
    }
    return "accident" in found and "event" not in found


def names_incident(phrase: str) -> bool:
    """Whether a phrase that names a cause leaves open whether it is an accident: the incident."""
    tokens = [token for token in tokenize(phrase) if token.kind == "word"]
    return (
        bool(tokens) and "incident" in _meanings(analyse(tokens[0].text), tokens[0].norm) and not names_accident(phrase)
    )


def is_violent(sentence: Sentence) -> bool:
    """Whether the sentence names what does harm: an attack, an accident, a disaster."""
    return any(means & _HARMING for means in _all_means(sentence))


def means_at(sentence: Sentence, i: int) -> frozenset[Means]:
    """What the word at `i` means for causes, whatever its inflection."""
    return _all_means(sentence)[i]


@once
def _all_means(sentence: Sentence) -> tuple[frozenset[Means], ...]:
    """What each token of a sentence means for causes."""
    return tuple(
        _NOTHING
        if token.kind != "word"
        else _NOTHING.union(*(_of_verb(a.lemma) for a in readings))
        if part == "verb"
        else _meanings(readings, token.norm)
        for token, part, readings in zip(sentence.tokens, sentence.parts, sentence.analyses, strict=True)
    )


@lru_cache(maxsize=20_000)
def _of_verb(lemma: str) -> frozenset[Means]:
    return frozenset(_single().get(normalise(lemma), ())) & _BY_VERBS


def _meanings(readings: Sequence[Analysis], norm: str) -> frozenset[Means]:
    """What a noun means for causes, by causes.csv or else by its sense."""
    reading = next((a for a in readings if a.pos == "noun"), None)
    return _of_noun(norm, reading.lemma, reading.sense) if reading else _of_noun(norm)


@lru_cache(maxsize=50_000)
def _of_noun(norm: str, lemma: str = "", sense: str = "") -> frozenset[Means]:
    listed = {m for key in {norm, normalise(lemma)} for m in _single().get(key, ())} - _BY_VERBS
    return frozenset(listed or ({_BY_SENSE[sense]} if sense in _BY_SENSE else ()))


@cache
def _single() -> dict[str, list[Means]]:
    found: dict[str, list[Means]] = {}
    for _, row in load("causes", CauseRow):
        found.setdefault(normalise(row.words), []).append(row.means)
    return found


@cache
def cause_phrases(means: Means) -> Phrases[CauseRow]:
    """The phrases of causes.csv that mean this."""
    return Phrases((words(row.words), row) for _, row in load("causes", CauseRow) if row.means == means)
