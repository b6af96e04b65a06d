"""A question in a chat becomes an answer with its buttons, and stays known for them."""

from __future__ import annotations

from bot.store.mail import Shown
from bot.telegram.chat import Conversation, Exchange
from bot.telegram.keyboards import answer_buttons, shown_id
from bot.telegram.outgoing import Say
from bot.telegram.rendering import answer_page
from bot.telegram.scene import Outcome, Scene
from retrieval import Answer, Wording


def answer_text(scene: Scene, text: str, *, titled: bool = False) -> Outcome:
    """The answer to a question; `titled` puts the question above it, where the chat does not show it."""
    incoming = scene.incoming
    before = scene.conversation.before(incoming.user_id, incoming.at)
    question = scene.around.desk.understand(text, as_of=scene.today, before=before)
    answer = scene.around.desk.answer(question)
    name = shown_id(incoming.chat_id, incoming.update_id, incoming.message_id)
    exchange = Exchange(answer=answer, titled=titled)
    return Outcome(
        messages=(say_answer(name, text, exchange, scene.wording),),
        conversation=Conversation(question=question, user_id=incoming.user_id, at=incoming.at),
        shown=(Shown(name, incoming.chat_id, text, exchange.model_dump_json(by_alias=True)),),
    )


def say_answer(name: str, question: str, exchange: Exchange, wording: Wording) -> Say:
    """The message that shows the answer which is kept under that name."""
    answer = exchange.answer
    assert answer is not None, "an exchange that is shown has its answer"
    html = answer_page(answer, wording, asked=question if exchange.titled else "")
    return Say(html, answer_buttons(name, wording, sources=bool(answer.citations), more=has_more(answer)))


def has_more(answer: Answer) -> bool:
    """Whether there may be passages beside those that the answer cites."""
    return bool(answer.passages) or not answer.abstained
