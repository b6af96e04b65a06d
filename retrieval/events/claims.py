"""Who says how many: the independent claims of one event, the newest of a rising toll, and the event's grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.updates import roles_in
from retrieval.events.likeness import is_part
from retrieval.events.profiles import Counted, Profile, parties_in, published
from retrieval.reading.groups import People, compare, read_people
from retrieval.types import Casualty

Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]

# A quote this long, shared by two outlets nearly word for word, is one text that both carry.
_LONG = 8
_SAME_TEXT = 0.8
# Two numbers of different sources this far apart are a dispute where one of the sources is a party.
_DISPUTE = 1.5

_UNCOUNTED = frozenset({"denied", "planned", "hypothetical"})


class Claim(NamedTuple):
    """One independent source's count of an event; `carriers` are the facts that repeat it, its own fact first.

    `low` and `high` bound the number; `high` is None where it is open, both say nothing where it is `vague`.
    """

    fact: Counted
    low: int
    high: int | None
    vague: bool
    carriers: tuple[Counted, ...]

    @property
    def day(self) -> dt.date | None:
        """The day on which the claim was published."""
        return published(self.fact)


class Weighed(NamedTuple):
    """The claims of one event set in order.

    `current` stand side by side; `earlier` were overtaken by a newer toll or a correction, oldest first; `boasts` are
    claims of a party about others than those whom everybody counts; `parts` count some of those already counted;
    `denials` are what is denied, planned or merely feared. Only what is current counts.
    """

    current: tuple[Claim, ...]
    earlier: tuple[Claim, ...]
    boasts: tuple[Claim, ...]
    parts: tuple[Counted, ...]
    denials: tuple[Counted, ...]
    grade: Grade


def weigh(profiles: Sequence[Profile], copies: Mapping[str, str]) -> Weighed:
    """The claims that the facts of one event make; `copies` names the original of each copied article."""
    denials = tuple(p.fact for p in profiles if p.fact.status in _UNCOUNTED)
    counted = [p for p in profiles if p.fact.status not in _UNCOUNTED]
    parts = [p for p in counted if any(is_part(p, other) for other in counted)]
    among = {id(part) for part in parts}
    whole = [p for p in counted if id(p) not in among]
    refuted = {(p.low, p.high): p for p in whole if p.tie == "refuted"}
    recalled = [p for p in whole if p.tie in ("earlier", "refuted")]
    fresh = _one_per_voice([p for p in whole if p.tie not in ("earlier", "refuted")])
    claims = _independent([p for p in fresh if not _taken_back(p, refuted)], copies)
    current, earlier = _newest(claims)
    current, boasts = _boasts_apart(current)
    old = _independent([*recalled, *(p for p in fresh if _taken_back(p, refuted))], copies)
    if not any(not claim.vague for claim in current) and old:
        # Nothing newer gives a number: what is recalled is the best that is known.
        current, old = (
            [*(c for c in old if (c.low, c.high) not in refuted), *current],
            [c for c in old if (c.low, c.high) in refuted],
        )
    stands = {(claim.low, claim.high) for claim in (*current, *earlier)}
    earlier += [claim for claim in old if (claim.low, claim.high) not in stands]
    return Weighed(
        current=tuple(current),
        earlier=tuple(sorted(earlier, key=lambda claim: (claim.day or dt.date.max, claim.low))),
        boasts=tuple(boasts),
        parts=tuple(p.fact for p in parts),
        denials=denials,
        grade=_grade(current, denials, sources=_voices(claims, copies)),
    )


def _taken_back(one: Profile, refuted: Mapping[tuple[int, int | None], Profile]) -> bool:
    """Whether a later article, or the same one, says that the number was wrong."""
    wrong = refuted.get((one.low, one.high))
    if wrong is None or wrong is one:
        return wrong is one
    day, corrected = published(one.fact), published(wrong.fact)
    return day is None or corrected is None or day <= corrected


def _boasts_apart(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that stand, and what a party claims of a narrower group than the others count."""
    plain = [claim for claim in claims if claim.fact.status != "claimed_by_party"]
    if not any(not claim.vague for claim in plain):
        return list(claims), []
    boasts = [
        claim
        for claim in claims
        if claim.fact.status == "claimed_by_party" and not any(_same_group(claim, other) for other in plain)
    ]
    return [claim for claim in claims if claim not in boasts], boasts


def _same_group(a: Claim, b: Claim) -> bool:
    mine, yours = (
        read_people(c.fact.victims, c.fact.victim_class) if isinstance(c.fact, Casualty) else People() for c in (a, b)
    )
    found = {compare(mine, yours), compare(yours, mine)}
    alike = mine.victim_class == yours.victim_class != "unknown"
    return found == {"same"} or (alike and "other" not in found)


def _one_per_voice(profiles: Iterable[Profile]) -> list[Profile]:
    """For each article and speaker the one fact that says most: an updated one first, then the narrowest."""
    best: dict[tuple[str, str], Profile] = {}
    for one in profiles:
        voice = (one.fact.citation.article_id, normalise(one.fact.source))
        rival = best.get(voice)
        if rival is None or _telling(one) > _telling(rival):
            best[voice] = one
    # Dozens beside a number are the same article's words for it.
    numbered = {one.fact.citation.article_id for one in best.values() if not one.vague}
    best = {voice: one for voice, one in best.items() if not (one.vague and one.fact.citation.article_id in numbered)}
    # In one article, a count without a speaker beside the same count with one is the outlet repeating it.
    named = [one for one in best.values() if one.fact.source]
    return [
        one
        for one in best.values()
        if one.fact.source
        or not any(one.fact.citation.article_id == n.fact.citation.article_id and one.meets(n) for n in named)
    ]


