"""Page furniture is left out of reading, prose never is, and the text itself is not touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.clean import find_furniture

PROSE = "قال مدير المستشفى إن الفرق الطبية استقبلت الجرحى طوال الليل، وإن معظمهم غادر صباح اليوم."


def left_out(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in find_furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: انتخابات المجالس المحلية تبدأ غدا",
        "إقرأ أيضاً | نتائج القرعة",
        "ت + ت - الحجم الطبيعي",
        "Email",
        "Facebook Twitter WhatsApp",
        "0",
        "* * *",
        "مشاركة المقال !",
        "شارك الخبر عبر",
        "اترك تعليقا",
        "يمكن قراءة الخبر من المصدر من هنا",
        "عن مصدر الخبر",
        "تابعونا على تويتر",
        "كلمات مفتاحية: الموصل، نينوى",
        "لن يتم نشر عنوان بريدك الإلكتروني.",
        "جميع الحقوق محفوظة لصحيفة المنارة 2019",
        "المصدر: وكالات",
        "// انتهى //",
        "عدد المشاهدات: 1532",
    ],
)
def test_known_furniture_is_left_out_wherever_it_stands(line: str) -> None:
    assert left_out(f"{PROSE}\n{line}\n{PROSE[::-1]}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "اقتحام المدينة",
        "تحديث البنية التحتية للموانئ يحتاج إلى ثلاث سنوات على الأقل بحسب الوزير.",
        "المصدر رفض الكشف عن هويته.",
        (
            "المزيد من القوات وصلت إلى المنطقة مساء أمس، وانتشرت على الطريق الدولي وفي القرى القريبة منه تحسبا لأي "
            "هجوم جديد قد يشنه المسلحون على المواقع التي انسحبوا منها قبل يومين تحت ضغط الغارات المتواصلة."
        ),
        "انتهى الاجتماع من دون اتفاق.",
    ],
)
def test_a_line_of_news_is_kept_even_when_it_opens_with_a_word_of_furniture(line: str) -> None:
    assert left_out(line) == []


def test_the_link_back_to_the_outlet_is_cut_off_the_end_of_a_line() -> None:
    link = "رابط الخبر بصحيفة المنارة: وصول الدفعة الأولى من المساعدات"
    assert left_out(f"{PROSE} {link}") == [link]


def test_a_list_of_tags_behind_the_last_sentence_is_cut_off() -> None:
    assert left_out(f"{PROSE} سمات الموانئ النقل الاقتصاد") == ["سمات الموانئ النقل الاقتصاد"]


def test_of_a_caption_printed_twice_the_copy_is_left_out() -> None:
    caption = "رجال الإطفاء أمام المبنى المحترق في الميناء القديم"
    assert left_out(f"{caption}\n{caption}\n\n{PROSE}") == [caption]


def test_of_a_caption_and_its_shortened_copy_the_short_one_is_left_out() -> None:
    caption = "رجال الإطفاء أمام المبنى المحترق في الميناء القديم أول من أمس"
    short = "رجال الإطفاء أمام المبنى المحترق"
    assert left_out(f"{caption}\n{short}\n\n{PROSE}") == [short]


def test_a_menu_of_short_lines_is_left_out_and_a_lone_heading_is_kept() -> None:
    menu = ["سياسة", "اقتصاد", "رياضة", "ثقافة وفنون"]
    assert left_out("\n".join([*menu, PROSE, "خسائر مادية", "احترقت ثلاثة متاجر."])) == menu


def test_the_short_lines_of_a_comment_form_go_with_its_heading() -> None:
    form = ["أضف تعليقا", "الاسم", "البلد", "نص التعليق"]
    assert left_out("\n".join([PROSE, *form])) == form


@given(st.text(max_size=400))
def test_furniture_lies_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for piece in find_furniture(text):
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end
