"""The file in which the memory index leaves what it holds: arrays and JSON, nothing that could run when it is read."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.index.protocol import Entry

# Raised whenever the layout changes.
_LAYOUT = 2
Arrays = Mapping[str, npt.NDArray[Any]]


class Held(NamedTuple):
    """What an index holds: by which analyzer, at which stamp, its entries in order, and the postings of each field."""

    analyzer: str
    stamp: str
    entries: list[Entry]
    fields: Mapping[str, Arrays]


def save(path: Path, held: Held) -> None:
    """Write the snapshot, whole or not at all.

    Raises:
        OSError: when it cannot be written.
    """
    entries = [[*entry[:5], entry.date and entry.date.toordinal(), *entry[6:]] for entry in held.entries]
    meta = json.dumps([_LAYOUT, held.analyzer, held.stamp, entries], ensure_ascii=False).encode()
    arrays = {f"{field}.{name}": array for field, parts in held.fields.items() for name, array in parts.items()}
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


def load(path: Path, analyzer: str) -> Held | None:
    """The snapshot at that path; None when there is none, or it is broken, or of another analyzer or layout."""
    try:
        with np.load(path, allow_pickle=False) as file:
            layout, made_by, stamp, rows = json.loads(file["meta"].tobytes())
            if (layout, made_by) != (_LAYOUT, analyzer):
                return None
            fields: defaultdict[str, dict[str, npt.NDArray[Any]]] = defaultdict(dict)
            for key in file.files:
                field, _, name = key.partition(".")
                if name:
                    fields[field][name] = file[key]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    entries = [
        Entry(name, article, kind, text, title, day and dt.date.fromordinal(day), outlet, tuple(places))
        for name, article, kind, text, title, day, outlet, places in rows
    ]
    return Held(made_by, stamp, entries, fields)
