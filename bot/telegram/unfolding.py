"""A number unfolded by buttons: the events behind it, the reports of an event, and the words of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.store.mail import Shown
from bot.telegram import keyboards, markup
from bot.telegram.keyboards import Pressed
from bot.telegram.outgoing import Acknowledge, Button, Buttons, Revise
from bot.telegram.rendering import pages, said_date, text
from bot.telegram.scene import Outcome, Scene
from retrieval import Answer, Article, Citation, Unfolded, unfold

# How many events stand on a page, and how many reports below an event; a button names one of them.
_EVENTS, _REPORTS, _IN_A_ROW = 8, 20, 5
# The most that a button can count to.
_MOST = 999


def show_events(scene: Scene, pressed: Pressed, shown: Shown, answer: Answer) -> Outcome:
    """The events behind the number, a button for each; where there is one only, that one with its reports."""
    events = _events(scene, answer)
    if len(events) == 1:
        return show_event(scene, pressed._replace(action=keyboards.EVENT, page=0), shown, answer)
    if not events:
        return Outcome((Acknowledge(scene.say("too_old")),))
    last = (len(events) - 1) // _EVENTS
    page = min(pressed.page, last)
    here = list(enumerate(events))[page * _EVENTS : (page + 1) * _EVENTS]
    lines = [_heading(scene, "unfold_events", n=len(events))]
    lines += [f"{scene.wording.number(n + 1)}. {text(event.text)}" for n, event in here]
    rows = _numbered(scene, keyboards.EVENT, pressed.id, [(n + 1, n) for n, _ in here])
    turning = keyboards.turning(keyboards.EVENTS, pressed.id, page, scene.wording, more=page < last)
    return _page(lines, (*rows, *((turning,) if turning else ()), (_back(scene, pressed),)))


def show_event(scene: Scene, pressed: Pressed, _shown: Shown, answer: Answer) -> Outcome:
    """One event: how well it is attested, and what each report of it says, a button for each."""
    events = _events(scene, answer)
    if not events:
        return Outcome((Acknowledge(scene.say("too_old")),))
    number = min(pressed.page, len(events) - 1)
    event = events[number]
    first = _first_report(events, number)
    lines = [f"<b>{text(event.text)}</b>", text(event.grade)]
    lines += [f"{scene.wording.number(n)}. {text(report.text)}" for n, report in enumerate(event.reports[:_REPORTS], 1)]
    if len(event.reports) > _REPORTS:
        lines.append(text(scene.say("more_sources", n=len(event.reports) - _REPORTS)))
    named = [(n + 1, first + n) for n in range(len(event.reports[:_REPORTS])) if first + n <= _MOST]
    rows = _numbered(scene, keyboards.REPORT, pressed.id, named)
    up = _button(scene, "to_events", keyboards.EVENTS, pressed.id, number // _EVENTS)
    return _page(lines, (*rows, (*((up,) if len(events) > 1 else ()), _back(scene, pressed))))


def show_report(scene: Scene, pressed: Pressed, _shown: Shown, answer: Answer) -> Outcome:
    """The words of a report where they stand: the paragraph around them, with what was counted in bold."""
    events = _events(scene, answer)
    places = [(number, report) for number, event in enumerate(events) for report in event.reports]
    if pressed.page >= len(places):
        return Outcome((Acknowledge(scene.say("too_old")),))
    number, report = places[pressed.page]
    cited = report.citation
    where = scene.say(
        "source",
        outlet=cited.outlet or scene.say("unnamed_outlet"),
        date=said_date(cited.published, scene.wording),
    )
    lines = [f"<b>{text(report.text)}</b>", _in_its_place(scene, cited)]
    lines.append(markup.link(cited.url, text(f"{cited.title} ({where})" if cited.title else where)))
    up = _button(scene, "to_event", keyboards.EVENT, pressed.id, number)
    return _page(lines, ((up, _back(scene, pressed)),))


UNFOLDING: Mapping[str, Callable[[Scene, Pressed, Shown, Answer], Outcome]] = {
    keyboards.EVENTS: show_events,
    keyboards.EVENT: show_event,
    keyboards.REPORT: show_report,
}


def _events(scene: Scene, answer: Answer) -> tuple[Unfolded, ...]:
    copies = scene.around.desk.store.originals({fact.citation.article_id for fact in answer.facts})
    return unfold(answer, scene.wording, copies)


def _first_report(events: Sequence[Unfolded], number: int) -> int:
    """Under which number the first report of an event is known among the reports of all events."""
    return sum(len(event.reports) for event in events[:number])


def _in_its_place(scene: Scene, cited: Citation) -> str:
    """The passage that holds the words, with the words in bold; the words alone where the article has changed since."""
    found = scene.around.desk.store.readings_of([cited.article_id])
    for article, reading in found:
        if not _stands(article, cited) or cited.field == "title":
            continue
        for passage in reading.passages:
            if passage.start <= cited.start and cited.end <= passage.end:
                before, after = article.body[passage.start : cited.start], article.body[cited.end : passage.end]
                return f"<blockquote>{text(before)}<b>{text(cited.quote)}</b>{text(after)}</blockquote>"
    return f"<blockquote><b>{text(cited.quote)}</b></blockquote>"


def _stands(article: Article, cited: Citation) -> bool:
    return article.field(cited.field)[cited.start : cited.end] == cited.quote


def _heading(scene: Scene, key: str, n: int) -> str:
    return f"<b>{text(scene.say(key, n=n))}</b>"


def _numbered(scene: Scene, action: str, name: str, numbers: Sequence[tuple[int, int]]) -> Buttons:
    """A button for each number, from right to left, that leads to the page of the other one."""
    buttons = [Button(scene.wording.number(n), keyboards.data(action, name, page)) for n, page in numbers]
    return tuple(tuple(reversed(buttons[start : start + _IN_A_ROW])) for start in range(0, len(buttons), _IN_A_ROW))


def _button(scene: Scene, key: str, action: str, name: str, page: int) -> Button:
    return Button(scene.wording.say(f"buttons.{key}"), keyboards.data(action, name, page))


def _back(scene: Scene, pressed: Pressed) -> Button:
    return _button(scene, "back", keyboards.ANSWER, pressed.id, 0)


def _page(lines: Sequence[str], buttons: Buttons) -> Outcome:
    return Outcome((Acknowledge(), Revise(pages("\n".join(lines), 4000)[0], buttons)))
