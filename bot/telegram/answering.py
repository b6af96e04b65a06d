"""A question in a chat becomes an answer with its buttons, and stays known for them."""

from __future__ import annotations

from bot.store.mail import Shown
from bot.telegram.chat import Conversation, Exchange
from bot.telegram.keyboards import answer_buttons, new_id
from bot.telegram.outgoing import Say
from bot.telegram.rendering import answer_page, passages_pages
from bot.telegram.scene import Outcome, Scene
from retrieval import Answer

# How many passages are shown for a text that was forwarded, and how much of it they are looked for by.
_NEAREST, _SOUGHT_BY = 5, 600


def answer_text(scene: Scene, text: str, *, titled: bool = False) -> Outcome:
    """The answer to a question; `titled` puts the question above it, where the chat does not show it."""
    incoming = scene.incoming
    before = scene.conversation.before(incoming.user_id, incoming.at)
    question = scene.around.desk.understand(text, as_of=scene.today, before=before)
    answer = scene.around.desk.answer(question, scene.wording)
    name = new_id()
    exchange = Exchange(answer=answer, titled=titled)
    return Outcome(
        messages=(say_answer(scene, name, text, exchange),),
        conversation=Conversation(question=question, user_id=incoming.user_id, at=incoming.at, shown_id=name),
        shown=(Shown(name, incoming.chat_id, text, exchange.model_dump_json(by_alias=True)),),
    )


def say_answer(scene: Scene, name: str, question: str, exchange: Exchange) -> Say:
    """The message that shows the answer which is kept under that name."""
    answer = exchange.answer
    assert answer is not None, "an exchange that is shown has its answer"
    wording = scene.wording.for_text(question)
    asked = question if exchange.titled else ""
    html = answer_page(answer, wording, asked=asked, short=scene.preferences.short)
    return Say(html, answer_buttons(name, answer, wording, username=scene.around.myself.username))


def compare(scene: Scene) -> Outcome:
    """What the articles hold that comes nearest to a text which somebody passed on, to be compared with it."""
    hits = scene.around.desk.search(scene.incoming.text[:_SOUGHT_BY], _NEAREST)
    found = passages_pages(hits, scene.wording, title="compare_title", most=_NEAREST)
    return Outcome((Say(found[0] if found else scene.say("compare_none")),))


def has_more(answer: Answer) -> bool:
    """Whether there may be passages beside those that the answer cites."""
    return bool(answer.passages) or not answer.abstained
