"""The words of ordinary language, at which the name of a person or place ends."""

from __future__ import annotations

from functools import cache, lru_cache

from retrieval.arabic import tables
from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings


class WordRow(tables.Row):
    """One row of a table that lists words."""

    word: str


@cache
def load_words(table: str) -> frozenset[str]:
    """The normalised words of a table whose columns are `word` and `note`."""
    return frozenset(normalise(row.word) for _, row in tables.load(table, WordRow))


class ParticleRow(tables.Row):
    """One row of particles.csv, of which only the words matter here."""

    words: str
    part: str
    link: str


@cache
def _particles() -> frozenset[str]:
    """The particles that are one word."""
    rows = (row.words for _, row in tables.load("particles", ParticleRow))
    return frozenset(normalise(words) for words in rows if " " not in words)


def is_particle(norm: str) -> bool:
    """Whether a normalised word is a particle, و or ف before it allowed."""
    known = _particles()
    return norm in known or (norm[:1] in ("و", "ف") and norm[1:] in known)


def is_listed(norm: str) -> bool:
    """Whether a word is in the table of ordinary words, or a particle; the lexicon is not asked."""
    known = load_words("ordinary_words")
    return is_particle(norm) or any(
        rest in known or (rest.startswith("ال") and rest[2:] in known) for _, rest in openings(norm)
    )


def _like_surname(reading: Analysis) -> bool:
    """Whether a word is rather a surname: "my" anything, or the plural in construct of such an adjective as كريم."""
    noble = len(reading.lemma) == len("كريم") and reading.lemma[2] == "ي" and not reading.conjunction
    return reading.pronoun == "ي" or (reading.pos == "adj" and reading.construct and noble)


@lru_cache(maxsize=50_000)
def is_ordinary(norm: str) -> bool:
    """Whether a normalised word, with or without clitics and article, is ordinary language and so no part of a name."""
    if is_listed(norm):
        return True
    # A reading behind ب, ل or ك without the article may be the beginning of a foreign name (كاثرين, بوتين).
    # "My" is rare in reports, and كريمي and its like are surnames.
    readings = [a for a in analyse(norm) if a.known and a.pos != "name" and not _like_surname(a)]
    return any(a.definite or not a.preposition or (a.pos == "verb" and a.preposition == "س") for a in readings)
