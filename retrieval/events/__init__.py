"""Facts of many articles become events, and events become totals that can be checked."""

from retrieval.events.claims import Claim, Grade, Weighed
from retrieval.events.profiles import Counted, published
from retrieval.events.totals import Event, Total, add_up, aggregates_of, divide, find_events

__all__ = [
    "Claim",
    "Counted",
    "Event",
    "Grade",
    "Total",
    "Weighed",
    "add_up",
    "aggregates_of",
    "divide",
    "find_events",
    "published",
]
