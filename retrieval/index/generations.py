"""Where the disk index keeps its files: one folder for each time it was built, and a note of which one counts."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from pathlib import Path
from typing import IO, NamedTuple

# Raised whenever the files of a generation change their layout.
_LAYOUT = 2
_NOTE = "current.json"
_LOCK = "building"
# Seconds between making a folder and locking it, with much to spare.
_MOMENT = 60.0


class Generation(NamedTuple):
    """A folder that holds a whole index, and the analyzer that made its terms."""

    folder: Path
    analyzer: str


class Generations:
    """The generations under one folder. Another process may make a new one count at any time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._locks: dict[Path, IO[str]] = {}

    def mark(self) -> tuple[int, int] | None:
        """What changes whenever another generation counts; None while none does. Costs a microsecond or two."""
        try:
            note = (self._root / _NOTE).stat()
        except OSError:
            return None
        return note.st_ino, note.st_mtime_ns

    def current(self) -> Generation | None:
        """The generation that counts; None when there is none, or its note is broken or of another layout."""
        try:
            note = json.loads((self._root / _NOTE).read_text(encoding="utf-8"))
            if note["layout"] == _LAYOUT:
                return Generation(self._root / note["folder"], note["analyzer"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def begin(self, analyzer: str) -> Generation:
        """A new empty folder, which does not count yet; what killed processes have begun is removed.

        Raises:
            OSError: when it cannot be made.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        self._sweep()
        taken = [int(name) for path in self._root.iterdir() if (name := path.name.removeprefix("g")).isdigit()]
        number = max(taken, default=0) + 1
        while True:
            folder = self._root / f"g{number}"
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
            else:
                # Held as long as this process lives, or until the folder counts or is given up.
                lock = self._locks[folder] = (folder / _LOCK).open("w")
                fcntl.flock(lock, fcntl.LOCK_EX)
                return Generation(folder, analyzer)

    def establish(self, generation: Generation) -> None:
        """Make the generation the one that counts.

        Raises:
            OSError: when the note cannot be written; then the old one still counts.
        """
        partial = self._root / f"{_NOTE}.{os.getpid()}.part"
        note = {"layout": _LAYOUT, "folder": generation.folder.name, "analyzer": generation.analyzer}
        try:
            with partial.open("w", encoding="utf-8") as file:
                json.dump(note, file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._root / _NOTE)
        finally:
            partial.unlink(missing_ok=True)
        self._release(generation.folder)

    def discard(self, generation: Generation) -> None:
        """Remove a generation's files; a process that still reads them keeps what it has opened."""
        self._release(generation.folder)
        shutil.rmtree(generation.folder, ignore_errors=True)

    def _release(self, folder: Path) -> None:
        if lock := self._locks.pop(folder, None):
            lock.close()

    def _sweep(self) -> None:
        """Remove folders that do not count and that no living process is building."""
        current = self.current()
        for path in self._root.glob("g*"):
            if (current is None or path != current.folder) and not _is_being_built(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_being_built(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        # A moment ago it was made, or it once counted and is being removed.
        return time.time() - _changed(folder) < _MOMENT
    except OSError:
        return True
    return False


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
