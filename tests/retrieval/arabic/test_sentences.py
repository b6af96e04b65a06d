"""Sentences end at stops and line ends, and nowhere else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.sentences import split
from retrieval.arabic.tokens import tokenize
from tests.growth import growth


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("قتل جندي. وأصيب آخر.", ["قتل جندي.", "وأصيب آخر."]),
        ("بقي الخطر محدودا.وفرض الجيش طوقا", ["بقي الخطر محدودا.", "وفرض الجيش طوقا"]),
        ("هل نجا أحد؟ لا أحد يعلم!", ["هل نجا أحد؟", "لا أحد يعلم!"]),
        ("قال: «لن نرحل.» ثم مضى", ["قال: «لن نرحل.»", "ثم مضى"]),
        ("بلغت القوة 5.6 درجات في 2.5 دقيقة", ["بلغت القوة 5.6 درجات في 2.5 دقيقة"]),
        ("استقبل د. سالم وفد أ.ف.ب أمس. ثم غادر", ["استقبل د. سالم وفد أ.ف.ب أمس.", "ثم غادر"]),
        ("وقع عام 2016 م. وأضاف المصدر", ["وقع عام 2016 م.", "وأضاف المصدر"]),
        ("كثر الكلام.. والفعل قليل... كما ترى.", ["كثر الكلام.. والفعل قليل... كما ترى."]),
        ("1. مقتل جندي\n2. إصابة آخر", ["1. مقتل جندي", "2. إصابة آخر"]),
        ("سالم الكاتب – عدن\n وصل الوفد", ["سالم الكاتب – عدن", "وصل الوفد"]),
        ("شن الطيران غارات في\n24 موقعا", ["شن الطيران غارات في\n24 موقعا"]),
        ("زوروا موقع www.example.com اليوم. شكرا", ["زوروا موقع www.example.com اليوم.", "شكرا"]),
        ("سقط 28 قتيلا . ونقل الجرحى", ["سقط 28 قتيلا .", "ونقل الجرحى"]),
        ("...\n—\n", []),
        ("", []),
    ],
)
def test_text_is_cut_at_stops_and_line_ends(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == sentences


def test_dots_end_a_sentence_of_a_site_that_writes_nothing_else() -> None:
    half = "قال المتحدث إن القافلة التي خرجت من الميناء صباحا " * 3
    assert len(split(f"{half}.. {half}.. {half}")) == 3


def test_only_the_asked_part_of_a_text_is_cut() -> None:
    text = "عنوان. قتل جندي. انتهى"
    assert [text[start:end] for start, end in split(text, 7, 16)] == ["قتل جندي."]


@given(st.text(alphabet=st.sampled_from("قتل د. 5،.؟!…\n «»«ـ\u200f3:-"), max_size=80) | st.text(max_size=80))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = split(text)
    words = [token for token in tokenize(text) if token.kind != "mark"]
    assert all(sum(start <= word.start and word.end <= end for start, end in spans) == 1 for word in words)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize("piece", ["كلمة", "كلمة ", "كلمة. ", "..", "في\n", "«"])
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    assert growth(lambda length: split((piece * length)[:length]), 2_000) < 1.1
