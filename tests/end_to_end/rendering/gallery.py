"""Every kind of message that the bot sends, gathered by saying everything to it and pressing every button."""

from __future__ import annotations

import datetime as dt
import json
import zoneinfo
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.desk import Desk
from bot.sources import read_paths
from bot.store import Store
from bot.store.following import Due, Followed, OwedAlert, Told
from bot.store.mail import Handled, Letter, Posted
from bot.telegram.alerting import Known, Reader, plan
from bot.telegram.chat import Preferences
from bot.telegram.commands import COMMANDS
from bot.wording import load_wording
from retrieval import Article, read, subscription_of
from retrieval.index.memory import MemoryIndex
from tests.bot.telegram.chatting import Chat

Json = dict[str, Any]
SEEDS = Path(__file__).parents[3] / "seeds" / "articles.jsonl"
ASKED_AT = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
QUESTIONS = (
    "كم عدد قتلى داعش شرقي الرمادي؟",
    "كم عدد القتلى في العراق؟",
    "من هو الوزير الذي زار بغداد زيارة مفاجئة في 16 ديسمبر 2015؟",
    "كم عدد قتلى فيضانات درنة؟",
    "ماذا جرى في الرمادي؟",
    "قارن بين عدد القتلى في الموصل والرمادي",
)
_CONTENTS: tuple[Json, ...] = (
    {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
    {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 1}},
    {"video": {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1}},
    {"sticker": {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "is_animated": False,
                 "is_video": False, "type": "regular"}},
    {"document": {"file_id": "f", "file_unique_id": "u"}},
    {"location": {"longitude": 1.0, "latitude": 1.0}},
    {"contact": {"phone_number": "1", "first_name": "U"}},
    {"text": "؟؟"},
)  # fmt: skip
# How many presses after each other are tried.
_DEPTH = 3


class Shot(NamedTuple):
    """A message as it is sent: what brought it about, the method, its arguments, and the file that goes along."""

    cause: str
    method: str
    payload: Json
    attachment: bytes = b""


def gather(store: Store) -> list[Shot]:
    """One message of each kind, over the sample articles."""
    desk = Desk(store, MemoryIndex(), load_wording(), workers=1)
    empty = [
        shot
        for said in ("/start", "/latest", "/sources")
        for shot in _shots(f"{said} بلا أخبار", _say(Chat(store, desk), said))
    ]
    desk.ingest([one for one in read_paths([SEEDS]) if isinstance(one, Article)], now=ASKED_AT)
    chat = Chat(store, desk)
    chat.count = 10_000
    found = [*empty, *_said(chat), *_in_a_group(chat), *_alerts(desk)]
    # Of messages of one kind, one is enough: they differ in what was asked and pressed, not in how they look.
    return list({(shot.method, shot.payload.get("text") or shot.cause): shot for shot in found}.values())


def _said(chat: Chat[Desk]) -> Iterator[Shot]:
    seen: set[str] = set()
    follow = "/follow قتلى العراق -كرة"
    spoken = [*QUESTIONS, follow, *(f"/{name}" for name in COMMANDS if name not in {"greeting", "peace", "thanks"})]
    spoken += ["مرحبا", "السلام عليكم", "شكرا", "/nonsense", "كم قتيلا؟ " * 200, "/follow", "/follow " + "خبر " * 80]
    spoken += ["/follow -كرة", "/start a_abcdefghijkl", "/chart من زار بغداد؟", "/chart كم عدد القتلى في العراق؟"]
    for text in spoken:
        yield from _crawl(chat, text[:60], _say(chat, text), seen)
    origin = {"type": "hidden_user", "sender_user_name": "x", "date": int(ASKED_AT.timestamp())}
    for claim in ("عاجل: مقتل 90 مسلحا من داعش شرقي الرمادي في 16 ديسمبر 2015", "سينعقد المؤتمر غدا"):
        yield from _shots(f"رسالة محوّلة: {claim}", _say(chat, claim, forward_origin=origin))
    for content in _CONTENTS:
        yield from _shots(next(iter(content)), chat.update(message=chat.fake.message(7, **content)))
    # With other digits and months, and short answers.
    for data in ("p:digits-arabic", "p:months-levant", "p:length-short"):
        chat.press(data)
    for text in (*QUESTIONS, "/settings", "/topics", "/latest"):
        yield from _crawl(chat, f"{text} (٠١٢٣)", _say(chat, text), seen, depth=1)


