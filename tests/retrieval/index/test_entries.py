import datetime as dt
from itertools import pairwise

from retrieval.index import entries_of
from retrieval.types import Article, Casualty, Citation, Passage, Reading

BODY = "أصيب أربعة عمال في حريق مصنع بالسويس فجرا.\nوقال الدفاع المدني إن النيران أخمدت.\nخبر آخر: افتتح معرض الكتاب."


def article(**more: object) -> Article:
    return Article.model_validate(
        {"id": "a1", "body": BODY, "outlet": "صحيفة الرابية", "published": "2031-02-03"} | more
    )


def reading(one: Article) -> Reading:
    cuts = [0, BODY.index("وقال"), BODY.index("خبر آخر"), len(BODY)]
    passages = tuple(
        Passage(article_id="a1", number=n, start=start, end=end, story=int(n == 2))
        for n, (start, end) in enumerate(pairwise(cuts))
    )
    fact = Casualty(
        harm="wounded",
        min=4,
        max=4,
        bound="exact",
        place="السويس",
        places=("السويس", "مصر"),
        date_start=dt.date(2031, 2, 2),
        citation=Citation.of(one, 0, BODY.index(" في")),
    )
    return Reading(article_id="a1", passages=passages, facts=(fact,))


def test_each_passage_and_each_fact_is_one_entry() -> None:
    one = article(title="حريق في السويس")
    found = entries_of(one, reading(one))
    assert [entry.kind for entry in found] == ["passage", "passage", "passage", "casualty"]
    assert len({entry.id for entry in found}) == 4
    assert {entry.title for entry in found} == {"حريق في السويس"}
    assert "".join(entry.text for entry in found[:3]) == BODY


def test_a_passage_is_of_the_day_of_publication_and_a_fact_of_its_own_day_and_places() -> None:
    one = article()
    *passages, fact = entries_of(one, reading(one))
    assert {entry.date for entry in passages} == {dt.date(2031, 2, 3)}
    assert (fact.date, fact.places, fact.text) == (dt.date(2031, 2, 2), ("السويس", "مصر"), "أصيب أربعة عمال")


def test_a_passage_can_be_filtered_by_the_places_it_names_and_what_contains_them() -> None:
    body = "غادر الوفد ببغداد إلى دير الزور."
    one = Article(id="p", body=body)
    passage = Passage(article_id="p", number=0, start=0, end=len(body))
    (found,) = entries_of(one, Reading(article_id="p", passages=(passage,), facts=()))
    assert {"بغداد", "العراق", "دير الزور", "سوريا"} <= set(found.places)


def test_a_passage_is_at_the_places_of_its_facts_too() -> None:
    one = article()
    assert "مصر" in entries_of(one, reading(one))[0].places


def test_without_a_title_later_passages_of_a_story_are_found_by_its_beginning() -> None:
    one = article()
    titles = [entry.title for entry in entries_of(one, reading(one))]
    assert titles == ["", "أصيب أربعة عمال في حريق مصنع بالسويس فجرا.", "", ""]


def test_an_article_without_passages_has_no_entries() -> None:
    assert entries_of(article(), Reading(article_id="a1", passages=(), facts=())) == []
