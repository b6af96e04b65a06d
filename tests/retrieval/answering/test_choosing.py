"""A question for one event finds its count though the article calls place and people otherwise, and no other's."""

from __future__ import annotations

import datetime as dt

from bot.wording import load_wording
from retrieval.answering import Evidence, answer
from retrieval.answering.choosing import choose
from retrieval.answering.counting import counts_of, singles_out
from retrieval.answering.evidence import seek
from retrieval.asking import understand
from retrieval.reading import read
from retrieval.types import Answer, Article, Citation, Fact, PassageHit

AS_OF = dt.date(2026, 3, 1)
MOSQUE = Article(
    id="mosque",
    outlet="موقع القلعة",
    published=dt.date(2019, 4, 2),
    title="تفجير مسجد الرحمن في تعز",
    body="قتل تسعة مصلين وأصيب عشرون آخرون في تفجير استهدف مسجد الرحمن بمدينة تعز يوم الثلاثاء، بحسب مصدر طبي.",
)
MARKET = Article(
    id="market",
    outlet="موقع القلعة",
    published=dt.date(2019, 4, 5),
    title="قصف على سوق في تعز",
    body="قتل أربعة أشخاص في قصف على سوق الخضار بمدينة تعز يوم الجمعة، بحسب سكان.",
)


def evidence_of(*articles: Article) -> Evidence:
    """All passages and facts of the articles, the passages of the first scored best."""
    passages: list[PassageHit] = []
    facts: list[Fact] = []
    for rank, article in enumerate(articles):
        reading = read(article)
        facts += reading.facts
        for passage in reading.passages:
            citation = Citation.of(article, passage.start, passage.end)
            passages.append(
                PassageHit(
                    article_id=article.id,
                    text=citation.quote,
                    start=passage.start,
                    end=passage.end,
                    score=10.0 / (1 + rank),
                    citation=citation,
                )
            )
    return Evidence(tuple(passages), tuple(facts))


def _ask(question: str, *articles: Article) -> Answer:
    return answer(understand(question, as_of=AS_OF), evidence_of(*articles), load_wording())


def _value(question: str, *articles: Article) -> int | None:
    value = _ask(question, *articles).value
    return value.min if value else None


def test_a_mosque_is_found_by_its_name_though_the_fact_lies_in_its_town() -> None:
    assert _value("كم شخصا قتل في تفجير مسجد الرحمن في تعز؟", MOSQUE, MARKET) == 9


def test_another_attack_in_the_same_town_is_not_added_to_the_one_meant() -> None:
    assert _value("كم قتيلا في قصف سوق الخضار في تعز؟", MARKET, MOSQUE) == 4


def test_a_bare_question_still_adds_up_all_events() -> None:
    assert _value("كم قتيلا سقط في تعز؟", MOSQUE, MARKET) == 13


def test_no_count_is_chosen_for_another_town() -> None:
    assert _ask("كم شخصا قتل في تفجير مسجد الفتح في عدن؟", MOSQUE, MARKET).abstained


def test_nothing_is_chosen_among_nothing() -> None:
    question = understand("كم شخصا قتل في تفجير مسجد الرحمن في تعز؟", as_of=AS_OF)
    assert choose([], seek(question, Evidence())) is None


def test_the_best_fit_is_the_count_itself() -> None:
    question = understand("كم شخصا قتل في تفجير مسجد الرحمن في تعز؟", as_of=AS_OF)
    evidence = evidence_of(MOSQUE, MARKET)
    sought = seek(question, evidence)
    chosen = choose(counts_of(sought, evidence), sought)
    assert chosen is not None
    assert chosen.fact.citation.article_id == "mosque"


def test_a_road_between_two_towns_is_one_event_and_attacks_in_two_towns_are_not() -> None:
    assert singles_out(understand("كم قتيلا في حادث السير بين بغداد والحلة؟", as_of=AS_OF))
    assert not singles_out(understand("كم قتيلا في تفجيري بغداد والحلة؟", as_of=AS_OF))


def test_what_a_fact_denies_is_no_answer_by_another_way() -> None:
    denied = Article(
        id="denial",
        outlet="موقع القلعة",
        published=dt.date(2019, 4, 9),
        title="الشرطة تنفي",
        body="نفت شرطة تعز مقتل ستة أشخاص في انفجار قرب السوق القديم، وقالت إن الصوت صوت محول كهربائي.",
    )
    assert _value("كم قتيلا في انفجار السوق القديم بتعز؟", denied) is None
