import pytest

from retrieval.index.analyzer import terms_of_query, terms_of_text, version


def stems(text: str) -> list[str]:
    return list(terms_of_text(text).stems)


def asked(question: str) -> list[str]:
    return list(terms_of_query(question).stems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("المدارس", "والمدارس"),
        ("للمدارس", "مدارس"),
        ("مُدَرِّسة", "مدرّسة"),
        ("إسكان", "اسكان"),
        ("مستشفى", "مستشفي"),
        ("١٥", "15"),
        ("ببغداد", "بغداد"),
        ("ولبنان", "لبنان"),
        ("للسودان", "السودان"),
        ("اللبنانية", "لبنان"),
        ("الفرنسيين", "فرنسا"),
        ("سورية", "سوريا"),
        ("للوزراء", "وزير"),
        ("طائراتهم", "الطائرة"),
        ("سيقتلون", "قتلوا"),
    ],
)
def test_spellings_clitics_and_nationalities_meet_in_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("name", "word"), [("البحرين", "بحر"), ("السودان", "سود"), ("لبنان", "لبن"), ("بغداد", "غداد"), ("عمان", "عم")]
)
def test_names_of_places_are_not_cut_down_to_other_words(name: str, word: str) -> None:
    assert stems(name) != stems(word)


def test_words_that_do_not_help_are_left_out_of_texts() -> None:
    assert stems("قال إن الوفد وصل إلى المدينة وفي يده رسالة") == stems("قال الوفد وصل المدينة يده رسالة")


def test_a_particle_is_told_from_the_name_it_looks_like_by_its_last_letter() -> None:
    assert stems("على الطاولة") == stems("الطاولة")
    assert stems("علي") != []
    assert stems("فى الطريق") == stems("في الطريق") == stems("الطريق")


@pytest.mark.parametrize(
    ("question", "formal"),
    [
        ("كم عدد المصابين في الحريق؟", "المصابين الحريق"),
        ("شكد عدد المصابين بالحريق", "المصابين بالحريق"),
        ("وين صار الحريق", "صار الحريق"),
        ("مين زار المصنع امبارح", "زار المصنع امبارح"),
        ("شوكت افتتح الجسر", "افتتح الجسر"),
        ("شحال من مصاب", "مصاب"),
    ],
)
def test_question_words_of_all_dialects_are_dropped(question: str, formal: str) -> None:
    wanted = asked(formal)
    assert [stem for stem in asked(question) if stem in wanted] == wanted
    assert not {"كم", "شكد", "مين", "وين", "شوكت", "شحال", "عدد"} & set(asked(question))


def test_a_question_of_question_words_alone_keeps_them() -> None:
    assert asked("من هو؟") != []


def test_dialect_words_are_looked_for_along_with_the_formal_ones() -> None:
    assert set(stems("سيارة")) <= set(asked("عربية"))
    assert set(stems("طائرات")) <= set(asked("طيارات"))


def test_a_question_without_dots_looks_for_both_words_that_may_be_meant() -> None:
    assert set(stems("وزارة")) <= set(asked("وزاره"))
    assert set(stems("كتابه")) <= set(asked("كتابه"))


def test_a_slip_of_spelling_keeps_most_grams() -> None:
    right, wrong = terms_of_text("المستشفيات").grams, terms_of_text("المستشفات").grams
    assert len(set(right) & set(wrong)) >= len(right) // 2


def test_the_grams_of_a_word_of_ten_letters_weigh_less_than_those_of_ten_words() -> None:
    def weight(question: str) -> float:
        return sum(terms_of_query(question).grams.values())

    long, short = "استقبالاتهم", "وفد"
    assert weight(short) < weight(long) < len(terms_of_query(long).grams) * weight(short) / 3


def test_a_term_counts_twice_at_most() -> None:
    terms = terms_of_text("جسر جسر جسر جسر")
    assert set(terms.stems.values()) == {2}
    assert set(terms.grams.values()) == {2}


def test_the_title_counts_as_the_first_words() -> None:
    assert terms_of_text("وصل الوفد", title="زيارة رسمية") == terms_of_text("زيارة رسمية وصل الوفد")


def test_a_very_long_question_is_searched_by_its_beginning() -> None:
    terms = terms_of_query(" ".join(f"كلمة{number}" for number in range(5_000)))
    assert sum(map(len, terms)) < 1_000


@pytest.mark.parametrize("text", ["", "؟!", "\u200f", "ـــ", "و"])
def test_nothing_to_look_for_gives_no_terms(text: str) -> None:
    assert terms_of_text(text) == ({}, {})


def test_the_version_is_the_same_as_long_as_code_and_tables_are() -> None:
    assert len(version()) == 16
    assert version() == version.__wrapped__()
