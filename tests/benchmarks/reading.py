"""How fast articles are read into facts, on one core and warm, beside cutting them into words and analysing these."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil

TITLE = "Reading: articles of 250 words a second, one core"
_SAMPLES = Path(__file__).parents[2] / "seeds" / "articles.jsonl"
_ROUNDS = 3
_WORDS = 250
_START = """
import json, time, psutil
began = time.perf_counter()
from retrieval import Article, read
read(Article(id="a", body="قتل جنديان في هجوم قرب بلدة الزيتون أمس."))
print(json.dumps([time.perf_counter() - began, psutil.Process().memory_info().rss / 2**20]))
"""


def rows(_sizes: Sequence[int]) -> Iterator[Mapping[str, object]]:
    """The rate of cutting into words, of reading, and what it costs to start."""
    from retrieval import Article, read  # noqa: PLC0415 - the start is measured in a process of its own
    from retrieval.arabic.morphology import load_analyzer  # noqa: PLC0415 - see above
    from retrieval.arabic.tokens import tokenize  # noqa: PLC0415 - see above

    seconds, megabytes = json.loads(
        subprocess.run([sys.executable, "-c", _START], capture_output=True, check=True).stdout
    )
    names = ("id", "title", "published", "body")
    lines = [json.loads(line) for line in _SAMPLES.read_text(encoding="utf-8").splitlines()]
    articles = [Article(**{name: line[name] for name in names}) for line in lines]
    words = sum(len(article.body.split()) for article in articles) / _WORDS
    cut = _rate(lambda: [tokenize(article.body) for article in articles], words)
    full = _rate(lambda: [read(article) for article in articles], words)
    memory = psutil.Process().memory_info().rss / 2**20
    analyzer = load_analyzer()
    peer = _rate(lambda: [analyzer.analyze(word) for article in articles for word in article.body.split()], words)
    yield {"what": "cutting into words only (peer)", "articles/s": cut, "ratio": 1.0}
    yield {"what": "camel-tools' analyses of each word only (peer)", "articles/s": peer, "ratio": peer / cut}
    yield {"what": "reading into facts", "articles/s": full, "ratio": full / cut}
    yield {"what": "start-up of the language data, s", "articles/s": "", "ratio": "", "value": seconds}
    yield {"what": "memory after start-up, MB", "articles/s": "", "ratio": "", "value": megabytes}
    yield {"what": "memory after reading, MB", "articles/s": "", "value": memory}


def _rate(work: Callable[[], object], amount: float) -> float:
    """How much of the amount is done in a second of processor time, the first round not counted."""
    work()
    began = time.process_time()
    for _ in range(_ROUNDS):
        work()
    return amount * _ROUNDS / (time.process_time() - began)
