"""Telling the log of a fault of the program without what it happened to: that is somebody's message."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


def report(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log what failed, the kind of error and the place in the program where it arose; not what the error says."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    log.log(logging.ERROR, "%s: %s at %s", what, type(error).__name__, place)
