"""How well a fact fits the roles of a question: what it confirms, what it leaves open, and what it contradicts."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from retrieval.answering.evidence import Keys, Sought, keys_of, place_keys, speaks_of
from retrieval.arabic import places
from retrieval.arabic.atlas import load_atlas
from retrieval.arabic.parties import find_parties
from retrieval.arabic.place_shapes import load_directions
from retrieval.arabic.tokens import tokenize
from retrieval.events import counts_households, locate, published, whereabouts
from retrieval.reading.groups import compare, read_people
from retrieval.types import Casualty, Fact, Question

Match = Literal["same", "unsaid", "other"]
PlaceMatch = Literal["same", "near", "unsaid", "around", "other"]

_DAY = dt.timedelta(days=1)
# How long after the day asked about a report of it may be published and still be about that day.
_REPORTED = dt.timedelta(days=2)


class Fit(NamedTuple):
    """A fact against a question, role by role.

    `around` is a place that holds the one asked for: known to be in the province, not in the town; it is `near` when
    the fact's own sentence names the place asked for as well. `reported` is true
    when the fact's own day is not known or a day off, but it was published when it was asked about; `speaks` when its
    own speaker is the source asked for. `words` and
    `details` are shares of the question's words in the fact's sentence and around it, `near` the score of its article
    among those found.
    """

    fact: Fact
    place: PlaceMatch
    date: Match
    people: Match
    doer: Match
    source: Match
    speaks: bool
    reported: bool
    words: float
    details: float
    near: float

    @property
    def contradicted(self) -> bool:
        """Whether the fact is about something else than the question: another place, time, group or doer."""
        return "other" in (self.place, self.date, self.people, self.doer)

    @property
    def score(self) -> float:
        """How well the fact fits over all, to rank by; contradictions are for the caller to leave out."""
        roles = sum(_WORTH[match] * weight for match, weight in self._weighed())
        return roles + 4 * self.words + 3 * self.details + 3 * self.near

    def _weighed(self) -> tuple[tuple[str, float], ...]:
        return ((self.place, 2.0), (self.date, 1.5), (self.people, 2.0), (self.doer, 1.0), (self.source, 1.0))


_WORTH = {"same": 1.0, "near": 0.5, "unsaid": 0.0, "around": -0.5, "other": -1.5}


def fit(fact: Fact, sought: Sought) -> Fit:
    """How a fact fits the question."""
    question = sought.question
    around = sought.around(fact.citation)
    sentence = sought.sentence(fact.citation)
    date, reported = _date(fact, question)
    return Fit(
        fact=fact,
        place=_place(fact, question, keys_of(sentence), keys_of(around)),
        date=date,
        people=_people(fact, question, sought.article(fact.citation.article_id) or around),
        doer=_doer(fact, question),
        source=_source(fact, question, around),
        speaks=_speaks(fact, question),
        reported=reported,
        words=(2 * sought.share(sentence) + sought.share(around)) / 3,
        details=(sought.detail_share(sentence) + sought.detail_share(around)) / 2,
        near=sought.nearness.get(fact.citation.article_id, 0.0),
    )


def _place(fact: Fact, question: Question, sentence: Keys, around: Keys) -> PlaceMatch:
    """How the place fits; `sentence` and `around` are the keys of what the fact's sentence and its passage say.

    The place of a fact may stand in another sentence, and a market or a quarter may go by another name: then the text
    must name the place asked for.
    """
    names = asked_names(question)
    if not names:
        return "same"
    asked = {places.key(name) for name in names}
    told = {key for name in (fact.place, *fact.places) if name for key in place_keys(name)}
    if asked & told or any(_one_place(name, fact) for name in names):
        return "same"
    named = any(speaks_of(name, around) for name in names)
    if not fact.place:
        return "same" if named or is_country(names[0]) else "unsaid"
    holders = [places.key(holder) for name in names for holder in (*places.containers(name), *question.within)]
    said = any(speaks_of(name, sentence) for name in names)
    if places.key(fact.place) in holders:
        return "near" if said else "around"
    part = names[0].split()[0] in load_directions()
    if said and not part and not (locate(fact).towns - {places.key(fact.place)}) and not places.containers(fact.place):
        # Of a bridge or a market nothing says where it lies but its own sentence.
        return "same"
    # The tunnel at Rafah lies in Rafah, as the fact does; the east of a town is not the bridge in its north.
    return "near" if holders[:1] and holders[0] in told and (said if part else named) else "other"


def _one_place(name: str, fact: Fact) -> bool:
    """Whether a place that no table knows is the fact's own by the core of its name; a side of it is its own place."""
    asked, told = whereabouts(name), locate(fact)
    if not asked.core or asked.core != told.core:
        return False
    return not asked.directions or asked.directions == told.directions


