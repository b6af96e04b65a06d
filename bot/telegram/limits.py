"""How fast Telegram takes messages: over all chats, in a private chat, and in a group. The clock is an argument."""

from __future__ import annotations

from collections import deque

# Telegram's own words: 30 messages a second over all, one a second in a chat, 20 a minute in a group. A little is left
# free, because messages do not arrive as evenly as they leave.
OVERALL_PER_SECOND = 27.0
# A sender that comes a little late may make up for so much.
_SLACK_SECONDS = 0.03
CHAT_SECONDS = 1.1
CHAT_BURST = 3
GROUP_MESSAGES = 20
GROUP_SECONDS = 62.0
# A chat that rested this long has everything it may have, so it need not be remembered.
_FORGET_SECONDS = 120.0


class Limits:
    """When the next message may leave; times are seconds of a monotonic clock.

    Over all chats messages are spaced evenly. A chat may have a short burst, and then one message a second until it
    has rested; a group also has a window of a minute.

    Args:
        overall: messages a second over all chats.
    """

    def __init__(self, overall: float = OVERALL_PER_SECOND) -> None:
        self._gap = 1 / overall
        self._next = 0.0
        self._chats: dict[int, _Chat] = {}

    def overall_at(self, now: float) -> float:
        """When the next message may leave to any chat at all."""
        return max(now, self._next)

    def leave(self, now: float) -> None:
        """A message leaves now."""
        self._next = max(now - _SLACK_SECONDS, self._next) + self._gap

    def chat_at(self, chat_id: int, now: float) -> float:
        """When the next message may leave to that chat; there is never more than one on its way."""
        chat = self._chats.get(chat_id)
        return max(now, chat.free_at) if chat else now

    def arrive(self, chat_id: int, now: float) -> None:
        """A message to that chat has arrived now."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.count(now, group=chat_id < 0)
        if len(self._chats) > 10_000:
            self._chats = {key: one for key, one in self._chats.items() if now - one.last < _FORGET_SECONDS}

    def move(self, old: int, new: int) -> None:
        """The chat has another id from now on."""
        if old in self._chats:
            self._chats[new] = self._chats.pop(old)


class _Chat:
    """What one chat has lately been sent."""

    def __init__(self) -> None:
        self.free_at = self.last = 0.0
        self._sent: deque[float] = deque(maxlen=GROUP_MESSAGES)

    def count(self, now: float, *, group: bool) -> None:
        self.last = now
        self._sent.append(now)
        in_burst = len(self._sent) < CHAT_BURST or now - self._sent[-CHAT_BURST] >= CHAT_BURST * CHAT_SECONDS
        self.free_at = now if in_burst else now + CHAT_SECONDS
        if group and len(self._sent) == GROUP_MESSAGES:
            self.free_at = max(self.free_at, self._sent[0] + GROUP_SECONDS)
