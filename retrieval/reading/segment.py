"""Cut a raw text into stories, sentences and passages, leaving its furniture aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic.tokens import Token, tokenize
from retrieval.reading.clean import Furniture, Span, find_furniture

# A passage is long enough to stand alone in an answer and short enough to be about one thing.
_ENOUGH_WORDS = 40
_MOST_WORDS = 120

_STOPS = frozenset(".!?؟…")
_PAUSES = frozenset("،,؛;:-–—")
_CLOSERS = frozenset("\"'»”’)]}›")


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


def split_sentences(text: str, furniture: Sequence[Furniture] | None = None) -> tuple[Stretch, ...]:
    """The sentences of the kept text in order; every word outside the furniture is in exactly one of them.

    A line end always ends a sentence. A full stop does not when it marks an abbreviation (a title of one letter),
    when it is one of several dots, or when it stands inside a number. A story ends after a source line and before
    an update line; paragraphs are numbered through the whole text.
    """
    furniture = find_furniture(text) if furniture is None else furniture
    sentences: list[Stretch] = []
    story = paragraph = 0
    due = False
    for start, end, shape in _kept(text, furniture):
        due = due or shape in ("end", "open")
        if start == end:
            continue
        for piece in _lines(text, start, end):
            tokens = tokenize(text, piece.start, piece.end)
            if not any(t.kind != "mark" for t in tokens):
                continue
            story += bool(due and sentences)
            due = False
            sentences += [
                Stretch(run[0].start, run[-1].end, tuple(run), story, paragraph) for run in _split_tokens(tokens)
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


def _kept(text: str, furniture: Sequence[Furniture]) -> Iterator[tuple[int, int, str]]:
    """The stretches between the furniture, each with the shape of the piece of furniture before it."""
    start, shape = 0, ""
    for piece in furniture:
        yield start, piece.start, shape
        start, shape = piece.end, piece.shape
    yield start, len(text), shape


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for piece in text[start:end].splitlines(keepends=True):
        yield Span(start, start + len(piece))
        start += len(piece)


def _split_tokens(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The sentences of one line as runs of tokens; marks after the stop that close a quotation stay with it."""
    run: list[Token] = []
    i = 0
    while i < len(tokens):
        run.append(tokens[i])
        i += 1
        if run[-1].text in _STOPS and _ends_sentence(tokens, i - 1):
            while i < len(tokens) and tokens[i].text in _CLOSERS | _STOPS:
                run.append(tokens[i])
                i += 1
            if any(t.kind != "mark" for t in run):
                yield run
                run = []
    if run:
        yield run


def _ends_sentence(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if tokens[i].text != ".":
        return True
    if before is None or before.text == "." or (after is not None and after.text == "." and i + 2 < len(tokens)):
        return False
    glued = after is not None and after.start == tokens[i].end
    if before.kind == "word" and len(before.norm) == 1 and after is not None and after.kind == "word":
        # "د." before a name and "أ.ف.ب" are abbreviations; "2016 م." and "1436 هـ." are years.
        return i >= 2 and tokens[i - 2].kind == "number"
    if glued and after is not None and after.kind == "word" and after.text[0].isascii():
        return False
    return not (glued and before.kind == "number" and after is not None and after.kind == "number")


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
