"""A question and its evidence become an answer in good Arabic, with numbered sources, or an honest "not found"."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.answering.aptness import counts_things, speaks_of_named
from retrieval.answering.charting import chart
from retrieval.answering.comparing import compare_counts
from retrieval.answering.counting import tally
from retrieval.answering.evidence import Evidence, Sought, seek
from retrieval.answering.explaining import explain
from retrieval.answering.filling import fill_role, tell_source
from retrieval.answering.judging import tell_whether, tell_why
from retrieval.answering.looking_back import besides, tell_speaker
from retrieval.answering.notes import Draft, Notes, finish
from retrieval.answering.quotations import tell_said, tell_sayer
from retrieval.answering.quoting import nearest, quote_span
from retrieval.answering.reckoning import tell_tally
from retrieval.answering.surveying import survey
from retrieval.answering.unfolding import Report, Unfolded, unfold
from retrieval.answering.wording import Wording
from retrieval.types import Answer, Form, Question

__all__ = ["Evidence", "Report", "Unfolded", "answer", "chart", "explain", "unfold"]


def answer(question: Question, evidence: Evidence, wording: Wording) -> Answer:
    """The answer to a question from what was found for it, said in the habit of its asker.

    Facts answer first; where none fits, the stretch of a passage that most likely answers is quoted; where nothing is
    likely enough, the answer abstains and shows the nearest passages.
    """
    notes = Notes(wording.for_text(f"{question.text} {question.manner}"))
    draft = _draft(question, evidence, notes)
    return finish(question, draft, notes, evidence.passages)


def _draft(question: Question, evidence: Evidence, notes: Notes) -> Draft:
    if not question.words and not evidence.facts:
        return Draft((notes.say.say("answer.no_question"),))
    if question.parts and question.form != "compare":
        return _parts(question, evidence, notes)
    if question.before is not None and (draft := _looking_back(question, evidence, notes)) is not None:
        return draft
    sought = seek(question, evidence)
    for attempt in _WAYS.get(question.form, _ROLES):
        draft = attempt(sought, evidence, notes)
        if draft is not None and draft.lines:
            return draft._replace(lines=tuple(line for line in draft.lines if line))
    source = question.understood.source
    if question.follows and source and source not in question.text:
        # Whose word was asked for before need not have a word on this.
        understood = question.understood.model_copy(update={"source": ""})
        return _draft(question.model_copy(update={"understood": understood}), evidence, notes)
    return nearest(sought, evidence, notes)


def _looking_back(question: Question, evidence: Evidence, notes: Notes) -> Draft | None:
    """The answer to a question about the answer before, which is found once more for it."""
    assert question.before is not None
    then = Notes(notes.say)
    before = _draft(question.before, evidence, then)
    if before.value is None:
        return None
    if question.understood.asks != "says_who":
        others = fill_role(seek(besides(question, before), evidence), evidence, notes)
        return others or Draft((notes.say.say("answer.no_other"),))
    counted = tell_source(seek(question, evidence), evidence, notes)
    return counted or tell_speaker(seek(question, evidence), evidence, notes, then.citations)


def _parts(question: Question, evidence: Evidence, notes: Notes) -> Draft:
    """The answers to the questions of one message, each in its own paragraph; the value is that of the first."""
    parts = evidence.parts or (evidence,) * len(question.parts)
    drafts = [_draft(part, found, notes) for part, found in zip(question.parts, parts, strict=True)]
    lines = [line for draft in drafts for line in (*draft.lines, "")]
    found = [draft for draft in drafts if draft.value is not None or draft.told]
    facts = tuple({fact.id: fact for draft in drafts for fact in draft.facts}.values())
    return Draft(tuple(lines[:-1]), found[0].value if found else None, facts, told=bool(found))


def _by_facts(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    understood = sought.question.understood
    counted = understood.asks == "how_many" or sought.question.form == "highest"
    if counted and understood.kind == "casualty" and understood.harm:
        if counts_things(sought.question):
            return None
        evidence = evidence._replace(facts=tuple(fact for fact in evidence.facts if speaks_of_named(fact, sought)))
        if sought.question.form == "compare":
            return compare_counts(sought.question, evidence, notes)
        tallied = tally(sought, evidence)
        return _newest_only(tell_tally(sought.question, tallied, notes), evidence, notes) if tallied else None
    return None


def _newest_only(counted: Draft, evidence: Evidence, notes: Notes) -> Draft:
    """The count, with the day since which it counts where there was more to count than can be weighed at once."""
    if evidence.since is None or not counted.lines:
        return counted
    line = notes.say.say("answer.newest_only", date=notes.say.date(evidence.since))
    return counted._replace(lines=(*counted.lines, line))


# The ways in which questions are answered, tried in their order: by facts before by quotations.
_ROLES = (_by_facts, tell_said, tell_source, tell_sayer, quote_span, fill_role)
_WAYS: dict[Form, tuple[Callable[[Sought, Evidence, Notes], Draft | None], ...]] = {
    "list": (survey,),
    "timeline": (survey,),
    "happened": (survey,),
    "why": (tell_why,),
    "whether": (tell_whether,),
}
