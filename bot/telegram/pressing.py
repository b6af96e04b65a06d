"""What the buttons below a message do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.store.mail import Shown
from bot.telegram import keyboards
from bot.telegram.answering import answer_text, say_answer
from bot.telegram.chat import Exchange, read
from bot.telegram.keyboards import Pressed, page_buttons
from bot.telegram.outgoing import Acknowledge, Revise
from bot.telegram.rendering import passages_pages, sources_pages
from bot.telegram.scene import Outcome, Scene
from retrieval import Answer, PassageHit

# How many passages "more" offers.
_MORE = 9

Press = Callable[[Scene, Pressed, Shown], Outcome]


def handle_press(scene: Scene) -> Outcome:
    """What happens when a button is pressed; every press is acknowledged."""
    pressed = keyboards.read_data(scene.incoming.data)
    shown = scene.around.find_shown(scene.incoming.chat_id, pressed.id) if pressed else None
    action = _ACTIONS.get(pressed.action) if pressed else None
    if pressed is None or shown is None or action is None:
        return Outcome((Acknowledge(scene.say("too_old")),))
    wording = scene.wording.for_text(shown.question)
    return action(scene._replace(wording=wording), pressed, shown)


def _ask(scene: Scene, _pressed: Pressed, shown: Shown) -> Outcome:
    outcome = answer_text(scene, shown.question, titled=True)
    return outcome._replace(messages=(Acknowledge(), *outcome.messages))


def _show_answer(scene: Scene, pressed: Pressed, shown: Shown) -> Outcome:
    exchange = read(Exchange, shown.answer)
    if exchange is None or exchange.answer is None:
        return Outcome((Acknowledge(scene.say("too_old")),))
    said = say_answer(pressed.id, shown.question, exchange, scene.wording)
    return Outcome((Acknowledge(), Revise(*said)))


def _show_sources(scene: Scene, pressed: Pressed, shown: Shown) -> Outcome:
    exchange = read(Exchange, shown.answer)
    if exchange is None or exchange.answer is None:
        return Outcome((Acknowledge(scene.say("too_old")),))
    return _turn_to(scene, pressed, sources_pages(exchange.answer, scene.wording))


def _show_more(scene: Scene, pressed: Pressed, shown: Shown) -> Outcome:
    exchange = read(Exchange, shown.answer)
    if exchange is None or exchange.answer is None:
        return Outcome((Acknowledge(scene.say("too_old")),))
    found = _beside(exchange.answer, scene.around.desk.search(shown.question, _MORE + len(exchange.answer.citations)))
    return _turn_to(scene, pressed, passages_pages(found[:_MORE], scene.wording))


def _beside(answer: Answer, hits: tuple[PassageHit, ...]) -> list[PassageHit]:
    """The passages that hold nothing of what the answer cites."""
    cited = [(c.article_id, c.start, c.end) for c in answer.citations if c.field == "body"]
    return [
        hit
        for hit in (*answer.passages, *(h for h in hits if h not in answer.passages))
        if not any(hit.article_id == name and hit.start < end and start < hit.end for name, start, end in cited)
    ]


def _turn_to(scene: Scene, pressed: Pressed, pages: list[str]) -> Outcome:
    """The wanted page in place of what the message shows; a page that is no longer there is the last one."""
    if not pages:
        return Outcome((Acknowledge(scene.say("no_more")),))
    page = min(pressed.page, len(pages) - 1)
    buttons = page_buttons(pressed.action, pressed.id, page, len(pages), scene.wording)
    return Outcome((Acknowledge(), Revise(pages[page], buttons)))


_ACTIONS: Mapping[str, Press] = {
    keyboards.ASK: _ask,
    keyboards.ANSWER: _show_answer,
    keyboards.SOURCES: _show_sources,
    keyboards.MORE: _show_more,
}
