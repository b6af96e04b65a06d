"""The loop that sends what the outbox owes: in order within a chat, as fast as Telegram allows, and nothing lost."""

from __future__ import annotations

import asyncio
import datetime as dt
import heapq
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa
from telegram.error import InvalidToken, TelegramError

from bot.store import chats, mail
from bot.store.mail import Note, Owed, Taken
from bot.telegram.addressing import address, is_open
from bot.telegram.faults import report
from bot.telegram.journal import Journal
from bot.telegram.limits import Limits
from bot.telegram.transport import Attachment, BotApi
from bot.telegram.verdicts import Verdict, judge

log = logging.getLogger(__name__)
# How many calls are under way at once; Telegram answers in about 100 ms.
IN_FLIGHT = 100
# It begins with few and allows one more for so many that arrived: what is under way when the program is killed may be
# said twice, and a program that was just started is the one most likely to be killed again.
_FIRST_FLIGHT, _ARRIVALS_FOR_ONE_MORE = 8, 4
# While more calls than these are under way, turns are this long, so that each writes for many calls at once.
_CALM, _TURN_SECONDS = 8, 0.02
# Calls that no limit counts and that no order concerns.
_FREE = frozenset({"answerCallbackQuery", "answerInlineQuery"})


class _Lane:
    """The letters that wait for one chat: replies go before alerts, each kind in its order."""

    def __init__(self) -> None:
        self.waiting: tuple[deque[int], deque[int]] = (deque(), deque())
        self.busy = False
        self.free_at = 0.0

    @property
    def priority(self) -> int | None:
        return next((n for n, letters in enumerate(self.waiting) if letters), None)


class _End(NamedTuple):
    """How a call to a chat ended, not yet written down."""

    chat_id: int
    entry: Note
    verdict: Verdict


