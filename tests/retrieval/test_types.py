from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from retrieval.types import Answer, Article, Casualty, Citation, Fact, Meeting, Understanding, Value, Visit

ARTICLE = Article(id="a", title="زيارة", body="زار سالم وليلى الميناء والمطار والتقيا المدير.")
CITED = Citation.of(ARTICLE, 0, 30)
KINDS = get_args(get_args(Fact)[0])


def visit(**given: Any) -> Visit:
    return Visit(**{"visitor": "سالم", "destination": "الميناء", "citation": CITED, **given})


def test_a_fact_read_again_has_the_same_id_whatever_else_was_understood_of_it() -> None:
    assert visit().id == visit(host="المدير", place="الميناء", source="وكالة").id


@pytest.mark.parametrize(
    "other",
    [
        visit(visitor="ليلى"),
        visit(destination="المطار"),
        visit(citation=Citation.of(ARTICLE, 1, 30)),
        visit(citation=Citation.of(ARTICLE.model_copy(update={"id": "b"}), 0, 30)),
        Meeting(participants=("سالم", "المدير"), citation=CITED),
    ],
)
def test_facts_that_say_something_else_have_other_ids(other: Fact) -> None:
    assert other.id != visit().id


@pytest.mark.parametrize("kind", KINDS)
def test_what_makes_a_fact_the_same_names_its_own_fields(kind: type[Visit]) -> None:
    assert "kind" in kind.identity()
    assert kind.identity() <= set(kind.model_fields)


def test_a_fact_survives_json_with_its_id() -> None:
    reader: TypeAdapter[Fact] = TypeAdapter(Fact)
    meeting = Meeting(participants=("سالم", "المدير"), citation=CITED)
    assert reader.validate_json(meeting.model_dump_json()) == meeting
    assert Meeting(participants=["سالم", "المدير"], citation=CITED).id == meeting.id


@pytest.mark.parametrize(
    "published",
    [None, dt.date(2024, 5, 1), dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), dt.datetime(2024, 5, 1)],  # noqa: DTZ001 - some outlets name no zone
)
def test_a_date_of_publication_stays_as_exact_as_it_was_given(published: dt.date | None) -> None:
    article = ARTICLE.model_copy(update={"published": published})
    assert Article.model_validate_json(article.model_dump_json()) == article
    assert Article.model_validate(article.model_dump(mode="json")) == article


def test_a_citation_is_a_stretch_of_its_article() -> None:
    assert CITED.quote == ARTICLE.body[0:30]
    assert Citation.of(ARTICLE, 0, 5, "title").quote == ARTICLE.title
    for start, end in ((-1, 3), (5, 5), (3, 1000)):
        with pytest.raises(ValueError, match="not inside"):
            Citation.of(ARTICLE, start, end)


def test_an_answer_needs_a_citation_and_an_abstention_has_no_value() -> None:
    given: dict[str, Any] = {
        "question": "كم؟",
        "as_of": dt.date(2024, 5, 1),
        "understood": Understanding(),
        "answer": "لا أعرف",
    }
    with pytest.raises(ValidationError, match="no source, no answer"):
        Answer(**given, abstained=False)
    with pytest.raises(ValidationError, match="has no value"):
        Answer(**given, abstained=True, value=Value(min=1))
    assert Answer(**given, abstained=True).citations == ()


def test_a_count_has_its_bounds_in_order() -> None:
    with pytest.raises(ValidationError, match="above max"):
        Casualty(harm="killed", min=5, max=3, citation=CITED)
