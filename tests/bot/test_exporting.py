from __future__ import annotations

import csv
import datetime as dt
import io
import json

from bot.exporting import to_csv, to_json
from retrieval import Answer, Citation, Understanding, Value
from tests.bot.articles import a_casualty, an_article


def an_answer() -> Answer:
    article = an_article(title="=1+1", body="=خبر: قتل ثلاثة جنود قرب الزيتون.")
    fact = a_casualty(article)
    other = Citation.of(an_article("a2"), 0, 4)
    return Answer(
        question="كم؟", as_of=dt.date(2031, 5, 4), understood=Understanding(), abstained=False, answer="ثلاثة [1][2]",
        value=Value(min=3, max=3, bound="exact"), facts=(fact,), citations=(fact.citation, other),
    )  # fmt: skip


def test_a_table_has_a_row_for_each_source_that_was_shown_in_the_order_of_the_markers() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(an_answer()).removeprefix("\ufeff"))))
    assert [(row["number"], row["article_id"], row["min"]) for row in rows] == [("1", "a1", "3"), ("2", "a2", "")]


def test_no_cell_of_a_table_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(an_answer()))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_file_for_a_program_is_the_answer_of_the_contract() -> None:
    answer = an_answer()
    assert Answer.model_validate(json.loads(to_json(answer))) == answer