def _telling(one: Profile) -> tuple[bool, bool, int, bool]:
    return (not one.vague, one.rises, one.low if one.rises else 0, one.high is not None)


def _independent(profiles: Sequence[Profile], copies: Mapping[str, str]) -> list[Claim]:
    """The claims, oldest first, those that carry one text joined into one."""
    claims: list[Claim] = []
    for one in sorted(profiles, key=_order):
        at = next((k for k, claim in enumerate(claims) if _copied(claim.fact, one.fact, copies)), None)
        if at is None:
            claims.append(Claim(one.fact, one.low, one.high, one.vague, (one.fact,)))
        else:
            claims[at] = claims[at]._replace(carriers=(*claims[at].carriers, one.fact))
    return claims


def _copied(a: Counted, b: Counted, copies: Mapping[str, str]) -> bool:
    if (a.min, a.max, a.bound) != (b.min, b.max, b.bound) or a.citation.article_id == b.citation.article_id:
        return False
    if _original(a, copies) == _original(b, copies):
        return True
    mine, yours = _words(a), _words(b)
    if min(len(mine), len(yours)) < _LONG:
        return False
    return len(mine & yours) / len(mine | yours) >= _SAME_TEXT


def _original(fact: Counted, copies: Mapping[str, str]) -> str:
    return copies.get(fact.citation.article_id, fact.citation.article_id)


def _words(fact: Counted) -> frozenset[str]:
    return frozenset(token.norm for token in tokenize(fact.citation.quote) if token.kind != "mark")


def _newest(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that stand, and those overtaken by a later day's higher count or by a correction."""
    overtaken = [any(_overtakes(later, claim) for later in claims if later is not claim) for claim in claims]
    old = {(claim.low, claim.high) for claim, over in zip(claims, overtaken, strict=True) if over}
    current: list[Claim] = []
    earlier: list[Claim] = []
    for claim, over in zip(claims, overtaken, strict=True):
        # A number that has been overtaken is not made new by repeating it.
        (earlier if over or (claim.low, claim.high) in old else current).append(claim)
    return (current, earlier) if current else (list(claims), [])


def _overtakes(later: Claim, claim: Claim) -> bool:
    if later.day is None or claim.day is None or later.vague or claim.vague:
        return False
    if _corrects(later) and later.fact.citation.article_id != claim.fact.citation.article_id:
        return later.day >= claim.day and not _corrects(claim)
    if not _after(later.fact, claim.fact) or _opposed(later.fact, claim.fact):
        return False
    # The same number again confirms; only a higher one updates.
    return later.low >= (claim.high if claim.high is not None else claim.low) and (later.low, later.high) != (
        claim.low,
        claim.high,
    )


def _corrects(claim: Claim) -> bool:
    return "correction" in roles_in(f"{claim.fact.citation.title} {claim.fact.citation.quote}")


def _opposed(a: Counted, b: Counted) -> bool:
    """Whether the two counts are told by different parties to the event, who do not update one another."""
    mine, yours = parties_in(a.source), parties_in(b.source)
    return bool(mine and yours and not mine & yours)


def _grade(current: Sequence[Claim], denials: Sequence[Counted], sources: int) -> Grade:
    if not current:
        return "discounted"
    if any(fact.status == "denied" for fact in denials) or _disputed(current):
        return "contested"
    if any(_accepted(fact) for claim in current for fact in claim.carriers):
        return "confirmed"
    return "fair" if sources >= 2 else "weak"


def _disputed(claims: Sequence[Claim]) -> bool:
    numbered = [claim for claim in claims if not claim.vague]
    return any(
        _is_party(low.fact) or _is_party(high.fact)
        for low in numbered
        for high in numbered
        if low.high is not None and high.low > low.high * _DISPUTE and low.fact.source != high.fact.source
    )


def _is_party(fact: Counted) -> bool:
    if fact.status == "claimed_by_party":
        return True
    said = parties_in(fact.source)
    return bool(said & (parties_in(fact.actor) | _victims(fact)))


def _accepted(fact: Counted) -> bool:
    """Whether a party accepts the count: it owns up to its own losses, or to having harmed people who did not fight."""
    said = parties_in(fact.source)
    if said & _victims(fact):
        return True
    fighters = isinstance(fact, Casualty) and fact.victim_class in ("militant", "security")
    return bool(said & parties_in(fact.actor)) and not fighters


def _victims(fact: Counted) -> frozenset[str]:
    return parties_in(fact.victims) if isinstance(fact, Casualty) else frozenset()


def _voices(claims: Sequence[Claim], copies: Mapping[str, str]) -> int:
    """How many independent sources tell the claims: two counts of one article, or of one speaker, are of one."""
    articles = {_original(fact, copies) for claim in claims for fact in claim.carriers[:1]}
    speakers = {normalise(claim.fact.source) or f"article {_original(claim.fact, copies)}" for claim in claims}
    return min(len(articles), len(speakers))


def _order(one: Profile) -> tuple[dt.datetime, str, int]:
    return _moment(one.fact, dt.time()), one.fact.citation.article_id, one.fact.citation.start


def _after(later: Counted, earlier: Counted) -> bool:
    """Whether a report surely came out later: a bare date lies anywhere in its day."""
    return _moment(later, dt.time()) > _moment(earlier, dt.time.max)


def _moment(fact: Counted, time: dt.time) -> dt.datetime:
    """When the report came out, at that time of the day if only its day is known; what has no date is last."""
    said = fact.citation.published
    if said is None:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    if isinstance(said, dt.datetime):
        return said if said.tzinfo else said.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(said, time, tzinfo=dt.UTC)
