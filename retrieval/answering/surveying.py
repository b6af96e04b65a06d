"""Answers that tell several things in order: what happened there, which attacks there were, how an event went on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from retrieval.answering import phrasing
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.fitting import Fit, fit, overlap
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.sentences import Told, tell
from retrieval.arabic import people
from retrieval.arabic.incidents import means_in
from retrieval.events import Event, find_events, published
from retrieval.types import Casualty, Citation, Damage, Fact, Harm, Meeting, Question, Strike, Value, Visit

# An answer that lists tells at most so many things.
_MOST = 8
_LATEST = 5
# The dead are told before the wounded.
_ORDER: tuple[str, ...] = get_args(Harm)
# A gist has at most so many words; a dateline ends with a dash within so many.
_BREATH = 20
_DATELINE = 9
_DASHES = frozenset("-–—")
# What an article tells happened mostly in the days before it.
_RECENT = dt.timedelta(days=3)
# A sentence that shares less of the question than this is about something else.
_LITTLE = 0.2

_VIOLENT = frozenset({"blast", "airstrike", "clash", "shooting", "stabbing", "ramming", "execution"})
_HAPPENINGS = frozenset({"casualty", "strike", "damage", "control"})
_UNSURE = frozenset({"denied", "hypothetical", "planned"})


class Item(NamedTuple):
    """One thing told: its day if known, what is said of it, and where that stands."""

    day: dt.date | None
    text: str
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...] = ()


def survey(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The draft for a question that asks for a list, a course of events or simply the news; None for any other."""
    form = sought.question.form
    if form == "happened":
        return _happened(sought, evidence, notes)
    if form in ("list", "timeline"):
        return _listed(sought, evidence, notes)
    return None


