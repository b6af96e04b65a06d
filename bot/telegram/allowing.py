"""How much one user may ask: who writes too fast is told so once and then left waiting, who is banned is not heard."""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Literal

from bot.store.operating import Guest

Verdict = Literal["heard", "told", "ignored"]
_WINDOW = dt.timedelta(minutes=1)
# What the operator changes in one program is known in all of them after this time.
_FRESH = dt.timedelta(seconds=15)
# So many users are remembered; one who wrote long before the others may be forgotten.
_USERS = 50_000


class Allowance:
    """Counts what each user says; safe to use from several threads.

    Args:
        per_minute: how many messages and presses a minute a user may send.
        guests: looks up the users whom the operator treats apart.
    """

    def __init__(self, per_minute: int, guests: Callable[[], Mapping[int, Guest]]) -> None:
        self.per_minute = per_minute
        self._look_up, self._guests = guests, dict[int, Guest]()
        self._looked_up_at: dt.datetime | None = None
        self._said: dict[int, deque[dt.datetime]] = {}
        self._told: set[int] = set()
        self._lock = threading.Lock()

    def judge(self, user_id: int, now: dt.datetime) -> Verdict:
        """Whether what the user says now is heard; `told` when it is not, and this is the first time."""
        guest = self._guest(user_id, now)
        if guest is not None and guest.banned_at is not None:
            return "ignored"
        most = self.per_minute if guest is None or guest.per_minute is None else guest.per_minute
        with self._lock:
            said = self._said.pop(user_id, None) or deque()
            self._said[user_id] = said  # the latest stands last
            if len(self._said) > _USERS:
                self._told.discard(forgotten := next(iter(self._said)))
                del self._said[forgotten]
            while said and now - said[0] >= _WINDOW:
                said.popleft()
            if len(said) < most:
                said.append(now)
                self._told.discard(user_id)
                return "heard"
            if user_id in self._told:
                return "ignored"
            self._told.add(user_id)
            return "told"

    def forget(self) -> None:
        """Look the users up again at once: the operator has changed something."""
        self._looked_up_at = None

    def _guest(self, user_id: int, now: dt.datetime) -> Guest | None:
        if self._looked_up_at is None or now - self._looked_up_at >= _FRESH:
            self._looked_up_at = now
            self._guests = dict(self._look_up())
        return self._guests.get(user_id)
