"""What every search index takes, gives and promises, whichever engine stands behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

from retrieval.types import FactKind

EntryKind = Literal["passage"] | FactKind


class EngineError(RuntimeError):
    """The index cannot be opened, read or written: its message says what to do about it."""


class Entry(NamedTuple):
    """One thing that can be found: a passage or a fact of an article.

    `id` is unique in the whole index. `title` is searched as if it stood in front of `text`. `date` is the day that the
    entry speaks of (a fact's) or was published (a passage's); `places` are the names under which it can be filtered.
    """

    id: str
    article_id: str
    kind: EntryKind
    text: str
    title: str = ""
    date: dt.date | None = None
    outlet: str = ""
    places: tuple[str, ...] = ()


class Filters(NamedTuple):
    """What a hit must satisfy besides its words; an empty member asks nothing.

    Days are inclusive, and an entry without a date satisfies no date filter. Of several kinds, outlets or places one is
    enough. Outlets are compared in their normalised spelling, places by their keys: مدينة الرمادى is الرمادي.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    kinds: tuple[EntryKind, ...] = ()
    outlets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Hit(NamedTuple):
    """An entry found, with its BM25 score (above 0, comparable within one search only)."""

    id: str
    article_id: str
    score: float


class IndexStats(NamedTuple):
    """What an index holds and how it was made.

    `stamp` is the one given with the last change that was kept; an index that was lost, or never filled, has "".
    """

    engine: str
    analyzer_version: str
    entries: int
    articles: int
    stamp: str = ""

    def stale(self, analyzer_version: str) -> bool:
        """Whether the index was made by another analyzer and has to be rebuilt from the store."""
        return self.analyzer_version != analyzer_version


class Index(Protocol):
    """Finds entries by their words. Safe to search from several threads while one thread writes.

    A change is kept, with its stamp, and found by searches when the call returns. After a crash in the middle of one
    the stamp is still the one before: whoever keeps the entries elsewhere compares the stamps and adds them again.
    Memory survives a crash only as its last snapshot, or not at all: then the stamp is older, or "".
    """

    def add(self, entries: Iterable[Entry], *, stamp: str | None = None) -> None:
        """Put in the entries, in place of everything that the index held of their articles.

        Adding the same entries twice is the same as adding them once. All entries of one article belong into one call.

        Raises:
            EngineError: when the change could not be kept.
        """

    def remove(self, article_ids: Collection[str], *, stamp: str | None = None) -> None:
        """Take out everything that the index holds of the articles; unknown ids are no error.

        Raises:
            EngineError: when the change could not be kept.
        """

    def search(self, query: str, k: int, filters: Filters | None = None) -> list[Hit]:
        """The `k` entries that fit the words of the query best, best first; none when no word of it is found."""

    def stats(self) -> IndexStats:
        """What the index holds now."""

    def rebuilding(self) -> AbstractContextManager[Index]:
        """An empty index beside this one that takes its place when the block ends, and is thrown away if it raises.

        Until then this index keeps answering; what is added to it in the meantime is not carried over.
        """

    def close(self) -> None:
        """Let go of files and connections; the index is not used afterwards."""
