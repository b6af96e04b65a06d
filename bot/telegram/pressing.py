"""What the buttons below a message do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.store.mail import Feedback, Shown
from bot.telegram import administering, commands, files, keyboards
from bot.telegram.answering import answer_text, say_answer
from bot.telegram.chat import Exchange, read
from bot.telegram.following import handle_topic, take_up
from bot.telegram.keyboards import Pressed, page_buttons
from bot.telegram.outgoing import Acknowledge, Revise
from bot.telegram.preferring import prefer
from bot.telegram.rendering import passages_pages, sources_pages
from bot.telegram.scene import Outcome, Scene
from bot.telegram.unfolding import UNFOLDING
from retrieval import Answer, PassageHit

# How many passages "more" offers.
_MORE = 9


def handle_press(scene: Scene) -> Outcome:
    """What happens when a button is pressed; every press is acknowledged."""
    pressed = keyboards.read_data(scene.incoming.data)
    if pressed is None:
        return _too_old(scene)
    if anywhere := _ANYWHERE.get(pressed.action):
        return anywhere(scene, pressed)
    shown = scene.around.find_shown(scene.incoming.chat_id, pressed.id)
    if shown is None:
        return _too_old(scene)
    return _handle_shown(scene._replace(wording=scene.wording.for_text(shown.question)), pressed, shown)


def _handle_shown(scene: Scene, pressed: Pressed, shown: Shown) -> Outcome:
    if pressed.action == keyboards.ASK:
        outcome = answer_text(scene, shown.question, titled=True)
        return outcome._replace(messages=(Acknowledge(), *outcome.messages))
    exchange = read(Exchange, shown.answer)
    if pressed.action == keyboards.FOLLOW:
        return take_up(scene, shown.question, exchange.rewords if exchange else 0)
    if pressed.action == keyboards.BROADCAST:
        return administering.broadcast_now(scene, shown.id, shown.question)
    below = _BELOW_ANSWERS.get(pressed.action)
    if exchange is None or exchange.answer is None or below is None:
        return _too_old(scene)
    return below(scene, pressed, shown, exchange.answer)


def _too_old(scene: Scene) -> Outcome:
    return Outcome((Acknowledge(scene.say("too_old")),))


def _show_answer(scene: Scene, pressed: Pressed, shown: Shown, _answer: Answer) -> Outcome:
    exchange = read(Exchange, shown.answer)
    assert exchange is not None, "it was read a moment ago"
    return Outcome((Acknowledge(), Revise(*say_answer(scene, pressed.id, shown.question, exchange, pressed.page))))


def _show_sources(scene: Scene, pressed: Pressed, _shown: Shown, answer: Answer) -> Outcome:
    return _turn_to(scene, pressed, sources_pages(answer, scene.wording))


def _show_more(scene: Scene, pressed: Pressed, shown: Shown, answer: Answer) -> Outcome:
    hits = scene.around.desk.search(shown.question, _MORE + len(answer.citations))
    return _turn_to(scene, pressed, passages_pages(_beside(answer, hits)[:_MORE], scene.wording))


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
    buttons = page_buttons(pressed._replace(page=page), len(pages), scene.wording)
    return Outcome((Acknowledge(), Revise(pages[page], buttons)))


def _judge(scene: Scene, pressed: Pressed, shown: Shown, answer: Answer) -> Outcome:
    liked = pressed.action == keyboards.LIKE
    understood = answer.understood.model_dump_json(by_alias=True)
    incoming = scene.incoming
    opinion = Feedback(incoming.chat_id, incoming.user_id, shown.id, liked, shown.question, understood)
    return Outcome((Acknowledge(scene.say("liked" if liked else "disliked")),), feedback=(opinion,))


def _export(scene: Scene, _pressed: Pressed, _shown: Shown, answer: Answer) -> Outcome:
    outcome = files.export_of(scene, answer)
    return outcome._replace(messages=(Acknowledge(), *outcome.messages))


_BELOW_ANSWERS: Mapping[str, Callable[[Scene, Pressed, Shown, Answer], Outcome]] = {
    keyboards.ANSWER: _show_answer,
    keyboards.SOURCES: _show_sources,
    keyboards.MORE: _show_more,
    keyboards.LIKE: _judge,
    keyboards.DISLIKE: _judge,
    keyboards.CHART: lambda scene, _pressed, _shown, answer: files.chart_of(scene, answer),
    keyboards.EXPORT: _export,
    **UNFOLDING,
}
_ANYWHERE: Mapping[str, Callable[[Scene, Pressed], Outcome]] = {
    keyboards.PREFER: prefer,
    keyboards.LATEST: lambda scene, pressed: commands.turn_latest(scene, pressed.page),
    keyboards.OUTLETS: lambda scene, pressed: commands.turn_outlets(scene, pressed.page),
    keyboards.TOPICS: handle_topic,
    keyboards.FORGET: lambda scene, pressed: commands.forget(scene, pressed.id),
}
