"""The sentences of the passages found, read as articles are read, and cited in the text they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from retrieval.reading.annotate import annotate
from retrieval.reading.sentences import Sentence
from retrieval.types import Article, Citation, PassageHit, TextField

# More passages are hardly ever needed, and each costs reading time.
_PASSAGES = 6


Spans = tuple[tuple[dt.date, dt.date], ...]


class Told(NamedTuple):
    """A sentence of a passage, with the passage and the distance from its text to that of the article.

    `days` are the spans of days that the passage names.
    """

    sentence: Sentence
    hit: PassageHit
    offset: int
    rank: int
    days: Spans = ()

    def cite(self, first: int = 0, last: int | None = None) -> Citation:
        """The citation of tokens `first` to `last` (exclusive); by default of the whole sentence."""
        tokens = self.sentence.tokens
        start, end = tokens[first].start, tokens[(len(tokens) if last is None else last) - 1].end
        field: TextField = self.sentence.field
        return self.hit.citation.model_copy(
            update={
                "quote": self.sentence.text[start:end],
                "start": start + self.offset,
                "end": end + self.offset,
                "field": field,
            }
        )

    @property
    def day(self) -> dt.date | None:
        """The day on which its article was published."""
        published = self.hit.citation.published
        return published.date() if isinstance(published, dt.datetime) else published


def tell(passages: tuple[PassageHit, ...]) -> Iterator[Told]:
    """The sentences of the best passages, the title of each article before its first passage."""
    titled: set[str] = set()
    for rank, hit in enumerate(passages[:_PASSAGES]):
        title, body, days = _read(hit.citation.title, hit.text, hit.citation.published)
        if hit.article_id not in titled:
            titled.add(hit.article_id)
            yield from (Told(sentence, hit, 0, rank, days) for sentence in title)
        yield from (Told(sentence, hit, hit.start, rank, days) for sentence in body)


@lru_cache(maxsize=2048)
def _read(
    title: str, text: str, published: dt.datetime | dt.date | None
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...], Spans]:
    document = annotate(Article(id="passage", title=title, body=text, published=published))
    sentences = (*document.title, *document.body)
    days = tuple((d.start, d.end or d.start) for one in sentences for d in one.dates if d.start is not None)
    return document.title, document.body, days
