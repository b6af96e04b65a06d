"""What a question was taken to mean, as it is said to whoever asked it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.wording import load_wording
from retrieval.answering import explain
from retrieval.asking import understand

DAY = dt.date(2019, 6, 14)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("كم جنديا قتل في الموصل أمس؟", "عدد القتلى («جنديا») في الموصل، 13 يونيو 2019"),
        ("من زار بغداد الشهر الماضي؟", "من الشخص أو الجهة في بغداد، مايو 2019، والحديث عن: زيارة"),
        ("متى قتل البغدادي؟", "متى كان ذلك، والمعنيّ: البغدادي"),
        ("ماذا قال غوتيريش عن الحديدة؟", "ما قاله غوتيريش عن الحديدة"),
        ("ماذا حدث في الرمادي أمس؟", "ما جرى في الرمادي، 13 يونيو 2019"),
        ("كم قتيلا لكل شهر في ليبيا سنة 2019؟", "مجموع القتلى في ليبيا، موزعاً على الأشهر، عام 2019"),
        ("أي مدينة سقط فيها أكبر عدد من الجرحى؟", "المكان الذي فيه أكبر عدد من الجرحى"),
        ("قارن بين قتلى حلب وإدلب في 2018", "مقارنة عدد القتلى بين حلب وإدلب، عام 2018"),
        ("قارن عدد الجرحى في غزة بين أبريل ومايو 2019", "مقارنة عدد الجرحى بين أبريل 2019 ومايو 2019"),
        ("كم قتيلا في إدلب بحسب الأمم المتحدة؟", "عدد القتلى في إدلب، بحسب الأمم المتحدة"),
    ],
)  # fmt: skip
def test_a_question_is_said_again_as_it_was_understood(question: str, said: str) -> None:
    assert explain(understand(question, as_of=DAY), load_wording()) == f"فهمت سؤالك: {said}."


def test_each_question_of_a_message_has_its_own_line() -> None:
    told = explain(understand("كم قتيلا وجريحا في كابول؟", as_of=DAY), load_wording())
    assert told.splitlines() == ["فهمت سؤالك: عدد القتلى في كابول.", "فهمت سؤالك: عدد الجرحى في كابول."]


def test_a_follow_up_says_that_it_is_one() -> None:
    before = understand("كم قتيلا في حلب؟", as_of=DAY)
    told = explain(understand("وفي إدلب؟", as_of=DAY, before=before), load_wording())
    assert told == "فهمت سؤالك: عدد القتلى في إدلب، تتمةً لسؤالك السابق."
