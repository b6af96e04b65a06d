"""Parties: armed groups, armies and police under one key, with the class of those they lose."""

from __future__ import annotations

import pytest

from retrieval.arabic.parties import find_parties
from retrieval.arabic.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "key", "victim_class"),
    [
        ("قتل مسلحو داعش ثلاثة", "تنظيم داعش", "militant"),
        ("أعلن تنظيم الدولة الإسلامية", "تنظيم داعش", "militant"),
        ("هاجمت قوات الحشد الشعبي", "الحشد الشعبي", "security"),
    ],
)
def test_names_of_one_party_share_a_key(text: str, key: str, victim_class: str) -> None:
    assert [(p.key, p.victim_class) for p in find_parties(tokenize(text))] == [(key, victim_class)]


def test_a_battalion_is_known_by_any_name() -> None:
    (found,) = find_parties(tokenize("انسحبت كتيبة النسور من الحي"))
    assert (found.name, found.victim_class) == ("كتيبة النسور", "security")


@pytest.mark.xfail(strict=True, reason="the place of a police tells where it acted, and a party's place would not")
def test_a_police_is_known_by_its_place() -> None:
    assert find_parties(tokenize("اعتقلت شرطة بابل رجلا"))
