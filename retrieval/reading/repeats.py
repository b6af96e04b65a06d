"""Keep one fact of what an article tells several times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from retrieval.types import FactCommon

F = TypeVar("F", bound=FactCommon)
# No article tells so many facts that only their words tell apart; a page that does is a list, not compared in full.
_MOST_LIKE = 100


def fold(found: Iterable[F], says: Callable[[F], Sequence[object]]) -> tuple[F, ...]:
    """The facts in order without repeats; what the first leaves open is filled from its repeats.

    `says` gives what tells two facts apart. Two are one when each of these agrees: numbers must be equal, texts must
    have a word in common or be left open by one of them; everything else that is said must be equal, and can be hashed.
    Facts of different standing are never one.
    """
    kept: list[F] = []
    like: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for fact in found:
        same_numbers = like[fact.status, *(said for said in says(fact) if not isinstance(said, str))]
        n = next((n for n in same_numbers[-_MOST_LIKE:] if _same(kept[n], fact, says)), None)
        if n is None:
            same_numbers.append(len(kept))
            kept.append(fact)
        else:
            kept[n] = _filled(kept[n], fact)
    return tuple(kept)


def _same(a: F, b: F, says: Callable[[F], Sequence[object]]) -> bool:
    if a.status != b.status:
        return False
    if a.date_end and b.date_start and a.date_end < b.date_start:
        return False
    if b.date_end and a.date_start and b.date_end < a.date_start:
        return False
    return all(_agree(x, y) for x, y in zip(says(a), says(b), strict=True))


def _agree(x: object, y: object) -> bool:
    if not (isinstance(x, str) and isinstance(y, str)):
        return x == y
    return not x or not y or bool(_stems(x) & _stems(y))


@lru_cache(maxsize=10_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.norm) for token in tokenize(text) if token.kind == "word")


def _filled(kept: F, repeat: F) -> F:
    changes: dict[str, Any] = {}
    for field in type(kept).model_fields:
        if field not in ("id", "citation") and getattr(kept, field) in ("", None, ()) and getattr(repeat, field):
            changes[field] = getattr(repeat, field)
    for group in (("min", "max", "bound"), ("place", "places"), ("date_start", "date_end", "date_precision")):
        if changes.keys() & set(group):
            changes |= {field: getattr(repeat, field) for field in group if field in type(kept).model_fields}
    return kept.model_copy(update=changes) if changes else kept
