"""Questions typed after the bot's name in another chat."""

from __future__ import annotations

from bot.telegram import keyboards
from bot.telegram.outgoing import Inline, InlineItem
from bot.telegram.rendering import answer_pages, finish, said_date, source, text
from bot.telegram.scene import Outcome, Scene
from retrieval import PassageHit

# Telegram takes fifty; more than a handful is not read. What is shorter than this is still being typed.
_PASSAGES, _SHORTEST = 5, 6
_DESCRIBED = 120


def answer_inline(scene: Scene) -> Outcome:
    """The answer, and the passages nearest to it, to be chosen from."""
    asked = scene.incoming.text
    otherwise = scene.wording.say("buttons.inline")
    if len(asked) < _SHORTEST:
        return Outcome((Inline((), otherwise),))
    desk = scene.around.desk
    answer = desk.answer(desk.understand(asked, as_of=scene.today), scene.wording)
    items = []
    if not answer.abstained:
        page = answer_pages(answer, scene.wording, asked=asked)[0]
        items.append(InlineItem(keyboards.new_id(), asked, _short(answer.answer), page))
    items += [_passage(hit, scene) for hit in (answer.passages or desk.search(asked, _PASSAGES))[:_PASSAGES]]
    return Outcome((Inline(tuple(items), otherwise),))


def _passage(hit: PassageHit, scene: Scene) -> InlineItem:
    cited = hit.citation
    outlet = cited.outlet or scene.say("unnamed_outlet")
    where = scene.say("source", outlet=outlet, date=said_date(cited.published, scene.wording))
    heading = [f"<b>{text(cited.title)}</b>"] if cited.title else []
    html = finish("\n".join([*heading, source(0, cited, scene.wording, whole=True)]))
    return InlineItem(keyboards.new_id(), cited.title or where, _short(hit.text), html)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _DESCRIBED else line[:_DESCRIBED].rpartition(" ")[0] + " …"
