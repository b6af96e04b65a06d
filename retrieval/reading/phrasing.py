"""Say what fills a role in the text's own words: a phrase with what belongs to it, names joined, a stretch."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.reading.acting import is_adjective, may_act, name_spans, sense_at
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Sentence

PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ('"', '"'))
_LONGEST = 14


def told(sentence: Sentence, chunks: Sequence[Chunk]) -> str:
    """The phrases as written, joined as in the text, each with whom or what it belongs to; '' for none."""
    if not chunks:
        return ""
    first = chunks[-1].first
    aside = [p.first for p in sentence.places if first < p.first and sense_at(sentence, p.first) == "direction"]
    aside += [i for i in range(first + 1, chunks[-1].last) if sentence.parts[i] == "preposition"]
    last = min([belonging(sentence, chunks[-1]), *(i for i in aside if i > first)])
    text = chunk_text(sentence, Chunk(chunks[0].first, last))
    return text if last - chunks[0].first <= _LONGEST else chunk_text(sentence, chunks[0])


def belonging(sentence: Sentence, chunk: Chunk) -> int:
    """Where a phrase ends with the one right behind it that says whose or of what it is: "posts of the army"."""
    following = sentence.chunk_from(chunk.last)
    if following is None or following.coordinated or following.first - chunk.last > 1:
        return chunk.last
    if not may_act(sentence, following) or any(p.first == following.first for p in sentence.places):
        return chunk.last
    if following.preposition == "ل" and following.first == chunk.last:
        return following.last
    return (
        following.last if following.preposition == "من" and sentence.parts[chunk.last] == "preposition" else chunk.last
    )


def doers(sentence: Sentence, chunks: Sequence[Chunk]) -> str:
    """Those who act, as written, joined as in the text; '' for none or for a run too long to be one name."""
    if not chunks:
        return ""
    whole = Chunk(chunks[0].first, chunks[-1].last)
    if is_adjective(sentence, whole.last - 1) or _part_of(sentence, chunks[-1]):
        whole = whole._replace(last=belonging(sentence, chunks[-1]))
    if whole.last - whole.first > _LONGEST:
        whole = chunks[0]
    return chunk_text(sentence, whole._replace(last=balanced(sentence, whole.first, whole.last)[1]))


def _part_of(sentence: Sentence, chunk: Chunk) -> bool:
    """Whether من behind a phrase says of which party its people are: gunmen of the group."""
    following = sentence.chunk_from(chunk.last)
    if following is None or following.preposition != "من":
        return False
    return any(first == following.first for first, _ in name_spans(sentence))


def stretch(sentence: Sentence, first: int, most: int) -> str:
    """The words from a token on, up to the end of what they tell: a mark, or another clause that is not part of it."""
    last = first
    while last < len(sentence.tokens) and last - first < most:
        token = sentence.tokens[last]
        if token.text in {".", "،", ",", "؛", ";", ":", "؟", "!", "\u2026"} or (
            last > first and _parts(sentence, first, last)
        ):
            break
        last += 1
    if last - first == most:
        last = next((c.first for c in reversed(sentence.chunks) if first < c.first < last < c.last), last)
    while last > first + 1 and (sentence.parts[last - 1] not in ("noun", "number", "verb")):
        last -= 1
    return sentence.phrase(*balanced(sentence, first, last))


def balanced(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Tokens `first` to `last`, with the quotation mark or bracket beside them that belongs to one among them."""
    marks = [sentence.tokens[i].text for i in range(first, last)]
    after = sentence.tokens[last].text if last < len(sentence.tokens) else ""
    before = sentence.tokens[first - 1].text if first else ""
    for opener, closer in PAIRS:
        opened, closed = marks.count(opener), marks.count(closer)
        odd = opened % 2 == 1 if opener == closer else opened > closed
        if odd and after == closer:
            return first, last + 1
        if (odd if opener == closer else closed > opened) and before == opener:
            return first - 1, last
    return first, last


def _parts(sentence: Sentence, first: int, i: int) -> bool:
    """Whether another statement begins at token `i`; one without a verb so far is not yet whole."""
    clause = sentence.clauses[sentence.clause_at(i)]
    if clause.first != i or clause.link not in ("participle", "contrast", "result", "coordinate"):
        return False
    return clause.link != "coordinate" or "verb" in sentence.parts[first:i]
