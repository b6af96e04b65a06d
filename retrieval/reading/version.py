"""Which rules and tables an article was read by."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def reading_version() -> str:
    """A digest of the code and the tables of reading: under another one a reading may come out otherwise."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for folder in ("arabic", "reading"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".csv", ".npz", ".json"}:
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update((root / "types.py").read_bytes())
    return digest.hexdigest()[:16]
