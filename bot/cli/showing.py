"""Answers, passages and facts as text for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from retrieval import Answer, Citation, Fact, PassageHit, Wording

_BOUNDS = {"at_least": "≥ ", "more_than": "> ", "about": "~ ", "up_to": "≤ "}


def answer_text(answer: Answer, wording: Wording) -> str:
    """The answer, and under it where each of its numbered citations stands."""
    said = wording.for_text(answer.question)
    sources = [f"[{n}] {_citation(cited, said, answer.answer)}" for n, cited in enumerate(answer.citations, start=1)]
    heading = [f"\n{said.say('cli.sources')}"] if sources else []
    return "\n".join([answer.answer, *heading, *sources])


def passages_text(hits: Sequence[PassageHit], wording: Wording) -> str:
    """The passages one under another, numbered, each with the article that it stands in."""
    if not hits:
        return wording.say("cli.no_passage")
    return "\n\n".join(
        f"[{n}] {_article(hit.citation, wording)}\n    {_flat(hit.text)}" for n, hit in enumerate(hits, start=1)
    )


def fact_cells(fact: Fact, wording: Wording) -> tuple[str, ...]:
    """What a table of facts shows of one: its kind, what it says, place, date, status, speaker and quote."""
    return (
        wording.say(f"cli.kind.{fact.kind}"),
        _gist(fact, wording),
        fact.place,
        _days(fact.date_start, fact.date_end),
        wording.say(f"cli.status.{fact.status}"),
        fact.source,
        _flat(fact.citation.quote),
    )


def _citation(citation: Citation, wording: Wording, answer: str) -> str:
    """Where the citation stands; its quote too, unless the answer has quoted it already."""
    quote = wording.say("cli.quote", quote=_flat(citation.quote))
    lines = [_article(citation, wording), "" if quote in answer else quote, citation.url]
    return "\n    ".join(line for line in lines if line)


def _article(citation: Citation, wording: Wording) -> str:
    day = citation.published.date() if isinstance(citation.published, dt.datetime) else citation.published
    said = [citation.outlet, wording.date(day) if day else "", _flat(citation.title)]
    unnamed = f"{wording.say('telegram.unnamed_outlet')} ({citation.article_id})"
    return wording.say("list.comma").join(part for part in said if part) or unnamed


def _gist(fact: Fact, wording: Wording) -> str:
    match fact.kind:
        case "casualty":
            said = [wording.say(f"cli.harm.{fact.harm}"), _count(fact.min, fact.max, fact.bound), fact.victims]
        case "visit":
            said = [fact.visitor_title, fact.visitor, "←", fact.destination]
        case "meeting":
            said = [wording.say("list.comma").join(fact.participants)]
        case "statement":
            said = [fact.speaker_title, fact.speaker, fact.about]
        case "strike":
            said = [_count(fact.min, fact.max, fact.bound), fact.actor, "←", fact.target]
        case "control":
            said = [fact.actor, wording.say(f"cli.action.{fact.action}"), fact.from_actor]
        case "aid":
            said = [_count(fact.min, fact.max, "exact"), fact.unit, fact.giver, "←", fact.receiver]
        case "damage":
            said = [_count(fact.min, fact.max, fact.bound), fact.what, fact.actor]
        case "decision":
            said = [fact.body, fact.about]
    return " ".join(part for part in said if part)


def _count(least: int | None, most: int | None, bound: str) -> str:
    """The number with its bound as a sign, which reads the same in every language; '?' for a vague one."""
    if least is not None and most is not None and least != most:
        return f"{least}–{most}"
    number = least if least is not None else most
    return "?" if number is None else f"{_BOUNDS.get(bound, '')}{number}"


def _flat(text: str) -> str:
    """The text as one line."""
    return " ".join(text.split())


def _days(start: dt.date | None, end: dt.date | None) -> str:
    if start is None or end is None or start == end:
        return str(start or end or "")
    return f"{start}–{end}"
