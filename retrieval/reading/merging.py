"""Keep one fact of each statement of an article, however often the text repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from retrieval.types import Casualty

_JOINT = frozenset({"killed", "wounded", "killed_or_wounded"})
_FILLED = ("victims", "actor", "place", "source", "date_start")
# A count above this that comes twice in an article is the same statement even when the places differ in wording.
_TELLING = 5
# No article tells one count of more events than this; a page that does is a list, and is not compared in full.
_MOST_LIKE = 50


class Told(NamedTuple):
    """A casualty as one sentence tells it: which sentence, and whether it names place, date and persons itself."""

    fact: Casualty
    sentence: int
    story: int
    own_place: bool
    own_date: bool
    named: bool = False

    @property
    def home(self) -> tuple[str, int]:
        """The sentence in which it stands."""
        return self.fact.citation.field, self.sentence


def merge(found: Iterable[Told]) -> tuple[Casualty, ...]:
    """The facts with repeats folded into the first of them; what the first leaves open is filled from the repeats.

    Two statements are the same when harm and count agree and neither group, place nor day contradicts. A count in
    the title is folded into the body's. Counts told in one sentence then share what one of them has learned.
    """
    kept: list[Told] = []
    by_count: dict[tuple[Any, ...], list[int]] = {}
    for told in found:
        like = by_count.setdefault((told.fact.harm, told.fact.min, told.fact.max), [])
        n = next((n for n in like[-_MOST_LIKE:] if _same(kept[n], told)), None)
        if n is None:
            like.append(len(kept))
            kept.append(told)
        else:
            kept[n] = _filled(kept[n], told)
    by_home: dict[tuple[str, int], list[Told]] = {}
    for told in kept:
        by_home.setdefault(told.home, []).append(told)
    return tuple(_agreed(_classed([_shared(told, by_home[told.home]) for told in kept])))


def _shared(told: Told, beside: Sequence[Told]) -> Told:
    """The statement with source and date from others of its sentence that have them."""
    for other in beside[:_MOST_LIKE]:
        if other is not told:
            told = _filled(told, other, fields=("source", "date_start"))
    return told


def _agreed(kept: Sequence[Told]) -> Iterator[Casualty]:
    """The facts; in a story that names one day, or one place, for all that it counts, what lacks it takes it."""
    days: dict[int, set[tuple[Any, ...]]] = {}
    places: dict[int, set[tuple[Any, ...]]] = {}
    for told in kept:
        fact = told.fact
        if fact.date_start:
            days.setdefault(told.story, set()).add((fact.date_start, fact.date_end, fact.date_precision))
        if fact.place:
            places.setdefault(told.story, set()).add((fact.place, fact.places))
    for told in kept:
        changes: dict[str, Any] = {}
        day, place = days.get(told.story, set()), places.get(told.story, set())
        if not told.fact.date_start and len(day) == 1:
            changes |= dict(zip(("date_start", "date_end", "date_precision"), next(iter(day)), strict=True))
        if not told.fact.place and len(place) == 1:
            changes |= dict(zip(("place", "places"), next(iter(place)), strict=True))
        yield told.fact.model_copy(update=changes) if changes and told.fact.status == "stated" else told.fact


def _classed(kept: Sequence[Told]) -> list[Told]:
    """The statements; the unnamed dead of a story are of the class of all others, somebody named is else a civilian."""
    classes: dict[int, set[str]] = {}
    for told in kept:
        if told.fact.victim_class != "unknown" and told.fact.harm in _JOINT:
            classes.setdefault(told.story, set()).add(told.fact.victim_class)
    return [_of_class(told, classes.get(told.story, set())) for told in kept]


def _of_class(told: Told, classes: set[str]) -> Told:
    fact = told.fact
    if fact.victim_class != "unknown" or fact.harm not in _JOINT or (fact.victims and not told.named):
        return told
    kind = next(iter(classes)) if len(classes) == 1 else "civilian" if told.named else "unknown"
    return told._replace(fact=fact.model_copy(update={"victim_class": kind}))


def _same(one: Told, two: Told) -> bool:
    a, b = one.fact, two.fact
    counted = (a.harm, a.min, a.max) == (b.harm, b.min, b.max)
    if not counted or (one.home == two.home and b.citation.field == "body") or _other_people(a, b):
        return False
    if b.citation.field == "title":
        return True
    if _other_day(a, b) and one.own_date and two.own_date:
        return False
    many = (a.min or a.max or 0) > _TELLING
    return many or (a.aggregate == b.aggregate and (not (one.own_place and two.own_place) or _near(a, b)))


def _other_people(a: Casualty, b: Casualty) -> bool:
    """Whether the victims cannot be the same: of opposed classes, or, when few or uncounted, called by other words."""
    few = a.max is None or a.max <= 2
    if few and _is_repeat(b.victims):
        # "the man", "the two victims" are those told of before.
        return False
    if {a.victim_class, b.victim_class} - {"unknown", "mixed"} == {"civilian", "militant"}:
        return True
    return few and bool(a.victims and b.victims) and not _alike(a.victims, b.victims)


def _is_repeat(victims: str) -> bool:
    """Whether one definite word names the victims, as of those told of before."""
    words = [token.norm for token in tokenize(victims) if token.kind == "word"]
    return len(words) == 1 and words[0].startswith("ال")


def _other_day(a: Casualty, b: Casualty) -> bool:
    return bool(
        a.date_start and b.date_start and a.date_end and b.date_end
        and (a.date_end < b.date_start or b.date_end < a.date_start)
    )  # fmt: skip


def _near(a: Casualty, b: Casualty) -> bool:
    return not a.place or not b.place or a.place in (b.place, *b.places) or b.place in a.places


def _alike(a: str, b: str) -> bool:
    ours, theirs = ({stem(t.norm) for t in tokenize(text) if t.kind == "word"} for text in (a, b))
    return bool(ours & theirs)


def _filled(kept: Told, repeat: Told, fields: tuple[str, ...] = _FILLED) -> Told:
    """The first statement, with what it leaves open taken from its repeat; what a sentence itself names goes first."""
    a, b = kept.fact, repeat.fact
    take = {field for field in fields if getattr(b, field) and not getattr(a, field)}
    take |= {"place"} if "place" in fields and repeat.own_place and not kept.own_place else set()
    take |= {"date_start"} if "date_start" in fields and repeat.own_date and not kept.own_date else set()
    changes: dict[str, Any] = {field: getattr(b, field) for field in take}
    if "place" in take:
        changes["places"] = b.places
    if "date_start" in take:
        changes |= {"date_end": b.date_end, "date_precision": b.date_precision}
    if fields == _FILLED and a.victim_class == "unknown":
        changes["victim_class"] = b.victim_class
    fact = a.model_copy(update=changes)
    return kept._replace(
        fact=fact,
        own_place=kept.own_place or ("place" in take and repeat.own_place),
        own_date=kept.own_date or ("date_start" in take and repeat.own_date),
    )