def _in_a_group(chat: Chat[Desk]) -> Iterator[Shot]:
    bot, person = {"id": 4242, "is_bot": True, "first_name": "M"}, {"id": 7, "is_bot": False, "first_name": "U"}
    member = {"status": "left", "user": bot}
    joined = {"chat": {"id": -5, "type": "group", "title": "G"}, "from": person, "date": 1,
              "old_chat_member": member, "new_chat_member": {"status": "member", "user": bot}}  # fmt: skip
    yield from _shots("أضيف إلى مجموعة", chat.update(my_chat_member=joined))
    yield from _shots("متابعة من غير مشرف", _say(chat, "/follow قتلى العراق", chat_id=-5))
    for asked in (QUESTIONS[0], "كم"):
        query = {"id": "i", "from": person, "query": asked, "offset": ""}
        yield from _shots(f"@marsad {asked}", chat.update(inline_query=query))


def _crawl(chat: Chat[Desk], cause: str, handled: Handled, seen: set[str], depth: int = _DEPTH) -> Iterator[Shot]:
    """The messages, and what comes of pressing each of their buttons that does something new."""
    for shot in _shots(cause, handled):
        yield shot
        rows = shot.payload.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row if "callback_data" in button):
            # The names of what was shown differ each time; what is done to it is told by the rest.
            action, _, rest = button["callback_data"].partition(":")
            kind = f"{cause.split(maxsplit=1)[0]} {action}:{rest if action in 'pfto' else rest.partition(':')[2]}"
            if depth and kind not in seen:
                seen.add(kind)
                pressed = chat.update(callback_query=_press(chat, button["callback_data"]))
                yield from _crawl(chat, f"{cause} ← {button['text']}", pressed, seen, depth - 1)


def _press(chat: Chat[Desk], data: str) -> Json:
    person = {"id": 7, "is_bot": False, "first_name": "U"}
    message = {"message_id": 3, "date": 1, "chat": {"id": 7, "type": "private"}}
    return {"id": f"q{chat.count}", "from": person, "message": message, "chat_instance": "c", "data": data}


def _say(chat: Chat[Desk], text: str, **more: Any) -> Handled:
    where = more.pop("chat_id", 0)
    if text.startswith("/"):
        more["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return chat.update(message=chat.fake.message(7, where, text=text, **{"date": int(ASKED_AT.timestamp()), **more}))


def _shots(cause: str, handled: Handled) -> Iterator[Shot]:
    assert not handled.error, f"{cause}: {handled.error}"
    yield from (_shot(cause, letter) for letter in handled.letters)


def _shot(cause: str, letter: Letter) -> Shot:
    return Shot(cause, letter.method, json.loads(letter.payload), letter.attachment or b"")


def _alerts(desk: Desk) -> Iterator[Shot]:
    """A first alert, one more outlet for its story, a development, a correction, and a digest."""
    day = ASKED_AT.date()
    told = {
        "a": ("وكالة المدار العاشر", "قتل 15 مسلحا في اشتباكات غربي مدينة تعز يوم السبت، بحسب مصدر عسكري."),
        "b": ("CNN بالعربية", "قتل 15 مسلحا في اشتباكات غربي مدينة تعز يوم السبت. ولم تعرف هويات المهاجمين."),
        "c": ("نشرة ثالثة", "ارتفع عدد قتلى الاشتباكات غربي مدينة تعز إلى 19 مسلحا."),
    }
    articles = {
        name: Article(id=name, title="اشتباكات غربي تعز", outlet=outlet, published=day, body=body,
                      url=f"https://example.org/{name}")
        for name, (outlet, body) in told.items()
    }  # fmt: skip
    facts = {name: read(article).facts for name, article in articles.items()}
    known = Known(articles, {fact.id: fact for each in facts.values() for fact in each})
    due = {name: Due(1, name, 1, name, tuple(fact.id for fact in facts[name])) for name in articles}

    def letters(owed: Sequence[str], before: Sequence[str] = (), cadence: str = "now", **choices: Any) -> list[Letter]:
        wanted = subscription_of("قتلى تعز", as_of=day)
        topic = Followed(1, 7, None, "قتلى تعز", wanted, cadence, ASKED_AT, None)  # type: ignore[arg-type] # one of the three
        posted = {"k": Posted(1, "sent", 9, json.dumps({"text": "خبر سابق"}))} if before else {}
        reader = Reader(
            7, Preferences(digest=0, **choices), desk.wording, [Told(due[one], "k") for one in before], posted
        )
        alerts = [(topic, OwedAlert(n, due[one], ASKED_AT - dt.timedelta(days=2))) for n, one in enumerate(owed)]
        return plan(reader, alerts, known, ASKED_AT, zoneinfo.ZoneInfo("Asia/Baghdad")).letters

    yield from (_shot("تنبيه", letter) for letter in letters(["a", "b"]))
    yield from (_shot("تنبيه بتطوّر", letter) for letter in letters(["c"], ["a"]))
    yield from (_shot("وسيلة أخرى", letter) for letter in letters(["b"], ["a"]))
    yield from (_shot("ملخّص", letter) for letter in letters(["a", "b", "c"], cadence="daily"))
