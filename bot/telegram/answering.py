"""A question in a chat becomes an answer with its buttons, and stays known for them."""

from __future__ import annotations

from bot.store.mail import Shown
from bot.telegram import keyboards
from bot.telegram.chat import Conversation, Exchange
from bot.telegram.keyboards import new_id
from bot.telegram.outgoing import Say
from bot.telegram.rendering import answer_pages
from bot.telegram.scene import Outcome, Scene


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


def say_answer(scene: Scene, name: str, question: str, exchange: Exchange, page: int = 0) -> Say:
    """The message that shows the answer which is kept under that name, or a page of it where it is long."""
    answer = exchange.answer
    assert answer is not None, "an exchange that is shown has its answer"
    wording = scene.wording.for_text(question)
    asked = question if exchange.titled else ""
    told = answer_pages(answer, wording, asked=asked, short=scene.preferences.short)
    page = min(page, len(told) - 1)
    turning = keyboards.turning(keyboards.ANSWER, name, page, wording, more=page + 1 < len(told))
    below = keyboards.answer_buttons(name, answer, wording, username=scene.around.myself.username)
    return Say(told[page], (*((turning,) if turning else ()), *below))
