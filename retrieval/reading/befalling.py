"""Find whom a noun of harm befell where no known noun for people stands right behind it: behind ل, or by a name."""

from __future__ import annotations

from retrieval.reading.counting import Group, Tally, group_at
from retrieval.reading.listing import join_list
from retrieval.reading.sentences import Mention, Sentence
from retrieval.reading.triggers import Hit

# How many words a name has.
_NAME = range(2, 5)


def befallen(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> tuple[Group, ...]:
    """Counted people behind ل that a noun of harm befell: إصابات متفرقة لخمسة أشخاص."""
    if hit.reading is None or hit.reading.pronoun:
        return ()
    chunks = (c for c in sentence.chunks if hit.last <= c.first <= hit.last + 1 and c.preposition == "ل")
    group = next((g for c in chunks if (g := group_at(sentence, c.first))), None)
    return join_list(sentence, group, stops) if group is not None and group.stated and not group.named else ()


def unknown_name(sentence: Sentence, hit: Hit, last: int) -> tuple[Group, ...]:
    """Somebody whose name nothing knows, right behind a sure noun of harm: استشهاد مبروك السلطاني."""
    chunk = sentence.chunk_at(last)
    first = last
    if chunk is None or not hit.trigger.sure or chunk.preposition != _own_preposition(sentence, hit):
        return ()
    words = range(first, chunk.last)
    known = [any(a.known and a.pos == "noun" for a in sentence.analyses[k][:1]) for k in words]
    named = len(words) in _NAME and not any(known) and not any(a.known for a in sentence.analyses[words[-1]])
    if not named or any(sentence.tokens[k].kind != "word" for k in words) or _is_called(sentence, words):
        return ()
    tally = Tally(1, 1, "exact")
    return (Group(first, chunk.last, tally, (first, chunk.last), None, stated=False, named=True),)


def _own_preposition(sentence: Sentence, hit: Hit) -> str:
    """The preposition of the phrase in which a noun of harm stands, which the name behind it shares."""
    chunk = sentence.chunk_at(hit.first)
    return chunk.preposition if chunk is not None else ""


def _is_called(sentence: Sentence, words: range) -> bool:
    """Whether the words are the name of a place or a party."""
    named: tuple[Mention, ...] = (*sentence.places, *sentence.parties)
    return any(m.first < words.stop and words.start < m.last for m in named)
