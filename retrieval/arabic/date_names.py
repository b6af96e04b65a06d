"""Names that are made of a date and tell no day: "14 July bridge", "the market of Tuesday", "Russia Today"."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.date_phrases import Said, read_absolute
from retrieval.arabic.date_words import word_at
from retrieval.arabic.months import read_month
from retrieval.arabic.morphology import analyse
from retrieval.arabic.tokens import Token


def names_paper(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words are the name of a paper or channel that holds a word of a date."""
    return any((name := word_at("not", tokens, start)) and name.last > at for start in range(max(at - 2, 0), at + 1))


def is_noun(token: Token, senses: set[str]) -> bool:
    """Whether a word can be a noun of one of these senses that something else defines."""
    readings = analyse(token.text)
    return any(a.pos == "noun" and a.known and a.sense in senses and not a.definite for a in readings)


def name_end(tokens: Sequence[Token], at: int) -> int:
    """The end of a name that is made of a date and begins at token `at`; 0 when none does."""
    said = read_absolute(tokens, at) if _names_what_follows(tokens, at) else None
    return said.last if said and is_name(tokens, at, said) else 0


def is_name(tokens: Sequence[Token], at: int, said: Said) -> bool:
    """Whether a day and month are the name of a quarter, street or movement: "14 July bridge", "and 17 July"."""
    if said.day is None or said.year or said.relation or said.year_relation:
        return False
    return _names_what_follows(tokens, at)


def _names_what_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words before token `at` make what follows a name, if it is a day and month."""
    if at == 0:
        return False
    linked = tokens[at - 1].norm == "و"
    before = at - 2 if linked else at - 1
    if before < 0:
        return False
    if is_noun(tokens[before], {"place_noun", "facility", "institution", "force"}):
        return True
    return linked and not any(read_month(tokens, j) for j in range(max(before - 3, 0), before + 1))
