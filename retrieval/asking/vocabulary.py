"""The words of questions, as the tables list them: question words, nouns asked for, topics, forms, markers of roles."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import field_validator

from retrieval.arabic.normalise import normalise
from retrieval.arabic.phrases import Phrases, words
from retrieval.arabic.tables import Row, TableError, load
from retrieval.arabic.wordkeys import word_keys
from retrieval.types import FactKind, Form, Harm, Per, Role

# Parts of speech that say nothing of what a question is about.
FUNCTION = frozenset({"preposition", "conjunction", "pronoun", "particle"})

Use = Literal["people", "act", "verb", "falls", "loses", "thing", "none"]


class QuestionWord(Row):
    """A word that opens a question. It may be one `anywhere`, only `first` in a question, or only `alone`.

    `how`, `why` and `whether` ask what, and never of the noun behind them.
    """

    word: str
    asks: Role | Literal["how", "why", "whether"]
    stands: Literal["anywhere", "first", "alone"]


class AskedNoun(Row):
    """A noun after "which" or "what" that says what kind of answer is wanted: "which town" asks where."""

    noun: str
    asks: Role


class Topic(Row):
    """A word that says what a question is about, and how it is used.

    `people` are the harmed themselves, an `act` is a noun of doing, a `verb` may be active or passive, after `falls`
    stand the harmed, the subject of `loses` is their side, a `thing` is counted itself, and `none` is no topic though
    it looks like a form of one.
    """

    word: str
    kind: FactKind
    harm: Harm | Literal[""]
    use: Use


class FormPhrase(Row):
    """A phrase that asks for a total, a list, a comparison and so on, and by what it is to be divided."""

    phrase: str
    form: Form
    per: Per | None

    @field_validator("per", mode="before")
    @classmethod
    def _empty_is_none(cls, cell: object) -> object:
        return cell or None


class Marker(Row):
    """A phrase behind which the doer, the harmed, the source, or what is spoken `about` stands."""

    phrase: str
    role: Literal["who", "whom", "source", "about"]


class FollowUp(Row):
    """A phrase that leans on what was asked before: it opens a further question, points back, or asks who `besides`."""

    phrase: str
    role: Literal["opener", "pointer", "besides"]


class DialectWord(Row):
    """A word of speech and the word that newspapers write for it; nothing where newspapers do without."""

    word: str
    formal: str


class OutletNoun(Row):
    """A noun behind which the name of an outlet stands, whatever else that name means: "the newspaper Today"."""

    noun: str


class AskedTime(Row):
    """A word that says in what unit or calendar a time is asked for."""

    word: str
    unit: Literal["hour", "hijri", "year", "month"]


class ListedNoun(Row):
    """A plural that, asked for by "what", wants each of its kind told: "what attacks were there"."""

    noun: str


class Filler(Row):
    """A word that stands between a question word and what is asked for, and says nothing of it."""

    word: str


@cache
def question_words() -> Phrases[QuestionWord]:
    """The question words of all dialects."""
    return Phrases((words(row.word), row) for _, row in load("question_words", QuestionWord))


@cache
def topics() -> Phrases[Topic]:
    """The topics; a word listed twice keeps its first meaning."""
    return Phrases((words(row.word), row) for _, row in load("topics", Topic))


@cache
def topics_by_key() -> dict[str, Topic]:
    """The nouns for people among the topics by every key of their word, so that المصابين is found as well."""
    found: dict[str, Topic] = {}
    for _, row in load("topics", Topic):
        if row.use == "people" and " " not in row.word:
            for key in word_keys(normalise(row.word)):
                found.setdefault(key, row)
    return found


@cache
def forms() -> Phrases[FormPhrase]:
    """The phrases that ask for a form of answer."""
    return Phrases((words(row.phrase), row) for _, row in load("question_forms", FormPhrase))


@cache
def markers() -> Phrases[Marker]:
    """The phrases that mark a role."""
    return Phrases((words(row.phrase), row) for _, row in load("role_markers", Marker))


@cache
def follow_ups() -> Phrases[FollowUp]:
    """The phrases of follow-up questions."""
    return Phrases((words(row.phrase), row) for _, row in load("follow_ups", FollowUp))


@cache
def asked_nouns() -> dict[str, Role]:
    """What each noun asks for, by its normalised form without article.

    Raises:
        TableError: when one noun asks for two things.
    """
    found: dict[str, Role] = {}
    for number, row in load("asked_nouns", AskedNoun):
        key = normalise(row.noun)
        if found.setdefault(key, row.asks) != row.asks:
            raise TableError(
                f"asked_nouns.csv row {number}: '{row.noun}' asks '{row.asks}', an earlier row '{found[key]}'"
            )
    return found


@cache
def dialect() -> dict[str, str]:
    """The formal word for each word of speech, both normalised as words are."""
    return {normalise(row.word): row.formal for _, row in load("dialect", DialectWord)}


@cache
def fillers() -> frozenset[str]:
    """The normalised fillers."""
    return frozenset(normalise(row.word) for _, row in load("question_fillers", Filler))


@cache
def listed_nouns() -> frozenset[str]:
    """The normalised plurals, without article, that are told one by one."""
    return frozenset(normalise(row.noun) for _, row in load("listed_nouns", ListedNoun))


@cache
def outlet_nouns() -> frozenset[str]:
    """The normalised nouns of outlets, with and without article."""
    return frozenset(normalise(form + row.noun) for _, row in load("outlet_nouns", OutletNoun) for form in ("", "ال"))


@cache
def asked_times() -> dict[str, str]:
    """The unit or calendar that each word asks for, by its normalised form with and without article."""
    rows = [row for _, row in load("asked_times", AskedTime)]
    return {normalise(form + row.word): row.unit for row in rows for form in ("", "ال")}
