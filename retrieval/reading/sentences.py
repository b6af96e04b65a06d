"""What is known of a sentence before any fact is looked for: its words, numbers, names and clauses."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Concatenate, Literal, NamedTuple, ParamSpec, Protocol, TypeVar

from retrieval.arabic.dates import DateMention
from retrieval.arabic.morphology import Analysis
from retrieval.arabic.numbers import Quantity
from retrieval.arabic.parties import PartyMention
from retrieval.arabic.people import PersonMention
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tokens import Token
from retrieval.types import Article, TextField

if TYPE_CHECKING:
    from retrieval.reading.triggers import Hit

Part = Literal[
    "verb",
    "noun",
    "number",
    "preposition",
    "negation",  # لم، لن، لا، ليس
    "aspect",  # قد، سوف
    "complement",  # أنّ، إنّ، بأنّ
    "relative",  # الذي، التي
    "subordinate",  # فيما، بينما، حيث
    "conjunction",  # و، أو، ثم standing alone
    "pronoun",  # هو، هذا
    "among",  # بينهم، منهم
    "particle",
    "mark",
]
Link = Literal[
    "main",  # the beginning of a sentence
    "coordinate",  # و or ف before a verb
    "content",  # what is said, after أنّ and its like or after a colon
    "participle",  # مؤكدا، لافتا: the same speaker goes on
    "contrast",  # فيما، بينما، في حين
    "result",  # مما أدى إلى، ما أسفر عن
    "time",  # بعد أن، عندما
    "relative",  # الذي، التي, about the noun before it
    "other",
]


# How who speaks stands to what is said.
Stance = Literal["says", "reports", "expects", "denies", "claims", "threatens", ""]


# Clauses that go on about what the clause before them tells.
_HANGING = frozenset({"relative", "result", "participle", "time", "other"})
_QUOTES = frozenset("\"'«»“”")
_FIRST = attrgetter("first")
_UNKNOWN: Any = object()

P = ParamSpec("P")
T = TypeVar("T")


class Mention(Protocol):
    """Whatever is found on the tokens from `first` to `last` (exclusive): a person, a place, a party, a date."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The token behind the last one."""


class Words(NamedTuple):
    """The tokens of a sentence, the part each plays in it, and the analyses of each: three parallel tuples."""

    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]
    analyses: tuple[tuple[Analysis, ...], ...]


class Speaker(NamedTuple):
    """Who says what a clause says: the words as written, and whether a party to the events speaks for itself.

    `number` is the sentence of that `field` that names the speaker, `first` and `last` (exclusive) the tokens there.
    """

    text: str
    party: bool = False
    number: int = -1
    first: int = 0
    last: int = 0
    field: TextField = "body"


class Chunk(NamedTuple):
    """A noun phrase without its prepositional tail: tokens `first` to `last` (exclusive) of a sentence.

    `preposition` is the normalised preposition that governs it, standing alone or glued to its first word, or ''.
    `coordinated` is true when it is joined by و or أو to the phrase before it, whose preposition it then shares.
    """

    first: int
    last: int
    preposition: str = ""
    coordinated: bool = False


class Clause(NamedTuple):
    """Tokens `first` to `last` (exclusive) of a sentence that hang on one verb or one participle of saying.

    Clauses of a sentence follow each other without a gap. `speaker` is None when the outlet itself speaks.
    `verb` is the token of the first verb, or -1. `said` is the token of the clause's own word of saying, or -1, and
    `content` the token at which what it says begins.
    """

    first: int
    last: int
    link: Link
    verb: int = -1
    speaker: Speaker | None = None
    stance: Stance = ""
    said: int = -1
    content: int = -1


