"""The commands of the operator: how the program fares, whom it hears, and what it tells everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from bot.store import feeds, operating
from bot.store.backup import back_up
from bot.store.engine import StoreError
from bot.store.feeds import FeedRow
from bot.store.mail import ALERT, Letter, Shown
from bot.store.operating import Guest
from bot.telegram import keyboards
from bot.telegram.chat import Exchange
from bot.telegram.outgoing import Acknowledge, Button, Outgoing, Revise, Say, content
from bot.telegram.rendering import finish, pages, text
from bot.telegram.scene import Outcome, Scene

_OPINIONS = 15


def is_operator(scene: Scene) -> bool:
    """Whether an operator speaks, and where nobody listens."""
    said = scene.incoming
    return said.chat_kind == "private" and said.user_id in scene.around.operating.operators


def stats(scene: Scene) -> Outcome:
    """How much there is of everything, and what waits."""
    with scene.around.desk.store.reading() as connection:
        found = operating.figures(connection, scene.around.now())
    lines = [text(scene.say(f"admin.figure.{name}", n=scene.wording.number(count))) for name, count in found.items()]
    return _say("\n".join([scene.say("admin.stats"), *lines]))


def feeds_(scene: Scene) -> Outcome:
    """The feeds and how they fare; with `add URL` or `remove URL`, one more or one fewer."""
    action, _, url = scene.incoming.text.partition(" ")
    url = url.strip()
    if action == "add":
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return _line(scene, "feed_wrong")
        interval, now = scene.around.operating.feed_seconds, scene.around.now()
        with scene.around.desk.store.writing() as connection:
            new = feeds.add(connection, url, "", interval=interval, now=now)
        return _line(scene, "feed_added" if new else "feed_known")
    if action == "remove":
        with scene.around.desk.store.writing() as connection:
            gone = feeds.remove(connection, url)
        return _line(scene, "feed_removed" if gone else "feed_unknown")
    with scene.around.desk.store.reading() as connection:
        rows = feeds.feeds(connection)
    if not rows:
        return _line(scene, "feeds_none")
    return _say("\n".join([scene.say("admin.feeds"), *(text(_fares(scene, row)) for row in rows)]))


def _fares(scene: Scene, row: FeedRow) -> str:
    state = "paused" if row.paused else "failing" if row.failures else "well" if row.succeeded_at else "new"
    name = row.outlet or row.title or row.url
    return scene.say(f"admin.feed.{state}", name=name, url=row.url, n=row.articles, error=row.paused or row.error)


def users(scene: Scene) -> Outcome:
    """Whom the operator treats apart; names are kept of nobody."""
    with scene.around.desk.store.reading() as connection:
        found = operating.guests(connection)
    lines = [
        text(scene.say("admin.banned" if one.banned_at else "admin.limited", user=one.user_id, n=one.per_minute))
        for one in found.values()
    ]
    return _say("\n".join([scene.say("admin.users"), *lines])) if lines else _line(scene, "users_none")


def ban(scene: Scene) -> Outcome:
    """The user whose id follows is not heard from now on."""
    return _treat(scene, "ban", lambda user, _rest: user._replace(banned_at=scene.around.now()))


def unban(scene: Scene) -> Outcome:
    """The user whose id follows is heard again."""
    return _treat(scene, "unban", lambda user, _rest: user._replace(banned_at=None))


def limits(scene: Scene) -> Outcome:
    """How many messages a minute users may send; with an id and a number, how many that user may."""
    if not scene.incoming.text:
        return _line(scene, "limits_all", n=scene.around.operating.per_minute)
    return _treat(scene, "limits", lambda user, rest: user._replace(per_minute=int(rest)) if rest.isdecimal() else None)


def _treat(scene: Scene, command: str, change: Callable[[Guest, str], Guest | None]) -> Outcome:
    name, _, rest = scene.incoming.text.partition(" ")
    with scene.around.desk.store.reading() as connection:
        user = operating.guests(connection).get(int(name)) if _is_number(name) else None
    changed = change(user or Guest(int(name), None, None), rest.strip()) if _is_number(name) else None
    if changed is None or (changed.per_minute or 0) > 10_000:
        return _line(scene, f"{command}_what")
    if changed.user_id in scene.around.operating.operators and changed.banned_at is not None:
        return _line(scene, "ban_operator")
    with scene.around.desk.store.writing() as connection:
        operating.treat(connection, changed)
    scene.around.operating.changed()
    return _line(scene, f"{command}_done", user=changed.user_id, n=changed.per_minute)


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) <= 16


def broadcast(scene: Scene) -> Outcome:
    """How a message to everybody would look and whom it would reach, and the button that sends it."""
    words = scene.incoming.text.strip()
    if not words:
        return _line(scene, "broadcast_what")
    with scene.around.desk.store.reading() as connection:
        reached = len(operating.audience(connection))
    kept = Shown(keyboards.new_id(), scene.incoming.chat_id, words, Exchange().model_dump_json())
    button = Button(scene.wording.say("buttons.broadcast"), keyboards.data(keyboards.BROADCAST, kept.id))
    trial: list[Outgoing] = [Say(page) for page in pages(text(words))]
    asked = Say(finish(text(scene.say("admin.broadcast_sure", n=reached))), ((button,),))
    return Outcome((*trial, asked), shown=(kept,))


def broadcast_now(scene: Scene, name: str, words: str) -> Outcome:
    """The message goes to every private chat, once however often the button is pressed."""
    if not is_operator(scene):
        return Outcome((Acknowledge(scene.say("admins_only")),))
    with scene.around.desk.store.reading() as connection:
        reached = operating.audience(connection)
    said = [json.dumps(content(page), ensure_ascii=False) for page in pages(text(words))]
    posts = tuple(
        Letter(f"broadcast.{name}.{chat_id}.{number}", chat_id, "sendMessage", payload, priority=ALERT)
        for chat_id in reached
        for number, payload in enumerate(said)
    )
    done = finish(text(scene.say("admin.broadcast_done", n=len(reached))))
    return Outcome((Acknowledge(), Revise(done)), posts=posts)


def feedback(scene: Scene) -> Outcome:
    """The latest opinions with the questions that they are about."""
    with scene.around.desk.store.reading() as connection:
        found = operating.opinions(connection, _OPINIONS)
    lines = [text(f"{'👍' if one.liked else '👎'} {one.question}") for one in found]
    return _say("\n".join([scene.say("admin.feedback"), *lines])) if lines else _line(scene, "feedback_none")


def backup(scene: Scene) -> Outcome:
    """A backup is taken now, into the folder of backups."""
    file = scene.around.operating.backups / f"marsad-{scene.around.now():%Y%m%d-%H%M%S}.sqlite"
    try:
        rows = back_up(scene.around.desk.store, file, lambda _done, _total: None)
    except StoreError as error:
        return _say(text(str(error)))
    size = round(file.stat().st_size / 2**20, 1)
    return _line(scene, "backup_done", file=str(file), rows=scene.wording.number(rows), size=size)


def _say(html: str) -> Outcome:
    return Outcome(tuple(Say(page) for page in pages(html.strip())))


def _line(scene: Scene, key: str, **values: object) -> Outcome:
    return _say(text(scene.say(f"admin.{key}", **values)))


COMMANDS: Mapping[str, Callable[[Scene], Outcome]] = {
    "stats": stats,
    "feeds": feeds_,
    "users": users,
    "ban": ban,
    "unban": unban,
    "limits": limits,
    "broadcast": broadcast,
    "feedback": feedback,
    "backup": backup,
}
