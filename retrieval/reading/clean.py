"""Find the furniture of a web page in a raw text: what a reader skips and what is therefore not read as news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token, between, tokenize

Shape = Literal["line", "begin", "rest", "block", "end", "open"]

# A line longer than this is prose even when it opens like a link to another article.
_LINK_WORDS = 30
_SHORT_WORDS = 8
_MENU_LINES = 4
_MENU_WORDS = 3


class Span(NamedTuple):
    """A stretch `text[start:end]`."""

    start: int
    end: int


class Furniture(NamedTuple):
    """A stretch that is not news, and what it does to the story around it: it may end one or open another."""

    start: int
    end: int
    shape: Shape


class FurnitureRow(Row):
    """One row of furniture.csv: the words, and which part of a line they condemn.

    `line`: a line of just these words; `begin`: a line that begins with them; `rest`: from them to the end of the
    line; `block`: a line that begins with them and the short lines after it; `end`: a line that begins with them and
    closes a story; `open`: a short line that begins with them and opens a story.
    """

    words: str
    shape: Shape


class Line(NamedTuple):
    """One line of a text with its tokens and the normalised words among them."""

    start: int
    end: int
    tokens: Sequence[Token]
    words: tuple[str, ...]


def find_furniture(text: str, tokens: Sequence[Token] | None = None) -> tuple[Furniture, ...]:
    """The stretches of `text` that are page furniture, in order and apart from each other; `tokens` if already cut.

    Known phrases are looked up in furniture.csv; beside them the shape of a line tells: nothing but digits, marks or
    a few Latin words; the copy of an earlier line; a run of lines of one to three words, as in a menu.
    It does not judge what is true or important, and it never alters the text.
    """
    lines = [line for line in split_lines(text, tokens) if line.tokens]
    found = {n: shape for n, shape in _by_phrase(lines) if shape != "rest"}
    for n in (*_by_letters(lines), *_copies(lines), *_menus(lines)):
        found.setdefault(n, "line")
    marked = [Furniture(lines[n].start, lines[n].end, shape) for n, shape in found.items()]
    marked += [span for n, line in enumerate(lines) if n not in found for span in _rest_of_line(line)]
    return tuple(sorted(marked))


def split_lines(text: str, tokens: Sequence[Token] | None = None) -> Iterator[Line]:
    """The lines of `text` with their spans, line ends left out; `tokens` are those of the text, if already cut."""
    tokens = tokenize(text) if tokens is None else tokens
    start = 0
    for piece in text.splitlines(keepends=True):
        body = piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        own = between(tokens, start, start + len(body))
        yield Line(start, start + len(body), own, tuple(t.norm for t in own if t.kind != "mark"))
        start += len(piece)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Shape]]]:
    """The rows of furniture.csv by their first word."""
    phrases: dict[str, list[tuple[tuple[str, ...], Shape]]] = {}
    for _, row in load("furniture", FurnitureRow):
        words = tuple(t.norm for t in tokenize(row.words) if t.kind != "mark")
        phrases.setdefault(words[0], []).append((words, row.shape))
    return phrases


def _by_phrase(lines: Sequence[Line]) -> Iterator[tuple[int, Shape]]:
    """The lines that a row of the table condemns as a whole, by number."""
    block = False
    for n, line in enumerate(lines):
        shape = _shape_of(line)
        if shape:
            block = shape == "block"
            yield n, shape
        elif block and len(line.words) <= _SHORT_WORDS:
            yield n, "block"
        else:
            block = False


def _shape_of(line: Line) -> Shape | None:
    if not line.words:
        return None
    for words, shape in _phrases().get(line.words[0], ()):
        if line.words[: len(words)] != words:
            continue
        if shape == "line" and len(line.words) != len(words):
            continue
        if shape in ("block", "open", "end") and len(line.words) > len(words) + _SHORT_WORDS:
            continue
        if shape in ("open", "end") and not _set_off(line, len(words)):
            continue
        if shape != "rest" and len(line.words) <= _LINK_WORDS:
            return shape
    return None


def _set_off(line: Line, words: int) -> bool:
    """Whether the first `words` words stand apart: a mark, a number or nothing follows, as after a label."""
    positions = [n for n, token in enumerate(line.tokens) if token.kind != "mark"]
    after = line.tokens[positions[words - 1] + 1 :]
    return not after or after[0].kind != "word"


def _rest_of_line(line: Line) -> Iterator[Furniture]:
    """From a phrase such as the link back to the outlet, standing after the last full stop, to the end of its line."""
    tokens = line.tokens
    if _closed(line):
        return
    for i in range(max(0, len(tokens) - 2 * _LINK_WORDS), len(tokens)):
        token = tokens[i]
        if token.norm not in _phrases() or (i and tokens[i - 1].kind == "word"):
            continue
        words = [t.norm for t in tokens[i:] if t.kind != "mark"]
        if len(words) > _LINK_WORDS:
            continue
        for phrase, shape in _phrases()[token.norm]:
            if shape == "rest" and tuple(words[: len(phrase)]) == phrase:
                yield Furniture(token.start, line.end, "rest")
                return


def _by_letters(lines: Sequence[Line]) -> Iterator[int]:
    """Short lines without a single Arabic letter: counters, rules of dashes, names of share buttons."""
    for n, line in enumerate(lines):
        arabic = any("\u0620" <= c <= "\u06d3" for t in line.tokens if t.kind == "word" for c in t.text)
        if not arabic and len(line.words) <= _SHORT_WORDS:
            yield n


def _copies(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that repeat an earlier short line word for word, or the beginning of the line before or after."""
    seen: set[tuple[str, ...]] = set()
    for n, line in enumerate(lines):
        words = line.words
        if not 2 <= len(words) <= _LINK_WORDS:
            continue
        beside = [lines[m].words for m in (n - 1, n + 1) if 0 <= m < len(lines)]
        shortened = len(words) >= 4 and any(len(w) > len(words) and w[: len(words)] == words for w in beside)
        if words in seen or (shortened and not _closed(line)):
            yield n
        seen.add(words)


def _menus(lines: Sequence[Line]) -> Iterator[int]:
    """Runs of lines of one to three words without a full stop."""
    run: list[int] = []
    for n, line in enumerate([*lines, None]):
        if line is not None and len(line.words) <= _MENU_WORDS and not _closed(line):
            run.append(n)
            continue
        if len(run) >= _MENU_LINES:
            yield from run
        run = []


def _closed(line: Line) -> bool:
    return bool(line.tokens) and line.tokens[-1].text in {".", "!", "؟", "?", "…"}
