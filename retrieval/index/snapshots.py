"""The file in which the memory index leaves what it holds: arrays and JSON, nothing that could run when it is read."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.parts import PARTS, Part
from retrieval.index.protocol import Entry
from retrieval.index.shelf import Shelf

# Raised whenever the layout changes.
_LAYOUT = 4


def save(path: Path, analyzer: str, stamp: str, shelves: Mapping[Part, Shelf]) -> None:
    """Write the snapshot, whole or not at all.

    Raises:
        OSError: when it cannot be written.
    """
    arrays: dict[str, npt.NDArray[Any]] = {}
    for part, shelf in shelves.items():
        arrays |= {f"{part}.{name}": held for name, held in shelf.dump().items()}
    entries = {part: [_plain(entry) for entry in shelf.catalogue.entries] for part, shelf in shelves.items()}
    meta = json.dumps([_LAYOUT, analyzer, stamp, entries], ensure_ascii=False).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may save at once; each writes a file of its own, and the last one stays.
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            np.savez(file, allow_pickle=False, meta=np.frombuffer(meta, np.uint8), **arrays)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def load(path: Path, analyzer: str) -> tuple[str, dict[Part, Shelf]] | None:
    """The stamp and shelves of the snapshot; None when there is none, or it is broken, or of another analyzer."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            layout, made_by, stamp, entries = json.loads(held["meta"].tobytes())
            if (layout, made_by) != (_LAYOUT, analyzer):
                return None
            arrays = {name: held[name] for name in held.files}
        return stamp, {part: _shelf(part, entries[part], arrays) for part in PARTS}
    except (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile):
        return None


def _shelf(part: Part, rows: list[list[Any]], arrays: Mapping[str, npt.NDArray[Any]]) -> Shelf:
    cut = len(part) + 1
    own = {name[cut:]: held for name, held in arrays.items() if name.startswith(f"{part}.")}
    return Shelf.restored([_entry(row) for row in rows], own)


def _plain(entry: Entry) -> list[Any]:
    return [*entry._replace(date=None), entry.date and entry.date.toordinal()]


def _entry(row: list[Any]) -> Entry:
    *parts, day = row
    entry = Entry(*parts)
    return entry._replace(date=day and dt.date.fromordinal(day), places=tuple(entry.places))
