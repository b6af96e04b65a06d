from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

# Reads without end, and says which processes read for it once they are there.
READING = """
import itertools, multiprocessing
from bot.desk.readers import Readers
from tests.bot.articles import an_article

with Readers(2) as readers:
    for number, _ in enumerate(readers.read(an_article(f"a{n}") for n in itertools.count())):
        if number == 250:
            print(*[process.pid for process in multiprocessing.active_children()], flush=True)
"""


def test_the_processes_that_read_end_with_the_one_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", READING], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        readers = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
        process.kill()
    assert len(readers) == 2
    for _ in range(1_000):
        if all(map(has_ended, readers)):
            return
        time.sleep(0.1)
    pytest.fail("the readers go on")


def has_ended(process: psutil.Process) -> bool:
    """Whether it runs no more; who inherits it may not have taken note of its end."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
