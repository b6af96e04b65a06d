from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.tokens import tokenize, words


@given(st.text(alphabet=st.one_of(st.sampled_from("قتل ـ ۥۦًّ\u200f٣4.,_-"), st.characters())))
def test_tokens_stand_where_they_say_and_words_have_letters(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(token.norm for token in tokens if token.kind != "mark")
    assert words(text) == [token.text for token in tokens if token.kind != "mark"]


def test_a_stretched_line_alone_is_no_word() -> None:
    assert [token.text for token in tokenize("ـــ قال ـه كتـاب")] == ["قال", "ه", "كتـاب"]
