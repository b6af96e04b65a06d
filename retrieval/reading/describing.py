"""Tell what the words of a constituent say of it: that it is human, of which sense, only an adjective, or due."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent, head_of
from retrieval.reading.sentences import Sentence

HUMAN = frozenset(
    {"person", "civilian", "office", "security", "militant", "relative", "wounded", "displaced", "victim"}
)


def foreseen(sentence: Sentence, row: Sequence[Constituent], token: int) -> list[Constituent]:
    """The row without the clause right behind `token` that only says that something is due: "التي كانت مقررة"."""
    n = next((k for k, c in enumerate(row) if c.first >= token), len(row))
    end = n
    while end < len(row) and end < n + 3:
        lemmas = {normalise(a.lemma) for a in sentence.analyses[row[end].first]}
        if lemmas & word_set("foreseen"):
            return [*row[:n], *row[end + 1 :]]
        if not (lemmas & word_set("being") or normalise(row[end].text) in word_set("relative")):
            break
        end += 1
    return list(row)


def is_described(sentence: Sentence, row: Sequence[Constituent]) -> bool:
    """Whether the constituents are adjectives only, which go on with the noun before them: الرسمية المرتقبة."""
    return all(
        c.sort == "noun"
        and not c.preposition
        and all(
            any(a.pos == "adj" for a in sentence.analyses[i]) or sentence.tokens[i].norm in word_set("ahead")
            for i in range(c.first, c.last)
        )
        for c in row
    )


def is_human(sentence: Sentence, constituent: Constituent) -> bool:
    """Whether a noun phrase speaks of people: the wounded, the students, the families, the strikers."""
    if sense_of(sentence, constituent) in HUMAN:
        return True
    head = head_of(sentence, constituent)
    sound = sentence.tokens[head].norm.endswith(("ون", "ين"))
    # Only people have adjectives in this plural for their noun: المضربين, المعتصمون.
    return sound and any(a.pos == "adj" and a.known and a.number == "p" for a in sentence.analyses[head][:2])


def sense_of(sentence: Sentence, constituent: Constituent) -> str:
    """The sense of the head of a noun phrase by its best reading, quantifiers passed over; '' for an unknown word."""
    head = head_of(sentence, constituent)
    return next((a.sense for a in sentence.analyses[head] if a.pos != "verb" and a.known), "")
