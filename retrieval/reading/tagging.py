"""Decide what part each word plays in its sentence, where one spelling has several readings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from retrieval.arabic.morphology import Analysis
from retrieval.arabic.phrases import QUOTES, Phrases, openings, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token
from retrieval.reading.sentences import Link, Part, Words

_NOMINAL = frozenset({"noun", "adj", "name", "adv"})
_BEFORE_VERBS = frozenset({"negation", "aspect", "relative"})
_BEFORE_EITHER = frozenset({"", "mark", "complement", "subordinate", "conjunction"})


class ParticleRow(Row):
    """One row of particles.csv: a function word or phrase, its part, and the link of a clause that it opens."""

    words: str
    part: Part
    link: Link | Literal[""] = ""


def tag(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], named: frozenset[int] = frozenset()
) -> Words:
    """The tokens with the part that each plays in its sentence, and of its analyses those that fit, the best first.

    Function words come from particles.csv. A word that may be verb or noun (قتل، قصف، جرح) is settled by what stands
    before it: nouns follow prepositions and acts, verbs follow the particles of tense and negation and open clauses.
    `named` are the tokens inside names of people, places and parties: they are nouns whatever they look like.
    """
    parts: list[Part] = []
    norms = [token.norm for token in tokens]
    while len(parts) < len(tokens):
        i = len(parts)
        if tokens[i].kind != "word":
            parts.append("mark" if tokens[i].kind == "mark" else "number")
            continue
        found = None if i in named else particle_at(norms, i)
        if i in named:
            parts.append("noun")
        elif found and not (found[0] == 1 and _rather_verb(tokens, analyses, i)):
            # In "ما أدى" the verb is read as a verb.
            parts += [found[1].part, *_rest(0 if found[1].link == "result" else found[0] - 1)]
        else:
            parts.append(_open_class(tokens, analyses, parts, i))
    fitting = (_fitting(tokens, analyses, parts, i) for i in range(len(tokens)))
    return Words(tuple(tokens), tuple(parts), tuple(fitting))


def _fitting(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], i: int
) -> tuple[Analysis, ...]:
    """The readings of a word that fit its part, those that its neighbours speak against moved behind the others."""
    readings = analyses[i]
    if parts[i] not in ("verb", "noun") or len(readings) < 2:
        return readings
    same = tuple(a for a in readings if (a.pos == "verb") == (parts[i] == "verb")) or readings
    if parts[i] == "verb":
        return same
    behind = (
        i + 1 < len(tokens)
        and parts[i + 1] == "noun"
        and any(a.definite or a.pronoun or a.pos == "name" for a in analyses[i + 1])
    )
    counted = i > 0 and parts[i - 1] == "number"
    return tuple(sorted(same, key=lambda a: _strain(a, behind=behind, counted=counted)))


def _strain(reading: Analysis, *, behind: bool, counted: bool) -> int:
    """How much speaks against a nominal reading: a dual in construct with nothing behind it, "my" in a report."""
    if reading.number == "d" and reading.construct and (not behind or counted):
        return 2
    if reading.pronoun == "ي" or reading.pos not in _NOMINAL:
        return 2
    return int(bool(reading.preposition) and not reading.known)


def particle_at(norms: Sequence[str], i: int) -> tuple[int, ParticleRow] | None:
    """The function word or phrase that starts at word `i`, و or ف before it allowed: its length and its row."""
    for clitics, rest in openings(norms[i]):
        if clitics in ("", "و", "ف"):
            found = _particles().bare(norms, i, rest)
            if found:
                return found
    return None


def _rest(length: int) -> list[Part]:
    return ["particle"] * length


@cache
def _particles() -> Phrases[ParticleRow]:
    return Phrases((words(row.words), row) for _, row in load("particles", ParticleRow))


def _rather_verb(tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], i: int) -> bool:
    """فقد is "and indeed" before a verb and "lost" before a noun."""
    token = tokens[i]
    if not any(a.pos == "verb" and not a.conjunction for a in analyses[i]) or token.norm[0] not in "وف":
        return False
    after = analyses[i + 1] if i + 1 < len(tokens) else ()
    return not any(a.pos == "verb" for a in after)


def _open_class(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], i: int
) -> Part:
    readings = analyses[i]
    nouns = [a for a in readings if a.pos in _NOMINAL]
    verbs = [a for a in readings if a.pos == "verb" and not (nouns and _feminine_ending(tokens[i], a))]
    before = _before(tokens, parts, i)
    if not verbs or not nouns:
        return "verb" if verbs and before != "preposition" else "noun"
    verbal = readings[0].pos == "verb"
    if before in _BEFORE_VERBS:
        return "verb"
    if before == "preposition" or any(a.definite for a in nouns):
        return "noun"
    if before in _BEFORE_EITHER or verbs[0].conjunction or (verbal and all(a.aspect == "i" for a in verbs)):
        return "verb"
    return "verb" if verbal and before != "noun" else "noun"


def _feminine_ending(token: Token, verb: Analysis) -> bool:
    """Whether the letter that a verb reads as its object is written as the ending of a noun (إصابة, not أصابه)."""
    return bool(verb.pronoun) and token.text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650").endswith("ة")


def _before(tokens: Sequence[Token], parts: Sequence[Part], i: int) -> Part | str:
    """The part of the nearest token before `i`, quotation marks looked through; '' at the beginning."""
    for j in range(i - 1, -1, -1):
        if tokens[j].text not in QUOTES:
            return parts[j]
    return ""
