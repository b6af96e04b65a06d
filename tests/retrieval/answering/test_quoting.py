"""What is quoted proves the answer, and an answer says so where nothing tells its time."""

from __future__ import annotations

import datetime as dt

from bot.wording import load_wording
from retrieval.answering import answer
from retrieval.asking import understand
from retrieval.types import Answer, Article
from tests.retrieval.answering.test_choosing import evidence_of

AS_OF = dt.date(2026, 3, 1)
_BODY = (
    "دعا وزير الخارجية النرويجي إريك هولم الدول المانحة إلى زيادة دعمها للنازحين في المخيمات.\n"
    "وذكرت وكالة محلية أن هولم وصل إلى بغداد بصورة مفاجئة صباح اليوم.\n"
    "وقالت صحيفة محلية إن هولم الذي يزور قاعدة عسكرية في تركيا سيلتقي قادة الأسطول هناك."
)


def _ask(question: str, published: dt.date | None) -> Answer:
    article = Article(id="holm", title="", outlet="موقع القلعة", published=published, body=_BODY)
    return answer(understand(question, as_of=AS_OF), evidence_of(article), load_wording())


def test_the_sentence_quoted_is_the_one_that_tells_of_the_place_asked_about() -> None:
    answered = _ask("من زار بغداد؟", dt.date(2021, 5, 3))
    assert "هولم" in answered.answer.splitlines()[0]
    assert "وصل إلى بغداد" in answered.citations[0].quote


def test_an_article_without_a_date_answers_for_a_time_only_with_the_word_that_it_tells_none() -> None:
    untold = load_wording().say("answer.undated", outlet="موقع القلعة")
    assert untold in _ask("من زار بغداد في مايو 2021؟", None).answer
    assert untold not in _ask("من زار بغداد؟", None).answer
    assert untold not in _ask("من زار بغداد في مايو 2021؟", dt.date(2021, 5, 3)).answer
