"""The sample articles, read and indexed, as evidence for questions: what a desk does, without store and settings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bot.wording import load_wording
from retrieval.answering import Evidence, answer
from retrieval.arabic import places
from retrieval.asking import evidence_wanted, understand, wants_facts
from retrieval.copies import COPIED, resemblance, signature_of
from retrieval.index import Filters, entries_of, open_index
from retrieval.reading import read
from retrieval.types import Answer, Article, Citation, Fact, FactFilter, PassageHit, Question, Reading

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).with_name("golden")
AS_OF = dt.date(2026, 3, 1)
_PASSAGES = 10


class Library:
    """Articles with their readings and an index over them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self.readings: dict[str, Reading] = {name: read(article) for name, article in self.articles.items()}
        self.copies = dict(_copies(self.articles.values()))
        self._index = open_index("memory", Path())
        self._index.add(
            entry for name, article in self.articles.items() for entry in entries_of(article, self.readings[name])
        )

    def evidence(self, question: Question) -> Evidence:
        """The passages that fit the question's words, and the facts that bear on it."""
        parts = question.parts or (question,)
        passages = {hit.citation: hit for part in parts for hit in self._passages(part)}
        found = {hit.article_id for hit in passages.values()}
        facts = {fact.id: fact for part in parts for fact in self._facts(part, found)}
        return Evidence(passages=tuple(passages.values()), facts=tuple(facts.values()), copies=self.copies)

    def ask(self, text: str, before: Question | None = None) -> tuple[Question, Answer]:
        """The question that a text asks after another one, and its answer."""
        question = understand(text, as_of=AS_OF, before=before)
        return question, answer(question, self.evidence(question), load_wording())

    def _passages(self, question: Question) -> Iterable[PassageHit]:
        query = " ".join(question.words) or question.text
        for hit in self._index.search(query, _PASSAGES, Filters(kinds=("passage",))):
            passage = self.readings[hit.article_id].passages[int(hit.id.rpartition("#")[2])]
            citation = Citation.of(self.articles[hit.article_id], passage.start, passage.end)
            yield PassageHit(
                article_id=hit.article_id,
                text=citation.quote,
                start=passage.start,
                end=passage.end,
                score=hit.score,
                citation=citation,
            )

    def _facts(self, question: Question, found: set[str]) -> Iterable[Fact]:
        wanted = evidence_wanted(question) if wants_facts(question) else None
        for name, reading in self.readings.items():
            yield from (fact for fact in reading.facts if name in found or (wanted and _is_wanted(fact, wanted)))


def _is_wanted(fact: Fact, wanted: FactFilter) -> bool:
    if wanted.kinds and fact.kind not in wanted.kinds:
        return False
    if wanted.harms and getattr(fact, "harm", None) not in wanted.harms:
        return False
    if wanted.place_keys and not {places.key(name) for name in fact.places} & set(wanted.place_keys):
        return False
    first, last = fact.date_start, fact.date_end or fact.date_start
    if first is None or last is None:
        return True
    return (wanted.date_from is None or wanted.date_from <= last) and (
        wanted.date_to is None or first <= wanted.date_to
    )


def _copies(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Each article that carries the text of an earlier one, with the id of that one."""
    ordered = sorted(articles, key=lambda article: str(article.published))
    signed = [(article.id, signature_of(article)) for article in ordered]
    for at, (name, signature) in enumerate(signed):
        first = next((other for other, theirs in signed[:at] if resemblance(signature, theirs) >= COPIED), None)
        if first is not None:
            yield name, first


@cache
def samples() -> Library:
    """The library of the sample articles."""
    lines = (ROOT / "seeds" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return Library(
        Article.model_validate({key: value for key, value in json.loads(line).items() if key in Article.model_fields})
        for line in lines
    )


def conversations() -> list[list[str]]:
    """The questions of the golden file, those of one conversation together."""
    text = (GOLDEN / "questions.txt").read_text(encoding="utf-8")
    return [block.splitlines() for block in text.strip().split("\n\n")]


def converse(questions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each question of a conversation with the text of its answer."""
    before: Question | None = None
    for text in questions:
        before, answered = samples().ask(text, before)
        yield text, answered.answer


def main() -> None:
    """Write the golden file anew, to be read through before it is kept."""
    blocks = [f"## {text}\n{answered}" for talk in conversations() for text, answered in converse(talk)]
    (GOLDEN / "answers.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
