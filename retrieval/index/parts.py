"""The two parts of every index: passages and facts are searched apart, so that neither bends the other's statistics."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Literal

from retrieval.index.analyzer import Analysed
from retrieval.index.protocol import EntryKind, Filters, Hit

Part = Literal["passages", "facts"]
PARTS: tuple[Part, ...] = ("passages", "facts")


def part_of(kind: EntryKind) -> Part:
    """The part in which entries of that kind stand."""
    return "passages" if kind == "passage" else "facts"


def split(new: Iterable[Analysed]) -> dict[Part, list[Analysed]]:
    """The entries by the part they belong to; of two with one id the last."""
    parted: dict[Part, list[Analysed]] = {part: [] for part in PARTS}
    for one in {one.entry.id: one for one in new}.values():
        parted[part_of(one.entry.kind)].append(one)
    return parted


def parts_asked(filters: Filters | None) -> tuple[tuple[Part, Filters | None], ...]:
    """The parts that can hold what the filters let pass, each with what is left to filter there."""
    if not filters:
        return tuple((part, None) for part in PARTS)
    kinds = {part: tuple(kind for kind in filters.kinds if part_of(kind) == part) for part in PARTS}
    asked: list[tuple[Part, Filters | None]] = []
    for part in PARTS:
        if filters.kinds and not kinds[part]:
            continue
        left = filters._replace(kinds=() if part == "passages" else kinds[part])
        asked.append((part, left if any(left) else None))
    return tuple(asked)


def best_of(found: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """The `k` best hits of several lists that are each in order."""
    return list(heapq.merge(*found, key=lambda hit: -hit.score))[: max(k, 0)]
