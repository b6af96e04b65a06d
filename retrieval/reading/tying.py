"""Tie the counts of an article to one another: a toll that rises, parts of it, older figures, refuted ones."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.arabic import places
from retrieval.arabic.incidents import means_in
from retrieval.arabic.phrases import openings
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.updates import UpdateMention, bodies, find_updates
from retrieval.reading.groups import compare, read_people
from retrieval.reading.listing import is_grave
from retrieval.reading.person_phrases import person_at
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.tolls import names_harmed
from retrieval.types import Casualty, Fact, Harm, TextField, Tie

# How many words may stand between a word that ties and the count that it ties.
_NEAR = 8
_RECALLED = 14
# No article tells more counts of one harm before or behind another; a page that does is a list.
_MOST_RIVALS = 50
# "which is": in a clause that refers to a count already given.
_IS = frozenset({"هو", "هي", "البالغ", "البالغه"})


class _Spot(NamedTuple):
    """A casualty where it stands.

    `at` is the token of its number, `end` the token behind its quote, `ties` the words of its sentence that tie.
    """

    fact: Casualty
    sentence: Sentence
    at: int
    end: int
    ties: tuple[UpdateMention, ...]

    @property
    def low(self) -> int:
        return self.fact.min or self.fact.max or 0

    def says(self, role: str, first: int, last: int) -> bool:
        """Whether a word of that role begins on tokens `first` to `last` (exclusive)."""
        return any(tie.role == role and first <= tie.first < last for tie in self.ties)


def tie_counts(document: Document, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts in their order, the casualties among them with what ties each to the others of its article."""
    told = list(facts)
    spots = _spots(document, told)
    correcting = _corrects(document)
    rivals = dict(_rivals(spots.values()))
    for fact in told:
        spot = spots.get(fact.id)
        tie = _tie(spot, rivals[fact.id], correcting=correcting) if spot else ""
        yield fact.model_copy(update={"tie": tie}) if tie else fact


def _rivals(spots: Iterable[_Spot]) -> Iterator[tuple[str, Sequence[_Spot]]]:
    """Yield for the fact of each spot the others of the same harm, of a very long row those nearest to it."""
    by_harm: dict[Harm, list[_Spot]] = defaultdict(list)
    for spot in spots:
        by_harm[spot.fact.harm].append(spot)
    for like in by_harm.values():
        for n, spot in enumerate(like):
            yield spot.fact.id, [*like[max(0, n - _MOST_RIVALS) : n], *like[n + 1 : n + 1 + _MOST_RIVALS]]


def _tie(spot: _Spot, rivals: Sequence[_Spot], *, correcting: bool) -> Tie:
    if _refuted(spot, correcting=correcting):
        return "refuted"
    if _recalled(spot):
        return "earlier"
    if _among(spot) or _partitive(spot) or any(_raised(spot, other) or _resumed(spot, other) for other in rivals):
        return "part"
    if spot.says("apart", 0, len(spot.sentence.tokens)):
        return "apart"
    return "update" if _rising(spot) or any(_raised(other, spot) for other in rivals) else ""


def _refuted(spot: _Spot, *, correcting: bool) -> bool:
    """Whether the text takes the number back: "six, not nine"; "we reported nine; in truth they are six"."""
    quantities = spot.sentence.quantities
    instead = any(tie.role == "instead" and tie.last == spot.at for tie in spot.ties)
    if instead and any(quantity.last <= spot.at and spot.at - quantity.last <= _NEAR for quantity in quantities):
        return True
    right = [tie.last for tie in spot.ties if tie.role == "right" and tie.first >= spot.end]
    return correcting and any(quantity.first >= at for at in right for quantity in quantities)


def _recalled(spot: _Spot) -> bool:
    """Whether the count is one that somebody had given before: "which had counted nine"."""
    before = range(max(0, spot.at - _RECALLED), spot.at)
    if spot.says("before", before.start, spot.at) or _from(spot) or _referred(spot):
        return True
    for tie in spot.ties:
        if tie.role == "was" and tie.first in before and _calm(spot, tie.last, spot.at):
            counts = spot.says("counts", tie.last, spot.at)
            if counts or _told(spot, tie.last):
                return True
    return False


