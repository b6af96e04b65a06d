"""Topics that a chat follows: taken up after a look at what they would bring, listed, paused, and dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

import sqlalchemy as sa

from bot.store import following
from bot.store.following import Cadence, Followed, Follower
from bot.store.mail import Shown
from bot.telegram import keyboards
from bot.telegram.chat import Exchange
from bot.telegram.keyboards import Pressed
from bot.telegram.notices import item
from bot.telegram.outgoing import Acknowledge, Ask, Button, Buttons, Revise, Say
from bot.telegram.previewing import expected
from bot.telegram.rendering import finish, pages, text
from bot.telegram.scene import Outcome, Scene
from retrieval import Subscription, conditions_of, subscription_of

# How many topics a chat may follow, and how long one may be.
MOST_TOPICS, _LONGEST = 30, 200
_SHOWN, _DAYS = 3, 7
_CADENCES: tuple[Cadence, ...] = ("now", "hourly", "daily")


def follow(scene: Scene, rewords: int = 0) -> Outcome:
    """What the topic after the command would have brought last week, and whether it shall be followed.

    `rewords` is the number of a topic that is to have these words instead of its own.
    """
    topic = " ".join(scene.incoming.text.split())
    if not scene.may_change:
        return _line(scene, "admins_only")
    if not topic:
        return _line(scene, "follow_what")
    if len(topic) > _LONGEST:
        return _line(scene, "topic_too_long", n=_LONGEST)
    with scene.around.desk.store.reading() as connection:
        mine = following.followed(connection, scene.incoming.chat_id)
    if len(mine) >= MOST_TOPICS and not rewords:
        return _line(scene, "topics_full", n=MOST_TOPICS)
    wanted = subscription_of(topic, as_of=scene.today)
    if not conditions_of(wanted):
        return _line(scene, "topic_vague")
    offered = Exchange(rewords=rewords).model_dump_json()
    offer = Shown(keyboards.new_id(), scene.incoming.chat_id, topic, offered)
    row = (
        Button(
            scene.wording.say("buttons.reword" if rewords else "buttons.follow"),
            keyboards.data(keyboards.FOLLOW, offer.id),
        ),
        Button(scene.wording.say("buttons.no"), keyboards.data(keyboards.TOPICS, "no")),
    )
    return Outcome((Say(_preview(scene, topic, wanted), (row,)),), shown=(offer,))


def take_up(scene: Scene, topic: str, rewords: int = 0) -> Outcome:
    """The topic is followed from now on, or the one of that number has its words."""
    if not scene.may_change:
        return _refused(scene)
    wanted = subscription_of(topic, as_of=scene.today)
    chat_id, thread_id = scene.incoming.chat_id, scene.incoming.thread_id
    write: Callable[[sa.Connection], object] = partial(
        following.follow, follower=Follower(chat_id, thread_id), text=topic, wanted=wanted, now=scene.around.now()
    )
    if rewords and _topic(scene, rewords):
        write = partial(following.reword, chat_id=chat_id, number=rewords, text=topic, wanted=wanted)
    done = finish(text(scene.say("reworded" if rewords else "followed", topic=topic)))
    return Outcome((Acknowledge(), Revise(done)), writes=(write,))


def topics(scene: Scene) -> Outcome:
    """What the chat follows, with a button for each topic."""
    return Outcome((Say(*_list(scene)),))


def handle_topic(scene: Scene, pressed: Pressed) -> Outcome:
    """One topic is shown, or what was chosen for it is done; the message then shows how it stands."""
    if not scene.may_change:
        return _refused(scene)
    if pressed.id == "no":
        return Outcome((Acknowledge(), Revise(finish(text(scene.say("not_followed"))))))
    if pressed.id == keyboards.ALL:
        return Outcome((Acknowledge(), Revise(*_list(scene))))
    number, _, choice = pressed.id.partition("-")
    topic = _topic(scene, int(number)) if number.isdecimal() else None
    change = _CHANGES.get(choice)
    if topic is None or (choice and change is None):
        return Outcome((Acknowledge(scene.say("too_old")),))
    if change is None:
        return Outcome((Acknowledge(), Revise(*_page(scene, topic))))
    return change(scene, topic)


def departed(scene: Scene) -> Outcome:
    """The chat is gone: what a person follows rests until they come back, what a group followed is forgotten."""
    chat_id = scene.incoming.chat_id
    if scene.incoming.chat_kind == "private":
        return Outcome()
    return Outcome(writes=(partial(following.unfollow, chat_id=chat_id),))


def _set_cadence(scene: Scene, topic: Followed, cadence: Cadence) -> Outcome:
    return _changed(scene, topic._replace(cadence=cadence), {"cadence": cadence})


def _pause(scene: Scene, topic: Followed) -> Outcome:
    at = scene.around.now()
    return _changed(scene, topic._replace(paused_at=at), {"paused_at": at})


def _resume(scene: Scene, topic: Followed) -> Outcome:
    return _changed(scene, topic._replace(paused_at=None), {"paused_at": None})


def _changed(scene: Scene, topic: Followed, values: Mapping[str, object]) -> Outcome:
    chat_id = scene.incoming.chat_id

    def change(connection: sa.Connection) -> None:
        following.change(connection, chat_id, topic.id, **values)
        following.release(connection, chat_id)

    return Outcome((Acknowledge(scene.say("preferred")), Revise(*_page(scene, topic))), writes=(change,))


def _drop(scene: Scene, topic: Followed) -> Outcome:
    write = partial(following.unfollow, chat_id=scene.incoming.chat_id, number=topic.id)
    return Outcome((Acknowledge(scene.say("dropped")), Revise(*_list(scene, without=topic.id))), writes=(write,))


def _reword(scene: Scene, topic: Followed) -> Outcome:
    """The next message says what the topic is to be."""
    said = scene.incoming
    waiting = scene.conversation.model_copy(update={"rewords": topic.id, "user_id": said.user_id, "at": said.at})
    asking = Ask(finish(text(scene.say("reword_what", topic=topic.text))), hint=topic.text)
    return Outcome((Acknowledge(), asking), conversation=waiting)


def _open(scene: Scene, topic: Followed) -> Outcome:
    """The topic of an alert is shown below the alert, which stays."""
    return Outcome((Acknowledge(), Say(*_page(scene, topic))))


_CHANGES: Mapping[str, Callable[[Scene, Followed], Outcome]] = {
    "pause": _pause,
    "resume": _resume,
    "drop": _drop,
    "open": _open,
    "reword": _reword,
    **{cadence: partial(_set_cadence, cadence=cadence) for cadence in _CADENCES},
}


def _topic(scene: Scene, number: int) -> Followed | None:
    with scene.around.desk.store.reading() as connection:
        mine = following.followed(connection, scene.incoming.chat_id)
    return next((topic for topic in mine if topic.id == number), None)


def _list(scene: Scene, without: int | None = None) -> tuple[str, Buttons]:
    with scene.around.desk.store.reading() as connection:
        mine = [one for one in following.followed(connection, scene.incoming.chat_id) if one.id != without]
    if not mine:
        return finish(text(scene.say("topics_none"))), ()
    lines = [f"<b>{text(scene.say('topics_title'))}</b>"]
    lines += [
        f"{scene.wording.number(n)}. {text(topic.text)} ({_state(scene, topic)})" for n, topic in enumerate(mine, 1)
    ]
    numbered = [
        Button(scene.wording.number(n), keyboards.data(keyboards.TOPICS, str(topic.id)))
        for n, topic in enumerate(mine, 1)
    ]
    rows = [tuple(reversed(numbered[start : start + 5])) for start in range(0, len(numbered), 5)]
    times = Button(scene.wording.say("buttons.alert_times"), keyboards.data(keyboards.PREFER, "alerts"))
    return pages("\n".join(lines), 4000)[0], (*rows, (times,))


def _page(scene: Scene, topic: Followed) -> tuple[str, Buttons]:
    def button(choice: str) -> Button:
        label = scene.wording.say(f"buttons.topic_{choice}")
        chosen = choice == topic.cadence
        named = scene.wording.say("buttons.chosen", choice=label) if chosen else label
        return Button(named, keyboards.data(keyboards.TOPICS, f"{topic.id}-{choice}"))

    html = finish(f"<b>{text(topic.text)}</b>\n{text(_state(scene, topic))}")
    rest = "resume" if topic.paused_at else "pause"
    back = Button(scene.wording.say("buttons.topics"), keyboards.data(keyboards.TOPICS, keyboards.ALL))
    shared = keyboards.share_topic(topic.text, scene.around.myself.username, scene.wording)
    return html, (
        tuple(button(cadence) for cadence in _CADENCES),
        (button(rest), button("reword"), button("drop")),
        (*shared, back),
    )


def _state(scene: Scene, topic: Followed) -> str:
    return scene.say("topic_paused" if topic.paused_at else f"topic_{topic.cadence}")


def _preview(scene: Scene, topic: str, wanted: Subscription) -> str:
    """What the topic would have brought in the last week, as it would have been told."""
    found = scene.around.desk.concerning(wanted, scene.today - dt.timedelta(days=_DAYS), scene.today)
    lately = expected(topic, wanted, found, scene.wording, scene.incoming.at, scene.around.zone)
    heading = f"<b>{text(topic)}</b>"
    if not lately.messages:
        return finish("\n".join([heading, text(scene.say("preview_none"))]))
    shown = [item(one.article, one.facts, scene.wording) for one in lately.newest[:_SHOWN]]
    counted = text(scene.say("preview", n=lately.messages))
    return pages("\n\n".join([f"{heading}\n{counted}", *shown]))[0]


def _refused(scene: Scene) -> Outcome:
    return Outcome((Acknowledge(scene.say("admins_only")),))


def _line(scene: Scene, key: str, **values: int) -> Outcome:
    return Outcome((Say(finish(text(scene.say(key, **values)))),))
