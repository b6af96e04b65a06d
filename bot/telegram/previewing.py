"""What a topic would have brought, told by the same plan that tells what it brings."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from typing import NamedTuple

from bot.desk import Concerning
from bot.store.following import Due, Followed, OwedAlert
from bot.telegram.alerting import Known, Reader, plan
from bot.telegram.chat import Preferences
from retrieval import Subscription, Wording

# So many of the newest articles are told after one another; older ones are only counted.
_PLANNED = 60
# Any chat that is not the terminal; nothing is sent to it.
_NOBODY = 1


class Expected(NamedTuple):
    """What would have come: how many messages, and the articles of the newest of them, the newest first."""

    messages: int
    newest: list[Concerning]


def expected(  # noqa: PLR0913, PLR0917 - what a plan is made of
    text: str,
    wanted: Subscription,
    found: Sequence[Concerning],
    wording: Wording,
    now: dt.datetime,
    zone: zoneinfo.ZoneInfo,
) -> Expected:
    """The messages that somebody would have had who followed the topic when those articles came, the oldest first.

    Copies and further outlets of a story make no message of their own, developments do.
    """
    planned = list(found)[-_PLANNED:]
    known = Known({one.article.id: one.article for one in planned}, {f.id: f for one in planned for f in one.facts})
    topic = Followed(0, _NOBODY, None, text, wanted, "now", now, None)
    waiting = [
        (topic, OwedAlert(n, Due(0, one.article.id, 1, one.original, tuple(f.id for f in one.facts)), now))
        for n, one in enumerate(planned)
    ]
    settled = dict(plan(Reader(_NOBODY, Preferences(), wording, (), {}), waiting, known, now, zone).settled)
    alone = [alert.id for _, alert in waiting if settled.get(alert.id) == f"alert.{alert.id}"]
    newest = [planned[n] for n in reversed(alone)]
    return Expected(len(alone) + len(found) - len(planned), newest)
