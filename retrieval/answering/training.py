"""Trains the ranker on questions of our own: `python -m retrieval.answering.training ARTICLES QUESTIONS`.

RANKER.md says what came of it. A question is a line with `q`, its `gold` (`texts` or `numbers`, or null where nothing
answers it), the ids of the `article`s that answer it, and the day it is asked (`as_of`).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.answering.evidence import Evidence, keys_of, seek
from retrieval.answering.features import Features
from retrieval.answering.notes import Notes
from retrieval.answering.quoting import value_of
from retrieval.answering.ranking import JUDGED, Ranked, evidence_for, rank
from retrieval.answering.wording import Wording
from retrieval.asking import understand
from retrieval.index import Filters, entries_of, open_index
from retrieval.reading import read
from retrieval.types import Article, Citation, Fact, PassageHit, Question, Value

Matrix = npt.NDArray[np.float64]

_AS_OF = dt.date(2026, 3, 1)
_PASSAGES = 10
_FOLDS = 5
# How strongly the weights are held near zero; chosen by cross-validation over the questions.
_HOLD = 0.3
_HOLD_CONFIDENCE = 2.0
_STEPS = 3000
_RATE = 0.3


class Lesson(NamedTuple):
    """One question: its candidates as ranked, which of them are right, and whether it has an answer at all."""

    ranked: tuple[Ranked, ...]
    right: tuple[bool, ...]
    answerable: bool


def lessons(articles: Sequence[Article], questions: Sequence[dict[str, Any]], wording: Wording) -> Iterator[Lesson]:
    """The lessons of all questions that facts alone do not answer."""
    by_id = {article.id: article for article in articles}
    readings = {article.id: read(article) for article in articles}
    index = open_index("memory", Path())
    for article in articles:
        index.add(entries_of(article, readings[article.id]))
    for asked in questions:
        as_of = dt.date.fromisoformat(asked["as_of"]) if asked.get("as_of") else _AS_OF
        question = understand(asked["q"], as_of=as_of)
        hits = index.search(" ".join(question.words) or question.text, _PASSAGES, Filters(kinds=("passage",)))
        passages = []
        for hit in hits:
            passage = readings[hit.article_id].passages[int(hit.id.rpartition("#")[2])]
            citation = Citation.of(by_id[hit.article_id], passage.start, passage.end)
            passages.append(
                PassageHit(
                    article_id=hit.article_id,
                    text=citation.quote,
                    start=passage.start,
                    end=passage.end,
                    score=hit.score,
                    citation=citation,
                )
            )
        found = {hit.article_id for hit in hits}
        facts: tuple[Fact, ...] = tuple(fact for name in sorted(found) for fact in readings[name].facts)
        evidence = Evidence(tuple(passages), facts)
        ranked = tuple(rank(seek(question, evidence), evidence))
        if ranked:
            right = tuple(_right(one, asked, question, wording) for one in ranked)
            yield Lesson(ranked, right, asked["gold"] is not None)


def fit_weights(taught: Sequence[Lesson]) -> Matrix:
    """The weights under which the right candidates of the lessons are likeliest (softmax over each question's)."""
    useful = [
        (np.array([one.features for one in lesson.ranked]), np.array(lesson.right))
        for lesson in taught
        if any(lesson.right)
    ]
    weights = np.zeros(len(Features._fields))
    for _ in range(_STEPS):
        slope = np.zeros_like(weights)
        for rows, right in useful:
            scores = rows @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            wanted = likely * right
            slope += rows.T @ (wanted / wanted.sum() - likely)
        weights += _RATE * (slope - _HOLD * weights) / len(useful)
    return weights


def fit_confidence(rows: Matrix, right: Matrix) -> tuple[Matrix, float]:
    """Weights and bias of a logistic regression of being right on what the confidence is judged by."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - middle) / spread
    weights, bias = np.zeros(rows.shape[1]), 0.0
    for _ in range(_STEPS):
        miss = right - 1 / (1 + np.exp(-scaled @ weights - bias))
        weights += _RATE * (scaled.T @ miss - _HOLD_CONFIDENCE * weights) / len(rows)
        bias += _RATE * miss.mean()
    weights = weights / spread
    return weights, float(bias - weights @ middle)


def train(taught: Sequence[Lesson]) -> dict[str, Any]:
    """The model, with what cross-validation says of it; the confidence learns from questions its ranker never saw."""
    folds = np.arange(len(taught)) % _FOLDS
    rows, right = [], []
    for fold in range(_FOLDS):
        weights = fit_weights([lesson for lesson, k in zip(taught, folds, strict=True) if k != fold])
        for lesson in (one for one, k in zip(taught, folds, strict=True) if k == fold):
            order = sorted(range(len(lesson.ranked)), key=lambda n: -float(np.dot(weights, lesson.ranked[n].features)))
            again = [
                one._replace(score=float(np.dot(weights, one.features))) for one in (lesson.ranked[n] for n in order)
            ]
            rows.append(evidence_for(again))
            right.append(float(lesson.right[order[0]]))
    judged, truth = np.array(rows), np.array(right)
    confidence, bias = fit_confidence(judged, truth)
    sure = 1 / (1 + np.exp(-judged @ confidence - bias))
    return {
        "features": list(Features._fields),
        "judged": list(JUDGED),
        "weights": [round(float(w), 4) for w in fit_weights(taught)],
        "confidence": [round(float(w), 4) for w in confidence],
        "bias": round(bias, 4),
        "lessons": len(taught),
        "first_right": round(float(truth.sum() / sum(lesson.answerable for lesson in taught)), 3),
        "at_threshold": {str(t): _at(sure, truth, t) for t in (0.3, 0.4, 0.5, 0.6)},
    }


def _at(sure: Matrix, truth: Matrix, threshold: float) -> dict[str, float]:
    """How much is answered at a threshold, and how much of that is right."""
    answered = sure >= threshold
    return {
        "answered": round(float(answered.mean()), 3),
        "precision": round(float(truth[answered].mean()), 3) if answered.any() else 0.0,
    }


def _right(one: Ranked, asked: dict[str, Any], question: Question, wording: Wording) -> bool:
    gold = asked["gold"]
    if not gold or one.candidate.told.hit.article_id not in asked["article"]:
        return False
    value = value_of(one.candidate, question, Notes(wording))
    if gold.get("numbers"):
        return any(number in (value.min, value.max) for number in gold["numbers"])
    return any(_matches(value, text) for text in gold.get("texts") or [])


def _matches(value: Value, text: str) -> bool:
    """Whether half of the words of both are shared, and the answer is not so wide that it would fit anything."""
    said, wanted = keys_of(value.text or ""), keys_of(text)
    wide = len((value.text or "").split()) > 3 * len(text.split()) + 6
    shared = len(said & wanted)
    return bool(said and wanted) and not wide and shared * 2 >= min(len(said), len(wanted))


def main() -> None:
    """Train on the files named on the command line and write the model beside this module."""
    articles = [
        Article.model_validate(
            {k: v for k, v in json.loads(line).items() if k in Article.model_fields and v is not None}
        )
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    ]
    questions = [json.loads(line) for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()]
    wording = Wording.read(Path(__file__).parents[2] / "bot" / "messages.toml")
    model = train(list(lessons(articles, questions, wording)))
    Path(__file__).with_name("ranker.json").write_text(f"{json.dumps(model, indent=1)}\n", encoding="utf-8")
    sys.stdout.write(f"{json.dumps({k: model[k] for k in ('lessons', 'first_right', 'at_threshold')})}\n")


if __name__ == "__main__":
    main()
