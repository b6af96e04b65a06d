"""`make bench`: runs the sections asked for and prints a table of each.

A section is a module of this package with a `TITLE` and a function `rows(sizes)` that yields what one line of its table
says, by column; without sizes it takes its own. Figures of different machines cannot be compared; those in the same
table can.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

SECTIONS = ("index", "reading", "answering", "following", "commands", "replies")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the program's speed.")
    parser.add_argument("sections", nargs="*", default=SECTIONS, metavar="SECTION", help=f"of {', '.join(SECTIONS)}")
    parser.add_argument("--sizes", nargs="*", type=int, help="passages or articles, in sections that grow with them")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no section is called {', '.join(sorted(unknown))}: there are {', '.join(SECTIONS)}")
    console = Console(highlight=False, width=None if Console().is_terminal else 200)
    console.print(_machine())
    figures = {}
    for name in asked.sections:
        section = importlib.import_module(f"tests.benchmarks.{name}")
        found: list[Mapping[str, object]] = []
        for row in section.rows(asked.sizes or ()):
            found.append(row)
            told = ", ".join(f"{column} {_cell(value)}" for column, value in row.items())
            print(told, file=sys.stderr, flush=True)  # noqa: T201 - a run takes minutes
        console.print(_table(section.TITLE, found))
        figures[name] = found
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return f"Python {platform.python_version()}, {psutil.cpu_count()} cores, {memory:.0f} GB, {platform.platform()}"


def _table(title: str, rows: Sequence[Mapping[str, object]]) -> Table:
    table = Table(title=title, title_justify="left")
    columns = dict.fromkeys(column for row in rows for column in row)
    for column in columns:
        numeric = all(isinstance(row.get(column, 0), (int, float)) for row in rows)
        table.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(_cell(row.get(column, "")) for column in columns))
    return table


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    main()
