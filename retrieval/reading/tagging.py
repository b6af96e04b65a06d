"""Decide what part each word plays in its sentence, where one spelling has several readings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.phrases import QUOTES, Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token
from retrieval.reading.sentences import Link, Part, Words

_NOMINAL = frozenset({"noun", "adj", "name", "adv", "num"})
# Function words that particles.csv does not list, by their part of speech in the lexicon.
_CLOSED: dict[str, Part] = {"prep": "preposition", "conj": "conjunction", "pron": "pronoun", "part": "particle"}
_HUMAN = frozenset({"person", "civilian", "relative", "militant", "security"})
_THAT = frozenset({"ان", "انه", "انها", "انهم"})
_BEFORE_VERBS = frozenset({"negation", "aspect", "relative"})
_BEFORE_EITHER = frozenset({"", "mark", "complement", "subordinate", "conjunction"})


class ParticleRow(Row):
    """One row of particles.csv: a function word or phrase, its part, and the link of a clause that it opens."""

    words: str
    part: Part
    link: Link | Literal[""] = ""


def tag(
    tokens: Sequence[Token],
    analyses: Sequence[tuple[Analysis, ...]],
    named: frozenset[int] = frozenset(),
    clipped: frozenset[int] = frozenset(),
) -> Words:
    """The tokens with the part that each plays in its sentence, and of its analyses those that fit, the best first.

    Function words come from particles.csv. A word that may be verb or noun (قتل، قصف، جرح) is settled by what stands
    before it: nouns follow prepositions and acts, verbs follow the particles of tense and negation and open clauses.
    `named` are the tokens inside names of people, places and parties: they are nouns whatever they look like; at those
    that are `clipped` a name begins behind a conjunction or preposition.
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
        elif found and not (found[0] == 1 and _rather_verb(tokens, analyses, parts, i)):
            # In "ما أدى" the verb is read as a verb.
            parts += [found[1].part, *_rest(0 if found[1].link == "result" else found[0] - 1)]
        else:
            parts.append(_open_class(tokens, analyses, parts, i))
    fitting = (
        tuple(sorted(readings, key=_without_clitics)) if i in clipped else readings
        for i in range(len(tokens))
        for readings in (_fitting(tokens, analyses, parts, i),)
    )
    return Words(tuple(tokens), tuple(parts), tuple(fitting))


def _fitting(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], i: int
) -> tuple[Analysis, ...]:
    """The readings of a word that fit its part, those that its neighbours speak against moved behind the others."""
    readings = analyses[i]
    if parts[i] not in ("verb", "noun") or len(readings) < 2:
        return readings
    same = tuple(a for a in readings if (a.pos == "verb") == (parts[i] == "verb")) or readings
    if parts[i] == "verb" or not _strained(tokens[i].text):
        return same
    behind = (
        i + 1 < len(tokens)
        and parts[i + 1] == "noun"
        and any(a.definite or a.pronoun or a.pos == "name" for a in analyses[i + 1])
    )
    counted = i > 0 and parts[i - 1] == "number"
    return tuple(sorted(same, key=lambda a: _strain(a, behind=behind, counted=counted)))


def _without_clitics(reading: Analysis) -> bool:
    return not (reading.preposition or reading.conjunction)


@lru_cache(maxsize=50_000)
def _strained(word: str) -> bool:
    """Whether something may speak against a nominal reading of a written word."""
    return any(_strain(a, behind=False, counted=True) for a in analyse(word) if a.pos != "verb")


def _strain(reading: Analysis, *, behind: bool, counted: bool) -> int:
    """How much speaks against a nominal reading: a dual in construct with nothing behind it, "my" in a report."""
    if reading.number == "d" and reading.construct and (not behind or counted):
        return 2
    if reading.pronoun == "ي" or reading.pos not in _NOMINAL:
        return 2
    return int(bool(reading.preposition) and not reading.known)


def particle_at(norms: Sequence[str], i: int) -> tuple[int, ParticleRow] | None:
    """The function word or phrase that starts at word `i`, و or ف before it allowed: its length and its row."""
    for rest in _opening(norms[i]):
        found = _particles().bare(norms, i, rest)
        if found:
            return found
    return None


@lru_cache(maxsize=50_000)
def _opening(norm: str) -> tuple[str, ...]:
    """The word, and what is left of it without و or ف, of those that open a function word or phrase."""
    rests = (norm, norm[1:]) if norm.startswith(("و", "ف")) else (norm,)
    return tuple(rest for rest in rests if _particles().opens(rest))


def is_particle(norm: str) -> bool:
    """Whether a normalised word is itself a function word, nothing taken off its front."""
    return (norm,) in _particles()


def _rest(length: int) -> list[Part]:
    return ["particle"] * length


@cache
def _particles() -> Phrases[ParticleRow]:
    return Phrases((words(row.words), row) for _, row in load("particles", ParticleRow))


