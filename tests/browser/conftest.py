"""The real program over the sample articles, and a browser to look at it with."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.store import Store, feeds
from tests.end_to_end.program import environment, ingest

SEEDS = Path(__file__).parents[2] / "seeds" / "articles.jsonl"
# Without these it looks for its maker's servers at every start.
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
          "--disable-quic", "--disable-gpu")  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that `make test-browser` finds or installs."""
    path = os.environ.get("MARSAD_TEST_CHROMIUM")
    if not path:
        pytest.skip("MARSAD_TEST_CHROMIUM names no browser")
    with sync_playwright() as playwright:
        # Chromium's sandbox refuses to run as root.
        sandboxed = os.geteuid() != 0
        started = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandboxed, args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, served by `marsad run` over the sample articles and feeds in every state."""
    folder = ingest(tmp_path_factory.mktemp("site"), SEEDS)
    _add_feeds(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"MARSAD_LISTEN": f"127.0.0.1:{port}", "MARSAD_REQUESTS_PER_MINUTE": "100000"}
    command = [sys.executable, "-m", "bot", "run"]
    with (folder / "program.log").open("wb") as log:
        program = subprocess.Popen(command, env=environment(folder, **settings), cwd=folder, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", program)
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        assert program.wait(30) == 0
    assert "Traceback" not in (folder / "program.log").read_text(encoding="utf-8")


def _add_feeds(folder: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    later = now + dt.timedelta(days=1)
    states: tuple[dict[str, Any], ...] = (
        {},
        {"succeeded_at": now, "articles": 12},
        {"failures": 3},
        {"failures": 1, "paused": "gone for good"},
    )
    store = Store.open(f"sqlite:///{folder / 'marsad.sqlite'}")
    with store.writing() as connection:
        for number, _ in enumerate(states):
            feeds.add(connection, f"https://news.example/{number}.xml", f"وكالة الساحل {number}", interval=600, now=now)
        for row, state in zip(feeds.feeds(connection), states, strict=True):
            feeds.save(connection, row._replace(due_at=later, **state))
    store.close()


def _wait(address: str, program: subprocess.Popen[bytes]) -> None:
    while program.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the program ended with {program.returncode}")
