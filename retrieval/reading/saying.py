"""Find the words of saying in a sentence, and the phrase that names who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import QUOTES, Phrases
from retrieval.arabic.phrases import words as spelled
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_words import toll_words
from retrieval.reading.sentences import Chunk, Sentence, Speaker, Stance, Words

SpeechPart = Literal["verb", "participle", "preposition"]

# A speaker is named within this many words after the verb, and a description this long is no longer one.
_REACH = 4
_CONTENT = 14
# Prepositions behind which verbs of saying have what is said.
_ABOUT = frozenset({"عن", "الي", "علي", "ب"})
_LONGEST = 16


_OPENING = frozenset({"complement", "subordinate", "verb", "relative", "among"})


class SpeechRow(Row):
    """One row of speech.csv: a verb, a participle or a preposition of saying, and the stance of who speaks."""

    words: str
    part: SpeechPart
    stance: Stance = ""


class SenseRow(Row):
    """One row of speaker_senses.csv: a sense of the lexicon whose nouns may speak, and whether they report the news."""

    sense: str
    reports: Literal["yes", "no"]


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
        if words.parts[i] != "noun" or not _adverbial(token) or not _stands_apart(words, i):
            continue
        for reading in words.analyses[i]:
            row = _rows("participle").get(normalise(reading.lemma))
            if row and not (reading.definite or reading.preposition or reading.pronoun):
                found.add(i)
    return found


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
            first, last = _quoted(sentence, start) or _speaker_after(sentence, start, records=True)
            if last > first:
                yield Saying(i, found.value.stance, first, last, whole=True)
            continue
        if i in told:
            yield Saying(i, _stance(sentence, i, "participle"), i, i, whole=False)
        elif sentence.parts[i] == "verb":
            yield from _verb_of_saying(sentence, i)


def _quoted(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Whom a report quotes in "as the agency reported from a doctor", where the verb stands before `start`."""
    carried = start and any(row == "reports" for row in [_stance(sentence, start - 1, "verb")])
    return _after_source(sentence, start) if carried else None


def _headline_speaker(sentence: Sentence) -> Iterator[Saying]:
    """Who stands before the colon of a headline: "medical sources: 32 dead"; a place there tells where."""
    chunk = sentence.chunks[0] if sentence.chunks else None
    if chunk is None or any(sentence.tokens[k].kind == "word" for k in range(chunk.first)):
        return
    i = chunk.first
    quoted = sentence.chunks[1] if len(sentence.chunks) > 1 else chunk
    if quoted.preposition == "عن" and quoted.last < len(sentence.tokens) and sentence.tokens[quoted.last].text == ":":
        if can_speak(sentence, quoted):
            # "the agency from local sources:"
            yield Saying(i, "says", quoted.first, quoted.last, whole=False)
        return
    last = _with_description(sentence, chunk)
    if last >= len(sentence.tokens) or sentence.tokens[last].text != ":":
        last = chunk.last
    if last >= len(sentence.tokens) or sentence.tokens[last].text != ":":
        return
    place = any(p.first == i for p in sentence.places)
    sensed = sentence.analyses[i] and sentence.analyses[i][0].sense in _speaking_senses()
    named = any(m.first == i for m in sentence.names)
    if not place and (sensed or named):
        yield Saying(i, "says", i, last, whole=False)


def _verb_of_saying(sentence: Sentence, i: int) -> Iterator[Saying]:
    stance = _stance(sentence, i, "verb")
    if not stance:
        return
    first, last = _speaker_after(sentence, i + 1)
    if stance == "reports":
        named = _after_source(sentence, i + 1)
        first, last = named or (first, last)
    if first == last:
        first, last = _speaker_before(sentence, i)
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


def _stance(sentence: Sentence, i: int, part: SpeechPart) -> Stance:
    rows = _rows(part)
    for reading in sentence.analyses[i]:
        if (reading.pos == "verb") == (part == "verb"):
            row = rows.get(normalise(reading.lemma))
            if row:
                return row.stance
    return ""


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


def _adverbial(token: Token) -> bool:
    """Indefinite accusative as written (ا or a plural or feminine ending), the form of an accompanying circumstance."""
    return token.norm.endswith(("ا", "ه", "ين"))


def _speaker_after(sentence: Sentence, i: int, *, records: bool = False) -> tuple[int, int]:
    """The noun phrase that names the speaker right behind a word of saying, with what describes it.

    With `records` figures and documents speak too: وفقا لأرقام الأمم المتحدة.
    """
    skipped = 0
    while i < len(sentence.tokens) and skipped < _REACH and (_passed_over(sentence, i)):
        i, skipped = i + 1, skipped + 1
    chunk = next((c for c in sentence.chunks if c.first == i), None)
    governed = chunk is not None and _governed(chunk)
    if (
        chunk is None
        or (chunk.preposition and not governed)
        or not (can_speak(sentence, chunk) or (records and (_is_record(sentence, i) or _giver_of(sentence, chunk))))
    ):
        return i, i
    if records and (giver := _giver_of(sentence, chunk)) is not None:
        chunk = giver
    return chunk.first, _with_description(sentence, chunk)


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
    if reading is None or not reading.known or reading.sense in _speaking_senses():
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
def _speaking_senses() -> frozenset[str]:
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


def _with_description(sentence: Sentence, chunk: Chunk) -> int:
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


def _after_source(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """Whom a report quotes: the phrase behind عن within the same clause (نقلت الصحيفة عن الوزير)."""
    for chunk in sentence.chunks_from(i):
        if (
            any(sentence.parts[j] in ("complement", "verb") for j in range(i, chunk.first))
            or chunk.first - i > _LONGEST
        ):
            return None
        if chunk.preposition == "عن":
            return chunk.first, _with_description(sentence, chunk)
    return None


def _speaker_before(sentence: Sentence, i: int) -> tuple[int, int]:
    """The noun phrase that opens the clause of a verb of saying (مصادر أمنية في المدينة أكدت)."""
    start = i
    while start > 0 and sentence.parts[start - 1] not in _OPENING:
        start -= 1
    chunk = sentence.chunk_from(start)
    if chunk is None or chunk.last > i or chunk.preposition or not can_speak(sentence, chunk):
        return i, i
    skipped = [k for k in range(start, chunk.first) if sentence.parts[k] not in ("mark", "particle")]
    return (i, i) if skipped else (chunk.first, min(i, _with_description(sentence, chunk)))
