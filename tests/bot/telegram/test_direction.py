import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import direction


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("قالت شبكة CNN 20 مرة", "قالت شبكة ⟨CNN⟩ 20 مرة"),
        ("طائرة F-16 أميركية", "طائرة ⟨F-16⟩ أميركية"),
        ("صحيفة New York Times.", "صحيفة ⟨New York Times⟩."),
        ("راجع example.org/a?b=1، ثم عد", "راجع ⟨example.org/a?b=1⟩، ثم عد"),
        ("بلغت الحرارة -5 درجات", "بلغت الحرارة ⟨-5⟩ درجات"),
        ("هاتف +964 770 1234", "هاتف ⟨+964 770 1234⟩"),
        ("بين 10 و15 قتيلا، أي 50%", "بين 10 و15 قتيلا، أي 50%"),
        ("اسم Владимир هنا", "اسم ⟨Владимир⟩ هنا"),
        ("أرسل /help الآن", "أرسل ⟨/help⟩ الآن"),
        ("", ""),
    ],
)
def test_what_runs_to_the_right_stands_in_an_isolate(text: str, isolated: str) -> None:
    assert direction.isolate(text) == isolated.replace("⟨", "\u2068").replace("⟩", "\u2069")


@given(st.text(alphabet="ابت CNN-5.+12/\u202e\u2066\u200f\n", max_size=40))
def test_isolates_are_balanced_and_isolating_twice_changes_nothing(text: str) -> None:
    once = direction.isolate(text)
    assert once.count("\u2068") == once.count("\u2069")
    assert direction.isolate(once) == once
    assert direction.strip_marks(once) == direction.strip_marks(text)


def test_a_stray_override_in_a_quote_is_taken_out() -> None:
    assert direction.isolate("خبر \u202eمقلوب\u2067 هنا") == "خبر مقلوب هنا"


@pytest.mark.parametrize("line", ["[1] CNN، خبر", "CNN قالت", "12 قتيلا", "• قال"])
def test_a_line_that_begins_otherwise_begins_with_one_mark(line: str) -> None:
    assert direction.begin_right(f"خبر\n{line}\n") == f"خبر\n\u200f{line}\n"


def test_the_groups_of_a_telephone_number_are_shown_in_their_order() -> None:
    bare = "اتصل بالرقم +964 770 1234 الآن"
    assert "+964 770 1234" not in get_display(bare, base_dir="R")
    assert "+964 770 1234" in direction.strip_marks(get_display(direction.isolate(bare), base_dir="R"))


def test_digits_change_their_shape_and_back() -> None:
    assert direction.arabic_digits("نحو 120") == "نحو ١٢٠"
    assert direction.latin_digits(direction.arabic_digits("نحو 120")) == "نحو 120"
