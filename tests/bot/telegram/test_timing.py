from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest

from bot.store.following import Cadence
from bot.telegram.chat import Preferences
from bot.telegram.timing import due_at

BAGHDAD = zoneinfo.ZoneInfo("Asia/Baghdad")
NIGHT = Preferences(quiet_from=22, quiet_to=7)


def at(text: str) -> dt.datetime:
    """A moment in Baghdad on some day of May, as "4 21:30"."""
    day, _, clock = text.partition(" ")
    hour, _, minute = clock.partition(":")
    return dt.datetime(2031, 5, int(day), int(hour), int(minute), tzinfo=BAGHDAD)


@pytest.mark.parametrize(
    ("cadence", "preferences", "created", "now", "due"),
    [
        ("now", Preferences(), "4 12:10", "4 12:11", None),
        ("now", NIGHT, "4 21:59", "4 21:59", None),
        ("now", NIGHT, "4 22:00", "4 22:05", "5 7:00"),
        ("now", NIGHT, "4 23:30", "5 3:00", "5 7:00"),
        ("now", NIGHT, "4 23:30", "5 7:00", None),
        ("now", Preferences(quiet_from=0, quiet_to=8), "4 3:00", "4 3:00", "4 8:00"),
        ("hourly", Preferences(), "4 12:10", "4 12:11", "4 13:00"),
        ("hourly", Preferences(), "4 12:10", "4 13:00", None),
        ("hourly", NIGHT, "4 21:30", "4 22:00", "5 7:00"),
        ("daily", Preferences(digest=8), "4 7:59", "4 7:59", "4 8:00"),
        ("daily", Preferences(digest=8), "4 8:01", "4 9:00", "5 8:00"),
        ("daily", Preferences(digest=8), "4 8:01", "5 8:00", None),
        ("daily", NIGHT.model_copy(update={"digest": 23}), "4 12:00", "4 23:00", None),
    ],
)
def test_an_alert_comes_when_its_chat_likes_it(
    cadence: Cadence, preferences: Preferences, created: str, now: str, due: str | None
) -> None:
    # The moments come from the store in UTC.
    given = due_at(cadence, preferences, at(created).astimezone(dt.UTC), at(now).astimezone(dt.UTC), BAGHDAD)
    assert given == (at(due) if due else None)
