"""Killed at any moment, with no chance to put anything in order: afterwards store and index agree."""

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.retrieval.index import killed
from tests.retrieval.index.killed import Told

# Kills of each engine; `make soak` asks for more of them.
KILLS = int(os.environ.get("MARSAD_TEST_KILLS", "5"))
_LONGEST = 0.6


@pytest.mark.parametrize("engine", ["memory", "disk", "auto"])
def test_after_a_kill_every_article_that_was_kept_is_found_and_none_twice(tmp_path: Path, engine: str) -> None:
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["tests.retrieval.index.killed"])
    dice = random.Random(f"{engine} {KILLS}")
    kept: dict[int, set[int]] = {}
    for kill in range(KILLS):
        ours, theirs = forking.Pipe(duplex=False)
        working = forking.Process(target=killed.work, args=(tmp_path, engine, kill, theirs))
        working.start()
        theirs.close()
        assert ours.recv() == Told("started", {})
        time.sleep(dice.uniform(0, _LONGEST))
        working.kill()
        working.join()
        note(ours, kept)
        assert_in_step(tmp_path, engine, kept)


def note(ours: Connection, kept: dict[int, set[int]]) -> None:
    """Write down which versions an article may have now: the one kept last, or one that was on its way."""
    for what, versions in _told(ours):
        for number, version in versions.items():
            kept[number] = {version} if what == "kept" else kept.get(number, {-1}) | {version}


def _told(ours: Connection) -> Iterator[Told]:
    try:
        while True:
            yield ours.recv()
    except EOFError:
        return


def assert_in_step(folder: Path, engine: str, kept: dict[int, set[int]]) -> None:
    """Hold the store against what was kept, and the index against the store."""
    with killed.opened(folder, engine) as (store, index, desk):
        desk.refresh()
        assert index.stats().stamp == store.stamp()
        readings = {article.id: (article, reading) for article, reading in store.readings()}
        for number, versions in kept.items():
            found = readings.get(f"a{number}")
            assert found or -1 in versions
            version = next((v for v in versions if found and killed.word_of(number, v) in found[0].body), -1)
            assert version in versions
            kept[number] = {version}
        assert index.stats().articles == len(readings)
        assert index.stats().entries == sum(len(got.passages) + len(got.facts) for _, got in readings.values())
        for article, reading in readings.values():
            word = article.body.split()[4]
            hits = [hit.id for hit in index.search(word, 9) if hit.article_id == article.id]
            assert sorted(hits) == sorted(passage.id for passage in reading.passages)
