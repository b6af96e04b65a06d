"""A new reading against all subscriptions, and a claim against all readings: whom they concern, and what they are."""

from retrieval.alerting.checking import Checked, bearing_on, check, claim_of
from retrieval.alerting.confronting import confront
from retrieval.alerting.percolator import Match, Percolator
from retrieval.alerting.relating import Relation, relate
from retrieval.alerting.topics import conditions_of, subscription_of

__all__ = [
    "Checked",
    "Match",
    "Percolator",
    "Relation",
    "bearing_on",
    "check",
    "claim_of",
    "conditions_of",
    "confront",
    "relate",
    "subscription_of",
]
