"""Dates as news of all regions says them, settled against the day of publication."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arabic.dates import DateMention, find_dates
from retrieval.arabic.months import read_month
from retrieval.arabic.tokens import tokenize
from tests.growth import growth

PUBLISHED = dt.date(2017, 7, 12)  # a Wednesday
WORDS = (
    "قتل", "سيزور", "يوم", "الثلاثاء", "الأربعاء", "الماضي", "المقبل", "أمس", "اليوم", "فجر", "5", "17", "2016", "من",
    "إلى", "الشهر", "العام", "الجاري", "مطلع", "كانون", "الثاني", "مايو", "ماي", "شوال", "1436", "هـ", "منذ", "قبل",
    "خلال", "ثلاثة", "أيام", "الأيام", "الخمسة", "صيف", "الموافق", "/", "-", "(", ")", "،", ".", "و", "عامي", "9999",
)  # fmt: skip


def said(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [(str(m.start), str(m.end), m.precision) for m in find_dates(tokenize(text), published)]


def day(text: str, published: dt.date | None = PUBLISHED) -> str:
    ((start, end, precision),) = said(text, published)
    assert start == end
    assert precision in {"day", "hour"}
    return start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل جندي الثلاثاء", "2017-07-11"),
        ("قتل جندي يوم الأربعاء", "2017-07-12"),
        ("قتل جندي الخميس", "2017-07-06"),
        ("يوم الأربعاء الماضي", "2017-07-05"),
        ("الاثنين الفارط", "2017-07-10"),
        ("الخميس المقبل", "2017-07-13"),
        ("الأربعاء القادم", "2017-07-19"),
        ("سيزور الرئيس بغداد الجمعة", "2017-07-14"),
        ("من المقرر أن يلتقي الوزيران الأحد", "2017-07-16"),
        ("مساء يوم الاثنين", "2017-07-10"),
        ("أمس", "2017-07-11"),
        ("يوم أمس الثلاثاء", "2017-07-11"),
        ("أول أمس", "2017-07-10"),
        ("أمس الأول الاثنين", "2017-07-10"),
        ("أول من أمس", "2017-07-10"),
        ("البارحة الأولى", "2017-07-10"),
        ("البارحة", "2017-07-11"),
        ("فجر اليوم الأربعاء", "2017-07-12"),
        ("ليل أمس", "2017-07-11"),
        ("الليلة الماضية", "2017-07-11"),
        ("غدا الخميس", "2017-07-13"),
        ("بعد غد", "2017-07-14"),
        ("في ساعة متأخرة من ليل أمس", "2017-07-11"),
    ],
)
def test_days_near_publication(text: str, expected: str) -> None:
    assert day(text) == expected


def test_a_weekday_that_contradicts_today_is_believed() -> None:
    assert day("أعلن اليوم الثلاثاء") == "2017-07-11"


@pytest.mark.parametrize("published", [dt.date(2017, 7, 10) + dt.timedelta(days=n) for n in range(7)])
def test_a_weekday_is_never_after_publication_nor_a_week_before(published: dt.date) -> None:
    found = dt.date.fromisoformat(day("قتل جندي الثلاثاء", published))
    assert found.weekday() == 1
    assert 0 <= (published - found).days < 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 كانون الثاني الماضي", "2017-01-05"),
        ("يوم 5 كانون الثاني الماضي", "2017-01-05"),
        ("24 كانون الأول", "2016-12-24"),
        ("20 جوان 2017", "2017-06-20"),
        ("2 جويلية الجاري", "2017-07-02"),
        ("13 غشت 2016", "2016-08-13"),
        ("14 من يوليو (تموز) 2015", "2015-07-14"),
        ("24 تموز - يوليو 2015", "2015-07-24"),
        ("10 حزيران/يونيو من العام الماضي", "2016-06-10"),
        ("3 يناير من هذا العام", "2017-01-03"),
        ("27 أغسطس المقبل", "2017-08-27"),
        ("3 أغسطس", "2017-08-03"),
        ("أحداث 11 سبتمبر", "2016-09-11"),
        ("السبت 8/7", "2017-07-08"),
        ("الخامس من مايو", "2017-05-05"),
        ("الخامس عشر من مايو 2016", "2016-05-15"),
        ("الحادي والعشرين من حزيران", "2017-06-21"),
        ("الأول من مايو", "2017-05-01"),
        ("الخامس من الشهر الماضي", "2017-06-05"),
        ("15 من الشهر الجاري", "2017-07-15"),
        ("في 5 الجاري", "2017-07-05"),
        ("الثلاثاء 20 جوان 2017", "2017-06-20"),
        ("الجمعة (5 مايو) الماضي", "2017-05-05"),
        ("2016-11-05", "2016-11-05"),
        ("5/11/2016", "2016-11-05"),
        ("05/11/16", "2016-11-05"),
        ("5.11.2016", "2016-11-05"),
        ("٥ / ١١ / ٢٠١٦", "2016-11-05"),
        ("25 شوال 1436 هـ", "2015-08-10"),
        ("25 شوال 1436", "2015-08-10"),
        ("25 شوال 1436 هـ الموافق 10 أغسطس 2015 م", "2015-08-10"),
        ("الخميس الماضي 21 شوال 1436 هـ", "2015-08-06"),
        ("أمس الجمعة الموافق 15 / 10 / 1436ه", "2015-07-31"),
        ("21 رمضان", "2017-06-16"),
    ],
)
def test_days_of_months_in_every_region_and_two_calendars(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأسبوع الماضي", ("2017-07-01", "2017-07-07", "week")),
        ("هذا الأسبوع", ("2017-07-08", "2017-07-14", "week")),
        ("الشهر الجاري", ("2017-07-01", "2017-07-31", "month")),
        ("الشهر الماضي", ("2017-06-01", "2017-06-30", "month")),
        ("العام الماضي", ("2016-01-01", "2016-12-31", "year")),
        ("السنة الفارطة", ("2016-01-01", "2016-12-31", "year")),
        ("مطلع الشهر الجاري", ("2017-07-01", "2017-07-10", "period")),
        ("مطلع العام الحالي", ("2017-01-01", "2017-03-01", "period")),
        ("منتصف عام 2014", ("2014-06-02", "2014-08-01", "period")),
        ("أواخر مايو الماضي", ("2017-05-22", "2017-05-31", "period")),
        ("نهاية الأسبوع", ("2017-07-13", "2017-07-14", "period")),
        ("فبراير (شباط) الماضي", ("2017-02-01", "2017-02-28", "month")),
        ("شهر ماي سنة 2016", ("2016-05-01", "2016-05-31", "month")),
        ("ماي الماضي", ("2017-05-01", "2017-05-31", "month")),
        ("شهر أوت", ("2017-08-01", "2017-08-31", "month")),
        ("خلال شهر رمضان", ("2017-05-27", "2017-06-24", "month")),
        ("أيلول 2014", ("2014-09-01", "2014-09-30", "month")),
        ("عام 2016", ("2016-01-01", "2016-12-31", "year")),
        ("لعام 1436هـ", ("2014-10-25", "2015-10-13", "year")),
        ("في 2016", ("2016-01-01", "2016-12-31", "year")),
        ("نهاية 2016", ("2016-11-01", "2016-12-31", "period")),
        ("الشهر قبل الماضي", ("2017-05-01", "2017-05-31", "month")),
        ("الربع الأول من العام الجاري", ("2017-01-01", "2017-03-31", "period")),
        ("النصف الثاني من 2016", ("2016-07-01", "2016-12-31", "period")),
        ("الأشهر الستة الأولى من عام 2017", ("2017-01-01", "2017-06-30", "period")),
        ("خلال الساعات الـ24 الماضية", ("2017-07-11", "2017-07-12", "period")),
        ("من الاثنين إلى الخميس", ("2017-07-03", "2017-07-06", "period")),
        ("فبراير شباط 2016", ("2016-02-01", "2016-02-29", "month")),
        ("صيف 2015", ("2015-06-01", "2015-08-31", "period")),
        ("الصيف الماضي", ("2016-06-01", "2016-08-31", "period")),
        ("من 3 إلى 7 مايو", ("2017-05-03", "2017-05-07", "period")),
        ("بين 3 و7 مايو", ("2017-05-03", "2017-05-07", "period")),
        ("3-7 مايو 2016", ("2016-05-03", "2016-05-07", "period")),
        ("من 28 أبريل إلى 3 مايو", ("2017-04-28", "2017-05-03", "period")),
        ("من يناير إلى مارس 2016", ("2016-01-01", "2016-03-31", "period")),
        ("بين عامي 2011 و2015", ("2011-01-01", "2015-12-31", "period")),
        ("خلال الأيام الخمسة الماضية", ("2017-07-07", "2017-07-12", "period")),
        ("خلال الـ24 ساعة الماضية", ("2017-07-11", "2017-07-12", "period")),
        ("اليومين الماضيين", ("2017-07-10", "2017-07-12", "period")),
        ("منذ أسبوع", ("2017-07-05", "2017-07-12", "period")),
        ("منذ أكثر من أسبوعين", ("2017-06-28", "2017-07-12", "period")),
        ("منذ سبعة أشهر", ("2016-12-12", "2017-07-12", "period")),
        ("خلال أسبوع", ("2017-07-05", "2017-07-12", "period")),
        ("سيصل خلال أسبوع", ("2017-07-12", "2017-07-19", "period")),
        ("قبل ثلاثة أيام", ("2017-07-09", "2017-07-09", "day")),
        ("قبل أسبوعين", ("2017-06-25", "2017-07-01", "week")),
        ("قبل شهرين", ("2017-05-01", "2017-05-31", "month")),
        ("قبل نحو عامين", ("2015-01-01", "2015-12-31", "year")),
        ("ليل الثلاثاء – الأربعاء", ("2017-07-11", "2017-07-12", "day")),
        ("ليلة الاثنين الثلاثاء", ("2017-07-10", "2017-07-11", "day")),
        ("في الساعة الخامسة من صباح أمس", ("2017-07-11", "2017-07-11", "hour")),
    ],
)
def test_stretches_of_time(text: str, expected: tuple[str, str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text", ["خلال السنوات الماضية", "الأيام القليلة الماضية", "منذ أيام", "قبل بضعة أشهر", "31 فبراير"]
)
def test_a_time_that_names_no_day_has_none(text: str) -> None:
    assert [(start, end) for start, end, _ in said(text)] == [("None", "None")]


@pytest.mark.parametrize(
    "text",
    [
        "رئيسة الوزراء تيريزا ماي",
        "أخلى الجيش الحي القديم و17 تموز وغيرهما",
        "في حي 17 تموز",
        "مدينة السادس من أكتوبر",
        "وقتل 5/3 منهم",
        "قوى 14 آذار",
        "على جسر 14 رمضان",
        "سوق الثلاثاء الشعبي",
        "تصدر كل ثلاثاء",
        "قناة روسيا اليوم",
        "في ذلك اليوم",
        "في اليوم التالي",
        "لليوم الثالث على التوالي",
        "قبل أسبوع من الانتخابات",
        "صباح النعمان",
        "مارس ضغوطا",
        "الدورة الثالثة",
        "مقتل 17 شخصا",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5 مايو 2016", "2016-05-05"), ("2016-11-05", "2016-11-05"), ("25 شوال 1436 هـ", "2015-08-10")],
)
def test_a_full_date_needs_no_day_of_publication(text: str, expected: str) -> None:
    assert day(text, None) == expected


@pytest.mark.parametrize("text", ["أمس", "الثلاثاء", "الشهر الماضي", "5 مايو الماضي", "منذ أسبوع", "الصيف الماضي"])
def test_without_a_day_of_publication_a_relative_date_stays_open(text: str) -> None:
    assert [(start, end) for start, end, _ in said(text, None)] == [("None", "None")]


def test_two_dates_of_a_sentence_stay_two() -> None:
    text = "قتل شخصان السبت والأحد الماضيين، وثالث في 5 مايو"
    assert [start for start, _, _ in said(text)] == ["2017-07-08", "2017-07-09", "2017-05-05"]


def test_the_span_takes_in_all_words_of_the_date() -> None:
    tokens = tokenize("أفاد مصدر بأن الهجوم وقع فجر يوم الخميس الماضي 21 شوال 1436 هـ في المدينة")
    (mention,) = find_dates(tokens, PUBLISHED)
    assert " ".join(token.text for token in tokens[mention.first : mention.last]) == (
        "فجر يوم الخميس الماضي 21 شوال 1436 هـ"
    )


@pytest.mark.parametrize("locale", ["ar_IQ", "ar_SY", "ar_LB", "ar_EG", "ar_SA", "ar_DZ", "ar_TN", "ar_MA", "ar_MR"])
def test_the_month_names_of_every_arab_press_are_known(locale: str) -> None:
    for number, name in Locale.parse(locale).months["format"]["wide"].items():
        tokens = tokenize(name)
        found = read_month(tokens, 0)
        assert found is not None, name
        assert (found.month, found.last) == (number, len(tokens)), name


@given(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60),
    st.dates() | st.just(PUBLISHED) | st.none(),
)
def test_dates_stand_in_order_inside_the_text_and_never_raise(text: str, published: dt.date | None) -> None:
    tokens = tokenize(text)
    at = 0
    for mention in find_dates(tokens, published):
        assert isinstance(mention, DateMention)
        assert at <= mention.first < mention.last <= len(tokens)
        assert (mention.start is None) == (mention.end is None)
        assert mention.start is None or mention.end is None or mention.start <= mention.end
        at = mention.last


@given(st.dates(dt.date(1950, 1, 1), dt.date(2070, 1, 1)))
def test_every_day_written_in_figures_is_read_back(date: dt.date) -> None:
    for text in (
        f"{date:%Y-%m-%d}",
        f"{date.day}/{date.month}/{date.year}",
        f"{date.day} - {date.month} - {date.year}",
    ):
        assert day(f"وقع في {text} حادث") == date.isoformat()


@pytest.mark.parametrize("piece", ["فجر ", "الثلاثاء ", "5 من ", "و17 ", "يوم 5 مايو ", "2016-", "من 3 إلى "])
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    assert growth(lambda times: find_dates(tokenize(piece * times), PUBLISHED), 100) < 1.1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سيزور الوزير المدينة في آب", ("2017-08-01", "2017-08-31", "month")),
        ("كانت حصيلة آب 2016 أعلى الحصائل", ("2016-08-01", "2016-08-31", "month")),
        ("مقارنة بآب الماضي", ("2016-08-01", "2016-08-31", "month")),
        ("قتل 30 مدنيا في مارس", ("2017-03-01", "2017-03-31", "month")),
        ("وفي نيسان قتل عشرة", ("2017-04-01", "2017-04-30", "month")),
        ("خلال ماي", ("2017-05-01", "2017-05-31", "month")),
        ("منذ مطلع نيسان", ("2017-04-01", "2017-04-10", "period")),
        ("في أوت 2015", ("2015-08-01", "2015-08-31", "month")),
        ("في كانون الأول", ("2016-12-01", "2016-12-31", "month")),
        ("في آذار الماضي", ("2017-03-01", "2017-03-31", "month")),
    ],
)
def test_a_month_alone_is_one_where_no_other_word_can_stand(text: str, expected: tuple[str, str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["قتل ثلاثة في إب", "فاز الفريق 3 في صفر", "مارس ضغوطا على الحكومة", "استقالت تيريزا ماي", "أوت المدرسة 30 أسرة"],
)
def test_a_word_that_only_looks_like_a_month_is_no_date(text: str) -> None:
    assert said(text) == []