class Sentence(NamedTuple):
    """One sentence of an article with everything the language rooms know of it; indexes are token indexes.

    `text` is the whole field, so that token spans point into it. `norms`, `parts` and `analyses` run
    parallel to `tokens`. `headline` marks a line of the body that stands as a heading, and every sentence of the
    title. What `once` works out of a sentence is kept in `derived`.
    """

    field: TextField
    text: str
    tokens: tuple[Token, ...]
    norms: tuple[str, ...]
    parts: tuple[Part, ...]
    analyses: tuple[tuple[Analysis, ...], ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    people: tuple[PersonMention, ...]
    parties: tuple[PartyMention, ...]
    chunks: tuple[Chunk, ...]
    clauses: tuple[Clause, ...]
    hits: tuple[Hit, ...]
    number: int
    story: int
    paragraph: int
    headline: bool
    derived: dict[Hashable, Any]

    @property
    def start(self) -> int:
        """Where it begins in its field."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in its field."""
        return self.tokens[-1].end

    @property
    def words(self) -> Words:
        """Its tokens with their parts and analyses, for what needs no more."""
        return Words(self.tokens, self.parts, self.analyses)

    def phrase(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last` (exclusive) as written, line breaks and runs of blanks made one."""
        if first >= last:
            return ""
        return " ".join(self.text[self.tokens[first].start : self.tokens[last - 1].end].split())

    def clause_at(self, token: int) -> int:
        """The number of the clause in which the token stands."""
        return bisect_right(self.clauses, token, key=_FIRST) - 1 if token >= 0 else len(self.clauses) - 1

    @property
    def dateline(self) -> int:
        """The token behind the words that say where the report was filed, 0 when there are none."""
        filed = len(self.clauses) > 1 and self.clauses[1].link == "main"
        return self.clauses[0].last if filed else 0

    @property
    def names(self) -> tuple[Mention, ...]:
        """The people, parties and places that it names."""
        return (*self.people, *self.parties, *self.places)

    def scope(self, first: int, last: int) -> tuple[int, int]:
        """The tokens, from and to (exclusive), whose places, dates and causes belong to what `first` to `last` tell.

        That is its clause, the clauses that hang on it (relative, result, time), and those that go on from it with و
        and no comma: "five were killed and seven wounded in a blast north of the town" tells one place for both.
        """
        here = self.clause_at(first)
        there = max(here, self.clause_at(max(first, last - 1)))
        while there + 1 < len(self.clauses) and self._goes_on(self.clauses[there + 1]):
            there += 1
        return self.clauses[here].first, self.clauses[there].last

    def _goes_on(self, clause: Clause) -> bool:
        if 0 <= clause.said <= clause.verb:
            return False
        unmarked = self.tokens[clause.first - 1].kind != "mark" or self.tokens[clause.first - 1].text in _QUOTES
        return clause.link in _HANGING or (clause.link == "coordinate" and unmarked)

    def chunk_at(self, token: int) -> Chunk | None:
        """The noun phrase in which the token stands, if any."""
        n = bisect_right(self.chunks, token, key=_FIRST) - 1
        return self.chunks[n] if n >= 0 and token < self.chunks[n].last else None

    def chunks_from(self, token: int) -> tuple[Chunk, ...]:
        """The noun phrases that begin at the token or behind it."""
        return self.chunks[bisect_left(self.chunks, token, key=_FIRST) :]

    def chunk_from(self, token: int) -> Chunk | None:
        """The first noun phrase that begins at the token or behind it, if any."""
        n = bisect_left(self.chunks, token, key=_FIRST)
        return self.chunks[n] if n < len(self.chunks) else None

    def quantity_at(self, token: int) -> Quantity | None:
        """The quantity that begins at the token, if any."""
        n = bisect_left(self.quantities, token, key=_FIRST)
        return self.quantities[n] if n < len(self.quantities) and self.quantities[n].first == token else None


def once(derive: Callable[Concatenate[Sentence, P], T]) -> Callable[Concatenate[Sentence, P], T]:
    """The same function, worked out once for each sentence and set of arguments, and kept as long as the sentence."""

    @wraps(derive)
    def kept(sentence: Sentence, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (derive, args, *kwargs.values())
        found: T = sentence.derived.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = sentence.derived[key] = derive(sentence, *args, **kwargs)
        return found

    return kept


class Document(NamedTuple):
    """An article read once: its headline and body sentences in order, and the day it was published."""

    article: Article
    title: tuple[Sentence, ...]
    body: tuple[Sentence, ...]
    day: dt.date | None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, those of the title first."""
        return self.title + self.body

    def before(self, sentence: Sentence, count: int) -> list[Sentence]:
        """Up to `count` sentences before this one in its story, the nearest first."""
        field = self._field(sentence)[max(0, sentence.number - count) : sentence.number]
        return [s for s in reversed(field) if s.story == sentence.story]

    def behind(self, sentence: Sentence, count: int) -> list[Sentence]:
        """Up to `count` sentences after this one in its story, the nearest first."""
        field = self._field(sentence)[sentence.number + 1 : sentence.number + 1 + count]
        return [s for s in field if s.story == sentence.story]

    def opening(self, sentence: Sentence, count: int) -> list[Sentence]:
        """Up to `count` sentences with which the story of this one begins, itself and what follows it left out."""
        field = self._field(sentence)
        first = bisect_left(field, sentence.story, key=lambda s: s.story)
        return list(field[first : min(first + count, sentence.number)])

    def naming(self, speaker: Speaker) -> Sentence | None:
        """The sentence that names the speaker, None for one whom no sentence names."""
        field = self.title if speaker.field == "title" else self.body
        return field[speaker.number] if 0 <= speaker.number < len(field) else None

    def _field(self, sentence: Sentence) -> tuple[Sentence, ...]:
        return self.title if sentence.field == "title" else self.body
