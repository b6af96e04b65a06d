"""What a source gives: articles, and one line about each thing that is not one or not quite."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from retrieval import Article


class Rejected(NamedTuple):
    """Something that did not become an article: where it stands, why, and whether it never claimed to be one."""

    where: str
    reason: str
    skipped: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Remark(NamedTuple):
    """Something that an operator should know about an article that is in nevertheless."""

    where: str
    said: str

    def __str__(self) -> str:
        return f"{self.where}: {self.said}"


Item = Article | Rejected | Remark


class Defaults(NamedTuple):
    """What an article gets that says nothing itself; a URL names one article only."""

    outlet: str = ""
    published: dt.date | None = None
    url: str = ""


class Limits(NamedTuple):
    """The largest file that is read whole, in bytes, and the longest article, in characters of title and body."""

    file_bytes: int = 32 * 1024 * 1024
    article_chars: int = 500_000

    @property
    def line_bytes(self) -> int:
        """The longest line that can hold such an article: six bytes for a letter written as an escape, and the rest."""
        return 6 * self.article_chars + 1024 * 1024


class Unusable(ValueError):  # noqa: N818 - it is no fault of the program
    """Input that cannot become an article; its message is the reason that the user reads."""
