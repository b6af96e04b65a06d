"""The small models say what they were trained on, score in order, and are learned the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.answering.choosing import chooser
from retrieval.answering.learning import Lesson, learn
from retrieval.answering.models import Model, read_model
from retrieval.answering.ranking import ranker


def _lesson(right: int) -> Lesson:
    rows = np.array([[1.0, 0.2], [0.0, 0.4], [0.3, 0.1]])
    order = [right, *(at for at in range(3) if at != right)]
    return Lesson(
        rows=rows[np.argsort(order)],
        right=tuple(at == right for at in range(3)),
        answerable=True,
        judge=lambda scores: (int(np.argmax(scores)), (max(scores),)),
    )


def test_the_models_that_ship_fit_the_code() -> None:
    assert ranker().weights
    assert chooser().weights


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="trained on other features"):
        read_model("ranker", ("other",), ())


def test_what_speaks_for_right_choices_gets_weight() -> None:
    learned = learn([_lesson(at % 3) for at in range(15)], ("good", "idle"), ("score",), hold=2.0)
    model = Model(tuple(learned["weights"]), tuple(learned["confidence"]), learned["bias"])
    assert model.score((1.0, 0.2)) > model.score((0.0, 0.4))
    assert learned["first_right"] == 1.0
    assert learned == learn([_lesson(at % 3) for at in range(15)], ("good", "idle"), ("score",), hold=2.0)


def test_sureness_lies_between_nothing_and_certainty() -> None:
    model = Model((1.0,), (2.0,), -1.0)
    assert 0 < model.sure((0.0,)) < model.sure((1.0,)) < 1
