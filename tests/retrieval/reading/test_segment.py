"""Stories, sentences and passages cover the kept text exactly once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.tokens import tokenize
from retrieval.reading.clean import find_furniture
from retrieval.reading.segment import split_passages, split_sentences

WORDS = st.sampled_from(["قال", "الوزير", "إن", "3", "جنود", "د", "وصلوا", "أمس", "2,5", "القاهرة"])
MARKS = st.sampled_from([" ", "، ", ". ", ".", "؟ ", " .. ", "\n", "\n\n", ": ", "» ", ".» "])
FURNITURE = st.sampled_from(["\nاقرأ أيضا: خبر آخر\n", "\nالمصدر: وكالات\n", "\nتحديث - 12:30\n"])
PAGES = st.lists(st.one_of(st.tuples(WORDS, MARKS).map("".join), FURNITURE), max_size=260).map("".join)


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def test_a_full_stop_ends_a_sentence_also_when_no_blank_follows() -> None:
    assert sentences("غادر الوفد العاصمة.ووصل إلى جدة.") == ["غادر الوفد العاصمة.", "ووصل إلى جدة."]


def test_a_title_of_one_letter_and_initials_do_not_end_a_sentence() -> None:
    text = "أشار د. سامي حداد إلى أن أ.ف.ب نقلت الخبر في عام 2016 م. وأضاف أنه صحيح."
    assert len(sentences(text)) == 2


def test_numbers_keep_their_points_and_several_dots_are_a_pause() -> None:
    assert len(sentences("بلغت قوة الهزة 6.2 درجات .. والأضرار محدودة.")) == 1


def test_a_source_line_ends_a_story_and_an_update_line_opens_one() -> None:
    text = "خبر أول عن الزلزال.\nالمصدر: رويترز\nخبر ثان عن القمة.\nتحديث - 17:36 تغ\nخبر ثالث عن الانتخابات.\n"
    assert [s.story for s in split_sentences(text)] == [0, 1, 2]


def test_a_source_line_at_the_very_end_opens_no_story() -> None:
    assert {s.story for s in split_sentences("خبر وحيد.\nالمصدر: رويترز\n")} == {0}


@given(PAGES)
def test_every_kept_word_is_in_exactly_one_sentence_and_one_passage(text: str) -> None:
    furniture = find_furniture(text)
    pieces = split_sentences(text, furniture)
    kept = [
        t.start for t in tokenize(text) if t.kind != "mark" and not any(f.start <= t.start < f.end for f in furniture)
    ]
    assert [t.start for s in pieces for t in s.tokens if t.kind != "mark"] == kept
    passages = list(split_passages(pieces, furniture))
    assert [sum(start <= word < end for start, end, _ in passages) for word in kept] == [1] * len(kept)


@given(PAGES)
def test_passages_never_cross_stories_nor_furniture_and_are_of_fair_length(text: str) -> None:
    furniture = find_furniture(text)
    pieces = split_sentences(text, furniture)
    for start, end, story in split_passages(pieces, furniture):
        assert {s.story for s in pieces if start <= s.start < end} == {story}
        assert not any(start < f.end and f.start < end for f in furniture)
        assert sum(t.kind != "mark" for t in tokenize(text, start, end)) <= 120


def test_a_sentence_longer_than_a_passage_is_cut_at_a_pause() -> None:
    text = "، ".join(f"كلمة{chr(0x0628 + n % 20)} أخرى وثالثة" for n in range(60)) + "."
    pieces = split_sentences(text)
    passages = list(split_passages(pieces, ()))
    assert len(passages) > 1
    assert text[passages[0][1] - 1] == "،"