def _referred(spot: _Spot) -> bool:
    """Whether a relative clause refers to the count: "the number that the ministry announced, which is 24"."""
    parts, tokens = spot.sentence.parts, spot.sentence.tokens
    if not any(token.norm.removeprefix("و") in _IS for token in tokens[max(0, spot.at - 2) : spot.at]):
        return False
    before = range(max(0, spot.at - _RECALLED), spot.at)
    return any(parts[k] == "relative" and "verb" in parts[k : spot.at] for k in before)


def _told(spot: _Spot, first: int) -> bool:
    """Whether a word of telling on a token from `first` on has the count as what it tells."""
    clauses = spot.sentence.clauses
    here = spot.sentence.clause_at(spot.at)
    for n, clause in enumerate(clauses[: here + 1]):
        if first <= clause.said < spot.at:
            return n == here or (n == here - 1 and clauses[here].link == "content")
    return False


def _calm(spot: _Spot, first: int, last: int) -> bool:
    """Whether no other number stands between: what was said is said of this one."""
    return not any(first <= quantity.first < last for quantity in spot.sentence.quantities if quantity.last <= last)


def _from(spot: _Spot) -> bool:
    """Whether the number is the one a toll rose from: "from 9 to 24"."""
    tokens = spot.sentence.tokens
    if not spot.at or tokens[spot.at - 1].norm != "من" or not spot.says("rise", 0, spot.at):
        return False
    return any(token.norm == "الي" for token in tokens[spot.at : spot.at + _NEAR])


def _among(spot: _Spot) -> bool:
    """Whether a word for "among them" governs the count, right before it or at the head of its list."""
    if any(names_harmed(spot.sentence, k) for k in range(max(1, spot.at - _NEAR), spot.end)):
        return True
    for tie in reversed(spot.ties):
        if tie.role == "part" and tie.last <= spot.at and spot.at - tie.last <= _NEAR:
            between = spot.sentence.parts[tie.last : spot.at]
            return "verb" not in between and "complement" not in between and "subordinate" not in between
    return False


def _partitive(spot: _Spot) -> bool:
    """Whether the number counts some of those already counted: "four of them", "seven of the dead", "the wounded"."""
    sentence, at = spot.sentence, spot.at
    quantity = sentence.quantity_at(at)
    behind = quantity.last if quantity else at + 1
    parts = sentence.parts
    # "The army killed four of them": of the gunmen named before, not of those killed.
    clause = sentence.clauses[sentence.clause_at(at)]
    if "verb" in parts[clause.first : at]:
        return False
    if behind < len(parts) and parts[behind] == "among":
        return True
    if behind + 1 < len(parts) and sentence.tokens[behind].norm == "من":
        person = person_at(sentence, behind + 1)
        if person and person[0].harm and (person[1] is None or person[1].definite):
            return True
    return quantity is not None and _grave(sentence, behind)


def _grave(sentence: Sentence, behind: int) -> bool:
    """Whether the words right behind a number tell how those counted are, before another number or mark comes."""
    stops = [q.first for q in sentence.quantities if q.first >= behind]
    stops += [k for k in range(behind, len(sentence.parts)) if sentence.parts[k] in ("mark", "among")]
    return is_grave(sentence, behind) and not any(is_grave(sentence, stop) for stop in sorted(stops)[:1])


def _raised(spot: _Spot, other: _Spot) -> bool:
    """Whether the count is what raised another: "rose to nine after four bodies were found"."""
    titled = other.fact.citation.field == "title" and _rising(spot)
    if spot.low >= other.low or not (titled or other.sentence is spot.sentence):
        return False
    after = any(tie.role == "after" and 0 <= spot.at - tie.last <= _NEAR for tie in spot.ties)
    fresh = spot.says("new", spot.at, spot.end + 1)
    goes_on = titled or _rising(other) or fresh
    return goes_on and (after or fresh)


