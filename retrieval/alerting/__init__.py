"""A new reading against all subscriptions: whom it concerns, and what it is to those who were told before."""

from retrieval.alerting.percolator import Match, Percolator
from retrieval.alerting.relating import Relation, relate
from retrieval.alerting.topics import conditions_of, subscription_of

__all__ = ["Match", "Percolator", "Relation", "conditions_of", "relate", "subscription_of"]