class Sender:
    """Sends letters of the outbox; `notify` it of new ones, and let `run` run."""

    def __init__(
        self, api: BotApi, journal: Journal, limits: Limits, now: Callable[[], dt.datetime], in_flight: int = IN_FLIGHT
    ) -> None:
        self._api, self._journal, self._limits, self._now = api, journal, limits, now
        self._most = in_flight
        self._flight = self._slots = min(_FIRST_FLIGHT, in_flight)
        self._arrived = 0
        self._lanes: dict[int, _Lane] = {}
        self._free: deque[int] = deque()
        self._ready: tuple[deque[int], deque[int]] = (deque(), deque())
        self._timers: list[tuple[float, int]] = []
        self._calls: set[asyncio.Task[None]] = set()
        self._ends: list[_End] = []
        self._wake = asyncio.Event()
        self._refused: InvalidToken | None = None
        self._stopping = False

    def notify(self, owed: Iterable[Owed]) -> None:
        """These letters are owed from now on; those of one chat come in their order."""
        at_clock, at_wall = time.monotonic(), self._now()
        for letter in owed:
            if letter.method in _FREE:
                self._free.append(letter.id)
                continue
            lane = self._lanes.setdefault(letter.chat_id, _Lane())
            lane.waiting[min(letter.priority, 1)].append(letter.id)
            if letter.due_at > at_wall:
                lane.free_at = max(lane.free_at, at_clock + (letter.due_at - at_wall).total_seconds())
            self._offer(letter.chat_id, lane)
        self._wake.set()

    async def resume(self) -> None:
        """Take up what was owed when the program ended; call it once, before anything else."""
        doubtful = await self._journal.write(mail.recover)
        if doubtful:
            log.warning("%d messages were under way when the program ended and may arrive twice", doubtful)
        parked = await self._journal.write(partial(chats.parked, now=self._now()))
        for chat_id, until in parked.items():
            lane = self._lanes.setdefault(chat_id, _Lane())
            lane.free_at = time.monotonic() + (until - self._now()).total_seconds()
        self.notify(await self._journal.write(mail.owed))

    async def run(self) -> None:
        """Send until `stop`; then let what is under way come to its end.

        Raises:
            InvalidToken: when Telegram refuses the bot's token.
        """
        while not self._stopping and self._refused is None:
            self._wake.clear()
            chosen = self._choose()
            if chosen or self._ends:
                await self._turn(chosen)
            else:
                await self._sleep()
        if self._calls:
            await asyncio.wait(self._calls)
        await self._turn({})
        if self._refused:
            raise self._refused

    def stop(self) -> None:
        """Start nothing more; what waits stays in the outbox."""
        self._stopping = True
        self._wake.set()

    def _offer(self, chat_id: int, lane: _Lane) -> None:
        """Let the chat wait for its turn, or for its time; a chat may be offered more than once."""
        priority = lane.priority
        if lane.busy or priority is None:
            return
        free_at = self._free_at(chat_id, lane)
        if free_at > time.monotonic():
            heapq.heappush(self._timers, (free_at, chat_id))
        else:
            self._ready[priority].append(chat_id)

    def _free_at(self, chat_id: int, lane: _Lane) -> float:
        return max(lane.free_at, self._limits.chat_at(chat_id, 0.0))

    def _choose(self) -> dict[int, int | None]:
        """The letters that may leave now, each with the chat whose turn it takes."""
        now = time.monotonic()
        while self._timers and self._timers[0][0] <= now:
            chat_id = heapq.heappop(self._timers)[1]
            if lane := self._lanes.get(chat_id):
                self._offer(chat_id, lane)
        chosen = dict[int, int | None]()
        while self._free and self._slots > 0:
            chosen[self._free.popleft()] = None
            self._slots -= 1
        for ready in self._ready:
            # What may leave before the next turn leaves in this one.
            while ready and self._slots > 0 and self._limits.overall_at(now) <= now + _TURN_SECONDS:
                chat_id = ready.popleft()
                letter = self._first_of(chat_id, now)
                if letter is not None:
                    chosen[letter] = chat_id
                    self._limits.leave(now)
                    self._slots -= 1
        return chosen

    def _first_of(self, chat_id: int, now: float) -> int | None:
        lane = self._lanes.get(chat_id)
        if lane is None or lane.busy or self._free_at(chat_id, lane) > now or (priority := lane.priority) is None:
            return None
        lane.busy = True
        return lane.waiting[priority].popleft()

    async def _sleep(self) -> None:
        """Wait until there is something to choose: a new letter, a call that ended, a time that has come."""
        now = time.monotonic()
        times = [self._timers[0][0]] if self._timers else []
        if any(self._ready) and self._slots > 0:
            times.append(self._limits.overall_at(now))
        try:
            async with asyncio.timeout(max(0.0, min(times) - now) if times else None):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _turn(self, chosen: dict[int, int | None]) -> None:
        """Note how calls ended and start those that were chosen, in one transaction; under load, many in each."""
        began = time.monotonic()
        ends, self._ends = self._ends, []
        for letter in await self._journal.write(partial(_note_and_take, ends=ends, ids=list(chosen))):
            del chosen[letter.id]
            call = asyncio.create_task(self._send(letter))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        for chat_id in chosen.values():  # no longer owed: given up with its chat, or named twice
            self._slots += 1
            if chat_id is not None and (lane := self._lanes.get(chat_id)):
                lane.busy = False
                self._offer(chat_id, lane)
        if len(self._calls) > _CALM:
            await asyncio.sleep(began + _TURN_SECONDS - time.monotonic())

    async def _send(self, letter: Taken) -> None:
        message_id: int | None = None
        name, verdict = "", Verdict("sent")
        try:
            result = await self._call(letter)
            message_id = result.get("message_id") if isinstance(result, dict) else None
        except TelegramError as error:
            name, verdict = type(error).__name__, judge(letter, error)
            self._refused = error if isinstance(error, InvalidToken) else self._refused
        except Exception as error:  # noqa: BLE001 - a letter that breaks the program must not do so again at every start
            name, verdict = type(error).__name__, Verdict("failed")
            report(log, f"letter {letter.id} could not be sent", error)
        self._conclude(letter, verdict, name, message_id)
        self._slots += 1
        self._arrived += verdict.state == "sent"
        if self._flight < self._most and self._arrived % _ARRIVALS_FOR_ONE_MORE == 0:
            self._flight += 1
            self._slots += 1
        self._wake.set()

    async def _call(self, letter: Taken) -> Any:  # noqa: ANN401 - what the Bot API answers
        arguments = json.loads(letter.payload)
        method = letter.method
        if is_open(letter, arguments):
            found = await self._journal.write(partial(address, letter=letter, arguments=arguments))
            if found is None:
                return None
            method, arguments = found
        if method not in _FREE:
            arguments["chat_id"] = letter.chat_id
        files = {}
        if letter.attachment is not None:
            field = "photo" if method == "sendPhoto" else "document"
            files = {field: Attachment(letter.attachment_name or "file", letter.attachment)}
        return await self._api.call(method, arguments, files)

    def _conclude(self, letter: Taken, verdict: Verdict, error: str, message_id: int | None) -> None:
        until = self._now() + dt.timedelta(seconds=verdict.wait)
        entry = Note(letter.id, verdict.state, until, error, message_id, verdict.doubtful, verdict.rewritten)
        if verdict.state != "sent":
            log.info("%s in chat %d: %s, %s", letter.method, letter.chat_id, error, verdict.state)
        if letter.method not in _FREE:
            self._limits.arrive(letter.chat_id, time.monotonic())
            self._release(letter, verdict)
        elif verdict.state == "owed":
            asyncio.get_running_loop().call_later(verdict.wait, self._again, letter.id)
        self._ends.append(_End(letter.chat_id, entry, verdict))

    def _again(self, letter_id: int) -> None:
        self._free.append(letter_id)
        self._wake.set()

    def _release(self, letter: Taken, verdict: Verdict) -> None:
        """Let the chat's next letter have its turn; the same one first if it is owed again."""
        lane = self._lanes[letter.chat_id]
        lane.busy = False
        chat_id = letter.chat_id
        if verdict.closes:
            for letters in lane.waiting:
                letters.clear()
        if verdict.state == "owed":
            lane.waiting[min(letter.priority, 1)].appendleft(letter.id)
            lane.free_at = time.monotonic() + verdict.wait
        if verdict.moved_to is not None:
            chat_id = verdict.moved_to
            self._move(letter.chat_id, chat_id)
        if (lane := self._lanes[chat_id]).priority is not None:
            self._offer(chat_id, lane)
        elif lane.free_at <= time.monotonic():
            del self._lanes[chat_id]

    def _move(self, old: int, new: int) -> None:
        self._limits.move(old, new)
        lane, there = self._lanes.pop(old), self._lanes.setdefault(new, _Lane())
        for letters, others in zip(lane.waiting, there.waiting, strict=True):
            others.extendleft(reversed(letters))


def _note_and_take(connection: sa.Connection, ends: Sequence[_End], ids: Sequence[int]) -> list[Taken]:
    mail.note(connection, [end.entry for end in ends])
    for chat_id, entry, verdict in ends:
        if verdict.closes:
            mail.block(connection, chat_id, entry.at, entry.error)
        if verdict.parks:
            chats.park(connection, chat_id, entry.at)
        if verdict.moved_to is not None:
            chats.rekey(connection, chat_id, verdict.moved_to)
    return mail.take(connection, ids) if ids else []