def _resumed(spot: _Spot, other: _Spot) -> bool:
    """Whether a smaller count later on speaks on of the same dead: its sentence tells of no other incident or place.

    Another voice may contradict the larger count; bodies, however, are found one after the other.
    """
    if not _follows(spot, other) or not 0 < spot.low < other.low or other.fact.aggregate != spot.fact.aggregate:
        return False
    sentence = spot.sentence
    if spot.says("apart", 0, len(sentence.tokens)):
        return False
    told_anew = bool(means_in(sentence.text[sentence.start : sentence.end]))
    elsewhere = any(_elsewhere(place, other) for place in sentence.places)
    another_voice = spot.fact.source not in ("", other.fact.source)
    if (told_anew and elsewhere) or (not _bodies(spot) and (told_anew or elsewhere or another_voice)):
        return False
    mine = read_people(spot.fact.victims, spot.fact.victim_class)
    narrowed = mine.parties or mine.nations or mine.callings or mine.women
    return compare(read_people(other.fact.victims, other.fact.victim_class), mine) != "other" and not narrowed


def _follows(spot: _Spot, other: _Spot) -> bool:
    """Whether a count of the body stands in a later sentence of the other one's story."""
    together = spot.fact.citation.field == other.fact.citation.field == "body"
    return together and spot.sentence.story == other.sentence.story and spot.sentence.number > other.sentence.number


def _bodies(spot: _Spot) -> bool:
    """Whether the counted noun is a word for bodies."""
    tokens = spot.sentence.tokens[spot.at : spot.end]
    return any(norm in bodies() for token in tokens for _, norm in openings(token.norm))


def _elsewhere(place: PlaceMention, other: _Spot) -> bool:
    """Whether a place known to lie somewhere lies outside the place of the other count."""
    theirs = {places.key(name) for name in (other.fact.place, *other.fact.places) if name}
    ours = {places.key(name) for name in (place.name, place.core, *place.containers) if name}
    return place.known and bool(theirs) and not ours & theirs


def _rising(spot: _Spot) -> bool:
    return spot.says("rise", 0, len(spot.sentence.tokens))


def _corrects(document: Document) -> bool:
    """Whether the article says at its head that it corrects something."""
    head = (*document.title, *document.body[:1])
    norms = [token.norm for sentence in head for token in sentence.tokens[:_NEAR]]
    return any(mention.role == "correction" for mention in find_updates(norms))


def _spots(document: Document, facts: Sequence[Fact]) -> dict[str, _Spot]:
    """Where each casualty stands, by its id."""
    if not any(isinstance(fact, Casualty) for fact in facts):
        return {}
    lines: dict[TextField, tuple[Sentence, ...]] = {"title": document.title, "body": document.body}
    starts = {field: [sentence.start for sentence in sentences] for field, sentences in lines.items()}
    ties: dict[tuple[TextField, int], tuple[UpdateMention, ...]] = {}
    spots: dict[str, _Spot] = {}
    for fact in facts:
        if not isinstance(fact, Casualty):
            continue
        field = fact.citation.field
        number = bisect_right(starts[field], fact.citation.start) - 1
        if number < 0:
            continue
        sentence = lines[field][number]
        if (field, number) not in ties:
            ties[field, number] = tuple(find_updates(sentence.norms))
        spots[fact.id] = _Spot(fact, sentence, *_span(sentence, fact), ties[field, number])
    return spots


def _span(sentence: Sentence, fact: Casualty) -> tuple[int, int]:
    """The token of the count's number, or of its first word, and the token behind its quote."""
    inside = [k for k, t in enumerate(sentence.tokens) if fact.citation.start <= t.start < fact.citation.end]
    first, end = (inside[0], inside[-1] + 1) if inside else (0, 0)
    at = next((q.first for q in sentence.quantities if first <= q.first < end and q.min == fact.min), first)
    return at, end
