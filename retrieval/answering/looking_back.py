"""Questions about the answer before: by whose word it stands, and who else there was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from retrieval.answering import phrasing
from retrieval.answering.evidence import Evidence, Sought
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.sentences import Told, tell
from retrieval.answering.speakers import in_full
from retrieval.reading.sentences import Clause
from retrieval.types import Citation, Question, Statement, Value

# A sentence that shares less than this with what was asked does not tell by whose word it stands.
_LITTLE = 0.3
# A person stands no further than this behind the word of saying.
_NEAR = 3
_NAMES_WHO = frozenset({"who", "whom"})


class _Spoken(NamedTuple):
    """A speaker as a text names him, and how surely it is the sentence that was answered with."""

    worth: float
    text: str
    citation: Citation


def tell_speaker(sought: Sought, evidence: Evidence, notes: Notes, cited: list[Citation]) -> Draft | None:
    """By whose word the answer before stands, which cites `cited`: the speaker of its sentence, or its outlet."""
    if not cited:
        return None
    spoken = max(_speakers(sought, evidence, cited[0]), key=lambda one: one.worth, default=None)
    if spoken is None or spoken.worth < _LITTLE:
        outlet = phrasing.outlet(notes, cited[0])
        line = notes.say.say("answer.said_by", source=outlet, marks=notes.mark([cited[0]]))
        return Draft((line,), Value(text=cited[0].outlet or outlet))
    citation = spoken.citation
    name = phrasing.clean(in_full(spoken.text, citation.article_id, evidence))
    marks = notes.mark([citation])
    quoted = notes.say.say(
        "answer.quoted",
        outlet=phrasing.outlet(notes, citation),
        quote=phrasing.quote(citation.quote),
        marks=marks,
    )
    return Draft((notes.say.say("answer.said_by", source=name, marks=marks), quoted), Value(text=name))


def besides(question: Question, before: Draft) -> Question:
    """The question with whom the answer before named as known, so that he is not answered with again."""
    named = before.value.text if before.value is not None else None
    if question.understood.asks not in _NAMES_WHO or not named:
        return question
    return question.model_copy(update={"names": (*question.names, named)})


def _speakers(sought: Sought, evidence: Evidence, cited: Citation) -> Iterator[_Spoken]:
    """The speakers of the sentences of the article cited, and of the statements read in it."""
    for told in tell(evidence.passages):
        whole = told.cite()
        for clause in told.sentence.clauses if whole.article_id == cited.article_id else ():
            if name := _name_of(told, clause):
                share = sought.share(told.sentence.phrase(clause.first, clause.last))
                yield _Spoken(share + _same(whole, cited), name, whole)
    for fact in evidence.facts:
        if isinstance(fact, Statement) and fact.citation.article_id == cited.article_id:
            share = sought.share(fact.citation.quote)
            yield _Spoken(share + _same(fact.citation, cited), fact.speaker, fact.citation)


def _name_of(told: Told, clause: Clause) -> str:
    """Who says what a clause says; failing that, the person right behind its word of saying."""
    if clause.speaker is not None:
        return clause.speaker.text
    behind = range(clause.said + 1, clause.said + 1 + _NEAR) if clause.said >= 0 else range(0)
    person = next((one for one in told.sentence.people if one.first in behind), None)
    return told.sentence.phrase(person.first, person.last) if person is not None else ""


def _same(citation: Citation, cited: Citation) -> float:
    """What it counts that the answer before was found in these words."""
    overlap = citation.field == cited.field and citation.start < cited.end and cited.start < citation.end
    return 0.5 if overlap else 0.0
