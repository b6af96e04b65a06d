"""Find the words that announce a fact, as triggers.csv lists them, whatever their inflection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import openings
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.tokens import Token
from retrieval.reading.sentences import Words
from retrieval.types import FactKind

# How far the second half of a parted phrase (لقي … مصرعه) may stand from the first.
_GAP = 30
_ELLIPSIS = "…"


class TriggerRow(Row):
    """One row of triggers.csv.

    `words` is the dictionary form: a verb in the past tense, a noun in the singular, a phrase of several words, or a
    phrase parted by … that other words may fill. `value` is what the trigger says within its kind: a harm, a form of
    meeting, an action, or `cause` for verbs that lead from a cause to what followed. `subject` and `object` name the
    roles of the verb's subject and object (for a noun: of the phrase right behind it, or of its pronoun). `after`
    lists `preposition=role` pairs, parted by |.
    """

    kind: FactKind
    words: str
    part: Literal["verb", "noun"]
    value: str = ""
    sure: Literal["yes", "no"]
    subject: str = ""
    object: str = ""
    after: str = ""


class Trigger(NamedTuple):
    """A row of triggers.csv ready for use: its words normalised, its roles by preposition, its number in the table."""

    kind: FactKind
    words: tuple[str, ...]
    part: Literal["verb", "noun"]
    value: str
    sure: bool
    subject: str
    object: str
    after: Mapping[str, str]
    row: int = 0


class Hit(NamedTuple):
    """A trigger found: tokens `first` to `last` (exclusive), and for a parted phrase where its second half stands.

    `passive` is true only where the form of the verb shows it; most passives look like actives and are settled by
    what follows. `reading` is the analysis under which the word was found, if its lemma is known.
    """

    trigger: Trigger
    first: int
    last: int
    tail: int
    passive: bool
    reading: Analysis | None


def find_hits(words: Words) -> tuple[Hit, ...]:
    """All triggers of all kinds in a sentence, in order; of two that begin at one word, the longer of each kind."""
    hits: list[Hit] = []
    for i, part in enumerate(words.parts):
        if part in ("mark", "number") or not _may_open(words.tokens[i].text):
            continue
        best: dict[tuple[str, str], Hit] = {}
        for hit in _hits_at(words, i):
            key = (hit.trigger.kind, hit.trigger.part)
            if key not in best or _weight(hit) > _weight(best[key]):
                best[key] = hit
        hits += best.values()
    return tuple(hits)


def _weight(hit: Hit) -> tuple[int, bool]:
    """Phrases go before single words, unbroken ones before parted ones."""
    return hit.last - hit.first, hit.tail >= 0


@cache
def _triggers() -> Mapping[str, tuple[Trigger, ...]]:
    """The rows of triggers.csv by their first word.

    Raises:
        TableError: when two rows give the same words of a kind different values, or `after` is not made of pairs.
    """
    by_first: dict[str, list[Trigger]] = {}
    seen: dict[tuple[str, str, str], str] = {}
    for number, row in load("triggers", TriggerRow):
        pairs = [pair.partition("=") for pair in row.after.split("|") if pair]
        if any(not role for _, _, role in pairs):
            raise TableError(f"triggers.csv row {number}: after '{row.after}' is not made of preposition=role pairs")
        words = tuple(word if word == _ELLIPSIS else normalise(word) for word in row.words.split())
        key = (row.kind, row.part, " ".join(words))
        if seen.setdefault(key, row.value) != row.value:
            raise TableError(f"triggers.csv row {number}: '{row.words}' already has the value '{seen[key]}'")
        roles = {normalise(preposition): role for preposition, _, role in pairs}
        trigger = Trigger(
            row.kind, words, row.part, row.value, row.sure == "yes", row.subject, row.object, roles, number
        )
        by_first.setdefault(words[0], []).append(trigger)
    return {first: tuple(triggers) for first, triggers in by_first.items()}


@lru_cache(maxsize=200_000)
def _may_open(text: str) -> bool:
    """Whether a word opens a trigger under any of its readings, whatever part it plays."""
    spellings = {normalise(a.lemma) for a in analyse(text)} | {rest for _, rest in openings(normalise(text))}
    return not _triggers().keys().isdisjoint(spellings)


def _hits_at(words: Words, i: int) -> Iterator[Hit]:
    part, readings = words.parts[i], words.analyses[i]
    if part not in ("verb", "noun"):
        # A function word opens only phrases that stand for a noun: بلا مأوى.
        for trigger in _triggers().get(words.tokens[i].norm, ()):
            found = _rest_at(trigger, words, i) if trigger.part == "noun" and len(trigger.words) > 1 else None
            if found:
                yield Hit(trigger, i, *found, passive=False, reading=None)
        return
    fitting = [a for a in readings if (a.pos == "verb") == (part == "verb")]
    # تفقد is the past of "inspect" sooner than the present of "lose".
    past = [a for a in fitting if a.aspect != "i"]
    likely = (past or fitting) if part == "verb" else fitting[:1]
    lemmas = {normalise(a.lemma): a for a in reversed(likely)}
    known = any(a.known for a in likely)
    spellings = set() if known else {rest for _, rest in openings(words.tokens[i].norm)}
    for first in (*lemmas, *(spellings - set(lemmas))):
        for trigger in _triggers().get(first, ()):
            found = _rest_at(trigger, words, i) if trigger.part == part else None
            if found:
                reading = lemmas.get(first)
                yield Hit(trigger, i, *found, reading is not None and reading.voice == "p", reading)


def _rest_at(trigger: Trigger, words: Words, i: int) -> tuple[int, int] | None:
    """Where the words after the first one end, and where the part behind a gap stands (-1 when there is no gap)."""
    tokens, analyses = words.tokens, words.analyses
    last = i + 1
    for n, word in enumerate(trigger.words[1:], start=1):
        if word == _ELLIPSIS:
            behind = trigger.words[n + 1]
            reach = range(last, min(len(tokens), last + _GAP))
            tail = next((j for j in reach if _matches(behind, tokens[j], analyses[j])), -1)
            return (last, tail) if tail >= 0 else None
        if last >= len(tokens) or not _matches(word, tokens[last], analyses[last]):
            return None
        last += 1
    return last, -1


def _matches(word: str, token: Token, readings: Sequence[Analysis]) -> bool:
    """Whether a token is that word of a phrase, as written or with a pronoun behind it or in another number."""
    if token.kind != "word":
        return False
    if token.norm == word:
        return True
    wanted = _word_key(word)
    return wanted is not None and any(
        (normalise(a.lemma), a.preposition) == wanted for a in readings if a.pos != "verb"
    )


@cache
def _word_key(word: str) -> tuple[str, str] | None:
    """The lemma and the preposition of a word of a trigger phrase."""
    reading = next((a for a in analyse(word) if a.known and a.pos != "verb"), None)
    return (normalise(reading.lemma), reading.preposition) if reading else None
