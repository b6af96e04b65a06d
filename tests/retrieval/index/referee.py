"""BM25 written out as the formula stands in the books: slow, plain, and what every engine is held against."""

import math
from collections.abc import Sequence

from retrieval.index import Entry
from retrieval.index.analyzer import Terms, terms_of_query, terms_of_text
from retrieval.index.similarity import K1, B


def score(entry: Entry, entries: Sequence[Entry], query: str, *, held: float = 0.0) -> float:
    """The score of one of the entries, all of which are passages.

    Engines of Lucene's kind count a term as `held` by half a text more than it is.
    """
    asked = terms_of_query(query)
    texts = {one.id: terms_of_text(one.text, one.title) for one in entries}
    total = 0.0
    for field in Terms._fields:
        own = getattr(texts[entry.id], field)
        lengths = [sum(getattr(text, field).values()) for text in texts.values()]
        average = sum(lengths) / len(lengths)
        for term, weight in getattr(asked, field).items():
            holding = sum(term in getattr(text, field) for text in texts.values())
            frequency = own.get(term, 0)
            if frequency:
                idf = math.log((len(entries) + 1) / (holding + held))
                length = 1 - B + B * sum(own.values()) / average
                total += weight * idf * frequency * (K1 + 1) / (frequency + K1 * length)
    return total
