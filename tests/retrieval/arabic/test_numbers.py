"""Quantities as news writes them: digits, words and mixtures, bounds, ranges, and what counts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.numbers import Quantity, find_quantities
from retrieval.arabic.tokens import Token, tokenize
from tests.growth import growth

WORDS = (
    "قتل", "وأصيب", "بين", "من", "إلى", "أو", "حتى", "نحو", "أكثر من", "ما لا يقل عن", "على الأقل", "عشرات", "مئات",
    "آلاف", "خمسة", "وعشرون", "ألفا", "مليون", "ونصف", "عشر", "أحد", "و", "ال", "(", ")", "-", "/", ":", ".", "،", "%",
    "مايو", "عام", "2016", "15", "1,500", "3.5", "٢٥", "شخصا", "الثاني", "والعشرين", "بضعة", "عدد من", "تجاوز عددهم",
)  # fmt: skip


def found(text: str) -> list[Quantity]:
    return find_quantities(tokenize(text))


def written(tokens: list[Token], quantity: Quantity) -> str:
    return " ".join(token.text for token in tokens[quantity.first : quantity.last])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("مقتل 35 شخصا", 35),
        ("مقتل ٣٥ شخصا", 35),
        ("مقتل ۳۵ شخصا", 35),
        ("1,500 نازح", 1500),
        ("1.500 نازح", 1500),
        ("١٬٥٠٠ نازح", 1500),
        ("12 500 نازح", 12500),
        ("2 350 000 ناخب", 2350000),
        ("35 ألف نازح", 35000),
        ("1.5 مليون لاجئ", 1500000),
        ("1,5 مليون لاجئ", 1500000),
        ("٢٫٥ مليون لاجئ", 2500000),
        ("3.125 مليون دولار", 3125000),
        ("415 مليون دولار", 415000000),
        ("5ر2 مليون لاجئ", 2500000),
        ("3 آلاف لاجئ", 3000),
        ("خمسة عشر ألف لاجئ", 15000),
        ("ألفا جندي", 2000),
        ("مليونا نازح", 2000000),
        ("بلغ العدد مليونا و200 ألف", 1200000),
        ("ما مجموعه 45 جريحا", 45),
        ("ثلاثة آلاف لاجئ", 3000),
        ("نصف مليون لاجئ", 500000),
        ("مليون ونصف المليون لاجئ", 1500000),
        ("ثلاثة ملايين ونصف المليون دولار", 3500000),
        ("ألفا و300 أسرة", 1300),
        ("35 ألفا و200 أسرة", 35200),
        ("مليونين و300 ألف دولار", 2300000),
        ("مئتان وخمسون جنديا", 250),
        ("مائة وخمسة عشر راكبا", 115),
        ("ثلاث مئة أسرة", 300),
        ("ثلاثمائة أسرة", 300),
        ("ثلثمئة أسرة", 300),
        ("خمسة وعشرين جنديا", 25),
        ("إحدى وعشرين طالبة", 21),
        ("أحد عشر طالبا", 11),
        ("اثنتي عشرة طالبة", 12),
        ("ألف وثلاث مئة وخمسة وعشرين رأسا", 1325),
        ("مئة ألف و12 صوتا", 100012),
        ("ثمانمئة ألف صوت", 800000),
        ("أصيب شخص واحد", 1),
        ("بعشرين سيارة", 20),
        ("لثلاثة أسر", 3),
        ("انخفض العدد إلى80 قتيلا", 80),
        ("استشهاد (15) من رجال الأمن", 15),
        ("تعرض (7) سبعة منهم", 7),
        ("سبعة (7) منهم", 7),
        ("الـ15 شخصا", 15),
    ],
)
def test_a_number_is_read_in_digits_words_and_mixtures(text: str, value: int) -> None:
    (quantity,) = found(text)
    assert (quantity.min, quantity.max, quantity.bound, quantity.kind) == (value, value, "exact", "cardinal")


@pytest.mark.parametrize(
    ("text", "least", "most", "bound"),
    [
        ("مقتل أكثر من 50 عنصرا", 50, None, "more_than"),
        ("وبأكثر من خمسين", 50, None, "more_than"),
        ("أزيد من 20 جريحا", 20, None, "more_than"),
        ("ما يزيد على ألف أسرة", 1000, None, "more_than"),
        ("ما يربو على 300 شخص", 300, None, "more_than"),
        ("تجاوز 400 قتيل", 400, None, "more_than"),
        ("أكثر من نصف مليون نازح", 500000, None, "more_than"),
        ("أكثر من (40) طفلا", 40, None, "more_than"),
        ("ما لا يقل عن 70 مسلحا", 70, None, "at_least"),
        ("مالايقل عن 70 مسلحا", 70, None, "at_least"),
        ("لا يقل عن سبعين مسلحا", 70, None, "at_least"),
        ("ستة أشخاص على الأقل", 6, None, "at_least"),
        ("31 من عناصر الحركة على الأقل", 31, None, "at_least"),
        ("«20 طفلا» على الاقل", 20, None, "at_least"),
        ("20 قتيلا كحد أدنى", 20, None, "at_least"),
        ("عشرون شخصا أو أكثر", 20, None, "at_least"),
        ("وإصابة على الأقل 20", 20, None, "at_least"),
        ("نحو 40 شخصا", 40, 40, "about"),
        ("حوالى 40 شخصا", 40, 40, "about"),
        ("قرابة الـ 15 شخصا", 15, 15, "about"),
        ("زهاء ألف أسرة", 1000, 1000, "about"),
        ("ما يقارب 90 غارة", 90, 90, "about"),
        ("ما يقرب من 90 غارة", 90, 90, "about"),
        ("40 شخصا تقريبا", 40, 40, "about"),
        ("أقل من 30 قتيلا", None, 30, "up_to"),
        ("حتى 30 قتيلا", None, 30, "up_to"),
        ("لا يتجاوز 20 مقاتلا", None, 20, "up_to"),
        ("لا يزيد عددها على 20", None, 20, "up_to"),
        ("لا يقل عدد القتلى عن 20", 20, None, "at_least"),
        ("وتجاوز عدد القتلى 50", 50, None, "more_than"),
        ("تجاوزت حصيلة الضحايا 50", 50, None, "more_than"),
        ("تجاوز الطريق إلى 50 قرية", 50, 50, "exact"),
        ("ويناهز عددهم 300", 300, 300, "about"),
        ("5 أشخاص على الأكثر", None, 5, "up_to"),
        ("200 شخص كحد أقصى", None, 200, "up_to"),
        ("بين 10 و15 قتيلا", 10, 15, "range"),
        ("ما بين 10 آلاف و15 ألف نازح", 10000, 15000, "range"),
        ("بين 10 و15 ألفا", 10000, 15000, "range"),
        ("بين 800 وألف أسرة", 800, 1000, "range"),
        ("بين 10 أشخاص و15 شخصا", 10, 15, "range"),
        ("من 10 إلى 15 شخصا", 10, 15, "range"),
        ("10 إلى 15 شخصا", 10, 15, "range"),
        ("10-15 شخصا", 10, 15, "range"),
        ("3 أو 4 انفجارات", 3, 4, "range"),
        ("ثلاثة أو أربعة انفجارات", 3, 4, "range"),
        ("نحو 10 إلى 15 شخصا", 10, 15, "range"),
        ("عشرات القتلى", None, None, "vague"),
        ("العشرات من القتلى", None, None, "vague"),
        ("مئات الجرحى", None, None, "vague"),
        ("مئة ونيف من الجنود", 100, None, "more_than"),
        ("عشرات الآلاف من النازحين", None, None, "vague"),
        ("عدد من الجنود", None, None, "vague"),
        ("عددا كبيرا من الجنود", None, None, "vague"),
        ("العديد من الجنود", None, None, "vague"),
        ("بضعة آلاف من النازحين", None, None, "vague"),
        ("بضع عشرات", None, None, "vague"),
        ("أشخاص عدة", None, None, "vague"),
        ("أكثر من عشرات القتلى", None, None, "vague"),
    ],
)
def test_words_around_a_number_bound_it(text: str, least: int | None, most: int | None, bound: str) -> None:
    (quantity,) = found(text)
    assert (quantity.min, quantity.max, quantity.bound) == (least, most, bound)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل 5 وأصيب 12", [5, 12]),
        ("مقتل نحو 10 وإصابة 20 على الأقل", [10, 20]),
        ("ارتفعت الحصيلة من 10 إلى 15 قتيلا", [10, 15]),
        ("مقتل ثلاثة أشخاص وإصابة أربعة عشر آخرين", [3, 14]),
        ("35 ألفا و40 ألفا", [35000, 40000]),
        ("60 قتيلا على الأقل و12 جريحا", [60, 12]),
        ("5 من أصل 10", [5, 10]),
        ("بين 5 قتلى وجرحى", [5]),
    ],
)
def test_numbers_that_belong_to_different_things_stay_apart(text: str, expected: list[int]) -> None:
    assert [quantity.max or quantity.min for quantity in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("عمره 28 عاما", "duration"),
        ("أحمد (24عاما)", "duration"),
        ("منذ ثلاثة أيام", "duration"),
        ("بنسبة 30 في المئة", "percent"),
        ("30 بالمئة من الأسر", "percent"),
        ("%30 من الأسر", "percent"),
        ("في عام 2016", "year"),
        ("في 2016 وحدها", "year"),
        ("صيف 2015", "year"),
        ("أيلول 2014", "year"),
        ("(2014)", "year"),
        ("سنة 1436هـ", "year"),
        ("الساعة 5 مساء", "clock"),
        ("في 5 كانون الثاني", "date"),
        ("يوم 14 من يوليو", "date"),
        ("حتى 5 مارس", "date"),
        ("حي 17 تموز", "date"),
        ("القرار 2254", "label"),
        ("المادة 140 من الدستور", "label"),
        ("طائرة إف 16", "label"),
        ("طائرة إف-16", "label"),
        ("دبابة تي 72", "label"),
        ("القرار الأممي 2254", "label"),
        ("عن بيروت 1982", "year"),
        ("في العشرين من عمره", "duration"),
        ("ثلاثة أرباع الأسر", "percent"),
        ("مجموعة العشرين", "label"),
        ("1- مقتل جندي", "label"),
        ("محادثات جنيف2", "label"),
        ("بقوة 5.6 درجات", "decimal"),
        ("للتواصل 07901234567", "phone"),
        ("هاتف 5551234", "phone"),
        ("فاز الفريق 3-1", "score"),
        ("أحد عناصر الشرطة", "one_of"),
    ],
)
def test_numbers_that_count_no_people_or_things_say_what_they_are(text: str, kind: str) -> None:
    assert [quantity.kind for quantity in found(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("17:36 بتوقيت غرينتش", ["clock", "clock"]),
        ("15 / 10 / 1436", ["date", "date", "date"]),
        ("M16 وقتل 3", ["label", "cardinal"]),
        ("دول 5+1", ["label", "label"]),
        ("2011-2015", ["year"]),
        ("من 3 إلى 7 مايو", ["date"]),
        ("2000 شخص في 2000", ["cardinal", "year"]),
    ],
)
def test_marks_beside_figures_tell_hours_dates_and_names(text: str, kinds: list[str]) -> None:
    assert [quantity.kind for quantity in found(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "الثلاثاء", "الخميس", "الطابق الثالث", "القرن الثاني عشر", "الذكرى الحادية والعشرون", "لم يصب أحد بأذى",
        "لست نادما", "ثلث الأسر", "يوم الأحد", "5.3.2016",
    ],
)  # fmt: skip
def test_ordinals_weekdays_and_fractions_are_no_quantities(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "definite"), [("الأشخاص الخمسة", True), ("الـ15 شخصا", True), ("خمسة أشخاص", False)])
def test_the_article_of_a_number_is_told(text: str, *, definite: bool) -> None:
    assert [quantity.definite for quantity in found(text)] == [definite]


def test_the_span_takes_in_the_bound_before_and_names_the_number_inside() -> None:
    tokens = tokenize("أعلن مقتل ما لا يقل عن مئتين وخمسين شخصا")
    (quantity,) = find_quantities(tokens)
    assert written(tokens, quantity) == "ما لا يقل عن مئتين وخمسين"
    assert tokens[quantity.number].text == "مئتين"


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=60))
def test_quantities_stand_in_order_inside_the_text_and_never_raise(text: str) -> None:
    tokens = tokenize(text)
    at = 0
    for quantity in find_quantities(tokens):
        assert at <= quantity.first <= quantity.number < quantity.last <= len(tokens)
        assert quantity.min is None or quantity.max is None or quantity.min <= quantity.max
        assert quantity.bound != "vague" or quantity.min is quantity.max is None
        at = quantity.last


@given(st.integers(1, 999_999_999))
def test_digits_are_read_as_they_stand(number: int) -> None:
    plain = found(f"نحو {number} طنا")
    grouped = found(f"نحو {number:,} طنا")
    assert [q.min for q in plain if q.kind == "cardinal"] in ([number], [])
    assert [q.min for q in grouped if q.kind == "cardinal"] in ([number], [])


@pytest.mark.parametrize("piece", ["5 ", "وخمسة ", "ألف ", "و", "5-", "عدد من ", "أكثر من ", "1.", "9" * 50 + " "])
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    assert growth(lambda times: find_quantities(tokenize(piece * times)), 200) < 1.1
