from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.copies import COPIED, Signature, resemblance, signature_of
from retrieval.types import Article

AGENCY = (
    "أعلنت مديرية الدفاع المدني في بلدة الواحة أن فرقها أخمدت حريقا شب مساء السبت في مخزن للحبوب عند مدخل البلدة، "
    "وأن ثلاثة عمال نقلوا إلى المستشفى القريب بحروق طفيفة. وقال مدير الفرق إن النيران أتت على نصف المخزن قبل السيطرة "
    "عليها، وإن أسباب الحريق لا تزال قيد التحقيق، داعيا أصحاب المخازن إلى تركيب أجهزة إنذار."
)
OTHER = (
    "اختتم مجلس البلدية دورته الربيعية بالموافقة على خطة لتوسيع شبكة المياه في الأحياء الغربية خلال ثلاث سنوات، "
    "على أن تبدأ الأعمال مطلع الصيف المقبل بتمويل مشترك مع صندوق التنمية. ورحب ممثلو السكان بالخطة وطالبوا بجدول "
    "زمني واضح، فيما وعد رئيس المجلس بنشر تقرير شهري عن سير العمل في كل حي من الأحياء المشمولة."
)


def article(body: str) -> Article:
    return Article(id="a", body=body)


def test_a_text_printed_with_another_headline_and_last_line_is_a_copy() -> None:
    printed = f"الواحة — مراسلنا: {AGENCY} نقلا عن الوكالة."
    one, other = signature_of(article(AGENCY)), signature_of(article(printed))
    assert resemblance(one, other) >= COPIED
    assert set(one.bands) & set(other.bands)


def test_two_reports_in_different_words_are_no_copies() -> None:
    one, other = signature_of(article(AGENCY)), signature_of(article(OTHER))
    assert resemblance(one, other) < 0.1
    assert not set(one.bands) & set(other.bands)


def test_spelling_does_not_hide_a_copy() -> None:
    respelt = AGENCY.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه")
    assert resemblance(signature_of(article(AGENCY)), signature_of(article(respelt))) == 1.0


def test_a_text_too_short_to_tell_is_a_copy_of_nothing() -> None:
    short = signature_of(article("حريق في مخزن بلا إصابات"))
    assert short.bands == ()
    assert resemblance(short, short) == 0.0


@given(st.lists(st.integers(0, 2**32 - 1), min_size=80, max_size=80))
def test_a_signature_is_the_same_after_it_was_stored(minima: list[int]) -> None:
    signature = Signature(tuple(minima))
    assert Signature.unpacked(signature.packed()) == signature
