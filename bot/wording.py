"""The words that the program says, from the packaged file of messages."""

from __future__ import annotations

from importlib.resources import as_file, files

from retrieval import Wording


def load_wording() -> Wording:
    """The wording of `bot/messages.toml`.

    Raises:
        WordingError: when a message of it is malformed.
    """
    with as_file(files("bot") / "messages.toml") as path:
        return Wording.read(path)
