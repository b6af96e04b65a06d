"""Trains ranker and chooser on questions of our own: `python -m retrieval.answering.training ARTICLES QUESTIONS…`.

RANKER.md says what came of it. A question is a line with `q`, its `gold` (`texts` or `numbers`, or null where nothing
answers it), the ids of the `article`s that answer it, and the day it is asked (`as_of`).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from retrieval.answering import choosing, ranking
from retrieval.answering.choosing import Traits
from retrieval.answering.counting import counts_of, singles_out
from retrieval.answering.evidence import Evidence, Sought, keys_of, seek
from retrieval.answering.features import Features
from retrieval.answering.learning import Lesson, learn
from retrieval.answering.notes import Notes
from retrieval.answering.quoting import value_of
from retrieval.answering.ranking import Ranked, evidence_for, may_answer
from retrieval.answering.wording import Wording
from retrieval.asking import understand
from retrieval.index import Filters, Index, entries_of, open_index
from retrieval.reading import read
from retrieval.types import Article, Casualty, Citation, Fact, PassageHit, Question, Reading, Value

_AS_OF = dt.date(2026, 3, 1)
_PASSAGES = 10


class Asked(NamedTuple):
    """A question with its gold line and what was found for it."""

    question: Question
    line: dict[str, Any]
    sought: Sought
    evidence: Evidence


def questions_asked(articles: Sequence[Article], lines: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    """Each question with its evidence among the articles."""
    by_id = {article.id: article for article in articles}
    readings = {article.id: read(article) for article in articles}
    index = open_index("memory", Path())
    for article in articles:
        index.add(entries_of(article, readings[article.id]))
    for line in lines:
        as_of = dt.date.fromisoformat(line["as_of"]) if line.get("as_of") else _AS_OF
        question = understand(line["q"], as_of=as_of)
        passages = tuple(_passages(question, index, by_id, readings))
        facts: list[Fact] = [
            fact for name in sorted({hit.article_id for hit in passages}) for fact in readings[name].facts
        ]
        evidence = Evidence(passages, tuple(facts))
        yield Asked(question, line, seek(question, evidence), evidence)


def ranking_lessons(asked: Sequence[Asked], wording: Wording) -> Iterator[Lesson]:
    """For each question that facts alone do not answer, the candidates of its passages."""
    for one in asked:
        if one.question.understood.asks == "how_many" and one.question.understood.harm:
            continue
        ranked = tuple(Ranked(*each, 0.0) for each in may_answer(one.sought, one.evidence))
        if ranked:
            right = tuple(_says(each, one, wording) for each in ranked)
            rows = np.array([each.features for each in ranked])
            yield Lesson(rows, right, one.line["gold"] is not None, partial(_judge_ranked, ranked))


def choosing_lessons(asked: Sequence[Asked]) -> Iterator[Lesson]:
    """For each question that asks how many came to harm in one event, the counts of that harm."""
    for one in asked:
        understood = one.question.understood
        fits = counts_of(one.sought, one.evidence) if understood.asks == "how_many" and understood.harm else []
        if not fits or not singles_out(one.question) or one.question.parts:
            continue
        told = [choosing.traits(each, one.sought) for each in fits]
        right = tuple(_counts(each.fact, one.line) for each in fits)
        rows = np.array(told)
        yield Lesson(rows, right, one.line["gold"] is not None, partial(_judge_chosen, told))


def _passages(
    question: Question, index: Index, articles: dict[str, Article], readings: dict[str, Reading]
) -> Iterator[PassageHit]:
    query = " ".join(question.words) or question.text
    for hit in index.search(query, _PASSAGES, Filters(kinds=("passage",))):
        passage = readings[hit.article_id].passages[int(hit.id.rpartition("#")[2])]
        citation = Citation.of(articles[hit.article_id], passage.start, passage.end)
        yield PassageHit(
            article_id=hit.article_id,
            text=citation.quote,
            start=passage.start,
            end=passage.end,
            score=hit.score,
            citation=citation,
        )


def _judge_ranked(ranked: Sequence[Ranked], scores: Sequence[float]) -> tuple[int, tuple[float, ...]]:
    order = sorted(range(len(ranked)), key=lambda at: -scores[at])
    return order[0], evidence_for([ranked[at]._replace(score=scores[at]) for at in order])


def _judge_chosen(told: Sequence[Traits], scores: Sequence[float]) -> tuple[int, tuple[float, ...]]:
    best = max(range(len(told)), key=lambda at: scores[at])
    return best, choosing.judged(told[best], scores[best])


def _says(one: Ranked, asked: Asked, wording: Wording) -> bool:
    gold = asked.line["gold"]
    if not gold or one.candidate.told.hit.article_id not in asked.line["article"]:
        return False
    value = value_of(one.candidate, asked.question, Notes(wording))
    if gold.get("numbers"):
        return any(number in (value.min, value.max) for number in gold["numbers"])
    return any(_matches(value, text) for text in gold.get("texts") or [])


def _counts(fact: Fact, line: dict[str, Any]) -> bool:
    gold = line["gold"]
    if not gold or not isinstance(fact, Casualty) or fact.citation.article_id not in line["article"]:
        return False
    if gold.get("vague"):
        return fact.min is None and fact.max is None
    return any(number in (fact.min, fact.max) for number in gold.get("numbers") or [])


def _matches(value: Value, text: str) -> bool:
    """Whether half of the words of both are shared, and the answer is not so wide that it would fit anything."""
    said, wanted = keys_of(value.text or ""), keys_of(text)
    wide = len((value.text or "").split()) > 3 * len(text.split()) + 6
    shared = len(said & wanted)
    return bool(said and wanted) and not wide and shared * 2 >= min(len(said), len(wanted))


def main() -> None:
    """Train on the files named on the command line and write the models beside this module."""
    articles = [
        Article.model_validate(
            {k: v for k, v in json.loads(line).items() if k in Article.model_fields and v is not None}
        )
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    ]
    lines = [json.loads(line) for name in sys.argv[2:] for line in Path(name).read_text(encoding="utf-8").splitlines()]
    wording = Wording.read(Path(__file__).parents[2] / "bot" / "messages.toml")
    asked = list(questions_asked(articles, lines))
    models = {
        "ranker": learn(list(ranking_lessons(asked, wording)), Features._fields, (*ranking.JUDGED, "lead"), hold=10.0),
        "chooser": learn(list(choosing_lessons(asked)), Traits._fields, choosing.JUDGED, hold=2.0),
    }
    for name, model in models.items():
        Path(__file__).with_name(f"{name}.json").write_text(f"{json.dumps(model, indent=1)}\n", encoding="utf-8")
        figures = {k: model[k] for k in ("lessons", "first_right", "at_threshold")}
        sys.stdout.write(f"{name}: {json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
