"""Find the phrase that names who speaks: behind a word of saying, before it, or behind a preposition."""

from __future__ import annotations

from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_words import toll_words
from retrieval.reading.sentences import Chunk, Sentence, Speaker

# A speaker is named within this many words after the verb, and a description this long is no longer one.
_REACH = 4
_LONGEST = 16
_OPENING = frozenset({"complement", "subordinate", "verb", "relative", "among"})


class SenseRow(Row):
    """One row of speaker_senses.csv: a sense of the lexicon whose nouns may speak, and whether they report the news."""

    sense: str
    reports: Literal["yes", "no"]


def speaker_after(sentence: Sentence, i: int, *, records: bool = False) -> tuple[int, int]:
    """The noun phrase that names the speaker right behind a word of saying, with what describes it.

    With `records` figures and documents speak too: وفقا لأرقام الأمم المتحدة.
    """
    skipped = 0
    while i < len(sentence.tokens) and skipped < _REACH and (_passed_over(sentence, i)):
        i, skipped = i + 1, skipped + 1
    chunk = next((c for c in sentence.chunks if c.first == i), None)
    if chunk is not None and chunk.last - i > 1 and _is_joined_verb(sentence, i):
        i, chunk = i + 1, chunk._replace(first=i + 1)
    governed = chunk is not None and _governed(chunk)
    if (
        chunk is None
        or (chunk.preposition and not governed)
        or not (can_speak(sentence, chunk) or (records and (_is_record(sentence, i) or _giver_of(sentence, chunk))))
    ):
        return i, i
    if records and (giver := _giver_of(sentence, chunk)) is not None:
        chunk = giver
    return chunk.first, with_description(sentence, chunk)


def _is_joined_verb(sentence: Sentence, i: int) -> bool:
    """Whether nothing but a conjunction and a verb can stand at `i`, though a noun was looked for there."""
    readings = [a for a in sentence.analyses[i] if a.known]
    return bool(readings) and all(a.pos == "verb" and a.conjunction for a in readings)


def _giver_of(sentence: Sentence, record: Chunk) -> Chunk | None:
    """Who gave a document that speaks: the subject of the verb right behind it (وفق بيان أصدرته الوزارة)."""
    i = record.last
    i += i < len(sentence.tokens) and sentence.parts[i] == "relative"
    if i >= len(sentence.tokens) or sentence.parts[i] != "verb" or not any(a.pronoun for a in sentence.analyses[i]):
        return None
    chunk = next((c for c in sentence.chunks if c.first == i + 1 and not c.preposition), None)
    return chunk if chunk is not None and can_speak(sentence, chunk) else None


