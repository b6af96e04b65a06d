"""Read statements: who says something, in which office, and about what."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.arabic.people import PersonMention, same
from retrieval.reading.acting import may_act, name_spans, sense_at
from retrieval.reading.dating import said_dates
from retrieval.reading.frames import common_at, find_frames
from retrieval.reading.phrasing import PAIRS, stretch
from retrieval.reading.pleading import spoken_act
from retrieval.reading.repeats import fold
from retrieval.reading.sentences import Clause, Document, Sentence, Speaker
from retrieval.types import Citation, Statement

# The most words of what is said that tell what it is about, and the fewest that tell anything.
_MOST, _FEWEST = 12, 2
# What names a speaker without a name: a source, a spokesman, a statement, an agency.
_TITLED = frozenset({"source", "statement_noun", "office", "institution", "force"})
# What is shown, recorded or made and not said.
_CONCRETE = frozenset({"thing", "facility", "vehicle", "weapon", "person", "civilian", "killed", "wounded"})
# Where a source or an officer belongs.
_HOMES = frozenset({"institution", "facility", "force"})
_SPOKEN = frozenset({"says", "reports", "expects", "denies", "claims", "threatens"})


# How many sentences before and behind a speaker his full name may stand: more than an article has.
_AROUND = 100


def find_statements(document: Document) -> tuple[Statement, ...]:
    """The statements of named or titled speakers, persons, bodies or sources, each once, in the order of the text.

    A statement is one clause of saying with its content; the same speaker's next clause is another. What a headline
    says before a colon counts when the body does not say it again.
    """
    found = [s for sentence in (*document.body, *document.title) for s in _in_sentence(document, sentence)]
    acts = (s for frame in find_frames(document, "statement") if (s := spoken_act(frame, found)))
    return fold((*found, *acts), lambda s: (s.speaker, (s.about,)))


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Statement]:
    taken: set[tuple[int, int]] = set()
    for n, clause in enumerate(sentence.clauses):
        if clause.said < 0 or clause.speaker is None or clause.stance not in _SPOKEN or _negated(sentence, clause):
            continue
        if not _speaks(document, clause.speaker):
            continue
        first = _content(sentence, n)
        if first < 0:
            continue
        about = stretch(sentence, first, _MOST)
        if len(about.split()) < _FEWEST:
            continue
        last = first
        while last < len(sentence.tokens) and len(sentence.phrase(first, last)) < len(about):
            last += 1
        if (first, last) in taken:
            continue
        taken.add((first, last))
        yield _statement(document, sentence, clause.speaker, clause, (first, last))


def _statement(
    document: Document, sentence: Sentence, speaker: Speaker, clause: Clause, span: tuple[int, int]
) -> Statement:
    name, title = _who(document, speaker)
    first = min(clause.said, speaker.first) if speaker.number == sentence.number else clause.said
    common = common_at(document, sentence, *span)
    said = next((d for d in said_dates(sentence) if d.start is not None), None)
    if said is not None:
        common |= {"date_start": said.start, "date_end": said.end, "date_precision": said.precision}
    tokens = sentence.tokens
    return Statement(
        **{**common, "status": "stated", "source": speaker.text},
        speaker=name,
        speaker_title=title,
        about=sentence.phrase(*span),
        citation=Citation.of(
            document.article,
            tokens[min(first, span[0])].start,
            tokens[max(span[1], clause.said + 1) - 1].end,
            sentence.field,
        ),
    )


def _who(document: Document, speaker: Speaker) -> tuple[str, str]:
    """The speaker's fullest name in the text and the office; for a body or a source the words as written."""
    person = next((p for p in _people_of(document, speaker)), None)
    # A name in quotation marks ends before the mark that closes it.
    text = speaker.text + next((closer for opener, closer in PAIRS if _open(speaker.text, opener, closer)), "")
    if person is None:
        return _described(document, speaker, text), ""
    if not person.name:
        return text, person.title
    best = person
    around = document.body[max(0, speaker.number - _AROUND) : max(0, speaker.number) + _AROUND]
    for sentence in (*document.title, *around):
        for other in sentence.people:
            if other.name and len(other.name.split()) > len(best.name.split()) and same(other.name, best.name):
                best = other
    return best.name, person.title or best.title


