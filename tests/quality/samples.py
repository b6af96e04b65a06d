"""The sample articles and what is asked about them, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from bot.sources import read_paths
from retrieval import Article

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "seeds" / "articles.jsonl"
QUESTIONS = ROOT / "seeds" / "questions.jsonl"
LESSONS = ROOT / "seeds" / "lessons.jsonl"
CONVERSATIONS = Path(__file__).with_name("conversations.jsonl")
TOTALS = Path(__file__).with_name("totals.jsonl")

# Every sample says what it is, in its body.
MARK = "نص تجريبي كُتب لاختبار مرصد"
# The day on which a question is asked that does not name one: after the newest sample.
AS_OF = dt.date(2026, 3, 1)

QuestionType = Literal[
    "how_many", "who", "whom", "where", "when", "which", "says_who", "what_happened", "list", "unanswerable"
]


class Row(BaseModel):
    """A line of one of the files; a key that is not known here is a slip of the pen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Expected(Row):
    """What a right answer says: a number, one of some texts, a day, a count without a number, or nothing at all."""

    numbers: tuple[int, ...] = ()
    bound: str = ""
    texts: tuple[str, ...] = ()
    date: dt.date | None = None
    vague: bool = False
    abstained: bool = False


class Asked(Row):
    """A question about the samples. `form` marks a number that the evidence shows by a dual or a singular noun."""

    id: str
    q: str
    type: QuestionType
    gold: Expected | None
    article: tuple[str, ...]
    evidence: str = ""
    form: Literal["", "dual", "singular"] = ""
    dialect: bool = False
    as_of: dt.date = AS_OF

    @property
    def expected(self) -> Expected:
        """What the answer should be; a question that no sample answers should be declined."""
        return self.gold or Expected(abstained=True)


class Turn(Row):
    """One message of a conversation and what the answer to it should be."""

    q: str
    expect: Expected
    article: tuple[str, ...]


class Conversation(Row):
    """Messages that follow one another; `why` says what is tried."""

    id: str
    turns: tuple[Turn, ...]
    why: str


class Sum(Row):
    """A question for a total: its range (`max` null where it is open), the events and reports that it rests on."""

    id: str
    q: str
    min: int | None
    max: int | None
    events: int
    reports: int | None
    article: tuple[str, ...]
    why: str
    unquantified: bool = False


T = TypeVar("T", bound=Row)


def articles() -> tuple[Article, ...]:
    """The sample articles, as the program itself reads them from their file.

    Raises:
        ValueError: for a line that gives no article.
    """
    found = []
    for item in read_paths([ARTICLES]):
        if not isinstance(item, Article):
            raise ValueError(str(item))  # noqa: TRY004 - a line of data is wrong, not a type
        found.append(item)
    return tuple(found)


def questions() -> tuple[Asked, ...]:
    """The questions about the samples."""
    return tuple(_rows(QUESTIONS, Asked))


def lessons() -> tuple[Asked, ...]:
    """The questions from which the rankers learn."""
    return tuple(_rows(LESSONS, Asked))


def conversations() -> tuple[Conversation, ...]:
    """The conversations about the samples."""
    return tuple(_rows(CONVERSATIONS, Conversation))


def totals() -> tuple[Sum, ...]:
    """The totals over the samples."""
    return tuple(_rows(TOTALS, Sum))


def _rows(path: Path, kind: type[T]) -> Iterator[T]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield kind.model_validate_json(line)
