"""Tell which place a definite noun means: المدينة, the town that the text has named before."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.arabic.normalise import normalise
from retrieval.arabic.place_leads import load_nouns
from retrieval.arabic.places import PlaceMention
from retrieval.reading.sentences import Document, Sentence

# How many sentences back a place that a noun means may have been named.
_MEMORY = 8
_GENERIC = frozenset({"facility", "area", "natural", "kind"})


def recalled_places(document: Document, sentence: Sentence, first: int, last: int) -> Iterator[PlaceMention]:
    """Yield the places that the definite nouns of place on tokens `first` to `last` (exclusive) mean.

    "The camp" is the place named with that noun before it; "the town" also the last town named. A noun with
    more words behind it (المركز الإعلامي) is something else.
    """
    for i in range(first, last):
        reading = next((a for a in sentence.analyses[i] if a.pos == "noun"), None)
        if reading is None or not reading.definite or reading.number != "s" or sentence.parts[i] != "noun":
            continue
        chunk = sentence.chunk_at(i)
        if chunk is None or chunk.last - chunk.first > 1:
            continue
        noun = load_nouns().match([normalise(reading.lemma)], 0)
        if noun is None or any(m.first <= i < m.last for m in sentence.places):
            continue
        kind = "" if noun.value.kind in _GENERIC else noun.value.kind
        for mention, lemma in _named_before(document, sentence, i):
            if lemma == normalise(reading.lemma) or mention.kind == kind:
                yield mention
                break


def _named_before(document: Document, sentence: Sentence, i: int) -> Iterator[tuple[PlaceMention, str]]:
    """The places named before token `i`, the nearest first, each with the noun that it was named with ('' if none)."""
    for other in (sentence, *document.before(sentence, _MEMORY), *reversed(document.title)):
        for mention in reversed(other.places):
            if other is sentence and mention.last > i:
                continue
            head = next((a.lemma for a in other.analyses[mention.first] if a.pos == "noun"), "")
            yield mention, normalise(head)
