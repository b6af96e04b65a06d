"""How well the letters and vowel signs that a text writes agree with the full spelling of a word."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.arabic.normalise import normalise

FEMININE = "ة"  # never written for the pronoun that it is normalised to

_SHORT = frozenset("\u064e\u064f\u0650\u0652")  # the sign of no vowel among them
_TANWIN = frozenset("\u064b\u064c\u064d")
_SHADDA = "\u0651"
_SIGNS = _SHORT | _TANWIN | {_SHADDA}


class Letter(NamedTuple):
    """A letter and the vowel signs on it."""

    letter: str
    signs: str


def without_signs(word: str) -> str:
    """The word without its vowel signs."""
    return "".join(letter for letter in word if letter not in _SIGNS)


def letters_of(word: str) -> tuple[Letter, ...]:
    """The letters of a word with their vowel signs; tatweel and other signs are left out."""
    found: list[Letter] = []
    for letter in word:
        if letter in _SIGNS:
            if found:
                found[-1] = Letter(found[-1].letter, found[-1].signs + letter)
        elif normalise(letter):
            found.append(Letter(letter, ""))
    return tuple(found)


def has_signs(word: tuple[Letter, ...]) -> bool:
    """Whether any vowel sign is written."""
    return any(signs for _, signs in word)


def has_tanwin(word: tuple[Letter, ...]) -> bool:
    """Whether the word bears the sign of an indefinite noun."""
    return any(not _TANWIN.isdisjoint(signs) for _, signs in word)


def contradicts(word: tuple[Letter, ...], full: tuple[Letter, ...]) -> bool:
    """Whether a vowel sign of the word is another one than the full spelling has there, where it has one."""
    if len(word) != len(full):
        return False
    doubled = any(_SHADDA in signs for _, signs in full)
    for written, expected in zip(word, full, strict=True):
        if doubled and _SHADDA in written.signs and _SHADDA not in expected.signs:
            return True
        short, wanted = _SHORT.intersection(written.signs), _SHORT.intersection(expected.signs)
        if short and wanted and short.isdisjoint(wanted):
            return True
    return False


def distance(word: tuple[Letter, ...], full: tuple[Letter, ...]) -> int:
    """How far the word's letters are from the full spelling.

    A letter that lacks its hamza or its two dots counts one, a hamza or dots that the full spelling has not count
    two, and so does a sign of doubling; yeh with or without dots is the same, as half of the press writes one for
    the other.
    """
    if len(word) != len(full):
        return 0
    far = 0
    for (written, signs), (expected, wanted) in zip(word, full, strict=True):
        far += 2 * (_SHADDA in signs and _SHADDA not in wanted)
        if written != expected and {written, expected} != {"ى", "ي"}:
            far += 1 if written == normalise(expected) else 2
    return far
