"""Merge the tellings of one visit: which destinations are one way, and which says more."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.atlas import load_atlas
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.people import same
from retrieval.arabic.places import containers, key
from retrieval.types import Visit

# Two destinations whose tellings overlap and end this near each other (in characters) stand in one clause.
_ONE_CLAUSE = 35
# No article tells of more visits; a page that does is a list, and is not compared in full.
_MOST = 100


def merge_visits(found: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits without those told twice: of one person to one place, or to a country and to its capital.

    The one with the narrower destination is kept, with the day and the host that either knows.
    """
    kept: list[Visit] = []
    for visit in found:
        for n in range(max(0, len(kept) - _MOST), len(kept)):
            other = kept[n]
            if same(visit.visitor, other.visitor) and _one_way(visit, other):
                better, worse = (visit, other) if _narrower(visit, other) else (other, visit)
                kept[n] = _completed(better, worse)
                break
        else:
            kept.append(visit)
    return tuple(kept)


def _one_way(one: Visit, other: Visit) -> bool:
    """Whether two tellings are of one way: to one place, to a capital and its country, or an airport and its town."""
    return key(one.destination) == key(other.destination) or _narrower(one, other) or _narrower(other, one)


def _narrower(one: Visit, other: Visit) -> bool:
    """Whether the other destination holds the first one, which says more: a capital, but not an airport.

    Elsewhere in a country is another stop of the journey unless one clause names both. Words such as المملكة name
    nothing that another destination would not say.
    """
    inner, outer = key(one.destination), key(other.destination)
    if inner == outer:
        return False
    around = {key(name) for name in containers(one.destination)}
    overlap = one.citation.start < other.citation.end and other.citation.start < one.citation.end
    near = overlap and abs(one.citation.end - other.citation.end) < _ONE_CLAUSE
    if normalise(other.destination) in load_words("generic_places"):
        return normalise(one.destination) not in load_words("generic_places")
    if _is_port(other.destination):
        return near or (outer not in around and key(one.place) in {key(name) for name in other.places})
    if outer not in around or _is_port(one.destination):
        return False
    return near or inner in {key(capital) for capital in load_atlas().capitals.values()}


def _is_port(destination: str) -> bool:
    """Whether one only lands there."""
    return normalise(destination).split(" ")[0] in load_words("ports")


def _completed(better: Visit, worse: Visit) -> Visit:
    changes: dict[str, object] = {}
    if better.date_start is None and worse.date_start is not None:
        changes = {k: getattr(worse, k) for k in ("date_start", "date_end", "date_precision")}
    if not better.host and worse.host:
        changes["host"] = worse.host
    if len(worse.visitor_title) > len(better.visitor_title):
        changes["visitor_title"] = worse.visitor_title
    return better.model_copy(update=changes)