def _described(document: Document, speaker: Speaker, text: str) -> str:
    """An unnamed speaker with where he speaks from: a source in the ministry, a member of a committee."""
    sentence = document.naming(speaker)
    if sentence is None or not sentence.phrase(speaker.first, speaker.last).endswith(text):
        return text
    following = sentence.chunk_from(speaker.last)
    if following is None or following.preposition != "في" or following.coordinated:
        return text
    beside = following.first - speaker.last <= 1
    if beside and sense_at(sentence, following.first) in _HOMES and not _dated(sentence, following.first):
        return f"{text} {sentence.phrase(speaker.last, following.last)}"
    return text


def _dated(sentence: Sentence, token: int) -> bool:
    return any(date.first <= token < date.last for date in sentence.dates)


def _open(text: str, opener: str, closer: str) -> bool:
    return text.count(opener) % 2 == 1 if opener == closer else text.count(opener) > text.count(closer)


def _speaks(document: Document, speaker: Speaker) -> bool:
    """Whether the speaker has a name, an office or a body: people at large have none."""
    sentence = document.naming(speaker)
    if sentence is None:
        return False
    if any(first < speaker.last and speaker.first < last for first, last in name_spans(sentence)):
        return True
    if speaker.last - speaker.first == 1 and not any(a.definite for a in sentence.analyses[speaker.first][:1]):
        return sense_at(sentence, speaker.first) in ("source", "office", "security")
    chunk = sentence.chunk_at(speaker.first)
    return sense_at(sentence, speaker.first) in _TITLED or (chunk is not None and may_act(sentence, chunk))


def _people_of(document: Document, speaker: Speaker) -> Iterator[PersonMention]:
    sentence = document.naming(speaker)
    if sentence is not None:
        inside = [p for p in sentence.people if speaker.first <= p.first < speaker.last]
        yield from sorted(inside, key=lambda p: not p.name)


def _speaker_end(sentence: Sentence, clause: Clause) -> int:
    speaker = clause.speaker
    return speaker.last if speaker is not None and speaker.number == sentence.number else 0


def _introduced(sentence: Sentence, clause: Clause, first: int) -> bool:
    """Whether أنّ or a colon opens what is said, or it stands right behind who says it (نفت الوزارة أنباء)."""
    if sentence.parts[first] == "complement" or ":" in (sentence.tokens[first].text, sentence.tokens[first - 1].text):
        return True
    speaker = clause.speaker
    if (
        clause.stance == "reports"
        or speaker is None
        or speaker.number != sentence.number
        or clause.link == "participle"
    ):
        return False
    counted = any(q.first <= first < q.last for q in sentence.quantities)
    if counted or (clause.stance != "denies" and sense_at(sentence, first) in _CONCRETE):
        return False
    behind = max(clause.said + 1, speaker.last)
    return behind <= first <= behind + 1 and sentence.tokens[first - 1].text != "("


def _negated(sentence: Sentence, clause: Clause) -> bool:
    """Whether nobody said it: لم يعلن, لا تشير."""
    return any(sentence.parts[i] == "negation" for i in range(max(clause.first, clause.said - 2), clause.said))


def _content(sentence: Sentence, n: int) -> int:
    """The token at which what is said begins, -1 when nothing is said."""
    clause = sentence.clauses[n]
    end = clause.last
    first = clause.content
    if first >= len(sentence.tokens):
        first = -1
    if not clause.said < first < end and n + 1 < len(sentence.clauses):
        following = sentence.clauses[n + 1]
        # "Pointed to that" opens like a clause of time.
        pointed = following.link == "time" and following.first <= max(clause.said + 1, _speaker_end(sentence, clause))
        if following.link == "content" or pointed:
            first = following.first + pointed
    if not clause.said < first < len(sentence.tokens) or not _introduced(sentence, clause, first):
        return -1
    while first < len(sentence.tokens) and (
        sentence.parts[first] in ("complement", "mark", "particle", "aspect", "pronoun")
    ):
        first += 1
    return first if first < len(sentence.tokens) else -1
