"""Slips of hasty typing in a question, mended where the mended word is one of the language and the typed one is not."""

from __future__ import annotations

from retrieval.arabic.morphology import analyse
from retrieval.arabic.tokens import Token, tokenize

# The plural ending of verbs and the silent letter that belongs behind it.
_THEY = "و"
_SILENT = "ا"
_SHORT = 4


def spell(text: str) -> str:
    """The text with the silent letter behind the plural of verbs, which nobody types in speech."""
    mended = text
    for token in reversed(tokenize(text)):
        if _lacks_letter(token):
            mended = mended[: token.end] + _SILENT + mended[token.end :]
    return mended


def _lacks_letter(token: Token) -> bool:
    if token.kind != "word" or len(token.norm) < _SHORT or not token.norm.endswith(_THEY):
        return False
    if any(reading.known for reading in analyse(token.norm)):
        return False
    return any(
        reading.known and reading.pos == "verb" and reading.number == "p" for reading in analyse(token.norm + _SILENT)
    )