def can_speak(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether a phrase may name a speaker: a person, a body, a text or an unknown word, but no number and no act."""
    i = chunk.first
    if sentence.parts[i] == "number" or sentence.quantity_at(i) is not None:
        return False
    if any(m.first <= i < m.last for m in sentence.names):
        return True
    reading = sentence.analyses[i][0] if sentence.analyses[i] else None
    if reading is None or not reading.known or reading.sense in speaking_senses():
        return True
    return normalise(reading.lemma) in word_set("speaking")


def reports(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether a speaker that this sentence names is one who reports: a source, a body, an agency."""
    if speaker.number != sentence.number:
        return False
    readings = sentence.analyses[speaker.first][:1]
    if any(normalise(a.lemma) in word_set("reporting") for a in readings):
        return True
    return any(a.sense in _reporting_senses() for a in readings) or any(
        p.first == speaker.first for p in sentence.parties
    )


@cache
def _reporting_senses() -> frozenset[str]:
    return frozenset(row.sense for _, row in load("speaker_senses", SenseRow) if row.reports == "yes")


def _is_record(sentence: Sentence, i: int) -> bool:
    """Whether figures or documents stand at `i`; a bare number of something is none."""
    reading = sentence.analyses[i][0] if sentence.analyses[i] else None
    head = toll_words("head").match([sentence.tokens[i].norm], 0) and not sentence.analyses[i][0].definite
    return reading is not None and reading.sense in ("count", "decision") and not head


@cache
def speaking_senses() -> frozenset[str]:
    """The senses of the lexicon whose nouns may speak."""
    return frozenset(row.sense for _, row in load("speaker_senses", SenseRow))


def _governed(chunk: Chunk) -> bool:
    """Behind بحسب the chunk's preposition is the word of saying itself."""
    return chunk.preposition in {
        normalise(w) for w in ("بحسب", "حسب", "وفق", "وفقا", "نقلا عن", "عن", "استنادا الي", "طبقا", "ل")
    }


def _passed_over(sentence: Sentence, i: int) -> bool:
    if sentence.tokens[i].text in QUOTES:
        return True
    if sentence.parts[i] in ("particle", "preposition") and any(a.pronoun for a in sentence.analyses[i]):
        return True
    if sentence.tokens[i].text in {"،", ","} and i and sentence.parts[i - 1] == "preposition":
        return any(a.pronoun for a in sentence.analyses[i - 1])
    if any(date.first <= i < date.last for date in sentence.dates):
        return True
    dated = any(date.first - 1 <= i <= date.last for date in sentence.dates)
    return dated and sentence.tokens[i].text in {"،", ",", "("}


def with_description(sentence: Sentence, chunk: Chunk) -> int:
    """Where the description of a speaker ends: "a spokesman for the ministry", "a source in the province"."""
    last = chunk.last
    for following in sentence.chunks_from(chunk.last):
        if following.first < last or following.first - last > 2:
            continue
        between = range(last, following.first)
        if (
            any(sentence.parts[j] not in ("preposition", "mark") for j in between)
            or following.last - chunk.first > _LONGEST
        ):
            break
        described = following.preposition in ("باسم", "في", "ل", "ب", "عن")
        if (
            not described
            or not _describes(sentence, chunk, following)
            or any(sentence.tokens[j].kind == "mark" and sentence.tokens[j].text not in "\"'«»“”()" for j in between)
        ):
            break
        last = following.last
    return last


def _describes(sentence: Sentence, chunk: Chunk, following: Chunk) -> bool:
    """A place or a body tells who the speaker is; a statement, a meeting or an interview only where it was said."""
    if following.preposition == "ب" and sentence.tokens[following.first].norm == "باسم":
        return True
    if any(p.first < following.last and following.first < p.last for p in sentence.places):
        return True
    if any(p.first < following.last and following.first < p.last for p in sentence.parties):
        return following.preposition in ("في", "ل", "ب")
    return sentence.tokens[following.first - 1].norm == "عن" and sentence.tokens[chunk.last - 1].norm == "صادر"


def after_source(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """Whom a report quotes: the phrase behind عن within the same clause (نقلت الصحيفة عن الوزير)."""
    for chunk in sentence.chunks_from(i):
        if (
            any(sentence.parts[j] in ("complement", "verb") for j in range(i, chunk.first))
            or chunk.first - i > _LONGEST
        ):
            return None
        if chunk.preposition == "عن":
            return chunk.first, with_description(sentence, chunk)
    return None


def speaker_before(sentence: Sentence, i: int) -> tuple[int, int]:
    """The noun phrase that opens the clause of a verb of saying (مصادر أمنية في المدينة أكدت)."""
    start = i
    while start > 0 and sentence.parts[start - 1] not in _OPENING:
        start -= 1
    chunk = sentence.chunk_from(start)
    if chunk is None or chunk.last > i or chunk.preposition or not can_speak(sentence, chunk):
        return i, i
    skipped = [k for k in range(start, chunk.first) if sentence.parts[k] not in ("mark", "particle")]
    return (i, i) if skipped else (chunk.first, min(i, with_description(sentence, chunk)))
