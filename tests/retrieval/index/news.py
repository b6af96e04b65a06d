"""A few entries in our own words, of outlets that do not exist."""

import datetime as dt

from retrieval.index import Entry


def entry(article: str, text: str, **more: object) -> Entry:
    """A passage of that article, its only one."""
    return Entry(**({"id": f"{article}#0", "article_id": article, "kind": "passage", "text": text} | more))  # type: ignore[arg-type]  # members by name


NEWS = (
    entry(
        "flood",
        "أعلنت فرق الإنقاذ في حضرموت انتشال تسعة أشخاص بعد أن جرفت السيول جسرا قرب المكلا.",
        title="سيول في حضرموت",
        date=dt.date(2031, 4, 2),
        outlet="صحيفة الرابية",
        places=("المكلا", "حضرموت", "اليمن"),
    ),
    entry(
        "visit",
        "وصل وزير الخارجية الفنلندي إلى بغداد حيث استقبله رئيس الوزراء في مقر الحكومة.",
        title="زيارة فنلندية إلى العراق",
        date=dt.date(2031, 4, 5),
        outlet="وكالة مرافئ",
        places=("بغداد", "العراق"),
    ),
    entry(
        "court",
        "قضت محكمة الجنايات في وهران بسجن ستة موظفين أدينوا بتبديد أموال صندوق الإسكان.",
        title="أحكام بالسجن",
        date=dt.date(2031, 4, 9),
        outlet="صحيفة الرابية",
        places=("وهران", "الجزائر"),
    ),
    entry(
        "train",
        "خرج قطار بضائع عن القضبان شمال طنطا وأصيب السائق ومساعده بجروح طفيفة.",
        title="حادث قطار",
        date=dt.date(2031, 5, 1),
        outlet="وكالة مرافئ",
        places=("طنطا", "مصر"),
    ),
    entry("undated", "تجري البلدية أعمال صيانة لشبكة المياه في الحي القديم.", outlet="نشرة الحي"),
)
FACT = Entry(
    id="flood!f1",
    article_id="flood",
    kind="casualty",
    text="انتشال تسعة أشخاص",
    date=dt.date(2031, 4, 1),
    outlet="صحيفة الرابية",
    places=("المكلا", "حضرموت"),
)
