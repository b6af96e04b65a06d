"""What of an article and its reading goes into the index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retrieval.arabic.atlas import load_atlas
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.places import containers
from retrieval.arabic.tokens import words
from retrieval.index.protocol import Entry
from retrieval.types import Article, Fact, Passage, Reading

# So many words of its first passage stand for the title of an article that has none.
_LEAD_WORDS = 20


def entries_of(article: Article, reading: Reading) -> list[Entry]:
    """One entry for each passage and each fact of the article.

    A passage is found by its own text, a fact by its quote, both also by the title of the article. Without a title, the
    passages after the first are found by the beginning of their story, since they seldom say again who and where.
    """
    opening: dict[int, Passage] = {}
    for passage in reading.passages:
        opening.setdefault(passage.story, passage)
    passages = [
        Entry(
            id=passage.id,
            article_id=article.id,
            kind="passage",
            text=article.body[passage.start : passage.end],
            title=article.title
            or ("" if passage == opening[passage.story] else _lead(article, opening[passage.story])),
            date=article.day,
            outlet=article.outlet,
            places=_places(article, passage, reading.facts),
        )
        for passage in reading.passages
    ]
    facts = [
        Entry(
            id=f"{article.id}!{fact.id}",
            article_id=article.id,
            kind=fact.kind,
            text=fact.citation.quote,
            title=article.title,
            date=fact.date_start or article.day,
            outlet=article.outlet,
            places=fact.places,
        )
        for fact in reading.facts
    ]
    return passages + facts


def _lead(article: Article, passage: Passage) -> str:
    return " ".join(article.body[passage.start : passage.end].split(maxsplit=_LEAD_WORDS)[:_LEAD_WORDS])


def _places(article: Article, passage: Passage, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Where the facts of the passage happened, and the known places that it names, with what contains them."""
    told = [
        place
        for fact in facts
        if fact.citation.field == "body" and passage.start <= fact.citation.start < passage.end
        for place in fact.places
    ]
    norms = [normalise(word) for word in words(article.body[passage.start : passage.end])]
    named = [place for pair in zip(norms, [*norms[1:], ""], strict=True) for place in _places_at(*pair)]
    return tuple(dict.fromkeys(told + named))


@lru_cache(maxsize=50_000)
def _places_at(word: str, following: str) -> tuple[str, ...]:
    """The place that a word begins to name, alone or with the next one, when its name needs nothing beside it."""
    by_name = load_atlas().by_name
    for _, rest in openings(word):
        for name in (f"{rest} {following}", rest):
            if any(not place.needs for place in by_name.get(name, ())):
                return (name, *containers(name))
    return ()
