import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limits import CHAT_BURST, GROUP_MESSAGES, Limits
from tests.end_to_end.telegram_rules import Flood, RefusalError


def leave_all(limits: Limits, chats: list[int], latency: float = 0.0) -> list[tuple[float, int]]:
    """Send one message to each of the chats in order, each as soon as the limits allow it."""
    now, sent = 0.0, []
    for chat in chats:
        now = max(limits.overall_at(now), limits.chat_at(chat, now))
        limits.leave(now)
        limits.arrive(chat, now + latency)
        sent.append((now + latency, chat))
    return sent


@given(st.lists(st.sampled_from([1, 2, 3, -1, -2]), max_size=120), st.floats(0, 0.3))
def test_what_the_limits_let_out_never_meets_flood_control(chats: list[int], latency: float) -> None:
    flood = Flood()
    for at, chat in leave_all(Limits(), chats, latency):
        flood.check(chat, at)


def test_without_the_limits_flood_control_would_refuse() -> None:
    flood = Flood()
    refused = 0
    for _ in range(10):
        try:
            flood.check(1, 0.0)
        except RefusalError:
            refused += 1
    assert refused > 0


def test_a_few_messages_leave_at_once_and_then_one_a_second() -> None:
    times = [at for at, _ in leave_all(Limits(overall=1000), [1] * 8)]
    assert times[CHAT_BURST - 1] < 0.1
    assert all(1.0 <= b - a <= 1.3 for a, b in itertools.pairwise(times[CHAT_BURST - 1 :]))


def test_a_chat_that_rested_may_have_a_burst_again() -> None:
    limits = Limits(overall=1000)
    leave_all(limits, [1] * 6)
    assert limits.chat_at(1, 100.0) == 100.0


def test_a_group_gets_its_twenty_and_then_waits_for_the_minute() -> None:
    times = [at for at, _ in leave_all(Limits(overall=1000), [-5] * (GROUP_MESSAGES + 1))]
    assert times[-1] - times[0] >= 60


def test_one_chat_waiting_does_not_hold_up_another() -> None:
    limits = Limits(overall=1000)
    leave_all(limits, [1] * 10)
    assert limits.chat_at(2, 0.0) == 0.0


def test_ten_thousand_messages_to_as_many_chats_leave_nearly_as_fast_as_is_allowed() -> None:
    times = [at for at, _ in leave_all(Limits(), list(range(1, 2001)))]
    assert 2000 / times[-1] > 26


def test_a_group_that_moved_takes_its_window_along() -> None:
    limits = Limits(overall=1000)
    leave_all(limits, [-5] * GROUP_MESSAGES)
    limits.move(-5, -1005)
    assert limits.chat_at(-1005, 20.0) > 60
