"""The kinds beside casualties, visits and meetings may not sink unnoticed below what they reached."""

from __future__ import annotations

import pytest

from tests.quality.kinds import KINDS, Scored, labels, scores

# Of the facts given, how many must be right; of the labels, how many must be found.
_PRECISION = 0.80
_RECALL = 0.55


@pytest.fixture(scope="module")
def scored() -> dict[str, Scored]:
    return scores()


def test_the_sample_is_large_enough_to_say_something() -> None:
    assert sum(not label.may for label in labels()) >= 60


def test_what_is_given_is_right(scored: dict[str, Scored]) -> None:
    given = sum(scored[kind].given for kind in KINDS)
    assert sum(scored[kind].right for kind in KINDS) / given >= _PRECISION, [scored[kind].wrong for kind in KINDS]


def test_what_is_told_is_found(scored: dict[str, Scored]) -> None:
    wanted = sum(scored[kind].wanted for kind in KINDS)
    assert sum(scored[kind].found for kind in KINDS) / wanted >= _RECALL, [scored[kind].missed for kind in KINDS]
