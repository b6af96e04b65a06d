"""Finding passages and facts by their words: BM25 in memory, on disk or on an OpenSearch cluster."""

from __future__ import annotations

from pathlib import Path

from retrieval.index.analyzer import version as analyzer_version
from retrieval.index.entries import entries_of
from retrieval.index.memory import MemoryIndex
from retrieval.index.protocol import EngineError, Entry, EntryKind, Filters, Hit, Index, IndexStats

__all__ = [
    "EngineError",
    "Entry",
    "EntryKind",
    "Filters",
    "Hit",
    "Index",
    "IndexStats",
    "analyzer_version",
    "entries_of",
    "open_index",
]


def open_index(setting: str, folder: Path) -> Index:
    """The index that the setting names: `memory`.

    Raises:
        EngineError: for a setting that names no engine.
    """
    if setting == "memory":
        return MemoryIndex(folder / "memory.npz")
    raise EngineError(
        f"no index engine is called {setting!r}: use auto, memory, disk or the URL of an OpenSearch server"
    )
