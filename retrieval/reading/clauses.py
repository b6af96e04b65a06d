"""Cut a sentence into clauses at conjunctions before verbs, at subordinating words, and at what is said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.tokens import Token
from retrieval.reading.sentences import Clause, Link, Words
from retrieval.reading.tagging import particle_at

_STRONG = frozenset({"؛", ";"})
_WEAK = frozenset({"،", ","})
# How soon behind a comma and و the verb of a new statement comes.
_SOON = 5


def split_clauses(words: Words, sayings: Collection[int], dateline: int = 0) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order and without gaps; `sayings` are the tokens of participles of saying.

    `dateline` is where the words that say where a report was filed end (بغداد (وكالة) -): they are a clause apart.

    A relative clause ends at the next comma, so that what follows belongs again to the clause around it, which is
    then a clause of its own with the link of the one that was interrupted.
    """
    norms = [token.norm for token in words.tokens]
    starts: dict[int, Link] = {0: "main", dateline: "main"} if dateline < len(norms) else {0: "main"}
    for i in range(dateline + 1, len(norms)):
        link: Link | None = "participle" if i in sayings else _link_at(words, norms, i)
        if link:
            starts[i] = link
    _resume(words, starts)
    cuts = [*sorted(starts), len(norms)]
    return tuple(
        Clause(first, last, starts[first], next((i for i in range(first, last) if words.parts[i] == "verb"), -1))
        for first, last in pairwise(cuts)
    )


def _link_at(words: Words, norms: Sequence[str], i: int) -> Link | None:
    tokens, parts = words.tokens, words.parts
    before = i - 1 if tokens[i - 1].text not in QUOTES else _before(tokens, i)
    if parts[i] in ("subordinate", "complement", "relative"):
        found = particle_at(norms, i)
        return (found[1].link or None) if found else None
    if tokens[before].text == ":" and i - 1 == before:
        return "content"
    if parts[i] in ("verb", "aspect") and _joins(words, before, i):
        return "coordinate"
    if tokens[before].text in _WEAK and _resumes(words, i):
        return "coordinate"
    return "other" if tokens[i - 1].text in _STRONG and parts[i] != "mark" else None


def _resumes(words: Words, i: int) -> bool:
    """Whether a new statement begins at a word with و behind a comma: "، وبالتزامن اندلعت", "، وفي الأثناء قتل"."""
    if not words.tokens[i].norm.startswith("و") or words.parts[i] not in ("noun", "preposition", "conjunction"):
        return False
    for k in range(i + 1, min(i + _SOON, len(words.tokens))):
        if words.parts[k] == "verb":
            return not any(a.conjunction for a in words.analyses[k])
        if words.parts[k] in ("mark", "conjunction", "relative", "complement", "subordinate"):
            return False
    return False


def _joins(words: Words, before: int, i: int) -> bool:
    """Whether a verb opens a clause: behind a comma or a conjunction, or with و or ف written on it."""
    if words.parts[i] == "aspect":
        return words.tokens[i].norm.startswith(("و", "ف"))
    if words.tokens[before].text in _WEAK | _STRONG or words.parts[before] == "conjunction":
        return True
    return any(a.pos == "verb" and a.conjunction for a in words.analyses[i])


def _before(tokens: Sequence[Token], i: int) -> int:
    """The nearest token before `i` that is no quotation mark."""
    j = i - 1
    while j > 0 and tokens[j].text in QUOTES:
        j -= 1
    return j


def _resume(words: Words, starts: dict[int, Link]) -> None:
    """End each relative clause at the comma after its verb, unless another clause has begun by then."""
    for first in [i for i, link in starts.items() if link == "relative"]:
        verbs = 0
        for i in range(first + 1, len(words.tokens)):
            if i in starts:
                break
            verbs += words.parts[i] == "verb"
            if verbs and words.tokens[i].text in _WEAK and i + 1 < len(words.tokens):
                starts.setdefault(i + 1, "other")
                break
