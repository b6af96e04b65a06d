"""The numbered sources of one answer, and the answer while it is being written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from retrieval.answering.wording import Wording
from retrieval.types import Answer, Citation, Fact, PassageHit, Question, Value


class Notes:
    """The citations of an answer in the order in which it first names them."""

    def __init__(self, wording: Wording) -> None:
        self.say = wording
        self._numbers: dict[tuple[str, str, int, int], int] = {}
        self.citations: list[Citation] = []

    def mark(self, citations: Iterable[Citation]) -> str:
        """The markers of the citations, each number once: "[1][3]"."""
        numbers = dict.fromkeys(self._number(citation) for citation in citations)
        return self.say.say("list.marks").join(f"[{self.say.number(number)}]" for number in numbers)

    def _number(self, citation: Citation) -> int:
        key = (citation.article_id, citation.field, citation.start, citation.end)
        if key not in self._numbers:
            self.citations.append(citation)
            self._numbers[key] = len(self.citations)
        return self._numbers[key]


class Draft(NamedTuple):
    """What an answer will say: its lines, the first of which answers, its value, and the facts it rests on.

    Without a value and not `told` it abstains. `told` answers without a single value: a list, a comparison.
    """

    lines: tuple[str, ...]
    value: Value | None = None
    facts: tuple[Fact, ...] = ()
    told: bool = False


def finish(question: Question, draft: Draft, notes: Notes, passages: tuple[PassageHit, ...]) -> Answer:
    """The answer that the draft and its notes make; without any citation it abstains."""
    abstained = not notes.citations or (draft.value is None and not draft.told)
    return Answer(
        question=question.text,
        as_of=question.as_of,
        understood=question.understood,
        abstained=abstained,
        answer="\n".join(draft.lines),
        value=None if abstained else draft.value,
        facts=draft.facts,
        passages=passages,
        citations=tuple(notes.citations),
    )
