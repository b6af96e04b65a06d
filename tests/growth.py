"""How the work of a call grows with its input, in executed lines: the same on every machine and under any load."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(call: Callable[[], object]) -> int:
    """The number of Python lines that `call` executes once its caches are warm."""
    call()
    count = 0

    def trace(_frame: FrameType, event: str, _value: Any) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], object], size: int, times: int = 8) -> float:
    """How much faster than its input the work grows, up to `times` the size: 1.0 is linear, `times` quadratic."""
    return steps(lambda: work(size * times)) / steps(lambda: work(size)) / times
