"""Finding passages and facts by their words: BM25 in memory, on disk or on an OpenSearch cluster."""

from __future__ import annotations

from pathlib import Path

from retrieval.index.analyzer import version as analyzer_version
from retrieval.index.disk import DiskIndex
from retrieval.index.entries import entries_of
from retrieval.index.growing import GrowingIndex
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
    """The index that the setting names: `auto`, `memory`, `disk` or the URL of an OpenSearch server.

    The first three keep their files in the folder, which need not be there yet.

    Raises:
        EngineError: for a setting that names no engine, and when the engine cannot be opened.
    """
    if setting == "auto":
        return GrowingIndex(folder)
    if setting == "memory":
        return MemoryIndex(folder / "memory.npz")
    if setting == "disk":
        return DiskIndex(folder / "disk")
    if setting.startswith(("http://", "https://")):
        # Only who has a cluster waits for its client to be imported.
        from retrieval.index.cluster import Address  # noqa: PLC0415 - see above
        from retrieval.index.opensearch import OpenSearchIndex  # noqa: PLC0415 - see above

        return OpenSearchIndex(Address.of(setting))
    raise EngineError(
        f"no index engine is called {setting!r}: use auto, memory, disk or the URL of an OpenSearch server"
    )
