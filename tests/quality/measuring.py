"""Asks the desk everything that the samples ask, and counts what was right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.desk import Desk, Ingested
from bot.store import Store
from bot.wording import load_wording
from retrieval import Answer, Question, open_index
from tests.quality import samples
from tests.quality.samples import Asked, Conversation, Expected, Sum
from tests.quality.scoring import Verdict, judge


class Share(NamedTuple):
    """How many of how many were right, and a line for each that was not."""

    right: int
    of: int
    misses: tuple[str, ...]

    @property
    def value(self) -> float:
        """The share, from 0 to 1."""
        return self.right / self.of


class Exchange(NamedTuple):
    """One message, its answer, and the verdict on it."""

    name: str
    text: str
    answer: Answer
    expected: Expected
    verdict: Verdict

    @property
    def miss(self) -> str:
        """The line that says what went wrong."""
        value = self.answer.value
        got = value.model_dump_json(exclude_none=True) if value else "declined" if self.answer.abstained else "no value"
        cited = "" if self.verdict.cited else f", cites {sorted({one.article_id for one in self.answer.citations})}"
        return f"{self.name} {self.text} | wanted {self.expected.model_dump_json(exclude_defaults=True)} | {got}{cited}"


class Added(NamedTuple):
    """A question for a total and its answer."""

    wanted: Sum
    answer: Answer


class Measured(NamedTuple):
    """All answers of one run over the samples."""

    questions: tuple[tuple[Asked, Exchange], ...]
    lessons: tuple[Answer, ...]
    conversations: tuple[tuple[Conversation, tuple[Exchange, ...]], ...]
    totals: tuple[Added, ...]

    @property
    def answers(self) -> Iterator[Answer]:
        """Every answer that was given."""
        for _, exchange in self.questions:
            yield exchange.answer
        yield from self.lessons
        for _, exchanges in self.conversations:
            yield from (exchange.answer for exchange in exchanges)
        for added in self.totals:
            yield added.answer


@contextmanager
def opened_desk(folder: Path) -> Iterator[Desk]:
    """A desk whose store, in that folder, holds all samples and nothing else."""
    with (
        closing(Store.open(f"sqlite:///{folder / 'marsad.sqlite'}")) as store,
        closing(open_index("memory", folder)) as index,
    ):
        desk = Desk(store, index, load_wording(), workers=1)
        told = desk.ingest(samples.articles(), now=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
        assert told == Ingested(new=len(samples.articles())), f"not all samples could be read: {told}"
        yield desk


def measure(desk: Desk) -> Measured:
    """Ask the desk all questions, hold all conversations, and ask for all totals."""
    return Measured(
        questions=tuple((asked, _ask(desk, asked)) for asked in samples.questions()),
        lessons=tuple(desk.ask(one.q, as_of=one.as_of) for one in samples.lessons()),
        conversations=tuple((talk, tuple(_converse(desk, talk))) for talk in samples.conversations()),
        totals=tuple(Added(one, desk.ask(one.q, as_of=samples.AS_OF)) for one in samples.totals()),
    )


def shares(measured: Measured, desk: Desk) -> dict[str, Share]:
    """The figures that have floors, by name."""
    asked = [(q, one) for q, one in measured.questions if q.gold]
    declined = [one for q, one in measured.questions if not q.gold]
    turns = [one for _, exchanges in measured.conversations for one in exchanges]
    return {
        "questions right and cited": _share((one.verdict.good, one.miss) for _, one in asked),
        "questions right, cited and no wider than asked": _share(
            (one.verdict.good and one.verdict.strict, one.miss) for _, one in asked
        ),
        "questions how many right and cited": _share(
            (one.verdict.good, one.miss) for q, one in asked if q.type == "how_many"
        ),
        "questions in dialect right and cited": _share((one.verdict.good, one.miss) for q, one in asked if q.dialect),
        "questions without answer declined": _share((one.verdict.good, one.miss) for one in declined),
        "conversation turns right and cited": _share((one.verdict.good, one.miss) for one in turns),
        "totals with the right range": _share((_ranged(one), _missed(one)) for one in measured.totals),
        "totals with the right events": _share(
            (_says(one, desk, "number.event", one.wanted.events), _missed(one))
            for one in measured.totals
            if not one.wanted.unquantified
        ),
        "totals with the right reports": _share(
            (_says(one, desk, "number.report", one.wanted.reports), _missed(one))
            for one in measured.totals
            if not one.wanted.unquantified
        ),
    }


def _ask(desk: Desk, asked: Asked) -> Exchange:
    answer = desk.ask(asked.q, as_of=asked.as_of)
    return Exchange(asked.id, asked.q, answer, asked.expected, judge(answer, asked.expected, asked.article))


def _converse(desk: Desk, talk: Conversation) -> Iterator[Exchange]:
    before: Question | None = None
    for number, turn in enumerate(talk.turns, start=1):
        question = desk.understand(turn.q, as_of=samples.AS_OF, before=before)
        answer = desk.answer(question)
        verdict = judge(answer, turn.expect, turn.article)
        yield Exchange(f"{talk.id}.{number}", turn.q, answer, turn.expect, verdict)
        before = question


def _ranged(added: Added) -> bool:
    value, wanted = added.answer.value, added.wanted
    if wanted.unquantified:
        return value is None or (value.min is None and value.max is None)
    return value is not None and (value.min, value.max) == (wanted.min, wanted.max)


def _says(added: Added, desk: Desk, key: str, number: int | None) -> bool:
    """Whether the answer says that it rests on so many events or reports."""
    if number is None:
        return True
    wording = desk.wording.for_text(added.wanted.q)
    forms = {wording.say(key, n=number, oblique=oblique) for oblique in (False, True)}
    return any(form in added.answer.answer for form in forms)


def _missed(added: Added) -> str:
    value, wanted = added.answer.value, added.wanted
    got = value.model_dump_json(exclude_none=True) if value else "no value"
    numbers = f"{wanted.min} to {wanted.max}, {wanted.events} events, {wanted.reports} reports"
    return f"{wanted.id} {wanted.q} | wanted {numbers} | {got} | {added.answer.answer[:200]!r}"


def _share(outcomes: Iterator[tuple[bool, str]]) -> Share:
    told = list(outcomes)
    return Share(sum(right for right, _ in told), len(told), tuple(miss for right, miss in told if not right))
