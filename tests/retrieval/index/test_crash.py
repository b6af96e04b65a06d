"""Killed at any moment, with no chance to put anything in order: afterwards store and index agree."""

import multiprocessing
import os
import random
import time
from pathlib import Path

import pytest

from tests.retrieval.index import killed

# `make soak` asks for more of them.
KILLS = int(os.environ.get("MARSAD_TEST_KILLS", "20"))
_LONGEST = 0.6


@pytest.mark.parametrize("engine", ["disk", "auto"])
def test_after_a_kill_every_article_of_the_store_is_found_and_none_twice(tmp_path: Path, engine: str) -> None:
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["tests.retrieval.index.killed"])
    dice = random.Random(f"{engine} {KILLS}")
    for kill in range(KILLS // 2):
        ours, theirs = forking.Pipe(duplex=False)
        working = forking.Process(target=killed.work, args=(tmp_path, engine, kill, theirs))
        working.start()
        assert ours.recv() == "started"
        time.sleep(dice.uniform(0, _LONGEST))
        working.kill()
        working.join()
        assert_in_step(tmp_path, engine)


def assert_in_step(folder: Path, engine: str) -> None:
    with killed.opened(folder, engine) as (store, index, desk):
        desk.refresh()
        assert index.stats().stamp == store.stamp()
        readings = list(store.readings())
        assert index.stats().articles == len(readings)
        assert index.stats().entries == sum(len(reading.passages) + len(reading.facts) for _, reading in readings)
        for article, reading in readings:
            word = article.body.split()[4]
            hits = [hit.id for hit in index.search(word, 9) if hit.article_id == article.id]
            assert sorted(hits) == sorted(passage.id for passage in reading.passages)
