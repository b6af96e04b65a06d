"""Find the words of saying in a sentence, and the phrase that names who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES, Phrases
from retrieval.arabic.phrases import words as spelled
from retrieval.arabic.tables import Row, load
from retrieval.reading.sentences import Sentence, Stance, Words
from retrieval.reading.speakers import (
    after_source,
    can_speak,
    speaker_after,
    speaker_before,
    speaking_senses,
    with_description,
)

SpeechPart = Literal["verb", "participle", "preposition"]

# What is said begins within this many words.
_CONTENT = 14
# Prepositions behind which verbs of saying have what is said.
_ABOUT = frozenset({"عن", "الي", "علي", "ب"})
# Indefinite accusative as written, or a plural or feminine ending: the form of an accompanying circumstance.
_ADVERBIAL = ("ا", "ه", "ين")


class SpeechRow(Row):
    """One row of speech.csv: a verb, a participle or a preposition of saying, and the stance of who speaks.

    A verb that is one of saying only with words behind it (`said`) has أنّ, a colon, a mark or a participle there:
    the army "goes on" with its shelling, and a spokesman "went on: …".
    """

    words: str
    part: SpeechPart
    stance: Stance = ""
    content: Literal["", "said"] = ""


class Saying(NamedTuple):
    """A word of saying at token `at`, its stance, and the tokens of the speaker (an empty span when unnamed).

    `whole` is true for بحسب and its like, which attribute the whole sentence and not only what follows.
    """

    at: int
    stance: Stance
    first: int
    last: int
    whole: bool


def participles(words: Words) -> set[int]:
    """The tokens that are participles of saying (مؤكدا، مشيرة، لافتين): indefinite and not behind a preposition."""
    found = set()
    for i, token in enumerate(words.tokens):
        if words.parts[i] != "noun" or not _tells(token.text) or not _stands_apart(words, i):
            continue
        for reading in words.analyses[i]:
            row = _rows("participle").get(normalise(reading.lemma))
            if row and not (reading.definite or reading.preposition or reading.pronoun):
                found.add(i)
    return found


@lru_cache(maxsize=50_000)
def _tells(word: str) -> bool:
    """Whether a written word may be a participle of saying in the form of an accompanying circumstance."""
    if not normalise(word).endswith(_ADVERBIAL):
        return False
    return any(normalise(reading.lemma) in _rows("participle") for reading in analyse(word))


def find_sayings(sentence: Sentence) -> tuple[Saying, ...]:
    """The words of saying in a sentence that introduce a content or name a speaker, in order."""
    return tuple(sorted(_sayings(sentence)))


def _sayings(sentence: Sentence) -> Iterator[Saying]:
    told = participles(sentence.words)
    norms = sentence.norms
    covered = -1
    yield from _headline_speaker(sentence)
    for i in range(len(sentence.tokens)):
        if i < covered:
            continue
        found = _phrases().match(norms, i)
        if found and found.clitics in ("", "و", "ف"):
            start = i + found.length
            if start < len(norms) and sentence.parts[start] == "verb" and norms[start - 1].endswith("ما"):
                start += 1
            covered = start
            first, last = _quoted(sentence, start) or speaker_after(sentence, start, records=True)
            if last > first:
                yield Saying(i, found.value.stance, first, last, whole=True)
            continue
        if i in told:
            yield Saying(i, _stance(sentence, i, "participle"), i, i, whole=False)
        elif sentence.parts[i] == "verb":
            yield from _verb_of_saying(sentence, i, told)


def _quoted(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Whom a report quotes in "as the agency reported from a doctor", where the verb stands before `start`."""
    carried = start and any(row == "reports" for row in [_stance(sentence, start - 1, "verb")])
    return after_source(sentence, start) if carried else None


