"""Who writes too fast is told so once, and heard again after a rest."""

from __future__ import annotations

import datetime as dt

from bot.store.operating import Guest
from bot.telegram.allowing import Allowance

START = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def test_who_writes_too_fast_is_told_once_and_heard_again_after_a_minute() -> None:
    allowance = Allowance(2, dict)
    assert [allowance.judge(1, after(n)) for n in range(5)] == ["heard", "heard", "told", "ignored", "ignored"]
    assert allowance.judge(2, after(5)) == "heard"
    assert allowance.judge(1, after(60)) == "heard"
    assert allowance.judge(1, after(60.5)) == "told"


def test_what_the_operator_changes_is_known_soon_and_at_once_where_it_was_changed() -> None:
    guests: dict[int, Guest] = {}
    allowance = Allowance(1, lambda: guests)
    assert allowance.judge(1, after(0)) == "heard"
    guests[2] = Guest(2, START, None)
    assert allowance.judge(2, after(1)) == "heard"
    assert allowance.judge(2, after(20)) == "ignored"
    guests[3] = Guest(3, None, 2)
    allowance.forget()
    assert [allowance.judge(3, after(21)) for _ in range(3)] == ["heard", "heard", "told"]


def test_the_oldest_users_are_forgotten_rather_than_kept_for_ever() -> None:
    allowance = Allowance(1, dict)
    for user in range(60_000):
        allowance.judge(user, after(0))
    assert allowance.judge(0, after(1)) == "heard"
    assert allowance.judge(59_999, after(1)) == "told"
