"""The postings against rank-bm25 itself, on texts that hypothesis makes up."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval.index.bm25 import Postings

WORDS = st.sampled_from(["خبر", "نبأ", "وفد", "سد", "نهر", "جسر", "برد"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=12)
QUERY = st.lists(WORDS | st.just("غائب"), max_size=6)


@given(TEXTS, QUERY)
def test_scores_are_those_of_rank_bm25_plus(texts: list[list[str]], query: list[str]) -> None:
    ours, theirs = Postings(texts), BM25Plus(texts)
    assert ours.get_scores(query) == pytest.approx(theirs.get_scores(query))
    chosen = [0, len(texts) - 1]
    assert ours.get_batch_scores(query, chosen) == pytest.approx(theirs.get_batch_scores(query, chosen))
    top = ours.get_top_n(query, texts, 1)[0]
    assert theirs.get_scores(query)[texts.index(top)] == pytest.approx(max(theirs.get_scores(query)))


@given(TEXTS, TEXTS, QUERY, st.data())
def test_texts_added_and_removed_one_by_one_score_as_if_they_had_come_at_once(
    texts: list[list[str]], more: list[list[str]], query: list[str], data: st.DataObject
) -> None:
    postings = Postings(texts)
    postings.get_scores(query)
    for text in more:
        postings.append(Counter(text))
        postings.get_scores(query)
    every = texts + more
    gone = data.draw(st.sets(st.integers(0, len(every) - 1), max_size=len(every) - 1))
    postings.discard(gone)
    left = [text for number, text in enumerate(every) if number not in gone]
    wanted = BM25Plus(left).get_scores(query)
    assert postings.get_scores(query) == pytest.approx(wanted)
    assert postings.compact().tolist() == [number for number in range(len(every)) if number not in gone]
    assert postings.get_scores(query) == pytest.approx(wanted)
    assert list(postings.contents()) == [dict(Counter(text)) for text in left]


@given(TEXTS, QUERY)
def test_what_is_dumped_can_be_restored(texts: list[list[str]], query: list[str]) -> None:
    postings, restored = Postings(texts), Postings()
    postings.discard([0])
    restored.restore(postings.dump())
    assert restored.get_scores(query) == pytest.approx(postings.get_scores(query))
    restored.append({"نهر": 1})
    assert len(restored.get_scores(query)) == len(texts)


def test_a_collection_without_texts_has_no_scores() -> None:
    assert Postings().get_scores(["خبر"]).tolist() == []
    emptied = Postings([["خبر"]])
    emptied.discard([0])
    assert emptied.get_scores(["خبر"]).tolist() == []


def test_a_text_without_terms_counts_as_a_text() -> None:
    assert Postings([["خبر"], []]).get_scores(["خبر"]) == pytest.approx(BM25Plus([["خبر"], []]).get_scores(["خبر"]))


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    held = Postings([["خبر", "نهر"], ["نهر"]]).dump()
    for name in ("terms", "texts", "counts"):
        with pytest.raises(ValueError, match="do not belong together"):
            Postings().restore(held | {name: held[name][:-1]})
    with pytest.raises(ValueError, match="do not belong together"):
        Postings().restore(held | {"texts": np.full_like(held["texts"], 7)})


def test_many_small_additions_make_few_layers() -> None:
    postings = Postings()
    for number in range(300):
        postings.append({f"كلمة{number}": 1, "نهر": 1})
        postings.get_scores(["نهر"])
    assert len(postings._layers) < 8
