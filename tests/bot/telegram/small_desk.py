"""A desk that knows a few answers, for tests of how they are shown: everything but the knowledge is real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.desk import Desk
from bot.store import Store
from retrieval import Answer, Article, Citation, Filters, PassageHit, Question, Understanding, Value, Wording
from retrieval.index.memory import MemoryIndex

DAY = dt.date(2031, 5, 4)
SENTENCES = (
    "قتل ثلاثة صيادين في غرق قارب قبالة سواحل بلدة نخلان",
    "وصل وزير النقل سالم الرفاعي إلى مدينة درويش",
    "أعلنت البلدية إغلاق السوق القديم أسبوعا كاملا",
)


def article(number: int, sentence: str, *, url: str = "") -> Article:
    body = f"{sentence}، وفق ما قاله شهود للمراسل. وأضافوا أن التفاصيل ستعلن لاحقا."
    return Article(
        id=f"a{number}", title=f"عنوان الخبر {number}", outlet="مرصد التجربة", published=DAY, body=body, url=url
    )


def citation(number: int = 1, sentence: str = SENTENCES[0], *, url: str = "https://example.org/1") -> Citation:
    return Citation.of(article(number, sentence, url=url), 0, len(sentence))


def hit(number: int, sentence: str) -> PassageHit:
    cited = citation(number, sentence)
    return PassageHit(article_id=f"a{number}", text=cited.quote, start=0, end=len(sentence), score=1.0, citation=cited)


def found(question: str, said: str = "قُتل 3 صيادين [1].", citations: int = 1) -> Answer:
    cited = tuple(citation(n, SENTENCES[(n - 1) % 3], url=f"https://example.org/{n}") for n in range(1, citations + 1))
    return Answer(
        question=question, as_of=DAY, understood=Understanding(), abstained=False, answer=said,
        value=Value(min=3, max=3, bound="exact"), citations=cited,
    )  # fmt: skip


def not_found(question: str) -> Answer:
    return Answer(
        question=question, as_of=DAY, understood=Understanding(), abstained=True, answer="لم أجد جوابا في الأخبار."
    )


class SmallDesk(Desk):
    """Answers the questions that it is given answers for, abstains from all others, and finds the same passages."""

    def __init__(
        self, store: Store, wording: Wording, answers: Mapping[str, Answer], passages: tuple[PassageHit, ...] = ()
    ) -> None:
        super().__init__(store, MemoryIndex(), wording, workers=1)
        self._answers, self._found_passages = answers, passages
        self.asked: list[Question] = []
        self.before: list[Question | None] = []

    def understand(self, text: str, *, as_of: dt.date, before: Question | None = None) -> Question:
        self.before.append(before)
        return Question(text=text, as_of=as_of, understood=Understanding())

    def answer(self, question: Question, wording: Wording | None = None) -> Answer:  # noqa: ARG002 - said already
        self.asked.append(question)
        return self._answers.get(question.text) or not_found(question.text)

    def search(
        self,
        query: str,  # noqa: ARG002 - it finds the same for all
        k: int,
        filters: Filters | None = None,  # noqa: ARG002 - likewise
    ) -> tuple[PassageHit, ...]:
        return self._found_passages[:k]
