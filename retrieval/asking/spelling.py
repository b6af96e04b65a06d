"""Slips of hasty typing and the spellings of speech in a question, written as a newspaper would write them."""

from __future__ import annotations

import re
from functools import cache

from retrieval.arabic.morphology import analyse
from retrieval.arabic.ordinary import is_ordinary
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.places import is_place
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token, tokenize
from retrieval.asking.vocabulary import question_words, topics

# The plural ending of verbs and the silent letter that belongs behind it.
_THEY = "و"
_SILENT = "ا"
_SHORT = 4
# A letter held down: no word of the language has three of one in a row.
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_ARTICLE = "ال"
# Words that hasty typing joins to the next one: a preposition to an article, a question word to what is asked.
_BEFORE_ARTICLE = ("في", "من", "علي", "عن", "الي")
# In the Maghreb "in" is one letter, glued to its word.
_MAGHREBI_IN = "ف"
_IN = "في"
# "This" in the speech of the east is one letter before the article.
_THIS_THE = "هال"
_THIS = "هذا"


class SpokenForm(Row):
    """A phrase of speech and the formal one that means the same, where the reading of questions knows the latter."""

    said: str
    formal: str


def spell(text: str) -> str:
    """The text as a careful writer would have typed it.

    Letters held down are let go, joined words parted, spoken phrases put in their formal wording, and the plural of
    verbs gets the silent letter that nobody types in speech.
    """
    mended = _formal(_HELD.sub(r"\1", text))
    for token in reversed(tokenize(mended)):
        if parted := _parted(token):
            mended = f"{mended[: token.start]}{parted}{mended[token.end :]}"
    mended = _formal(mended)
    for token in reversed(tokenize(mended)):
        if _lacks_letter(token):
            mended = mended[: token.end] + _SILENT + mended[token.end :]
    return mended


def _formal(text: str) -> str:
    """The text with each spoken phrase replaced; the clitics before it stay."""
    tokens = tokenize(text)
    norms = [token.norm for token in tokens]
    pieces: list[str] = []
    at = done = 0
    while at < len(tokens):
        match = _spoken_forms().match(norms, at)
        if match is None:
            at += 1
            continue
        end = at + match.length
        pieces += [text[done : tokens[at].start], match.clitics, match.value]
        at, done = end, tokens[end - 1].end
    return "".join([*pieces, text[done:]])


def _parted(token: Token) -> str:
    """The two words that hasty typing or speech has joined in one; empty where it is one word."""
    norm, text = token.norm, token.text
    if token.kind != "word" or len(text) != len(norm):
        return ""
    if norm[0] == _MAGHREBI_IN and _opens_place(norm):
        return f"{_IN} {text[1:]}"
    if _is_word(norm):
        return ""
    if norm.startswith(_THIS_THE) and len(norm) > _SHORT + 1:
        return f"{_THIS} {text[1:]}"
    seam = _seam(norm)
    return f"{text[:seam]} {text[seam:]}" if seam else ""


def _seam(norm: str) -> int:
    """Where a preposition ends before an article, or a question word before what it asks of; 0 for neither."""
    for head in _BEFORE_ARTICLE:
        rest = norm.removeprefix(head)
        if rest != norm and rest.startswith(_ARTICLE) and len(rest) > _SHORT and _is_word(rest):
            return len(head)
    seams = range(2, len(norm) - 2)
    asked = (at for at in seams if question_words().get((norm[:at],)) and topics().get((norm[at:],)))
    return next(asked, 0)


def _opens_place(norm: str) -> bool:
    """Whether a word is, behind its first letter, one with the article or a place, and no word with that letter."""
    rest = norm[1:]
    if is_place(norm) or any(reading.known and not reading.conjunction for reading in analyse(norm)):
        return False
    return is_place(rest) or (rest.startswith(_ARTICLE) and len(rest) > _SHORT)


def _is_word(norm: str) -> bool:
    return is_ordinary(norm) or is_place(norm) or any(reading.known for reading in analyse(norm))


def _lacks_letter(token: Token) -> bool:
    if token.kind != "word" or len(token.norm) < _SHORT or not token.norm.endswith(_THEY):
        return False
    if any(reading.known for reading in analyse(token.norm)):
        return False
    return any(
        reading.known and reading.pos == "verb" and reading.number == "p" for reading in analyse(token.norm + _SILENT)
    )


@cache
def _spoken_forms() -> Phrases[str]:
    return Phrases((words(row.said), row.formal) for _, row in load("spoken_forms", SpokenForm))
