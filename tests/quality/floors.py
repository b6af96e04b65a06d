"""The floors below which the quality of answers may not sink unnoticed, and the command that raises them.

`python -m tests.quality.floors` prints each figure beside its floor; `--misses` lists what was missed; `--raise` writes
the figures that are above their floors; `--lower NAME` writes one that has sunk, which the diff then shows.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from tests.quality.measuring import Share, measure, opened_desk, shares

FLOORS = Path(__file__).with_name("floors.json")


def read_floors() -> dict[str, float]:
    """The floors by the name of their figure."""
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def raised(floors: Mapping[str, float], figures: Mapping[str, Share], lower: str = "") -> dict[str, float]:
    """The floors, each raised to its figure rounded down to a hundredth; only the one named by `lower` may sink.

    Raises:
        ValueError: when no figure is called that.
    """
    if lower and lower not in figures:
        raise ValueError(f"no figure is called {lower!r}: use one of {', '.join(figures)}")
    return {
        name: _rounded(share) if name == lower else max(floors.get(name, 0.0), _rounded(share))
        for name, share in figures.items()
    }


def _rounded(share: Share) -> float:
    return math.floor(share.value * 100) / 100


def _measure() -> dict[str, Share]:
    with tempfile.TemporaryDirectory() as folder, opened_desk(Path(folder)) as desk:
        return shares(measure(desk), desk)


def main() -> None:
    """Print the figures, and write the floors if asked to."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument(
        "--raise", dest="write", action="store_true", help="write the figures that are above their floors"
    )
    parser.add_argument("--lower", default="", metavar="NAME", help="write this figure even if it is below its floor")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    given = parser.parse_args()
    figures, floors = _measure(), read_floors()
    for name, share in figures.items():
        sys.stdout.write(f"{share.value:.3f} ({share.right}/{share.of}), floor {floors.get(name, 0.0):.2f}: {name}\n")
        if given.misses:
            sys.stdout.writelines(f"    {miss}\n" for miss in share.misses)
    if given.write or given.lower:
        text = json.dumps(raised(floors, figures, given.lower), ensure_ascii=False, indent=2)
        FLOORS.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
