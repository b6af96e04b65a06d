"""What a question was taken to mean, said so that the asker can correct it."""

from __future__ import annotations

from retrieval.answering import phrasing
from retrieval.answering.wording import Wording
from retrieval.types import Question


def explain(question: Question, wording: Wording) -> str:
    """What the question was taken to mean, in one line; each of several questions in its own."""
    say = wording.for_text(question.text)
    if question.parts and question.form != "compare":
        return "\n".join(explain(part, say) for part in question.parts)
    return say.say("understood.line", meaning=say.say("understood.and").join(_meaning(question, say)))


def _meaning(question: Question, say: Wording) -> list[str]:
    """The things understood: what is asked, of whom, by whom, where, when, by whose word, and in what form."""
    understood = question.understood
    said = [_asked(question, say)]
    if question.form != "single":
        said.append(say.say(f"understood.form.{question.form}"))
    if question.per is not None:
        said.append(say.say(f"understood.per.{question.per}"))
    whom = "harmed" if understood.kind == "casualty" else "whom"
    roles = {whom: understood.whom, "who": understood.who, "place": understood.place, "source": understood.source}
    if understood.harm is not None and understood.whom == question.focus:
        # "How many soldiers": those counted are said already.
        roles.pop(whom)
    said += [say.say(f"understood.{role}", text=phrasing.clean(text)) for role, text in roles.items() if text]
    if understood.date_from or understood.date_to:
        said.append(say.say("understood.period", text=_period(question, say)))
    if question.follows:
        said.append(say.say("understood.follows"))
    return said


def _asked(question: Question, say: Wording) -> str:
    understood = question.understood
    if understood.asks != "how_many":
        key = f"understood.asks.{understood.asks}"
        focus = phrasing.clean(question.focus) if understood.asks in ("which", "who", "where", "when") else ""
        return say.say(f"{key}_of", text=focus) if focus else say.say(key)
    if understood.harm is not None and question.focus and understood.whom == question.focus:
        return say.say(
            "understood.asks.harmed_of", harm=say.say(f"understood.harm.{understood.harm}"), text=question.focus
        )
    if understood.harm is not None:
        return say.say("understood.asks.harmed", harm=say.say(f"understood.harm.{understood.harm}"))
    return say.say("understood.asks.how_many_of" if question.focus else "understood.asks.how_many", text=question.focus)


def _period(question: Question, say: Wording) -> str:
    start, end = question.understood.date_from, question.understood.date_to
    if start and end:
        return say.period(start, end)
    if start:
        return say.say("date.since", date=say.date(start))
    return say.say("date.until", date=say.date(end)) if end else ""
