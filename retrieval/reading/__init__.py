"""Reading: an article becomes passages that can be searched and facts that can be counted and cited."""

from __future__ import annotations

from retrieval.arabic.marks import PAIRED, close_marks
from retrieval.arabic.tokens import tokenize
from retrieval.reading.aid import find_aids
from retrieval.reading.annotate import annotate
from retrieval.reading.casualty import find_casualties
from retrieval.reading.clean import find_furniture
from retrieval.reading.control import find_controls
from retrieval.reading.damage import find_damages
from retrieval.reading.decision import find_decisions
from retrieval.reading.meeting import find_meetings
from retrieval.reading.segment import split_passages, split_sentences
from retrieval.reading.statement import find_statements
from retrieval.reading.strike import find_strikes
from retrieval.reading.tying import tie_counts
from retrieval.reading.visit import find_visits
from retrieval.types import Article, Fact, Passage, Reading

__all__ = ["read"]

# One function a kind of fact, each over the same Document.
_FINDERS = (
    find_casualties,
    find_visits,
    find_meetings,
    find_statements,
    find_strikes,
    find_controls,
    find_aids,
    find_damages,
    find_decisions,
)


def read(article: Article) -> Reading:
    """The passages of an article's body and the facts that its body and title state, each in the order of the text.

    It never raises for what a text holds, and takes time in proportion to the text's length.
    """
    tokens = tokenize(article.body)
    furniture = find_furniture(article.body, tokens)
    sentences = split_sentences(article.body, furniture, tokens)
    passages = tuple(
        Passage(article_id=article.id, number=number, start=start, end=end, story=story)
        for number, (start, end, story) in enumerate(split_passages(sentences, furniture))
    )
    document = annotate(article, sentences)
    facts: list[Fact] = [fact for find in _FINDERS for fact in find(document)]
    tied = (_close_slots(fact) for fact in tie_counts(document, facts))
    return Reading(article_id=article.id, passages=passages, facts=tuple(tied))


def _close_slots(fact: Fact) -> Fact:
    """The fact with every mark paired in the words that fill its slots."""
    closed: dict[str, object] = {}
    for name, value in fact:
        if isinstance(value, str) and not PAIRED.isdisjoint(value):
            closed[name] = close_marks(value)
        elif isinstance(value, tuple) and any(not PAIRED.isdisjoint(item) for item in value):
            closed[name] = tuple(close_marks(item) for item in value)
    return fact.model_copy(update=closed) if closed else fact
