"""What somebody said, and about what: the statements of a speaker, each in its own words."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from retrieval.answering import phrasing
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.fitting import fit
from retrieval.answering.notes import Draft, Notes
from retrieval.arabic import people
from retrieval.events import published
from retrieval.types import Statement, Value

_MOST = 4
# A statement that holds less than this of what is spoken about is about something else.
_ABOUT = 0.5


class _Said(NamedTuple):
    share: float
    day: dt.date
    fact: Statement


def tell_said(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """What the speaker named said about what is asked, by date; None when nobody is named or nothing is found."""
    question = sought.question
    understood = question.understood
    if understood.kind != "statement" or understood.asks not in ("what", "when") or not understood.who:
        return None
    found = [said for fact in evidence.facts if isinstance(fact, Statement) and (said := _said(fact, sought))]
    best = max((said.share for said in found), default=0.0)
    chosen = sorted((said for said in found if said.share >= best - 0.2), key=lambda said: (-said.share, said.day))
    told = sorted(_unlike(chosen)[:_MOST], key=lambda said: said.day)
    if not told:
        return None
    if understood.asks == "when":
        return _when(chosen[0], sought, notes)
    facts = tuple(said.fact for said in told)
    if len(told) == 1:
        lines = [_quoted(facts[0], sought, notes, "answer.quoted")]
    else:
        about = phrasing.clean(question.understood.whom)
        key = "answer.said_about" if about else "answer.said"
        lines = [notes.say.say(key, speaker=phrasing.clean(facts[0].speaker), about=about)]
        lines += [_quoted(fact, sought, notes, "answer.said_item") for fact in facts]
    return Draft(tuple(lines), Value(text=phrasing.clean(chosen[0].fact.about or chosen[0].fact.citation.quote)), facts)


def _when(said: _Said, sought: Sought, notes: Notes) -> Draft | None:
    """On which day it was said: that of the statement, or else that of its publication."""
    if said.day == dt.date.min:
        return None
    day = notes.say.date(said.day)
    line = notes.say.say("answer.span", text=day, marks=notes.mark([sought.whole(said.fact.citation)]))
    return Draft((line, _quoted(said.fact, sought, notes, "answer.quoted")), Value(text=day), (said.fact,))


def tell_sayer(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """Who said what is asked about: the speaker of the statement that holds most of it; None when none holds enough."""
    if sought.question.understood.asks != "says_who":
        return None
    found = [
        (sought.share(sought.sentence(fact.citation)), fact)
        for fact in evidence.facts
        if isinstance(fact, Statement) and sought.named(fact.citation.article_id) == 1 and _timely(fact, sought)
    ]
    share, best = max(found, key=lambda each: each[0], default=(0.0, None))
    if best is None or share < _ABOUT:
        return None
    marks = notes.mark([sought.whole(best.citation)])
    line = notes.say.say("answer.said_by", source=_speaker(best, notes), marks=marks)
    return Draft(
        (line, _quoted(best, sought, notes, "answer.quoted")), Value(text=phrasing.clean(best.speaker)), (best,)
    )


def _timely(fact: Statement, sought: Sought) -> bool:
    return fit(fact, sought).date != "other"


def _said(fact: Statement, sought: Sought) -> _Said | None:
    """The statement with the share of what is asked that it holds; None where another speaks, or of something else."""
    understood = sought.question.understood
    if not speaks(fact, understood.who) or fit(fact, sought).date == "other":
        return None
    text = keys_of(f"{fact.about} {sought.sentence(fact.citation)}")
    about = [keys_of(word) for word in understood.whom.split()] if understood.whom else []
    about = [keys for keys in about if keys]
    share = sum(not keys.isdisjoint(text) for keys in about) / len(about) if about else sought.share(" ".join(text))
    if about and share < _ABOUT:
        # What the whole article is about may stand in its title alone.
        titled = keys_of(fact.citation.title)
        share = 0.9 * sum(not keys.isdisjoint(text | titled) for keys in about) / len(about)
    return (
        _Said(share, fact.date_start or published(fact) or dt.date.min, fact) if share >= _ABOUT or not about else None
    )


def speaks(fact: Statement, name: str) -> bool:
    """Whether a statement is by whom the name means: the person, his office, or the body."""
    wanted = keys_of(name)
    speaker = keys_of(f"{fact.speaker} {fact.speaker_title}")
    if people.same(fact.speaker, name):
        return True
    return bool(wanted) and all(not keys_of(word).isdisjoint(speaker) for word in name.split())


def _unlike(said: list[_Said]) -> list[_Said]:
    """The statements without those that another outlet tells again in nearly the same words."""
    kept: list[_Said] = []
    for one in said:
        mine = keys_of(one.fact.about)
        twins = (keys_of(other.fact.about) for other in kept)
        if not any(len(mine & theirs) * 10 >= 7 * max(1, min(len(mine), len(theirs))) for theirs in twins):
            kept.append(one)
    return kept


def _quoted(fact: Statement, sought: Sought, notes: Notes, key: str) -> str:
    whole = sought.whole(fact.citation)
    return notes.say.say(
        key,
        outlet=phrasing.outlet(notes, whole),
        quote=phrasing.quote(whole.quote),
        marks=notes.mark([whole]),
    )


def _speaker(fact: Statement, notes: Notes) -> str:
    name, title = phrasing.clean(fact.speaker), phrasing.clean(fact.speaker_title)
    if not title or phrasing.same_text(name, title) or keys_of(title) <= keys_of(name):
        return name
    return notes.say.say("answer.titled", name=name, title=title)
