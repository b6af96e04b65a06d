"""Set the speaker of each clause, carried on as readers carry it."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.normalise import normalise
from retrieval.reading.roles import chunk_text
from retrieval.reading.saying import Saying, find_sayings
from retrieval.reading.sentences import Chunk, Clause, Sentence, Speaker, Stance
from retrieval.reading.speakers import can_speak

# How a paragraph begins that goes on with what was being said: وقد نتج عن ذلك، وأن، كما.
_RESUMING = frozenset({"aspect", "complement", "subordinate"})


def attribute(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences with the speaker set on each of their clauses.

    A verb of saying without a subject (وأضاف، وتابع) takes the last speaker of the story, and so does a definite
    noun that only points back (المصدر، البيان). What a sentence says before its verb of saying stays with the outlet,
    unless the attribution closes the sentence (بحسب مصدر طبي). A sentence without any word of saying goes on with
    the speaker of the sentence before it in the same paragraph.
    """
    done: list[Sentence] = []
    carried: Speaker | None = None
    for n, sentence in enumerate(sentences):
        before = sentences[n - 1] if n else None
        if before is None or before.story != sentence.story:
            carried = None
        sayings = find_sayings(sentence)
        goes_on = (
            before is not None
            and before.story == sentence.story
            and (
                before.paragraph == sentence.paragraph
                or sentence.parts[0] in _RESUMING
                or before.tokens[-1].text == ":"
            )
        )
        clauses, carried = _set_speakers(sentence, sayings, carried, goes_on=goes_on and not sentence.headline)
        done.append(sentence._replace(clauses=clauses))
    return tuple(done)


def _set_speakers(
    sentence: Sentence, sayings: Sequence[Saying], carried: Speaker | None, *, goes_on: bool
) -> tuple[tuple[Clause, ...], Speaker | None]:
    """The clauses with their speakers, and the speaker whom the next sentence may carry on."""
    current = carried if goes_on and not sayings else None
    stance: Stance = "says" if current else ""
    clauses: list[Clause] = []
    pending = list(sayings)
    whole: list[tuple[int, Speaker]] = []
    for clause in sentence.clauses:
        said = next((s for s in pending if clause.first <= s.at < clause.last), None)
        while pending and pending[0].at < clause.last:
            saying = pending.pop(0)
            speaker = _resolve(sentence, saying, carried if not saying.whole else None)
            if saying.whole:
                whole += [(saying.at, speaker)] if speaker else []
            else:
                current, stance = speaker, saying.stance
            carried = speaker or carried
        said_at, content = (said.at, _content_from(sentence, said)) if said else (-1, -1)
        clauses.append(clause._replace(speaker=current, stance=stance, said=said_at, content=content))
    told = tuple(c if c.speaker else c._replace(speaker=_attributed(whole, c)) for c in clauses)
    return told, carried if sayings or goes_on else None


def _attributed(whole: Sequence[tuple[int, Speaker]], clause: Clause) -> Speaker | None:
    """Who بحسب names for a clause: the last one named before its end, else the first one behind it."""
    before = [speaker for at, speaker in whole if at < clause.last]
    return before[-1] if before else next((speaker for _, speaker in whole), None)


def _content_from(sentence: Sentence, saying: Saying) -> int:
    """Where what is said begins: at أنّ, at a colon, or at the first act or number behind the speaker."""
    for i in range(max(saying.at, saying.last), len(sentence.tokens)):
        if sentence.parts[i] == "complement" or sentence.tokens[i].text == ":":
            return i
        chunk = sentence.chunk_at(i) if i > saying.at else None
        if chunk is not None and chunk.first == i and not chunk.preposition and not can_speak(sentence, chunk):
            return i
    return len(sentence.tokens)


def _resolve(sentence: Sentence, saying: Saying, carried: Speaker | None) -> Speaker | None:
    if saying.first == saying.last:
        return carried
    chunk = sentence.chunk_at(saying.first)
    text = (
        chunk_text(sentence, Chunk(saying.first, saying.last)) if chunk else sentence.phrase(saying.first, saying.last)
    )
    points_back = saying.last - saying.first <= 2 and carried is not None and _same_head(text, carried.text)
    if points_back:
        return carried
    party = any(p.first < saying.last and saying.first < p.last for p in sentence.parties)
    return Speaker(text, party, sentence.number, saying.first, saying.last, sentence.field)


def _same_head(short: str, full: str) -> bool:
    """المصدر and منشور الوزارة point back to مصدر أمني and وزارة الداخلية, المصادر نفسها to مصادر طبية."""
    named = {normalise(w) for w in full.split()}
    heads = [normalise(w) for w in short.split()]
    if not heads[0].startswith("ال"):
        heads = heads[1:2]
    return any(head.startswith("ال") and head[2:] in named for head in heads[:1])
