"""Reading articles in this process while they are few, and in one process for each core when they are many."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

import retrieval
from retrieval import Article, Reading

log = logging.getLogger(__name__)

# Starting the processes takes as long as reading some hundred articles.
_FEW = 200
# Articles that are handed to a process at once: enough that handing over costs little.
_PORTION = 16
# Portions that wait for each process, so that it has work while others are stored.
_AHEAD = 8


class Unread(NamedTuple):
    """An article that the rules failed on, and how: a fault of the program, which one article must not make fatal."""

    article_id: str
    reason: str


Outcome = tuple[Article, Reading | Unread]


class Readers:
    """Reads articles in their order. `workers` is how many processes it may use; 0 means one for each core."""

    def __init__(self, workers: int = 0) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def read(self, articles: Iterable[Article]) -> Iterator[Outcome]:
        """Each article with what was read from it. Holds no more of a long row of articles than the processes read."""
        rest = iter(articles)
        for article in islice(rest, _FEW):
            yield article, _read(article)
        if self._workers == 1:
            for article in rest:
                yield article, _read(article)
        else:
            yield from self._read_many(rest)

    def _read_many(self, rest: Iterator[Article]) -> Iterator[Outcome]:
        running: deque[tuple[list[Article], Future[list[Reading | Unread]]]] = deque()
        while portion := list(islice(rest, _PORTION)):
            if self._pool is None:
                # Not forked: the caller may have threads, whose locks a forked child would inherit as they stand.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_serve)
            running.append((portion, self._pool.submit(_read_all, portion)))
            if len(running) > _AHEAD * self._workers:
                yield from _finished(*running.popleft())
        while running:
            yield from _finished(*running.popleft())


def _finished(articles: list[Article], reading: Future[list[Reading | Unread]]) -> Iterator[Outcome]:
    yield from zip(articles, reading.result(), strict=True)


def _serve() -> None:
    """Let Ctrl-C stop only the process that waits for the readings, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A killed process cannot tell its readers, which would wait for articles for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _read_all(articles: list[Article]) -> list[Reading | Unread]:
    return [_read(article) for article in articles]


def _read(article: Article) -> Reading | Unread:
    try:
        return retrieval.read(article)
    except retrieval.TableError:
        raise
    except Exception as error:  # whatever it is, it concerns this article alone, and the caller names it
        log.debug("article %s cannot be read", article.id, exc_info=True)
        return Unread(article.id, f"{type(error).__name__}: {error}"[:200])
