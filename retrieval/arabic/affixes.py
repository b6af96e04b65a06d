"""Clitics and endings of Arabic words, by the group that each belongs to."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from retrieval.arabic.tables import Row, load

Group = Literal[
    "conjunction", "preposition", "article", "before_present", "person_3", "person_1", "accusative", "dual",
    "dual_construct", "plural", "plural_construct", "feminine", "feminine_dual", "feminine_dual_construct",
    "feminine_plural", "marbuta", "pronoun", "object", "past_t", "past_t_object", "past_w", "past_w_object", "past_a",
    "past_c", "present_w", "present_w_object", "present_a", "present_n",
]  # fmt: skip


class Affix(Row):
    """One row of affixes.csv: a clitic or ending, the group it belongs to and what it says of the word."""

    text: str = Field(min_length=1)
    group: Group
    number: Literal["", "s", "d", "p"]
    gender: Literal["", "m", "f"]
    person: Literal["", "1", "2", "3"]


@cache
def affixes() -> dict[Group, tuple[Affix, ...]]:
    """The rows of affixes.csv by group."""
    found: dict[Group, tuple[Affix, ...]] = {}
    for _, row in load("affixes", Affix):
        found[row.group] = (*found.get(row.group, ()), row)
    return found
