"""Finding the subscriptions that an article concerns: indexed by their keys, not looked at one after the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from retrieval.alerting.keys import keys_of, text_keys
from retrieval.alerting.topics import Condition, conditions_of
from retrieval.arabic.normalise import normalise
from retrieval.types import Article, Fact, Reading, Subscription


class Match(NamedTuple):
    """A subscription that an article concerns, with the facts that fit it (none for a topic of words alone)."""

    subscription_id: int
    facts: tuple[Fact, ...]


class Percolator:
    """Finds the subscriptions that an article concerns without looking at each of them.

    Each condition stands under the one of its keys that is rarest among all conditions; an article looks only under
    the keys that it holds. Subscriptions of one condition are looked at once.
    """

    def __init__(self, subscriptions: Iterable[Subscription] = ()) -> None:
        self._waiting: dict[Condition, set[int]] = defaultdict(set)
        self._conditions: dict[int, tuple[Condition, ...]] = {}
        self._under: dict[str, set[Condition]] = defaultdict(set)
        self._filed: dict[Condition, str] = {}
        self._seen: Counter[str] = Counter()
        subscriptions = list(subscriptions)
        for subscription in subscriptions:
            for condition in conditions_of(subscription):
                self._seen.update(condition.of_fact | condition.of_text)
        for subscription in subscriptions:
            self.add(subscription)

    def __len__(self) -> int:
        return len(self._conditions)

    def add(self, subscription: Subscription) -> None:
        """Take up a subscription, in place of any earlier one with its id."""
        self.remove(subscription.id)
        self._conditions[subscription.id] = conditions_of(subscription)
        for condition in self._conditions[subscription.id]:
            if condition not in self._filed:
                key = min(condition.of_fact | condition.of_text, key=lambda key: (self._seen[key], key))
                self._seen[key] += 1
                self._filed[condition] = key
                self._under[key].add(condition)
            self._waiting[condition].add(subscription.id)

    def remove(self, subscription_id: int) -> None:
        """Forget a subscription; one that is not there is no error."""
        for condition in self._conditions.pop(subscription_id, ()):
            self._waiting[condition].discard(subscription_id)
            if not self._waiting[condition]:
                del self._waiting[condition]
                self._under[self._filed.pop(condition)].discard(condition)

    def match(self, article: Article, reading: Reading) -> list[Match]:
        """The subscriptions that the article concerns, by id."""
        text = text_keys(article)
        facts = [(fact, keys_of(fact)) for fact in reading.facts if fact.status != "background"]
        outlet = normalise(article.outlet)
        held = text.union(*(keys for _, keys in facts))
        found: dict[int, dict[str, Fact]] = {}
        for condition in {condition for key in held & self._under.keys() for condition in self._under[key]}:
            if not condition.of_text <= text or condition.excluded & text:
                continue
            if condition.outlets and outlet not in condition.outlets:
                continue
            fitting = [fact for fact, keys in facts if condition.of_fact <= keys] if condition.of_fact else []
            if fitting or not condition.of_fact:
                for number in self._waiting[condition]:
                    found.setdefault(number, {}).update((fact.id, fact) for fact in fitting)
        return [Match(number, tuple(found[number].values())) for number in sorted(found)]
