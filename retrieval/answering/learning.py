"""Learns the small models from lessons: weights that put right choices first, and how sure the first one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

_FOLDS = 5
# How strongly the weights are held near zero; chosen by cross-validation over the questions.
_HOLD = 0.3
_STEPS = 3000
_RATE = 0.3


class Lesson(NamedTuple):
    """One question: the features of its choices, which are right, whether it has an answer at all.

    `judge` gives, from the choices' scores, the place of the first one and what the confidence in it is judged by.
    """

    rows: Matrix
    right: tuple[bool, ...]
    answerable: bool
    judge: Callable[[Sequence[float]], tuple[int, tuple[float, ...]]]


def learn(taught: Sequence[Lesson], features: Sequence[str], judged: Sequence[str], *, hold: float) -> dict[str, Any]:
    """The model, with what cross-validation says of it; the confidence learns from questions its weights never saw.

    `hold` says how strongly the confidence is held near zero.
    """
    folds = np.arange(len(taught)) % _FOLDS
    rows, right = [], []
    for fold in range(_FOLDS):
        weights = fit_weights([lesson for lesson, k in zip(taught, folds, strict=True) if k != fold])
        for lesson in (one for one, k in zip(taught, folds, strict=True) if k == fold):
            first, evidence = lesson.judge([float(score) for score in lesson.rows @ weights])
            rows.append(evidence)
            right.append(float(lesson.right[first]))
    seen, truth = np.array(rows), np.array(right)
    confidence, bias = fit_confidence(seen, truth, hold)
    sure = 1 / (1 + np.exp(-seen @ confidence - bias))
    return {
        "features": list(features),
        "judged": list(judged),
        "weights": [round(float(w), 4) for w in fit_weights(taught)],
        "confidence": [round(float(w), 4) for w in confidence],
        "bias": round(bias, 4),
        "lessons": len(taught),
        "first_right": round(float(truth.sum() / sum(lesson.answerable for lesson in taught)), 3),
        "at_threshold": {str(t): _at(sure, truth, t) for t in (0.3, 0.4, 0.5, 0.6)},
    }


def fit_weights(taught: Sequence[Lesson]) -> Matrix:
    """The weights under which the right choices of the lessons are likeliest (softmax over each question's)."""
    useful = [(lesson.rows, np.array(lesson.right)) for lesson in taught if any(lesson.right)]
    weights = np.zeros(taught[0].rows.shape[1])
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


def fit_confidence(rows: Matrix, right: Matrix, hold: float) -> tuple[Matrix, float]:
    """Weights and bias of a logistic regression of being right on what the confidence is judged by."""
    middle, spread = rows.mean(0), rows.std(0) + 1e-6
    scaled = (rows - middle) / spread
    weights, bias = np.zeros(rows.shape[1]), 0.0
    for _ in range(_STEPS):
        miss = right - 1 / (1 + np.exp(-scaled @ weights - bias))
        weights += _RATE * (scaled.T @ miss - hold * weights) / len(rows)
        bias += _RATE * miss.mean()
    weights = weights / spread
    return weights, float(bias - weights @ middle)


def _at(sure: Matrix, truth: Matrix, threshold: float) -> dict[str, float]:
    """How much is answered at a threshold, and how much of that is right."""
    answered = sure >= threshold
    return {
        "answered": round(float(answered.mean()), 3),
        "precision": round(float(truth[answered].mean()), 3) if answered.any() else 0.0,
    }