def _rather_verb(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], i: int
) -> bool:
    """Whether a word that particles.csv lists is a verb here.

    فقد is "and indeed" before a verb and "lost" before a noun; بين before أن is "made clear"; خلف is "left behind"
    where a verb is due.
    """
    verbs = [a for a in analyses[i] if a.pos == "verb"]
    if not verbs:
        return False
    if any(a.sense == "say" for a in verbs):
        return any(token.norm in _THAT for token in tokens[i + 1 : i + 3])
    if any(a.sense == "result" for a in verbs):
        return _before(tokens, parts, i) in (*_BEFORE_VERBS, *_BEFORE_EITHER)
    after = analyses[i + 1] if i + 1 < len(tokens) else ()
    return (
        tokens[i].norm.startswith(("و", "ف")) and verbs[0].conjunction == "" and not any(a.pos == "verb" for a in after)
    )


def _open_class(
    tokens: Sequence[Token], analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], i: int
) -> Part:
    readings = analyses[i]
    if readings and readings[0].pos == "prep" and readings[0].pronoun:
        return "particle"
    nouns = [a for a in readings if a.pos in _NOMINAL]
    verbs = [a for a in readings if a.pos == "verb" and not (nouns and _unlikely(tokens[i], a))]
    before = _before(tokens, parts, i)
    if not verbs and not nouns and readings and readings[0].known:
        return _CLOSED.get(readings[0].pos, "particle") if not readings[0].pronoun else "particle"
    if not verbs or not nouns:
        return "verb" if verbs and before != "preposition" else "noun"
    noun = before not in _BEFORE_VERBS and (before == "preposition" or _surely_noun(analyses, nouns, verbs, i, before))
    return "verb" if not noun and _takes_verb(analyses, parts, verbs, i, before) else "noun"


def _unlikely(token: Token, verb: Analysis) -> bool:
    """Whether a noun goes before a verb of the same spelling: in a report "we" and "you" are rare."""
    return verb.person in ("1", "2") or _feminine_ending(token, verb)


def _takes_verb(
    analyses: Sequence[tuple[Analysis, ...]], parts: Sequence[Part], verbs: Sequence[Analysis], i: int, before: str
) -> bool:
    """Whether what stands before a word that may be verb or noun asks for a verb."""
    verbal = analyses[i][0].pos == "verb"
    if before in _BEFORE_VERBS or before in _BEFORE_EITHER or verbs[0].conjunction:
        return True
    if any(a.pronoun for a in verbs) and _indefinite_adjective(analyses, i - 1):
        # "a first count / the ministry published it": no noun with a pronoun follows an adjective.
        return True
    if verbal and all(a.aspect == "i" for a in verbs):
        return True
    return _may_act(analyses, i - 1) and _lacks_verb(parts) if before == "noun" else verbal


def _lacks_verb(parts: Sequence[Part]) -> bool:
    """Whether the clause so far has no verb, so that its subject still waits for one."""
    for part in reversed(parts):
        if part == "verb":
            return False
        if part in ("complement", "subordinate", "relative", "mark", "conjunction"):
            return True
    return True


def _surely_noun(
    analyses: Sequence[tuple[Analysis, ...]], nouns: Sequence[Analysis], verbs: Sequence[Analysis], i: int, before: str
) -> bool:
    """Whether a noun is meant: it has the article, the verb needs a و cut off it, or an adjective goes with it."""
    if any(a.definite or (a.sense == "relative" and a.pronoun) for a in nouns):
        # "and his family", not "and captured him"
        return True
    if not all(a.conjunction for a in verbs):
        return False
    if not all(a.conjunction for a in nouns):
        return True
    described = any(a.pos == "adj" for a in nouns) and _indefinite_adjective(analyses, i - 1)
    return before == "noun" and (described or _indefinite_adjective(analyses, i + 1))


def _may_act(analyses: Sequence[tuple[Analysis, ...]], i: int) -> bool:
    """Whether the noun at `i`, or the one its adjective describes, may be a verb's subject."""
    reading = next((a for a in analyses[i] if a.pos != "verb"), None)
    if reading is None:
        return False
    if i and reading.pos == "adj" and not reading.definite and _may_act(analyses, i - 1):
        return True
    return reading.definite or bool(reading.pronoun) or reading.pos == "name" or reading.sense in _HUMAN


def _indefinite_adjective(analyses: Sequence[tuple[Analysis, ...]], i: int) -> bool:
    """Whether an adjective without the article stands at `i`, as behind an indefinite noun: وقصف جوي."""
    reading = analyses[i][0] if i < len(analyses) and analyses[i] else None
    return reading is not None and reading.pos == "adj" and reading.known and not reading.definite


def _feminine_ending(token: Token, verb: Analysis) -> bool:
    """Whether the letter that a verb reads as its object is written as the ending of a noun (إصابة, not أصابه)."""
    return bool(verb.pronoun) and token.text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650").endswith("ة")


def _before(tokens: Sequence[Token], parts: Sequence[Part], i: int) -> Part | str:
    """The part of the nearest token before `i`, quotation marks looked through; '' at the beginning."""
    for j in range(i - 1, -1, -1):
        if tokens[j].text not in QUOTES:
            return parts[j]
    return ""
