from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from bot.cli.showing import answer_text, fact_cells, passages_text
from bot.wording import load_wording
from retrieval import (
    Aid,
    Answer,
    Citation,
    Control,
    Damage,
    Decision,
    Fact,
    FactKind,
    Harm,
    Meeting,
    PassageHit,
    Statement,
    Strike,
    Understanding,
    Wording,
)
from tests.bot.articles import OUTLET, a_casualty, a_visit, an_article

ARTICLE = an_article(published=dt.date(2024, 5, 1), url="https://e.org/1", body="قتل ثلاثة\n جنود\tقرب الزيتون.")
CITED = Citation.of(ARTICLE, 0, len(ARTICLE.body))


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


def an_answer(text: str, *citations: Citation) -> Answer:
    return Answer(
        question="كم؟",
        as_of=dt.date(2024, 5, 2),
        understood=Understanding(),
        abstained=not citations,
        answer=text,
        citations=citations,
    )


def test_sources_stand_under_the_answer_with_outlet_date_title_quote_and_address(wording: Wording) -> None:
    lines = answer_text(an_answer("3 قتلى [1]", CITED), wording).splitlines()
    assert lines[0] == "3 قتلى [1]"
    assert lines[3].startswith(f"[1] {OUTLET}، 1 ")
    assert lines[3].endswith(ARTICLE.title)
    assert lines[4:] == ["    «قتل ثلاثة جنود قرب الزيتون.»", "    https://e.org/1"]


def test_what_the_answer_quotes_is_not_quoted_again(wording: Wording) -> None:
    said = answer_text(an_answer("قالت: «قتل ثلاثة جنود قرب الزيتون.» [1]", CITED), wording)
    assert said.count("«") == 1


def test_an_abstention_has_no_sources(wording: Wording) -> None:
    assert answer_text(an_answer("لم أجد"), wording) == "لم أجد"


def test_a_source_without_anything_says_so_and_gives_its_id(wording: Wording) -> None:
    bare = Citation.of(an_article(title="", outlet=""), 0, 3)
    hit = PassageHit(article_id="a1", text=bare.quote, start=0, end=3, score=1.0, citation=bare)
    assert passages_text([hit], wording) == f"[1] مصدر بلا اسم (a1)\n    {bare.quote}"


@pytest.mark.parametrize(
    ("given", "gist"),
    [
        ({"min": 3, "max": 3}, "قتلى 3"),
        ({"min": 70, "max": None, "bound": "at_least"}, "قتلى ≥ 70"),
        ({"min": 50, "max": None, "bound": "more_than"}, "قتلى > 50"),
        ({"min": 40, "max": 40, "bound": "about"}, "قتلى ~ 40"),
        ({"min": None, "max": 30, "bound": "up_to"}, "قتلى ≤ 30"),
        ({"min": 10, "max": 15, "bound": "range"}, "قتلى 10–15"),
        ({"min": None, "max": None, "bound": "vague"}, "قتلى ?"),
    ],
)
def test_a_count_shows_its_bound_and_a_vague_one_no_number(given: dict[str, Any], gist: str, wording: Wording) -> None:
    assert fact_cells(a_casualty(ARTICLE, **given), wording)[1] == gist


@pytest.mark.parametrize(
    "fact",
    [
        a_casualty(ARTICLE),
        a_visit(ARTICLE, "سالم", "الميناء"),
        Meeting(participants=("سالم", "ليلى"), citation=CITED),
        Statement(speaker="سالم", citation=CITED),
        Strike(target="مخزن", min=2, max=2, citation=CITED),
        Control(actor="الجيش", action="entered", citation=CITED),
        Aid(giver="البلدية", min=5, max=5, unit="USD", citation=CITED),
        Damage(what="منزل", min=1, max=1, citation=CITED),
        Decision(body="المجلس", citation=CITED),
    ],
)
def test_every_kind_of_fact_has_a_gist(fact: Fact, wording: Wording) -> None:
    cells = fact_cells(fact, wording)
    assert cells[0]
    assert cells[1]
    assert cells[-1] == "قتل ثلاثة جنود قرب الزيتون."


def test_every_kind_and_harm_has_a_word(wording: Wording) -> None:
    for kind in get_args(FactKind):
        assert wording.say(f"cli.kind.{kind}")
    for harm in get_args(Harm):
        assert wording.say(f"cli.harm.{harm}")


def test_days_are_a_day_or_a_period(wording: Wording) -> None:
    day = dt.date(2024, 5, 1)
    assert fact_cells(a_casualty(ARTICLE, day=day), wording)[3] == "2024-05-01"
    assert fact_cells(a_casualty(ARTICLE, day=day, date_end=dt.date(2024, 5, 3)), wording)[3] == "2024-05-01–2024-05-03"
    assert fact_cells(a_casualty(ARTICLE), wording)[3] == ""
