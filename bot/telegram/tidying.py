"""Deleting what has been kept long enough."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from bot.store import chats
from bot.telegram.journal import Journal

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 6 * 3600.0


async def keep_tidy(journal: Journal, days: int, feedback_days: int, now: Callable[[], dt.datetime]) -> None:
    """Delete mail and answers after so many days, and opinions after so many, until cancelled."""
    while True:
        mail_before, feedback_before = (now() - dt.timedelta(days=kept) for kept in (days, feedback_days))
        gone = await journal.write(partial(chats.prune, before=mail_before, feedback_before=feedback_before))
        log.debug("%d old rows were deleted", gone)
        await asyncio.sleep(_PAUSE_SECONDS)
