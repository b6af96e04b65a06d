"""Cut a raw text into stories, sentences and passages, leaving its furniture aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic.sentences import split_lines, split_tokens
from retrieval.arabic.tokens import Token, between, tokenize
from retrieval.reading.clean import Furniture, find_furniture

# A passage is long enough to stand alone in an answer and short enough to be about one thing.
_ENOUGH_WORDS = 40
_MOST_WORDS = 120
_MOST_TOKENS = 400

_PAUSES = frozenset("،,؛;:-–—")


class Stretch(NamedTuple):
    """One sentence as cut from the text: its tokens, which story and paragraph of the page it stands in."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    story: int
    paragraph: int

    @property
    def words(self) -> int:
        """How many words and numbers it holds."""
        return sum(token.kind != "mark" for token in self.tokens)


def split_sentences(
    text: str, furniture: Sequence[Furniture] | None = None, tokens: Sequence[Token] | None = None
) -> tuple[Stretch, ...]:
    """The sentences of the kept text in order; every word outside the furniture is in exactly one of them.

    A story ends after a source line and before an update line; paragraphs are numbered through the whole text.
    `tokens` are those of the text, if already cut.
    """
    tokens = tokenize(text) if tokens is None else tokens
    furniture = find_furniture(text, tokens) if furniture is None else furniture
    sentences: list[Stretch] = []
    story = paragraph = 0
    due = False
    for start, end, shape in _kept(text, furniture):
        due = due or shape in ("end", "open")
        if start == end:
            continue
        for first, last in split_lines(text, start, end):
            line = between(tokens, first, last)
            if not any(t.kind != "mark" for t in line):
                continue
            story += bool(due and sentences)
            due = False
            sentences += [
                Stretch(run[0].start, run[-1].end, tuple(run), story, paragraph)
                for sentence in split_tokens(line)
                for run in _within_reach(sentence)
            ]
            paragraph += 1
    return tuple(sentences)


def split_passages(sentences: Sequence[Stretch], furniture: Sequence[Furniture]) -> Iterator[tuple[int, int, int]]:
    """Yield `(start, end, story)` of passages of about 40 to 120 words that cover all sentences.

    A passage never crosses from one story into another nor over furniture; it prefers to end with a paragraph, and
    a sentence is cut only where it alone is longer than a passage may be.
    """
    for group in _unbroken(sentences, furniture):
        for passage in _balanced(list(_pieces(group))):
            yield passage[0].start, passage[-1].end, group[0].story


def _within_reach(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The sentence, or pieces of it where it is longer than any that people write, cut at a pause if there is one.

    Reading a sentence looks from each word to the others: the limit keeps the time in proportion to the text.
    """
    first = 0
    while len(sentence) - first > _MOST_TOKENS:
        window = range(first + _MOST_TOKENS - 1, first + _MOST_TOKENS // 2, -1)
        last = next((i for i in window if sentence[i].text in _PAUSES), first + _MOST_TOKENS - 1) + 1
        yield sentence[first:last]
        first = last
    if any(token.kind != "mark" for token in sentence[first:]):
        yield sentence[first:]


def _kept(text: str, furniture: Sequence[Furniture]) -> Iterator[tuple[int, int, str]]:
    """The stretches between the furniture, each with the shape of the piece of furniture before it."""
    start, shape = 0, ""
    for piece in furniture:
        yield start, piece.start, shape
        start, shape = piece.end, piece.shape
    yield start, len(text), shape


def _unbroken(sentences: Sequence[Stretch], furniture: Sequence[Furniture]) -> Iterator[list[Stretch]]:
    """Sentences of one story with no furniture between them."""
    breaks = iter([*(piece.start for piece in furniture), None])
    edge = next(breaks)
    group: list[Stretch] = []
    for sentence in sentences:
        broken = False
        while edge is not None and edge < sentence.start:
            broken, edge = True, next(breaks)
        if group and (broken or sentence.story != group[-1].story):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _pieces(sentences: Sequence[Stretch]) -> Iterator[Stretch]:
    """The sentences, those that are longer than a passage cut at a pause, or failing that between two words."""
    for sentence in sentences:
        if sentence.words <= _MOST_WORDS:
            yield sentence
            continue
        run: list[Token] = []
        words = 0
        for token in sentence.tokens:
            run.append(token)
            words += token.kind != "mark"
            if words >= _MOST_WORDS - 1 or (words >= _ENOUGH_WORDS * 2 and token.text in _PAUSES):
                yield sentence._replace(start=run[0].start, end=run[-1].end, tokens=tuple(run))
                run, words = [], 0
        if run:
            yield sentence._replace(start=run[0].start, end=run[-1].end, tokens=tuple(run))


def _balanced(pieces: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Gather pieces until a passage has enough words, then close it at the next paragraph end or when it is full."""
    passages: list[list[Stretch]] = []
    words = 0
    for piece in pieces:
        last = passages[-1] if passages else None
        full = words + piece.words > _MOST_WORDS
        turned = last is not None and words >= _ENOUGH_WORDS and piece.paragraph != last[-1].paragraph
        if last is None or full or turned:
            passages.append([piece])
            words = piece.words
        else:
            last.append(piece)
            words += piece.words
    if len(passages) > 1 and words < _ENOUGH_WORDS:
        tail = passages.pop()
        if sum(p.words for p in passages[-1]) + words <= _MOST_WORDS:
            passages[-1] += tail
        else:
            passages.append(tail)
    yield from passages
