"""The words for people and for counts of them, as persons.csv, person_senses.csv and tolls.csv list them."""

from __future__ import annotations

from functools import cache
from typing import Literal

from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, load
from retrieval.types import Harm, VictimClass

TollWord = Literal["head", "sum", "not", "joint", "state", "release", "illness", "case", "sport", "barred", "mourned"]


class PersonRow(Row):
    """One row of persons.csv: a noun for a person in the singular.

    `victim_class` is the class of whom it means, `harm` the harm that it tells by itself (قتيل، جريح), and `alone`
    whether the bare singular stands for one person: مقتل جندي is one, مقتل عائلة is not; `other` takes its noun from
    the group before, `owned` is one only with a pronoun (أحدهم), and `rest` with a pronoun means others that a number
    before it counts (سبعة غيرهم).
    """

    word: str
    victim_class: VictimClass
    harm: Harm | Literal[""] = ""
    alone: Literal["yes", "no", "other", "owned", "rest"] = "yes"


class SenseRow(Row):
    """One row of person_senses.csv: what a noun of that sense of the lexicon is taken for, as in `PersonRow`."""

    sense: str
    victim_class: VictimClass
    harm: Harm | Literal[""] = ""
    alone: Literal["yes", "no"] = "yes"


class TollRow(Row):
    """One row of tolls.csv.

    `head`: words that announce a toll (عدد، حصيلة); `sum`: words between a toll and its number (إلى، بلغ); `not`:
    words right before a counted noun that make it no count of harm (أسر، تكريم); `joint`: words that join killed and
    wounded in one number (بين); `state`: words that tell how the wounded are; `release`: what ends captivity, in
    dictionary form; `illness`: names of illnesses; `case`: words for one case of them;
    `sport`: players, whose injuries are no news of harm; `barred`: words of games and of office, from which one is
    barred and not arrested; `mourned`: words of mourning and remembering, which tell no news of a death.
    """

    words: str
    means: TollWord


@cache
def persons() -> dict[str, PersonRow]:
    """The rows of persons.csv by their normalised word."""
    return {normalise(row.word): row for _, row in load("persons", PersonRow)}


@cache
def person_senses() -> dict[str, PersonRow]:
    """What a noun is taken for by its sense in the lexicon, when persons.csv does not have it."""
    return {
        row.sense: PersonRow(word="", victim_class=row.victim_class, harm=row.harm, alone=row.alone)
        for _, row in load("person_senses", SenseRow)
    }


@cache
def toll_words(means: TollWord) -> Phrases[TollRow]:
    """The phrases of tolls.csv that mean this."""
    return Phrases((words(row.words), row) for _, row in load("tolls", TollRow) if row.means == means)


@cache
def release_words() -> tuple[tuple[str, ...], ...]:
    """The words that end captivity (أفرج، فر), in dictionary form and normalised."""
    return tuple(words(row.words) for _, row in load("tolls", TollRow) if row.means == "release")
