"""The loop that turns what chats are owed into letters."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import zoneinfo
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import sqlalchemy as sa

from bot.desk import Desk
from bot.store import StoreError, chats, following, mail
from bot.store.following import Due, Followed, OwedAlert
from bot.store.mail import TERMINAL, Owed
from bot.telegram.alerting import Known, Plan, Reader, plan
from bot.telegram.chat import preferences_of
from bot.telegram.faults import report
from bot.telegram.journal import Journal
from retrieval import Fact, Wording

log = logging.getLogger(__name__)
_TOGETHER = 300
_PAUSE_SECONDS = 3.0
# How long a story goes on: what comes later is new again.
_LATELY = dt.timedelta(days=7)


class Teller:
    """Looks for alerts that are due, and puts the letters that tell them into the outbox."""

    def __init__(  # noqa: PLR0913 - the parts it connects
        self,
        desk: Desk,
        journal: Journal,
        wording: Wording,
        zone: zoneinfo.ZoneInfo,
        *,
        notify: Callable[[Iterable[Owed]], None],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._desk, self._journal, self._wording, self._zone = desk, journal, wording, zone
        self._notify, self._now = notify, now

    async def run(self) -> None:
        """Tell what is due until cancelled."""
        while True:
            try:
                busy = await self.tell_some()
            except StoreError as error:
                log.warning("alerts wait: %s", error)
                busy = False
            except Exception as error:  # noqa: BLE001 - alerts that cannot be told must not silence the answers
                report(log, "alerts could not be told", error)
                busy = False
            if not busy:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def tell_some(self) -> bool:
        """Tell some of what is due; says whether there was anything."""
        now = self._now()
        plans = await asyncio.to_thread(make_plans, self._desk, self._wording, self._zone, now)
        if not plans:
            return False

        def write(connection: sa.Connection) -> list[Owed]:
            settle_plans(connection, plans)
            return mail.post(connection, [letter for made in plans for letter in made.letters], now)

        self._notify(await self._journal.write(write))
        return True


def settle_plans(connection: sa.Connection, plans: Iterable[Plan]) -> None:
    """Write down what the plans tell, and what they hold until later."""
    for made in plans:
        for number, key in made.settled:
            following.settle(connection, [number], key)
        for number, until in made.held:
            following.hold(connection, [number], until)


def make_plans(
    desk: Desk, wording: Wording, zone: zoneinfo.ZoneInfo, now: dt.datetime, *, terminal: bool = False
) -> list[Plan]:
    """What is to be told now in each chat of Telegram, or in the `terminal`, of what is owed there."""
    whose = {"chat_id": TERMINAL} if terminal else {"without": TERMINAL}
    with desk.store.reading() as connection:
        owed = following.owed(connection, _TOGETHER, now, **whose)
        topics = following.subscriptions(connection, list(owed))
        by_chat: dict[int, list[tuple[Followed, OwedAlert]]] = defaultdict(list)
        for number, alerts in owed.items():
            by_chat[topics[number].chat_id] += [(topics[number], alert) for alert in alerts]
        told = following.told(connection, list(by_chat), now - _LATELY)
        rows = chats.chats(connection, list(by_chat))
        keys = {one.key for many in told.values() for one in many}
        posted = mail.letters_by_key(connection, list(keys))
    dues = [alert.due for many in by_chat.values() for _, alert in many]
    known = _known(desk, [*dues, *(one.due for many in told.values() for one in many)])
    plans = []
    for chat_id, waiting in by_chat.items():
        preferences = preferences_of(rows.get(chat_id))
        liked = wording.preferring(preferences.months, eastern=preferences.eastern)
        reader = Reader(chat_id, preferences, liked.for_text(waiting[0][0].text), told[chat_id], posted)
        waiting.sort(key=lambda one: one[1].id)
        plans.append(plan(reader, waiting, known, now, zone))
    return plans


def _known(desk: Desk, dues: Sequence[Due]) -> Known:
    store = desk.store
    articles = store.articles(list({due.article_id for due in dues}))
    wanted = {name for due in dues for name in due.facts}
    facts: dict[str, Fact] = {fact.id: fact for fact in store.facts_by_id(list(wanted))}
    # What an article said before it changed is known from its versions.
    for article_id in {due.article_id for due in dues if not facts.keys() >= set(due.facts)}:
        for _, said in store.versions(article_id):
            facts.update({fact.id: fact for fact in said if fact.id in wanted})
    return Known(articles, facts)
