"""Work that one program alone may do runs exactly while this program holds the office."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from bot import electing
from bot.electing import in_office
from bot.store.membership import Office, SoleMembership


class Election:
    """A membership whose office is given and taken by hand."""

    number, shared = 1, True

    def __init__(self) -> None:
        self.elected = False

    def alive(self) -> Collection[int]:
        return (self.number,)

    def holds(self, office: Office) -> bool:  # noqa: ARG002 - the protocol's signature
        return self.elected

    def close(self) -> None:
        self.elected = False


async def test_the_work_begins_with_the_office_and_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(electing, "_LOOK_SECONDS", 0.01)
    election, begun, ended = Election(), asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def work() -> None:
        begun.release()
        try:
            await asyncio.Event().wait()
        finally:
            ended.release()

    holding = asyncio.create_task(in_office(election, Office.MAIL, work))
    for _ in range(2):
        assert begun.locked()
        election.elected = True
        await asyncio.wait_for(begun.acquire(), 10)
        assert ended.locked()
        election.elected = False
        await asyncio.wait_for(ended.acquire(), 10)
    holding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await holding


async def test_an_error_of_the_work_is_the_askers() -> None:
    async def work() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await in_office(SoleMembership(), Office.FEEDS, work)
