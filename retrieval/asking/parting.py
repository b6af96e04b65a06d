"""A message that asks several things is parted into its questions."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from retrieval.asking.hearing import Found, Heard, hear
from retrieval.asking.vocabulary import Topic

_ENDS = frozenset("?؟\n؛")
_AND = "و"


def split_parts(text: str, as_of: dt.date) -> list[list[str]]:
    """The questions of a message in order, those of one sentence together.

    A sentence ends at a question mark or a line end; inside it a question begins before "and" with a question word.
    """
    return [parts for line in _lines(text) if (parts := list(_joined(line, as_of)))]


def _lines(text: str) -> Iterator[str]:
    start = 0
    for at, letter in enumerate(text):
        if letter in _ENDS:
            yield text[start : at + 1]
            start = at + 1
    yield text[start:]


def _joined(text: str, as_of: dt.date) -> Iterator[str]:
    heard = hear(text, as_of)
    if heard is None:
        return
    start = 0
    for at in _seams(heard):
        cut = heard.sentence.tokens[at].start
        yield from _each_harm(text[start:cut], as_of)
        start = cut
    yield from _each_harm(text[start:], as_of)


def _each_harm(text: str, as_of: dt.date) -> Iterator[str]:
    """The question for each of two harms counted together: "how many dead and wounded" asks for either number."""
    heard = hear(text, as_of)
    pair = _counted_pair(heard) if heard is not None else None
    if heard is None or pair is None:
        yield text
        return
    tokens = heard.sentence.tokens
    (first, second), behind = pair, text[tokens[pair[1].last - 1].end :]
    joined = tokens[second.first]
    alone = heard.sentence.text[joined.start + 1 : tokens[second.last - 1].end]
    yield text[: tokens[first.last - 1].end] + behind
    yield text[: tokens[first.first].start] + alone + behind


def _counted_pair(heard: Heard) -> tuple[Found[Topic], Found[Topic]] | None:
    """Two nouns for people harmed in two ways, joined by "and", where their number is asked."""
    if heard.asked and all(found.row.asks != "how_many" for found in heard.asked):
        return None
    for one, two in itertools.pairwise(heard.topics):
        people = one.row.use == two.row.use == "people" and one.row.harm != two.row.harm
        if people and two.first == one.last and heard.norms[two.first][:1] == _AND:
            return one, two
    return None


def _seams(heard: Heard) -> Iterator[int]:
    """Where a further question begins inside a sentence: "how many died, and when was it?"."""
    for found in heard.asked[1:]:
        apart = found.first > 1 or heard.asks(found.first - 1)
        if apart and heard.norms[found.first][:1] == _AND and found.row.stands == "anywhere":
            yield found.first
