"""Turns texts and questions into the terms that are indexed and searched.

There are two fields. Stems carry the words: each as the lexicon lists it, or cut down where the lexicon does not know
it. Grams, the four-letter pieces of the words, also find what is derived, inflected or misspelt.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import words
from retrieval.index import similarity
from retrieval.index.protocol import Entry

# A whole article pasted in as a question is searched by its beginning.
_MOST_ASKED = 64

_JOINED_ARTICLES = ("بال", "كال", "فال")
_EDGE = "_"


class Stopword(tables.Row):
    """A word that is no help in finding; a `question` word is dropped from questions only."""

    word: str
    role: Literal["stopword", "question"]


class DialectWord(tables.Row):
    """A word of a dialect, and the formal word or words that news writes instead; none for a mere particle."""

    word: str
    formal: str


class Terms(NamedTuple):
    """The terms of one text, field by field: with how often each counts, or for a question how much it weighs."""

    stems: Mapping[str, float]
    grams: Mapping[str, float]


class Analysed(NamedTuple):
    """An entry with the terms under which it is found."""

    entry: Entry
    terms: Terms


class Knowledge(NamedTuple):
    """What the tables say about words, normalised but for the `formal` words of dialect ones.

    `stopwords` and `question` words are kept as they may end: على is a particle, but علي may be a name, whereas فى is
    just another way to write في. `places` are names of one word that need nothing beside them to be meant.
    """

    stopwords: frozenset[str]
    question: frozenset[str]
    formal: dict[str, tuple[str, ...]]
    places: dict[str, str]


@cache
def version() -> str:
    """A digest of the code and the tables that make terms: under another one a text may have other terms."""
    package = Path(__file__).parent
    own = [package / "analyzer.py", package / "similarity.py"]
    shared = sorted(path for path in (package.parent / "arabic").rglob("*") if path.suffix in {".py", ".csv"})
    digest = hashlib.sha256()
    for path in [*own, *shared]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def terms_of_text(text: str, title: str = "") -> Terms:
    """The terms under which a text is found; the title counts as its first words."""
    kept = [word for word in map(_word, words(f"{title}\n{text}")) if word]
    grams = Counter(" ".join([word.grams for word in kept]).split())
    return Terms(_capped(Counter([word.stem for word in kept])), _capped(grams))


def analysed(entries: Iterable[Entry]) -> Iterator[Analysed]:
    """Yield each entry with its terms."""
    for entry in entries:
        yield Analysed(entry, terms_of_text(entry.text, entry.title))


def terms_of_query(query: str) -> Terms:
    """The terms to look for, weighed; a question made of nothing but question words keeps them."""
    asked = list(_asked(query))
    stems = Counter([word.stem for word in asked])
    grams: Counter[str] = Counter()
    for word in asked:
        runs = word.grams.split()
        for run in runs:
            grams[run] += similarity.GRAM_WEIGHT * len(runs) ** -similarity.GRAM_DAMPING
    return Terms({stem: similarity.STEM_WEIGHT * times for stem, times in stems.items()}, grams)


class _Word(NamedTuple):
    """What a word is found under; its grams with spaces between them, which takes a quarter of a tuple's memory."""

    stem: str
    grams: str


def _asked(query: str) -> Iterator[_Word]:
    """The words of the question that say what is looked for, dialect ones along with their formal words."""
    known = load_knowledge()
    written = words(query)
    kept = [text for text in written if _word(text) and not _is_among(_spelling(text), known.question)]
    for text in (kept or written)[:_MOST_ASKED]:
        norm = normalise(text)
        word = _word(text) or _Word(_stem(text), _grams(norm))
        yield word
        yield from filter(None, map(_word, known.formal.get(norm, ())))
        # People leave the dots off, and then وزاره looks like a verb.
        if text.endswith("ه") and (dotted := _stem(f"{text[:-1]}ة")) != word.stem:
            yield _Word(dotted, "")


@lru_cache(maxsize=100_000)
def _word(text: str) -> _Word | None:
    """What a word of a text is found under, or nothing for a stopword or a letter standing alone."""
    norm = normalise(text)
    if (len(norm) < 2 and not norm.isdigit()) or _is_among(_spelling(text), load_knowledge().stopwords):
        return None
    return _Word(_stem(text), _grams(norm))


def _stem(text: str) -> str:
    """The word as the lexicon lists it, or its light stem; inhabitants and adjectives of a country meet in its name."""
    norm, known = normalise(text), load_knowledge().places
    for _, rest in openings(norm):
        if rest in known:
            return known[rest]
    for _, rest in openings(norm):
        if country := nationality(rest):
            return _joined(normalise(country))
    reading = next(iter(analyse(text)), None)
    return _joined(normalise(reading.lemma)) if reading and reading.known else stem(norm)


def _grams(norm: str) -> str:
    """The runs of four characters of a word and its edges, conjunction and preposition taken off an article.

    The run at the front of a definite word is left out: nearly every passage has it.
    """
    word = norm[1:] if norm.startswith("و") and len(norm) > 5 else norm
    if word.startswith(_JOINED_ARTICLES) and len(word) > 5:
        word = word[1:]
    elif word.startswith("لل") and len(word) > 4:
        word = f"ال{word[2:]}"
    edged = f"{_EDGE}{word}{_EDGE}"
    runs = [edged[i : i + 4] for i in range(max(1, len(edged) - 3))]
    return " ".join(runs[1:] if word.startswith("ال") and len(runs) > 1 else runs)


def _capped(counts: Counter[str]) -> dict[str, float]:
    most = similarity.MOST_COUNTED
    return {term: count if count < most else most for term, count in counts.items()}  # noqa: FURB136 - a call of min for each term shows


def _spelling(text: str) -> str:
    """The normalised word with the one difference kept that tells على from علي."""
    norm = normalise(text)
    return f"{norm[:-1]}ى" if text.rstrip("\u200e\u200f").endswith("ى") else norm


def _spellings(listed: str) -> tuple[str, ...]:
    spelling = _spelling(listed)
    return (spelling, f"{spelling[:-1]}ى") if spelling.endswith("ي") else (spelling,)


def _is_among(word: str, listed: frozenset[str]) -> bool:
    return word in listed or (word[:1] in "وف" and word[1:] in listed)


def _joined(name: str) -> str:
    """A name as one term: without its article, and with no space, at which an engine would cut it."""
    return (name[2:] if name.startswith("ال") and len(name) > 4 else name).replace(" ", "_")


@cache
def load_knowledge() -> Knowledge:
    """The words of the tables, read once.

    Raises:
        TableError: when a table holds a row that cannot be used.
    """
    rows = [row for _, row in tables.load("stopwords", Stopword)]
    atlas = load_atlas()
    return Knowledge(
        stopwords=frozenset(form for row in rows if row.role == "stopword" for form in _spellings(row.word)),
        question=frozenset(form for row in rows for form in _spellings(row.word)),
        formal={
            normalise(row.word): tuple(words(row.formal))
            for _, row in tables.load("dialect", DialectWord)
            if row.formal
        },
        places={
            name: _joined(atlas.canonical.get(name, name))
            for name, meant in atlas.by_name.items()
            if " " not in name and any(not place.needs for place in meant)
        },
    )
