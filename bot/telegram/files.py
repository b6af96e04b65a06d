"""Answers that come as files: a total as a chart, the sources as a table, and all that is kept of a chat."""

from __future__ import annotations

import json

from telegram.constants import MessageLimit

from bot.drawing import draw
from bot.exporting import to_csv
from bot.store import chats
from bot.telegram import keyboards, markup
from bot.telegram.chat import Exchange, read
from bot.telegram.outgoing import Acknowledge, Button, File, Outgoing, Say
from bot.telegram.rendering import finish, text
from bot.telegram.scene import Outcome, Scene
from retrieval import Answer, Question


def chart(scene: Scene) -> Outcome:
    """The total that the question after the command asks for, or the last one, as bars."""
    asked = scene.incoming.text
    question = (
        scene.around.desk.understand(asked, as_of=scene.today)
        if asked
        else scene.conversation.before(scene.incoming.user_id, scene.incoming.at)
    )
    return Outcome(_chart(scene, question) if question else (_line(scene, "chart_what"),))


def chart_of(scene: Scene, answer: Answer) -> Outcome:
    """The total that an answer that was shown tells, as bars."""
    question = scene.around.desk.understand(answer.question, as_of=answer.as_of)
    return Outcome((Acknowledge(), *_chart(scene, question)))


def export(scene: Scene) -> Outcome:
    """The sources of the last answer as a table."""
    name = scene.conversation.shown_id
    shown = scene.around.find_shown(scene.incoming.chat_id, name) if name else None
    exchange = read(Exchange, shown.answer) if shown else None
    if exchange is None or exchange.answer is None or not exchange.answer.citations:
        return Outcome((_line(scene, "export_what"),))
    return export_of(scene, exchange.answer)


def export_of(scene: Scene, answer: Answer) -> Outcome:
    """The sources of an answer that was shown as a table: exactly what the answer shows."""
    caption = finish(text(scene.say("export", question=answer.question)))
    caption = markup.split(caption, MessageLimit.CAPTION_LENGTH)[0]
    return Outcome((File("marsad.csv", to_csv(answer).encode(), caption),))


def own_data(scene: Scene) -> Outcome:
    """All that is kept of the chat, as a file, and the button that deletes it."""
    with scene.around.desk.store.reading() as connection:
        kept = chats.everything(connection, scene.incoming.chat_id)
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    button = Button(scene.wording.say("buttons.forget"), keyboards.data(keyboards.FORGET, "ask"))
    return Outcome((
        File("marsad.json", content, finish(text(scene.say("my_data")))),
        Say(finish(text(scene.say("forget_ask"))), ((button,),)),
    ))  # fmt: skip


def _chart(scene: Scene, question: Question) -> tuple[Outgoing, ...]:
    drawn = scene.around.desk.chart(question, scene.wording)
    if drawn is None:
        return (_line(scene, "chart_none"),)
    picture = draw(drawn, scene.wording)
    words = finish(f"<b>{text(drawn.title)}</b>\n{text(drawn.text)}\n{text(drawn.basis)}")
    if markup.fits(words, MessageLimit.CAPTION_LENGTH):
        return (File("marsad.png", picture, words, picture=True),)
    # Who cannot see the picture finds all of it in words.
    title = finish(f"<b>{text(drawn.title)}</b>\n{text(drawn.basis)}")
    return (File("marsad.png", picture, markup.split(title, MessageLimit.CAPTION_LENGTH)[0], picture=True),
            Say(markup.split(words)[0]))  # fmt: skip


def _line(scene: Scene, key: str) -> Say:
    return Say(finish(text(scene.say(key))))
