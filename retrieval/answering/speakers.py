"""Speakers under their full name: "the spokesman", as he is called the second time, is somebody's."""

from __future__ import annotations

from retrieval.answering.evidence import Evidence, keys_of
from retrieval.answering.sentences import tell
from retrieval.types import Statement


def in_full(name: str, article_id: str, evidence: Evidence) -> str:
    """The longest form in which the article, as far as it was found, names the speaker; `name` if there is no other."""
    short, longest = keys_of(name), name
    statements = [fact for fact in evidence.facts if isinstance(fact, Statement)]
    names = [fact.speaker for fact in statements if fact.citation.article_id == article_id]
    for told in tell(evidence.passages):
        if told.hit.article_id == article_id:
            names += [clause.speaker.text for clause in told.sentence.clauses if clause.speaker is not None]
            names += [told.sentence.phrase(one.first, one.last) for one in told.sentence.people]
    for other in names:
        opening = keys_of(" ".join(other.split()[:1]))
        if short <= keys_of(other) and not short.isdisjoint(opening) and len(other) > len(longest):
            longest = other
    return longest
