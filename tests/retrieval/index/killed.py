"""A desk that takes in articles and rebuilds its index until its process is killed."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, NamedTuple

from bot.desk import Desk
from bot.store import Store
from bot.wording import load_wording
from retrieval import read
from retrieval.index import Index, open_index
from retrieval.index.growing import GrowingIndex
from retrieval.types import Article

NOW = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
# So few entries that `auto` moves to disk while it is being killed.
_LIMIT = 60
_ARTICLES = 400
_LETTERS = "بتثجحخدرزسشصضطظعغفقكلمنه"


def word_of(number: int, version: int) -> str:
    """A word that stands in that version of that article and nowhere else."""
    digits = []
    rest = number * 1_000 + version
    while rest:
        rest, digit = divmod(rest, len(_LETTERS))
        digits.append(_LETTERS[digit])
    return "ظ" + "".join(digits).ljust(6, "ء")


def article(number: int, version: int) -> Article:
    """An article of several passages, each of which holds its word."""
    word = word_of(number, version)
    passage = f"ذكرت النشرة أن أعمال {word} في الحي القديم تتقدم كما خطط لها وأن الأهالي يتابعونها كل يوم. " * 4
    return Article(id=f"a{number}", body="\n".join([passage] * (1 + number % 3)), outlet="نشرة الحي")


@contextmanager
def opened(folder: Path, engine: str) -> Iterator[tuple[Store, Index, Desk]]:
    """The parts of the program in that folder."""
    with closing(Store.open(f"sqlite:///{folder / 'store.sqlite'}")) as store, closing(_index(folder, engine)) as index:
        yield store, index, Desk(store, index, load_wording(), workers=1)


class Told(NamedTuple):
    """What the desk says of its work before it is killed, and the version of each article that this is about."""

    what: Literal["started", "begun", "kept"]
    versions: dict[int, int]


def work(folder: Path, engine: str, seed: int, told: Connection) -> None:
    """Never ends by itself: one article is new, another changed, all are indexed, and every third time all anew."""
    dice = random.Random(seed)
    with opened(folder, engine) as (_, _, desk):
        told.send(Told("started", {}))
        for turn in itertools.count():
            batch = {n: dice.randrange(1_000) for n in dice.sample(range(_ARTICLES), dice.randrange(1, 12))}
            told.send(Told("begun", batch))
            desk.ingest([article(number, version) for number, version in batch.items()], now=NOW)
            told.send(Told("kept", batch))
            desk.refresh()
            if turn % 3 == 1:
                desk.reindex()


def warm() -> None:
    """Load what every process needs, so that those that are forked off need not."""
    read(article(1, 1))


def _index(folder: Path, engine: str) -> Index:
    return GrowingIndex(folder / "index", _LIMIT) if engine == "auto" else open_index(engine, folder / "index")


if __name__ == "tests.retrieval.index.killed":
    warm()
