"""The command `marsad`, run in this process over a data folder of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli import main
from tests.bot.articles import OUTLET

BRIDGE = "قال مصدر طبي إن خمسة عمال قتلوا وأصيب 12 آخرون في انهيار جسر بمدينة الموصل، الثلاثاء."
VISIT = "وصل وزير الخارجية التركي أحمد أوغلو إلى بغداد اليوم في زيارة رسمية، والتقى رئيس الوزراء العراقي."


class Ran(NamedTuple):
    """What a command gave: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def marsad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `marsad` with the arguments."""
    for name in list(os.environ):
        if name.startswith("MARSAD_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MARSAD_WORKERS", "1")

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A file of two articles: a bridge that fell in Mosul, and a visit to Baghdad."""
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "bridge", "title": "انهيار جسر في الموصل", "outlet": OUTLET, "published": "2024-05-01", "body": BRIDGE},
        {"id": "visit", "title": "زيارة إلى بغداد", "outlet": OUTLET, "published": "2024-05-02", "body": VISIT},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


@pytest.fixture
def filled(marsad: Run, articles: Path) -> Run:
    """Runs `marsad` over the two articles."""
    assert marsad("ingest", "--quiet", articles).code == 0
    return marsad