def is_country(name: str) -> bool:
    """Whether a place is a country: outlets do not name their own in every report."""
    return name in load_atlas().capitals or places.key(name) in {places.key(each) for each in load_atlas().capitals}


def asked_names(question: Question) -> tuple[str, ...]:
    """The places that the question names, the one meant first, each once."""
    return tuple(dict.fromkeys(name for name in (question.understood.place, *question.places) if name))


def _date(fact: Fact, question: Question) -> tuple[Match, bool]:
    start, end = question.understood.date_from, question.understood.date_to
    if start is None and end is None:
        return "same", False
    if fact.date_start is None:
        day = published(fact)
        told = day is not None and overlap(day - _REPORTED, day, question)
        return "unsaid", told
    if overlap(fact.date_start, fact.date_end or fact.date_start, question):
        return "same", False
    # Outlets differ by a day about what happens around midnight, and a weekday is easily one off.
    near = overlap(fact.date_start - _DAY, (fact.date_end or fact.date_start) + _DAY, question)
    return ("unsaid", True) if near else ("other", False)


def overlap(first: dt.date, last: dt.date, question: Question) -> bool:
    """Whether days meet the period asked about, in whichever year or week it may be meant."""
    start = question.understood.date_from or dt.date.min
    end = question.understood.date_to or dt.date.max
    if question.loose == "week":
        return True
    if question.loose == "year":
        years = last.year - end.year
        start, end = _shifted(start, years), _shifted(end, years)
    return first <= end and start <= last


def _shifted(day: dt.date, years: int) -> dt.date:
    if day in (dt.date.min, dt.date.max):
        return day
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def _people(fact: Fact, question: Question, article: str) -> Match:
    if not isinstance(fact, Casualty) or not question.understood.whom:
        return "same"
    asked = read_people(question.understood.whom)
    told = read_people(fact.victims, fact.victim_class)
    if counts_households(question.understood.whom) and counts_households(fact.victims):
        return "same"
    found = compare(asked, told)
    if found == "unsaid" and keys_of(question.understood.whom) <= keys_of(fact.victims):
        return "same"
    if found == "unsaid" and asked.nations and not (told.nations or told.parties):
        # "Sixteen citizens" are those whose country the title names.
        titled = read_people(fact.citation.title)
        same = (
            told.victim_class in ("civilian", "unknown")
            and asked.nations & titled.nations
            and compare(asked, told._replace(nations=titled.nations)) == "same"
        )
        return "same" if same else "unsaid"
    if found == "unsaid" and asked.parties and not told.parties and told.victim_class != "civilian":
        # "The organisation's fighters" are those of the party that the text has named.
        named = read_people(article).parties & asked.parties
        taken_up = any(not party.key for party in find_parties(tokenize(fact.victims)))
        return "same" if named and (told.victim_class == "militant" or taken_up) else "unsaid"
    return found


def _doer(fact: Fact, question: Question) -> Match:
    who = question.understood.who
    if not who or not isinstance(fact, Casualty):
        return "same"
    actor = fact.actor
    if not actor:
        return "unsaid"
    asked, told = read_people(who), read_people(actor)
    if asked.parties & told.parties or keys_of(who) & keys_of(actor):
        return "same"
    if asked.parties and told.parties:
        return "other"
    if asked.nations and told.nations:
        return "same" if asked.nations & told.nations else "other"
    return "unsaid"


def _speaks(fact: Fact, question: Question) -> bool:
    """Whether the fact's own speaker is the one that the question names."""
    keys = keys_of(question.understood.source)
    return bool(keys) and len(keys & keys_of(fact.source)) * 2 >= len(keys)


def _source(fact: Fact, question: Question, around: str) -> Match:
    asked = question.understood.source
    if not asked:
        return "unsaid"
    keys = keys_of(asked)
    told = keys_of(f"{fact.source} {fact.citation.outlet}")
    if keys & told:
        return "same"
    return "same" if len(keys & keys_of(around)) * 2 >= len(keys) else "unsaid"