def _happened(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """What the best reports of that place and time say, in their own sentences, the most telling first."""
    leads = _leads(sought, evidence)
    if not leads:
        return None
    items = [Item(told.day, phrasing.quote(told.cite().quote), (told.cite(),)) for told in leads[:_MOST]]
    dated = sought.question.understood.date_from is not None
    if not dated:
        items = sorted(items, key=lambda item: item.day or dt.date.min, reverse=True)[:_LATEST]
    lines = [] if dated else [notes.say.say("answer.latest")]
    lines += [
        notes.say.say(
            "answer.quoted", outlet=phrasing.outlet(notes, c), quote=item.text, marks=notes.mark(item.citations)
        )
        for item in items
        for c in item.citations[:1]
    ]
    groups = _together(_events(sought, evidence))[:_MOST] if dated else []
    counts = [_line(notes, item) for item in _unique(_joint_item(notes, group) for group in groups)]
    lead = next((told for told in leads if told.cite() in items[0].citations), leads[0])
    return Draft((*lines, *counts), Value(text=_gist(lead)), told=True)


def _gist(told: Told) -> str:
    """The beginning of a sentence, its dateline left out, as far as can be said in one breath."""
    sentence = told.sentence
    first = next((k + 1 for k in range(min(_DATELINE, len(sentence.tokens))) if sentence.tokens[k].text in _DASHES), 0)
    last = first
    for clause in sentence.clauses:
        if last > first and clause.last - first > _BREATH:
            break
        last = max(last, clause.last)
    return phrasing.clean(sentence.phrase(first, min(last, first + _BREATH)))


def _leads(sought: Sought, evidence: Evidence) -> list[Told]:
    """For each article that fits the place and time, its sentence that tells most of what is asked, best first."""
    question = sought.question
    best: dict[str, tuple[float, Told]] = {}
    for told in tell(evidence.passages):
        if not sought.there(told.hit.article_id) or not is_timely(told, question) or told.sentence.field == "title":
            continue
        text = told.sentence.text[told.sentence.start : told.sentence.end]
        worth = sought.share(text) + 0.3 / (1 + told.sentence.number) + 0.5 * sought.nearness[told.hit.article_id]
        if sought.share(f"{told.hit.citation.title}\n{told.hit.text}") < _LITTLE:
            continue
        if told.hit.article_id not in best or worth > best[told.hit.article_id][0]:
            best[told.hit.article_id] = (worth, told)
    return [told for _, told in sorted(best.values(), key=lambda pair: -pair[0])]


def is_timely(told: Told, question: Question) -> bool:
    """Whether the sentence or its article is of the time asked about."""
    if question.understood.date_from is None and question.understood.date_to is None:
        return True
    spans = [(date.start, date.end or date.start) for date in told.sentence.dates if date.start is not None]
    if told.day is not None:
        spans.append((told.day - _RECENT, told.day))
    return any(overlap(first, last, question) for first, last in spans)


def _listed(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The events and doings that fit the question, by day."""
    items = [_joint_item(notes, group) for group in _together(_events(sought, evidence))]
    items += [item for one in _fits(sought, evidence) if (item := _doing(notes, one.fact)) is not None]
    items = sorted(_unique(items), key=lambda item: (item.day or dt.date.max, item.text))
    if not items:
        return None
    shown = items[:_MOST]
    lines = [notes.say.say("answer.list_head", events=notes.say.say("number.event", n=len(items)))]
    lines += [_line(notes, item) for item in shown]
    if len(items) > len(shown):
        more = items[_MOST:]
        marks = notes.mark(citation for item in more for citation in item.citations[:1])
        lines.append(notes.say.say("answer.more_events", n=len(more), marks=marks))
    facts = tuple(fact for item in items for fact in item.facts)
    return Draft(tuple(lines), Value(text=notes.say.list([item.text for item in shown])), facts, told=True)


def _fits(sought: Sought, evidence: Evidence) -> list[Fit]:
    """The facts that fit place, time and kind, those that share nothing else with the question left out."""
    question = sought.question
    kinds = {question.understood.kind} if question.understood.kind else None
    means = means_in(" ".join(question.words))
    found = []
    for fact in evidence.facts:
        if fact.status in _UNSURE or (kinds and fact.kind not in kinds):
            continue
        one = fit(fact, sought)
        if one.contradicted or one.place not in ("same", "near") or (one.date == "unsaid" and not one.reported):
            continue
        said = means_in(f"{fact.citation.title} {sought.sentence(fact.citation)}")
        if means and (fact.kind not in _HAPPENINGS or (fact.kind != "control" and not _alike(said, means))):
            continue
        if fact.kind == "statement" and question.understood.kind != "statement":
            # What is said of it is no event of its own.
            continue
        if question.understood.place or question.understood.date_from or one.words >= _LITTLE:
            found.append(one)
    return found


def _alike(said: frozenset[str], means: frozenset[str]) -> bool:
    """Whether what is told came about as asked; an attack may be made with anything that is meant to hurt."""
    return bool(said & means) or ("attack" in means and bool(said & _VIOLENT))


def _events(sought: Sought, evidence: Evidence) -> tuple[Event, ...]:
    counted = [one.fact for one in _fits(sought, evidence) if isinstance(one.fact, Casualty | Strike | Damage)]
    return find_events(counted, evidence.copies)


def _line(notes: Notes, item: Item) -> str:
    """An item as a line of a list, its day before it if known."""
    key = "answer.item" if item.day else "answer.item_undated"
    date = notes.say.date(item.day) if item.day else ""
    return notes.say.say(key, date=date, text=item.text, marks=notes.mark(item.citations))


def _together(events: Iterable[Event]) -> list[list[Event]]:
    """The events in groups that are one to a reader: the dead and the wounded of one place and day."""
    groups: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        joint = event.dated and event.place and event.harm in _ORDER
        key = (event.start, event.end, event.place) if joint else (event.start, event.facts)
        while any(other.harm == event.harm for other in groups.get(key, ())):
            # Two counts of one harm are two events.
            key = (*key, event.harm)
        groups.setdefault(key, []).append(event)
    return list(groups.values())


def _joint_item(notes: Notes, group: Sequence[Event]) -> Item:
    """Events of one place and day as one item: "three dead and eight wounded in the market"."""
    items = [_event_item(notes, event) for event in group]
    if len(items) == 1:
        return items[0]
    counts = [phrasing.count_of_event(notes, event) for event in sorted(group, key=lambda one: _ORDER.index(one.harm))]
    return Item(
        items[0].day,
        notes.say.list(counts) + phrasing.where(notes, group[0].place),
        tuple(dict.fromkeys(citation for item in items for citation in item.citations)),
        tuple(fact for item in items for fact in item.facts),
    )


def _event_item(notes: Notes, event: Event) -> Item:
    claims = event.claims.current or event.claims.earlier
    lead = claims[-1].fact if claims else event.facts[0]
    text = (
        phrasing.count_of_event(notes, event) + phrasing.victims(notes, lead) + phrasing.where(notes, event.place)
        if isinstance(lead, Casualty)
        else _words(notes, lead)
    )
    citations = tuple(claim.fact.citation for claim in claims) or (lead.citation,)
    return Item(event.start if event.dated else published(lead), text, citations, event.facts)


def _doing(notes: Notes, fact: Fact) -> Item | None:
    """A visit, a meeting or another doing as an item; counted facts are told as events."""
    if isinstance(fact, Casualty | Strike | Damage):
        return None
    if isinstance(fact, Visit):
        who = fact.visitor or fact.visitor_title
        text = notes.say.say("answer.gist.visit", who=phrasing.clean(who), where=phrasing.clean(fact.destination))
    elif isinstance(fact, Meeting):
        text = notes.say.say(
            "answer.gist.meeting", who=notes.say.list([phrasing.clean(name) for name in fact.participants])
        )
    else:
        text = _words(notes, fact)
    return Item(fact.date_start or published(fact), text, (fact.citation,), (fact,))


def _words(notes: Notes, fact: Fact) -> str:
    """The words of the text itself, marked as such."""
    return notes.say.say("answer.words", text=phrasing.quote(fact.citation.quote))


def _unique(items: Iterable[Item]) -> Sequence[Item]:
    """The items without those that another outlet tells again: the same words of the same days."""
    kept: list[Item] = []
    for item in items:
        twin = next((k for k, other in enumerate(kept) if _same(item, other)), None)
        if twin is None:
            kept.append(item)
        else:
            kept[twin] = kept[twin]._replace(citations=(*kept[twin].citations, *item.citations))
    return kept


def _same(a: Item, b: Item) -> bool:
    mine, yours = keys_of(a.text), keys_of(b.text)
    near = a.day is None or b.day is None or abs((a.day - b.day).days) <= 1
    visits = [one.facts[0] for one in (a, b) if one.facts and isinstance(one.facts[0], Visit)]
    if near and len(visits) == 2 and people.same(visits[0].visitor, visits[1].visitor):
        return True
    return near and bool(mine and yours) and len(mine & yours) * 10 >= 8 * min(len(mine), len(yours))