def _headline_speaker(sentence: Sentence) -> Iterator[Saying]:
    """Who stands before the colon of a headline: "medical sources: 32 dead"; a place there tells where."""
    chunk = sentence.chunks[0] if sentence.chunks else None
    if chunk is None or any(sentence.tokens[k].kind == "word" for k in range(chunk.first)):
        return
    i = chunk.first
    quoted = sentence.chunks[1] if len(sentence.chunks) > 1 else chunk
    if quoted.preposition == "عن" and quoted.last < len(sentence.tokens) and sentence.tokens[quoted.last].text == ":":
        if can_speak(sentence, quoted):
            # The agency of a headline, quoting local sources.
            yield Saying(i, "says", quoted.first, quoted.last, whole=False)
        return
    last = with_description(sentence, chunk)
    if last >= len(sentence.tokens) or sentence.tokens[last].text != ":":
        last = chunk.last
    if last >= len(sentence.tokens) or sentence.tokens[last].text != ":":
        return
    place = any(p.first == i for p in sentence.places)
    sensed = sentence.analyses[i] and sentence.analyses[i][0].sense in speaking_senses()
    named = any(m.first == i for m in sentence.names)
    if not place and (sensed or named):
        yield Saying(i, "says", i, last, whole=False)


def _verb_of_saying(sentence: Sentence, i: int, told: set[int]) -> Iterator[Saying]:
    row = _row(sentence, i, "verb")
    if row is None or not row.stance or (row.content and not _has_words(sentence, i + 1, told)):
        return
    stance = row.stance
    first, last = speaker_after(sentence, i + 1)
    if stance == "reports":
        named = after_source(sentence, i + 1)
        first, last = named or (first, last)
    if first == last:
        first, last = speaker_before(sentence, i)
    if _has_content(sentence, max(i + 1, last)):
        yield Saying(i, stance, first, last, whole=False)


def _has_content(sentence: Sentence, i: int) -> bool:
    """Whether something is said from token `i` on: behind أنّ, a colon, a quotation mark or a preposition, or an act."""
    for k in range(i, min(i + _CONTENT, len(sentence.tokens))):
        token = sentence.tokens[k]
        if sentence.parts[k] == "complement" or token.text == ":" or token.text in QUOTES:
            return True
        if sentence.parts[k] == "verb" and not any(a.pronoun for a in sentence.analyses[k]):
            return False
        counted = sentence.quantity_at(k)
        if counted is not None:
            return counted.kind == "cardinal"
        chunk = sentence.chunk_at(k)
        if chunk is not None and chunk.first == k and (chunk.preposition in _ABOUT or not chunk.preposition):
            return True
    return False


def _has_words(sentence: Sentence, i: int, told: set[int]) -> bool:
    """Whether what somebody said stands behind token `i`, before any other verb: behind أنّ, a colon, "saying"."""
    for k in range(i, min(i + _CONTENT, len(sentence.tokens))):
        token = sentence.tokens[k]
        if k in told or sentence.parts[k] == "complement" or token.text == ":":
            return True
        if sentence.parts[k] == "verb":
            return bool(_stance(sentence, k, "verb"))
        if token.text in QUOTES and sentence.tokens[k - 1].text in {"،", ","}:
            return True
    return False


def _stance(sentence: Sentence, i: int, part: SpeechPart) -> Stance:
    row = _row(sentence, i, part)
    return row.stance if row else ""


def _row(sentence: Sentence, i: int, part: SpeechPart) -> SpeechRow | None:
    rows = _rows(part)
    readings = [a for a in sentence.analyses[i] if (a.pos == "verb") == (part == "verb")]
    # Where و is "and" in the best reading it is no letter of another verb: ووصل is not the passive of واصل.
    agreeing = (a for a in readings if a.conjunction == readings[0].conjunction)
    return next((row for a in agreeing if (row := rows.get(normalise(a.lemma)))), None)


@cache
def _rows(part: SpeechPart) -> dict[str, SpeechRow]:
    return {normalise(row.words): row for _, row in load("speech", SpeechRow) if row.part == part}


@cache
def _phrases() -> Phrases[SpeechRow]:
    rows = [row for _, row in load("speech", SpeechRow) if row.part == "preposition"]
    # "وفقا ل" is written together with what it governs: the phrase ends before that word.
    return Phrases((tuple(w for w in spelled(row.words) if len(w) > 1), row) for row in rows)


def _stands_apart(words: Words, i: int) -> bool:
    """Whether a participle is a circumstance and no noun: behind a comma, or with its content right behind it."""
    if i and words.tokens[i - 1].kind == "mark":
        return True
    content = any(part == "complement" for part in words.parts[i + 1 : i + 3])
    return content and (not i or words.parts[i - 1] not in ("preposition", "number"))
