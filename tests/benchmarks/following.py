"""How long it takes to find whom an article concerns among many subscriptions, beside looking at each of them."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence

from retrieval import Percolator, Reading, read
from retrieval.alerting.keys import keys_of, text_keys
from retrieval.alerting.topics import conditions_of, subscription_of
from retrieval.types import Article, Subscription
from tests.benchmarks.answering import NOW, articles

TITLE = "Following: one article against all subscriptions, milliseconds"
_SIZES = (10_000, 100_000)
_TOPICS = ("قتلى", "جرحى", "زيارات إلى", "", "أخبار", "غارات على", "لقاءات في", "نازحون في")
_ARTICLES = 40


def rows(sizes: Sequence[int]) -> Iterator[Mapping[str, object]]:
    """For each number of subscriptions, percolation and the plain loop over a few articles."""
    sample = [(one, read(one)) for one in itertools.islice(articles(_ARTICLES), _ARTICLES)]
    for size in sizes if sizes and min(sizes) > 1 else _SIZES:
        subscriptions = list(itertools.islice(_subscriptions(), size))
        began = time.perf_counter()
        percolator = Percolator(subscriptions)
        built = time.perf_counter() - began
        taken = sorted(_milliseconds(percolator.match, one) for one in sample)
        loop = _milliseconds(lambda a, r: _each(subscriptions, a, r), sample[0])  # noqa: B023 - used at once
        half, most = statistics.median(taken), taken[int(len(taken) * 0.95)]
        yield {"subscriptions": size, "what": "each looked at (peer)", "p50 ms": loop, "p95 ms": loop, "ratio": 1.0}
        yield {"subscriptions": size, "what": "percolation", "p50 ms": half, "p95 ms": most, "ratio": half / loop}
        yield {"subscriptions": size, "what": "building it, s", "p50 ms": built}


def _subscriptions() -> Iterator[Subscription]:
    """Topics over all places and many words that the samples name, no two the same."""
    names = sorted({name for one in articles(101) for name in one.body.split() if len(name) > 3})
    made = (f"{topic} {first} {second}".strip() for second in ["", *names] for first in names for topic in _TOPICS)
    base = {topic: subscription_of(f"{topic} الموصل", as_of=NOW.date()) for topic in _TOPICS}
    for number, text in enumerate(made):
        topic = next(topic for topic in sorted(_TOPICS, key=len, reverse=True) if text.startswith(topic))
        words = tuple(text.removeprefix(topic).split())
        # Understanding a hundred thousand topics would take minutes; what is measured is the matching.
        yield base[topic].model_copy(update={"id": number, "include": words})


def _each(subscriptions: Sequence[Subscription], article: Article, reading: Reading) -> list[int]:
    text = text_keys(article)
    facts = [keys_of(fact) for fact in reading.facts]
    return [
        one.id
        for one in subscriptions
        for condition in conditions_of(one)
        if condition.of_text <= text and (not condition.of_fact or any(condition.of_fact <= keys for keys in facts))
    ]


def _milliseconds(match: object, pair: tuple[Article, Reading]) -> float:
    assert callable(match)
    began = time.perf_counter()
    match(*pair)
    return (time.perf_counter() - began) * 1000
