"""The tables of names agree with the particles of the language."""

from __future__ import annotations

from retrieval.arabic.names import load_given
from retrieval.arabic.ordinary import load_words


def test_no_given_name_is_spelled_like_a_preposition_with_its_pronoun() -> None:
    assert not {"عليه", "اليه", "فيه", "منه", "عنه"} & load_given().keys()


def test_no_word_that_closes_a_name_begins_one_for_sure() -> None:
    sure = {norm for norm, sort in load_given().items() if sort == "name"}
    assert not sure & load_words("place_prepositions")
