"""Tell which words of a sentence mean people, and how far the phrase about them goes."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_words import PersonRow, person_senses, persons, toll_words
from retrieval.reading.sentences import Chunk, Sentence
from retrieval.types import Harm

_BRACKETS = frozenset("()[]")
_HARMS = frozenset({"killed", "wounded", "captured", "missing", "displaced", "rescued"})
_BODIES = frozenset({"institution", "force"})
_POSSESSED = frozenset({"owned", "rest"})


def person_at(sentence: Sentence, i: int) -> tuple[PersonRow, Analysis | None] | None:
    """What the word at `i` tells of a person, and the reading under which it was found if the lexicon has it.

    A row of persons.csv goes before what the sense of the word says by person_senses.csv.
    """
    if sentence.parts[i] == "verb" or sentence.tokens[i].kind != "word" or not _may_mean(sentence.tokens[i].text):
        return None
    readings = [a for a in sentence.analyses[i] if a.pos != "verb" and a.known]
    # طالبة is "a student" sooner than "demanding".
    reading = next((a for a in readings if a.pos == "noun"), readings[0] if readings else None)
    if reading is not None:
        row = persons().get(normalise(reading.lemma)) or person_senses().get(reading.sense)
        return (row, reading) if row and (row.alone not in _POSSESSED or reading.pronoun) else None
    for _, rest in openings(sentence.tokens[i].norm):
        row = persons().get(rest) or persons().get(rest.removeprefix("ال"))
        if row:
            return row, None
    return None


@lru_cache(maxsize=50_000)
def _may_mean(word: str) -> bool:
    """Whether a written word means a person under any of its readings, as far as the tables know."""
    readings = [a for a in analyse(word) if a.pos != "verb" and a.known]
    if any(normalise(a.lemma) in persons() or a.sense in person_senses() for a in readings):
        return True
    return any(rest in persons() or rest.removeprefix("ال") in persons() for _, rest in openings(normalise(word)))


def past_quotes(sentence: Sentence, i: int) -> int:
    """The first token from `i` on that is neither a quotation mark nor a bracket."""
    while i < len(sentence.tokens) and (sentence.tokens[i].text in QUOTES or sentence.tokens[i].text in _BRACKETS):
        i += 1
    return i


def end_of_phrase(sentence: Sentence, i: int) -> int:
    """Where the phrase that begins with the noun at `i` ends, with the party or the people that it is part of.

    "مقاتلا كرديا من حزب العمال" ends after the party; "خمسة من الجيش والشرطة" after the second body; a place or
    another count is no part of it.
    """
    last = chunk_end(sentence, i)
    after_of = sentence.tokens[i - 1].norm in word_set("of") if i else False
    while True:
        following = sentence.chunk_from(last)
        if following is None or not _belongs(sentence, last, following, after_of=after_of):
            return last
        after_of = after_of or following.preposition in word_set("of")
        last = following.last


def chunk_end(sentence: Sentence, i: int) -> int:
    """Where the noun phrase of token `i` ends; right behind it when it stands in none."""
    chunk = sentence.chunk_at(i)
    return chunk.last if chunk else i + 1


def _belongs(sentence: Sentence, last: int, following: Chunk, *, after_of: bool) -> bool:
    between = [k for k in range(last, following.first) if sentence.tokens[k].text not in QUOTES]
    if sentence.quantity_at(following.first) is not None:
        return False
    party = any(p.first == following.first for p in sentence.parties)
    found = person_at(sentence, following.first)
    many = found is not None and found[1] is not None and found[1].number == "p"
    if following.coordinated:
        return (party or many) and after_of and all(sentence.parts[k] == "conjunction" for k in between)
    if following.preposition in word_set("of"):
        body = any(a.sense in _BODIES and a.definite for a in sentence.analyses[following.first][:1])
        return (party or many or body) and len(between) == 1
    return party and following.preposition in ("في", "ل", "ب") and len(between) <= 1


def case_at(sentence: Sentence, i: int) -> tuple[PersonRow, Analysis | None] | None:
    """A case of death or injury counts people by its harm: ثماني حالات وفاة، حالتا وفاة، 190 حالة تسمم."""
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    if reading is None or (normalise(reading.lemma),) not in toll_words("case") or i + 1 >= len(sentence.tokens):
        return None
    found = person_at(sentence, i + 1)
    if found is not None and found[0].harm:
        return found[0], reading
    told = (h.trigger.value for h in sentence.hits if h.first == i + 1 and h.trigger.part == "noun")
    harm = next((value for value in told if value in _HARMS), "")
    return (PersonRow(word="", victim_class="unknown", harm=cast("Harm", harm), alone="no"), reading) if harm else None
