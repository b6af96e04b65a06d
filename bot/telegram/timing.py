"""When an alert may be told: at once, with the next hour or digest, and never in the quiet hours."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from bot.store.following import Cadence
from bot.telegram.chat import Preferences


def due_at(
    cadence: Cadence, preferences: Preferences, created_at: dt.datetime, now: dt.datetime, zone: zoneinfo.ZoneInfo
) -> dt.datetime | None:
    """When the alert may be told; None when that is now."""
    here = now.astimezone(zone)
    wanted = _wanted(cadence, preferences, created_at.astimezone(zone))
    if wanted > here:
        return wanted
    # A digest comes at the hour that was chosen for it, quiet or not.
    return None if cadence == "daily" else _end_of_quiet(preferences, here)


def _wanted(cadence: Cadence, preferences: Preferences, created: dt.datetime) -> dt.datetime:
    if cadence == "now":
        return created
    hour = created.replace(minute=0, second=0, microsecond=0)
    if cadence == "hourly":
        return hour + dt.timedelta(hours=1)
    digest = hour.replace(hour=preferences.digest)
    return digest if digest >= created else _next_day(digest)


def _end_of_quiet(preferences: Preferences, here: dt.datetime) -> dt.datetime | None:
    start, end = preferences.quiet_from, preferences.quiet_to
    if start is None or end is None:
        return None
    # The quiet hours may go over midnight.
    quiet = start <= here.hour < end if start < end else here.hour >= start or here.hour < end
    if not quiet:
        return None
    until = here.replace(hour=end, minute=0, second=0, microsecond=0)
    return until if until > here else _next_day(until)


def _next_day(moment: dt.datetime) -> dt.datetime:
    # Adding to a moment with a zone keeps its hour, also where the clocks change in between.
    return moment + dt.timedelta(days=1)
