"""Small linear models that ship as a file beside the code: what scores a choice, and how sure it then is."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Model(NamedTuple):
    """The weights of the features, and those of the confidence over what it is judged by; RANKER.md says whence."""

    weights: tuple[float, ...]
    confidence: tuple[float, ...]
    bias: float

    def score(self, features: Sequence[float]) -> float:
        """How much speaks for a choice with these features; only the order of scores says anything."""
        return _product(self.weights, features)

    def sure(self, judged: Sequence[float]) -> float:
        """How likely the best choice is right, between 0 and 1."""
        return 1 / (1 + math.exp(-_product(self.confidence, judged) - self.bias))


@cache
def read_model(name: str, features: tuple[str, ...], judged: tuple[str, ...]) -> Model:
    """The model that is shipped under a name.

    Raises:
        ValueError: when it was trained on other features than these.
    """
    stored = json.loads((files("retrieval.answering") / f"{name}.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != features or tuple(stored["judged"]) != judged:
        raise ValueError(f"{name}.json was trained on other features: run `python -m retrieval.answering.training`")
    return Model(tuple(stored["weights"]), tuple(stored["confidence"]), stored["bias"])


def _product(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
