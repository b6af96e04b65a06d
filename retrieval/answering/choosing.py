"""Which count a question for one event means, when places, people and days go by other names in the article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.answering.evidence import Sought, keys_of, speaks_of
from retrieval.answering.fitting import Fit, asked_names
from retrieval.answering.models import Model, read_model
from retrieval.arabic.incidents import means_in
from retrieval.reading.groups import read_people
from retrieval.types import Casualty

# Below this the count chosen is more likely another event's than it may be.
_SURE_ENOUGH = 0.5
_ANY_MEANS = "attack"
_UNSURE = frozenset({"denied", "planned", "hypothetical"})


class Traits(NamedTuple):
    """What speaks for one count, each from 0 to 1.

    place_same, place_near, place_around, place_unsaid: how its place fits. placed: all places asked for stand in its
    article. date_same, date_reported, doer_same, doer_other: how its day and doer fit. group_same, group_unsaid,
    group_other: how those counted fit the group that the question names, if it names one. speaks, source: its speaker
    is the one asked for, or is named near it. words, detail: the share of the question's words and details in its
    sentence; around, detail_around: in its passage. near: the score of its article against the best. named, there: the
    article speaks of so many of the question's names, of its place. means, other_means: it came about as the question
    says, or otherwise. numbered: it gives a number. part: it counts some of others though the question names no group.
    older, aggregate, unsure: it is an older figure, a running total, or denied or feared.
    """

    place_same: float
    place_near: float
    place_around: float
    place_unsaid: float
    placed: float
    date_same: float
    date_reported: float
    group_same: float
    group_unsaid: float
    group_other: float
    doer_same: float
    doer_other: float
    speaks: float
    source: float
    words: float
    around: float
    detail: float
    detail_around: float
    near: float
    named: float
    there: float
    means: float
    other_means: float
    numbered: float
    part: float
    older: float
    aggregate: float
    unsure: float


# The traits that say how sure a choice is, beside its score.
JUDGED = (
    "place_same",
    "place_around",
    "place_unsaid",
    "placed",
    "date_same",
    "date_reported",
    "group_same",
    "group_unsaid",
    "group_other",
    "doer_same",
    "words",
    "around",
    "detail",
    "detail_around",
    "near",
    "named",
    "there",
    "numbered",
    "part",
    "unsure",
    "score",
)
# What brings scores down to the size of the traits.
_SCALE = 10.0


def choose(fits: Sequence[Fit], sought: Sought) -> Fit | None:
    """The count that the question most likely means; None when none is likely enough."""
    if not fits:
        return None
    model = chooser()
    told = [traits(one, sought) for one in fits]
    scores = [model.score(each) for each in told]
    best = max(range(len(fits)), key=lambda at: (scores[at], fits[at].fact.id))
    return fits[best] if model.sure(judged(told[best], scores[best])) >= _SURE_ENOUGH else None


def judged(one: Traits, score: float) -> tuple[float, ...]:
    """What the confidence in a choice is judged by."""
    return (*(getattr(one, name) for name in JUDGED[:-1]), score / _SCALE)


def chooser() -> Model:
    """The model that is shipped."""
    return read_model("chooser", Traits._fields, JUDGED)


def traits(one: Fit, sought: Sought) -> Traits:
    """What speaks for a count as an answer to the question."""
    fact = one.fact
    sentence, around = sought.sentence(fact.citation), sought.around(fact.citation)
    asked = means_in(" ".join(sought.question.words)) - {_ANY_MEANS}
    told = means_in(f"{fact.citation.title} {sentence}") - {_ANY_MEANS}
    casualty = fact if isinstance(fact, Casualty) else None
    group = _names_group(sought.question.understood.whom)
    return Traits(
        place_same=float(one.place == "same"),
        place_near=float(one.place == "near"),
        place_around=float(one.place == "around"),
        place_unsaid=float(one.place == "unsaid"),
        placed=_placed(one, sought),
        date_same=float(one.date == "same"),
        date_reported=float(one.date == "unsaid" and one.reported),
        group_same=float(group and one.people == "same"),
        group_unsaid=float(group and one.people == "unsaid"),
        group_other=float(one.people == "other"),
        doer_same=float(one.doer == "same"),
        doer_other=float(one.doer == "other"),
        speaks=float(one.speaks),
        source=float(one.source == "same"),
        words=sought.share(sentence),
        around=sought.share(around),
        detail=sought.detail_share(sentence),
        detail_around=sought.detail_share(around),
        near=one.near,
        named=sought.named(fact.citation.article_id),
        there=float(sought.there(fact.citation.article_id)),
        means=float(bool(asked & told)),
        other_means=float(bool(asked and told and not asked & told)),
        numbered=float(casualty is not None and (casualty.min is not None or casualty.max is not None)),
        part=float(casualty is not None and casualty.tie == "part" and not group),
        older=float(casualty is not None and casualty.tie in ("earlier", "refuted")),
        aggregate=float(casualty is not None and casualty.aggregate),
        unsure=float(fact.status in _UNSURE),
    )


@lru_cache(maxsize=256)
def _names_group(whom: str) -> bool:
    """Whether the question asks for some people and not for anybody: policemen, children, a party's fighters."""
    return bool(whom) and not read_people(whom).anybody


def _placed(one: Fit, sought: Sought) -> float:
    """Whether what was found of the article names every place that is asked for."""
    names = asked_names(sought.question)
    told = keys_of(f"{one.fact.citation.title}\n{sought.article(one.fact.citation.article_id)}")
    return float(all(speaks_of(name, told) for name in names))
