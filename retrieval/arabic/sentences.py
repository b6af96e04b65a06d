"""Where sentences begin and end: at stops and line ends, not at abbreviations, decimal points, dots of omission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.arabic.morphology import analyse
from retrieval.arabic.tokens import LONGEST_WORD, Token, tokenize

_STOPS = frozenset(".!?؟")
_CLOSERS = frozenset("\"'»”’)]}›")
_DASHES = frozenset("-–—")
_LONG = 25
_UNFINISHED = frozenset({"prep", "conj"})


def split(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the sentences of `text[start:end]`, in order, from the first to the last token of each.

    Every word and number is in exactly one of them; a run of marks alone is no sentence.
    """
    spans: list[tuple[int, int]] = []
    for first, last in split_lines(text, start, len(text) if end is None else end):
        spans += [(run[0].start, run[-1].end) for run in split_tokens(tokenize(text, first, last))]
    return spans


def split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of `text[start:end]`.

    A line that breaks off after a preposition or conjunction goes on in the next, which begins no paragraph then.
    """
    begin = at = start
    for line in text[start:end].splitlines(keepends=True):
        at += len(line)
        if not _breaks_off(line):
            yield begin, at
            begin = at
    if begin < at:
        yield begin, at


def _breaks_off(line: str) -> bool:
    words = line.rsplit(maxsplit=2)
    # a line of one word is a heading or what is left of a page's furniture
    if len(words) < 3 or len(words[-1]) > LONGEST_WORD:
        return False
    return any(analysis.pos in _UNFINISHED for analysis in analyse(words[-1])[:1])


def split_tokens(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the sentences of one line as runs of tokens; marks that close a quotation stay with the stop before."""
    run: list[Token] = []
    words = at = 0
    while at < len(tokens):
        run.append(tokens[at])
        words += tokens[at].kind != "mark"
        at += 1
        if run[-1].text in _STOPS and words and _ends(tokens, at - 1, words):
            while at < len(tokens) and tokens[at].text in _CLOSERS | _STOPS:
                run.append(tokens[at])
                at += 1
            yield run
            run, words = [], 0
    if words:
        yield run


def _ends(tokens: Sequence[Token], at: int, words: int) -> bool:
    """Whether the stop at index `at` ends a sentence that has so many words by then."""
    if tokens[at].text != ".":
        return True
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is None or after is None:
        return True
    if "." in {before.text, after.text}:
        # dots of omission; some sites write nothing else between their sentences
        return words > _LONG and after.text != "."
    glued = after.start == tokens[at].end
    if before.kind == "number" and (words == 1 or (glued and after.kind == "number")):
        return False  # the number of a list's item, a date or version
    if before.kind == "word" and len(before.norm) == 1:
        # a title or agency of single letters, but an era after a year ends its sentence
        era = at >= 2 and tokens[at - 2].kind == "number"
        return era and after.text not in _DASHES and not glued
    latin = after.kind == "word" and after.text[0].isascii()
    return not (glued and latin and before.kind == "word" and before.text[0].isascii())
