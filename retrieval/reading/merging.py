"""Keep one fact of each statement of an article, however often the text repeats it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from retrieval.types import Casualty

_FILLED = ("victims", "actor", "place", "source", "date_start")


def merge(found: Iterable[Casualty]) -> tuple[Casualty, ...]:
    """The facts with repeats folded into the first of them; what the first leaves open is filled from the repeats.

    Two statements are the same when harm and count agree and neither group, place nor day contradicts. A count in
    the title is folded into the body's.
    """
    kept: list[Casualty] = []
    for fact in found:
        n = next((n for n, earlier in enumerate(kept) if _same(earlier, fact)), None)
        if n is None:
            kept.append(fact)
        else:
            kept[n] = _filled(kept[n], fact)
    return tuple(kept)


def _same(a: Casualty, b: Casualty) -> bool:
    counted = (a.harm, a.min, a.max, a.aggregate) == (b.harm, b.min, b.max, b.aggregate)
    return counted and not _other_people(a, b) and not _other_day(a, b) and (b.citation.field == "title" or _near(a, b))


def _other_people(a: Casualty, b: Casualty) -> bool:
    """Whether the victims cannot be the same: of opposed classes, or, when few or uncounted, called by other words."""
    if {a.victim_class, b.victim_class} - {"unknown", "mixed"} == {"civilian", "militant"}:
        return True
    few = a.max is None or a.max <= 2
    return few and bool(a.victims and b.victims) and not _alike(a.victims, b.victims)


def _other_day(a: Casualty, b: Casualty) -> bool:
    return bool(
        a.date_start and b.date_start and a.date_end and b.date_end
        and (a.date_end < b.date_start or b.date_end < a.date_start)
    )  # fmt: skip


def _near(a: Casualty, b: Casualty) -> bool:
    return not a.place or not b.place or bool({a.place, *a.places} & {b.place, *b.places})


def _alike(a: str, b: str) -> bool:
    ours, theirs = ({stem(t.norm) for t in tokenize(text) if t.kind == "word"} for text in (a, b))
    return bool(ours & theirs)


def _filled(kept: Casualty, repeat: Casualty) -> Casualty:
    """The first statement, with what it leaves open taken from its repeat."""
    changes: dict[str, Any] = {}
    for field in _FILLED:
        if not getattr(kept, field) and getattr(repeat, field):
            changes[field] = getattr(repeat, field)
    if "place" in changes:
        changes["places"] = repeat.places
    if "date_start" in changes:
        changes.update(date_end=repeat.date_end, date_precision=repeat.date_precision)
    if kept.victim_class == "unknown" and repeat.victim_class != "unknown":
        changes["victim_class"] = repeat.victim_class
    return kept.model_copy(update=changes) if changes else kept
