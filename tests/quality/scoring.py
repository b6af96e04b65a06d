"""Says whether an answer is right, and how sharp it is."""

from __future__ import annotations

from typing import NamedTuple

from retrieval import Answer
from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from tests.quality.samples import Expected

# A right text may stand in a phrase, but not in one that any wrong answer would fit into as well.
_TIMES_LONGER = 3
_WORDS_MORE = 6
_STRICT = 0.5


class Verdict(NamedTuple):
    """`right`: the value is what was expected; `cited`: with an article that says so; `strict`: and no wider than it.

    The strict figure stands beside the other because a match that forgives wide spans flatters.
    """

    right: bool
    cited: bool
    strict: bool

    @property
    def good(self) -> bool:
        """Right and cited."""
        return self.right and self.cited


def judge(answer: Answer, expected: Expected, may_cite: tuple[str, ...]) -> Verdict:
    """The verdict on one answer."""
    if expected.abstained:
        return Verdict(answer.abstained, cited=True, strict=answer.abstained)
    cited = any(citation.article_id in may_cite for citation in answer.citations)
    if answer.abstained or answer.value is None:
        return Verdict(right=False, cited=cited, strict=False)
    right, strict = _value(answer, expected)
    return Verdict(right, cited, strict)


def _value(answer: Answer, expected: Expected) -> tuple[bool, bool]:
    value = answer.value
    assert value is not None
    if expected.vague:
        vague = value.min is None and value.max is None and value.bound == "vague"
        return vague, vague
    if expected.numbers:
        right = any(number in (value.min, value.max) for number in expected.numbers)
        ends = {value.min, value.max} - {None}
        return right, right and len(ends) == 1 and value.bound == expected.bound
    if expected.date:
        right = value.text is not None and _says_day(value.text, expected)
        return right, right
    # A share or a year may be given as a number where a text was expected: "82" for "82 per cent".
    words = _words(value.text or ("" if value.min is None else str(value.min)))
    return (
        any(_within(_words(text), words) for text in expected.texts),
        any(_overlap(_words(text), words) >= _STRICT for text in expected.texts),
    )


def _says_day(text: str, expected: Expected) -> bool:
    """Whether the text names the day in one of the ways expected: its ISO form, or with one of the month's names."""
    said = [token.norm for token in tokenize(text)]
    return any(_run(said, [token.norm for token in tokenize(one)]) for one in expected.texts)


def _run(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _words(text: str) -> list[str]:
    return [stem(token.norm) for token in tokenize(text) if token.kind != "mark"]


def _within(wanted: list[str], said: list[str]) -> bool:
    short = len(said) <= _TIMES_LONGER * len(wanted) + _WORDS_MORE
    return bool(wanted) and short and (set(wanted) <= set(said) or _overlap(wanted, said) >= _STRICT)


def _overlap(wanted: list[str], said: list[str]) -> float:
    """The harmonic mean of the shares of words that the two have in common."""
    shared = len(set(wanted) & set(said))
    return 2 * shared / (len(set(wanted)) + len(set(said))) if shared else 0.0
