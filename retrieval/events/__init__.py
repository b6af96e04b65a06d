"""Facts of many articles become events, and events become totals that can be checked."""

from retrieval.events.claims import Claim, Grade, Weighed
from retrieval.events.profiles import HOUSEHOLDS, Counted, counts_households, published, unit_of
from retrieval.events.totals import Event, Total, add_up, aggregates_of, divide, find_events
from retrieval.events.whereabouts import locate, whereabouts

__all__ = [
    "HOUSEHOLDS",
    "Claim",
    "Counted",
    "Event",
    "Grade",
    "Total",
    "Weighed",
    "add_up",
    "aggregates_of",
    "counts_households",
    "divide",
    "find_events",
    "locate",
    "published",
    "unit_of",
    "whereabouts",
]
