"""What a question was taken to mean, said so that the asker can correct it."""

from __future__ import annotations

from retrieval.answering import phrasing
from retrieval.answering.notes import Notes
from retrieval.answering.wording import Wording
from retrieval.types import Question

# Forms whose name says all that is asked.
_TOLD = frozenset({"why", "whether", "happened", "list", "timeline"})
_OF = "من "


def explain(question: Question, wording: Wording) -> str:
    """What the question was taken to mean, in one line; each of several questions in its own."""
    say = wording.for_text(f"{question.text} {question.manner}")
    if question.parts and question.form != "compare":
        return "\n".join(explain(part, say) for part in question.parts)
    return say.say("understood.line", meaning=say.say("understood.and").join(_meaning(question, say)))


def _meaning(question: Question, say: Wording) -> list[str]:
    """The things understood: what is asked and where, of whom, when, by whose word, and about what else."""
    understood, notes = question.understood, Notes(say)
    compared = question.form == "compare" and bool(question.parts)
    where = "" if compared or _is_about_place(question) else phrasing.where(notes, understood.place)
    said = [_asked(question, say) + where]
    if question.per is not None and question.form != "highest":
        said.append(say.say(f"understood.per.{question.per}"))
    if (understood.date_from or understood.date_to) and not (compared and _by_time(question)):
        said.append(_period(question, say))
    if understood.kind != "statement":
        counted = understood.kind == "casualty" and understood.asks == "how_many"
        roles = {"who": understood.who, "whom": "" if counted else understood.whom}
        said += [
            say.say(f"understood.{role}", text=phrasing.clean(text))
            for role, text in roles.items()
            if text not in ("", question.focus)
        ]
    if understood.source:
        said.append(say.say("understood.source", text=phrasing.clean(understood.source)))
    if about := _about(question, say):
        said.append(say.say("understood.about", text=about))
    if question.follows:
        said.append(say.say("understood.follows"))
    return said


def _asked(question: Question, say: Wording) -> str:
    """What is asked for: a number of whom, a person, a place, a reason, what somebody said."""
    understood = question.understood
    if question.form in _TOLD:
        return say.say(f"understood.form.{question.form}")
    if question.form == "highest":
        return say.say(f"understood.highest.{question.per or 'event'}", harm=_harm(question, say))
    if understood.kind == "statement" and understood.asks == "what" and understood.who:
        key = "said_about" if understood.whom else "said"
        who, about = phrasing.clean(understood.who), phrasing.clean(understood.whom)
        return say.say(f"understood.{key}", who=who, about=about)
    if understood.asks == "how_many":
        number = _number(question, say)
        return say.say("understood.compared", asked=number, sides=_sides(question, say)) if question.parts else number
    focus = phrasing.clean(question.focus) if understood.asks in ("which", "who", "where", "when") else ""
    key = f"understood.asks.{understood.asks}"
    return say.say(f"{key}_of", text=focus) if focus else say.say(key)


def _number(question: Question, say: Wording) -> str:
    """The number asked for, and of whom where that is narrower than the harm itself."""
    understood = question.understood
    if understood.harm is None:
        key = "understood.asks.how_many_of" if question.focus else "understood.asks.how_many"
        return say.say(key, text=question.focus)
    key = "understood.asks.total" if question.form == "total" else "understood.asks.harmed"
    group = phrasing.clean(understood.whom).removeprefix(_OF)
    return say.say(key, harm=_harm(question, say)) + (say.say("understood.group", text=group) if group else "")


def _harm(question: Question, say: Wording) -> str:
    return say.say(f"understood.harm.{question.understood.harm or 'any'}")


def _sides(question: Question, say: Wording) -> str:
    """What is compared: the places, or the times where they are what differs."""
    if _by_time(question):
        return say.list([_period(part, say) for part in question.parts])
    return say.list([phrasing.clean(part.understood.place) for part in question.parts])


def _by_time(question: Question) -> bool:
    """Whether what is compared differs in its time and not in its place."""
    return len({part.understood.place for part in question.parts}) < len(question.parts)


def _is_about_place(question: Question) -> bool:
    """Whether the place is what is spoken about rather than where it was said."""
    understood = question.understood
    return understood.kind == "statement" and bool(understood.place) and understood.place in understood.whom


def _about(question: Question, say: Wording) -> str:
    """The kind of doing, and the words that single out what is asked about beyond its roles."""
    understood = question.understood
    told = f"{understood.who} {understood.whom} {understood.source} {question.focus}".split()
    words = [word for word in question.details if word not in told]
    spoken = understood.kind in (None, "casualty", "statement") or understood.asks == "how_many"
    kind = "" if spoken or question.form in _TOLD else say.say(f"cli.kind.{understood.kind}")
    return " ".join([kind, *words]).strip()


def _period(question: Question, say: Wording) -> str:
    start, end = question.understood.date_from, question.understood.date_to
    if start and end:
        return say.period(start, end)
    if start:
        return say.say("date.since", date=say.date(start))
    return say.say("date.until", date=say.date(end)) if end else ""
