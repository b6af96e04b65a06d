"""Our index engines beside others: the same passages, the same questions, one core, each in processes of its own.

Building and searching are measured in the time that the core works on them, so that a busy machine gives the figures of
an idle one. Only the time until a new passage is found goes by the clock, because most of it is waiting for the disk.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks import corpus
from tests.benchmarks.contestants import CONTESTANTS, Ours

TITLE = "Index engines: questions of 8 words, 20 hits, one core"
_GROWING = ("build s", "p50 ms", "memory MB")
_SIZES = (10_000, 100_000, 1_000_000)
_QUESTIONS, _JUDGED, _K = 300, 60, 20
_COLUMNS = ("build s", "MRR@10", "p50 ms", "p95 ms", "memory MB", "disk MB", "new found ms")
# Slow engines are asked fewer questions: at least so many, or as many as go into so many seconds.
_LEAST_ASKED, _MOST_SECONDS = 20, 10.0
_NEW = "عاجل افتتاح متحف زنبقستان الوطني"
_NEW_ASKED = "زنبقستان"


def rows(sizes: Sequence[int]) -> Iterator[dict[str, object]]:
    """Yield a row for each contestant at each size."""
    before: dict[str, Mapping[str, Any]] = {}
    for size in sizes or _SIZES:
        with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
            corpus.write(Path(folder), size, min(_QUESTIONS, size))
            for name, (_, most) in CONTESTANTS.items():
                if size <= most:
                    own = Path(folder) / name.replace(" ", "-")
                    own.mkdir()
                    row = {"engine": name, "passages": size} | _run(name, Path(folder), own)
                    yield row | _growth(row, before.get(name))
                    before[name] = row


def _growth(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, str]:
    """How many times more it takes than with the number of passages before."""
    times = {column.split()[0]: row[column] / before[column] for column in _GROWING} if before else {}
    return {f"{name} grows": f"x{factor:.1f}" for name, factor in times.items()}


def _run(name: str, folder: Path, own: Path) -> dict[str, object]:
    """Build in one process and, where the engine keeps anything on disk, serve in another, as a bot would."""
    built = _in_process("build", name, folder, own)
    served = _in_process("serve", name, folder, own) if built["disk MB"] else built
    return {column: served.get(column, built.get(column, "")) for column in _COLUMNS}


def _in_process(step: str, *arguments: object) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.benchmarks.index", step, *map(str, arguments)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    figures: dict[str, object] = json.loads(answer.stdout)
    return figures


def _measure(step: str, name: str, folder: Path, own: Path) -> dict[str, object]:
    """What one process finds out; the columns in the order of the table."""
    os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:1])
    contestant = CONTESTANTS[name][0](own)
    figures: dict[str, object] = {}
    if step == "build":
        begun = time.process_time()
        contestant.build(corpus.read_passages(folder))
        figures["build s"] = time.process_time() - begun
    figures |= _asked(contestant, corpus.read_questions(folder))
    gc.collect()
    figures["memory MB"] = round(psutil.Process().memory_info().rss / 1e6)
    if step == "build" and isinstance(contestant, Ours):
        contestant.close()
    figures["disk MB"] = round(sum(path.stat().st_size for path in own.rglob("*") if path.is_file()) / 1e6)
    if step == "serve" or not figures["disk MB"]:
        figures["new found ms"] = _until_found(contestant, sum(1 for _ in corpus.read_passages(folder)))
    return figures


def _asked(contestant: Any, questions: Sequence[corpus.Question]) -> dict[str, object]:
    """How well the real questions find, and how long the made ones take."""
    gains = []
    for question in [one for one in questions if one.passages][:_JUDGED]:
        found = list(contestant.search(question.text, _K))[:10]
        gains.append(next((1 / place for place, n in enumerate(found, 1) if n in question.passages), 0.0))
    seconds: list[float] = []
    for question in [one for one in questions if not one.passages]:
        begun = time.process_time()
        contestant.search(question.text, _K)
        seconds.append(time.process_time() - begun)
        if len(seconds) >= _LEAST_ASKED and sum(seconds) > _MOST_SECONDS:
            break
    slow = statistics.quantiles(seconds, n=20, method="inclusive")[18]
    return {"MRR@10": statistics.mean(gains), "p50 ms": 1e3 * statistics.median(seconds), "p95 ms": 1e3 * slow}


def _until_found(contestant: Any, number: int) -> float:
    """Milliseconds from the call that adds a passage to the search that finds it; the middle one of three additions."""
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        contestant.add(number, _NEW)
        assert number in list(contestant.search(_NEW_ASKED, 3))
        spent.append(1e3 * (time.perf_counter() - begun))
    return statistics.median(spent)


if __name__ == "__main__":
    print(json.dumps(_measure(*sys.argv[1:3], *map(Path, sys.argv[3:5]))))  # type: ignore[arg-type]  # noqa: T201 - the answer to the process that started this one
