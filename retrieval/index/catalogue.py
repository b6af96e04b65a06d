"""What the memory index knows of its entries besides their words, and which of them satisfy a filter."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from retrieval.arabic.normalise import normalise
from retrieval.arabic.places import key as place_key
from retrieval.index.protocol import Entry, Filters


class Catalogue:
    """The entries of an index by number, in the order of adding; a removed one keeps its number."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self._days = array("i")
        self._by_article: dict[str, list[int]] = {}
        self._by_label: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        for entry in entries:
            self.append(entry)

    @property
    def articles(self) -> Collection[str]:
        """The ids of the articles that have an entry which was not removed."""
        return self._by_article.keys()

    def append(self, entry: Entry) -> None:
        """Add an entry under the next number; its words are not kept."""
        number = len(self.entries)
        self.entries.append(entry._replace(text="", title=""))
        self._days.append(entry.date.toordinal() if entry.date else 0)
        self._by_article.setdefault(entry.article_id, []).append(number)
        for label in labels(entry):
            self._by_label[label].append(number)

    def discard(self, article_ids: Collection[str]) -> list[int]:
        """Forget the articles, and return the numbers of what was theirs."""
        return [number for article_id in set(article_ids) for number in self._by_article.pop(article_id, ())]

    def fitting(self, filters: Filters) -> npt.NDArray[np.bool_]:
        """Of each number, whether its entry satisfies the filters."""
        fits = np.ones(len(self.entries), np.bool_)
        if filters.date_from or filters.date_to:
            days = np.array(self._days, np.int32)
            first, last = days_between(filters)
            fits &= (days >= first) & (days <= last)
        for name in LABELS:
            if wanted := getattr(filters, name):
                holds = np.zeros(len(self.entries), np.bool_)
                for value in wanted:
                    holds[np.array(self._by_label.get((name, label(name, value)), ()), np.int64)] = True
                fits &= holds
        return fits


LABELS = ("kinds", "outlets", "places")


def labels(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each kind, outlet and place under which the entry can be filtered, with its filter's name."""
    yield "kinds", label("kinds", entry.kind)
    yield "outlets", label("outlets", entry.outlet)
    for place in dict.fromkeys(label("places", place) for place in entry.places):
        yield "places", place


def label(name: str, value: str) -> str:
    """The form in which the values of that filter are compared: spellings and names of one place meet."""
    return place_key(value) if name == "places" else normalise(value)


def days_between(filters: Filters) -> tuple[int, int]:
    """The first and last day that the filters let pass, as ordinals; never 0, which stands for no date."""
    first, last = filters.date_from or dt.date.min, filters.date_to or dt.date.max
    return first.toordinal(), last.toordinal()
