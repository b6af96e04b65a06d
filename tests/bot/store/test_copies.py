from __future__ import annotations

import datetime as dt

from bot.store import Store
from retrieval import Article, Reading

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)
TEXT = (
    "أعلنت مديرية الدفاع المدني في بلدة الواحة أن فرقها أخمدت حريقا شب مساء السبت في مخزن للحبوب عند مدخل البلدة، "
    "وأن ثلاثة عمال نقلوا إلى المستشفى القريب بحروق طفيفة. وقال مدير الفرق إن النيران أتت على نصف المخزن."
)
OTHER = (
    "اختتم مجلس البلدية دورته الربيعية بالموافقة على خطة لتوسيع شبكة المياه في الأحياء الغربية خلال ثلاث سنوات، "
    "على أن تبدأ الأعمال مطلع الصيف المقبل بتمويل مشترك مع صندوق التنمية ورحب ممثلو السكان بالخطة."
)


def put(store: Store, **bodies: str) -> None:
    articles = [Article(id=name, body=body) for name, body in bodies.items()]
    readings = [(one, Reading(article_id=one.id, passages=(), facts=())) for one in articles]
    store.put(readings, reader="1", now=NOW)


def test_a_text_that_several_carry_has_one_original(store: Store) -> None:
    put(store, a=TEXT, b=f"وكالات: {TEXT}", c=OTHER)
    put(store, d=f"{TEXT} (نقلا عن الوكالة)")
    assert store.originals(["a", "b", "c", "d"]) == {"b": "a", "d": "a"}


def test_an_article_that_no_longer_carries_the_text_is_no_copy(store: Store) -> None:
    put(store, a=TEXT, b=TEXT)
    put(store, b=OTHER)
    assert store.originals(["a", "b"]) == {}
