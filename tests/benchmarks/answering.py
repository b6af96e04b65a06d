"""How long an answer takes, part by part, beside one raw rank-bm25 search over the same passages."""

from __future__ import annotations

import datetime as dt
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil
from rank_bm25 import BM25Okapi

from bot.app import opened
from bot.config import Settings
from bot.desk import Desk
from retrieval import Article
from retrieval.arabic.tokens import tokenize

TITLE = "Answering: milliseconds a question"
_SEEDS = Path(__file__).parents[2] / "seeds"
_QUESTIONS = 60
_SIZES = (1_000, 10_000)
NOW = dt.datetime(2031, 5, 4, tzinfo=dt.UTC)


def articles(count: int) -> Iterator[Article]:
    """So many articles: the samples again and again, each time a week later, so that they tell of other events."""
    lines = [json.loads(line) for line in (_SEEDS / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for number in range(count):
        turn, line = divmod(number, len(lines))
        one = lines[line]
        day = dt.date.fromisoformat(one["published"][:10]) + dt.timedelta(weeks=turn)
        yield Article(
            id=f"{one['id']}-{turn}", title=one["title"], outlet=one["outlet"], published=day, body=one["body"]
        )


def rows(sizes: Sequence[int]) -> Iterator[Mapping[str, object]]:
    """For each number of articles the median and 95th percentile of each part of an answer."""
    lines = (_SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:_QUESTIONS]
    questions = [json.loads(line)["q"] for line in lines]
    for size in sizes if sizes and max(sizes) <= max(_SIZES) else _SIZES:
        with tempfile.TemporaryDirectory() as folder, opened(Settings(data=Path(folder), _env_file=None)) as app:
            app.desk.ingest(articles(size), now=NOW)
            app.desk.refresh()
            yield from _measured(app.desk, questions, size)


def _measured(desk: Desk, questions: Sequence[str], size: int) -> Iterator[Mapping[str, object]]:
    passages = [
        article.body[passage.start : passage.end].split()
        for article, reading in desk.store.readings()
        for passage in reading.passages
    ]
    peer = BM25Okapi(passages)
    day = NOW.date()
    parts: dict[str, Callable[[str], object]] = {
        "raw rank-bm25 search (peer)": lambda q: peer.get_scores([token.norm for token in tokenize(q)]),
        "understanding": lambda q: desk.understand(q, as_of=day),
        "search": lambda q: desk.search(q, 10),
        "evidence": lambda q: desk.evidence(desk.understand(q, as_of=day)),
        "whole answer": lambda q: desk.ask(q, as_of=day),
    }
    base = 0.0
    for name, part in parts.items():
        taken = sorted(_milliseconds(part, question) for question in questions)
        half = statistics.median(taken)
        base = base or half
        yield {
            "articles": size,
            "passages": len(passages),
            "what": name,
            "p50 ms": half,
            "p95 ms": taken[int(len(taken) * 0.95)],
            "ratio": half / base,
            "memory MB": psutil.Process().memory_info().rss / 2**20,
        }


def _milliseconds(part: Callable[[str], object], question: str) -> float:
    part(question)
    began = time.perf_counter()
    part(question)
    return (time.perf_counter() - began) * 1000
