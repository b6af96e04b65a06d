"""Doing what one program alone may do, for as long as this program is the one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.store.membership import Membership, Office

log = logging.getLogger(__name__)
# How often an office is asked for, and how soon its loss is noticed.
_LOOK_SECONDS = 1.0


async def in_office(membership: Membership, office: Office, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work whenever this program holds the office, until the work ends by itself.

    When the office is lost the work is cancelled, and begun anew once the program is elected again.
    """
    while True:
        while not await asyncio.to_thread(membership.holds, office):  # noqa: ASYNC110 - the database sets no event
            await asyncio.sleep(_LOOK_SECONDS)
        if membership.shared:
            log.info("this program is in charge of %s", office.name.lower())
        task = asyncio.ensure_future(work())
        try:
            while not task.done() and await asyncio.to_thread(membership.holds, office):
                await asyncio.wait([task], timeout=_LOOK_SECONDS if membership.shared else None)
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
        if not task.cancelled():
            return task.result()
        log.warning("this program is no longer in charge of %s", office.name.lower())
