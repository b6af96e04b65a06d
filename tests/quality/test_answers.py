"""Over all questions, conversations and totals on the samples: nothing unfounded is shown, and enough is right."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from retrieval import Answer, Value
from tests.quality import samples
from tests.quality.floors import raised, read_floors
from tests.quality.honesty import misquoted, unquoted
from tests.quality.measuring import Measured, Share, shares

ARTICLES = {article.id: article for article in samples.articles()}


@pytest.mark.parametrize("name", sorted(read_floors()))
def test_no_figure_sinks_below_its_floor(measured: Measured, desk: Desk, name: str) -> None:
    share = shares(measured, desk)[name]
    floor = read_floors()[name]
    assert share.value >= floor, f"{share.value:.3f} is below {floor:.2f}\n" + "\n".join(share.misses)


def test_every_figure_has_a_floor(measured: Measured, desk: Desk) -> None:
    assert shares(measured, desk).keys() == read_floors().keys()


def test_every_quote_stands_in_its_article_to_the_character(measured: Measured) -> None:
    wrong = {answer.question: misquoted(answer, ARTICLES) for answer in measured.answers}
    assert not {question: citations for question, citations in wrong.items() if citations}


def test_no_number_is_shown_that_is_not_in_a_cited_quote_or_a_listed_sum_of_such(
    measured: Measured, desk: Desk
) -> None:
    wrong = {answer.question: (unquoted(answer, desk.wording, ARTICLES), answer.answer) for answer in measured.answers}
    assert not {question: told for question, told in wrong.items() if told[0]}


def test_a_number_that_nobody_quoted_is_noticed(measured: Measured, desk: Desk) -> None:
    honest = next(a for a in measured.answers if a.value and a.value.min and not unquoted(a, desk.wording, ARTICLES))
    assert honest.value is not None
    assert honest.value.min is not None
    boast: Answer = honest.model_copy(update={"value": Value(min=987_654, max=987_654, bound="exact")})
    assert unquoted(boast, desk.wording, ARTICLES) == [987_654, 987_654]
    louder: Answer = honest.model_copy(update={"answer": f"{honest.answer} 987,654"})
    assert unquoted(louder, desk.wording, ARTICLES) == [987_654]


def test_floors_rise_with_the_figures_and_sink_only_when_named() -> None:
    figures = {"a": Share(9, 10, ()), "b": Share(1, 3, ())}
    assert raised({"a": 0.8, "b": 0.5}, figures) == {"a": 0.9, "b": 0.5}
    assert raised({"a": 0.8, "b": 0.5}, figures, lower="b") == {"a": 0.9, "b": 0.33}
    with pytest.raises(ValueError, match="no figure is called 'c'"):
        raised({}, figures, lower="c")
