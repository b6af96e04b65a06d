"""The nouns of the program: what an article, a passage, a fact, a citation, a question and an answer are."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

FactKind = Literal["casualty", "visit", "meeting", "statement", "strike", "control", "aid", "damage", "decision"]
Status = Literal["stated", "denied", "claimed_by_party", "planned", "hypothetical", "background"]
Harm = Literal["killed", "wounded", "killed_or_wounded", "captured", "missing", "displaced", "rescued"]
Bound = Literal["exact", "at_least", "more_than", "about", "range", "up_to", "vague"]
VictimClass = Literal["civilian", "militant", "security", "mixed", "unknown"]
MeetingForm = Literal["meeting", "call", "conference"]
ControlAction = Literal["captured", "lost", "entered", "besieged", "repelled"]
DatePrecision = Literal["hour", "day", "week", "month", "year", "period", "unknown"]
TextField = Literal["body", "title"]
Tie = Literal["", "update", "part", "earlier", "refuted", "apart"]
# A role is what a fact fills and what a question asks for.
Role = Literal["how_many", "who", "whom", "where", "when", "which", "says_who", "what"]
Form = Literal["single", "total", "highest", "list", "compare", "timeline", "happened", "why", "whether"]
Per = Literal["place", "party", "month"]


class Frozen(BaseModel):
    """An immutable value; changing one means making a new one."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _published(value: object) -> object:
    """A date written alone stays a date: left to itself, pydantic would make it midnight of that day."""
    return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value


Published = Annotated[dt.datetime | dt.date | None, BeforeValidator(_published)]


class Article(Frozen):
    """A news article as it was ingested; its title and body are never altered, so that spans stay true."""

    id: str = Field(min_length=1)
    title: str = ""
    outlet: str = ""
    published: Published = None
    url: str = ""
    body: str = Field(min_length=1)
    extra: dict[str, Any] = {}

    @property
    def day(self) -> dt.date | None:
        """The calendar day of publication, as the outlet wrote it."""
        return self.published.date() if isinstance(self.published, dt.datetime) else self.published

    def field(self, name: TextField) -> str:
        """The untouched text of one of the two fields that a span may point into."""
        return self.title if name == "title" else self.body


class Passage(Frozen):
    """A stretch of one story of an article: the unit that the index finds and that an answer may quote."""

    article_id: str
    number: int
    start: int
    end: int
    story: int = 0

    @property
    def id(self) -> str:
        """The passage's name in the index: article id and number."""
        return f"{self.article_id}#{self.number}"


class Citation(Frozen):
    """Where something stands: `quote` is `article.field(field)[start:end]` to the character."""

    article_id: str
    title: str
    outlet: str
    published: Published
    url: str
    quote: str
    start: int
    end: int
    field: TextField = "body"

    @classmethod
    def of(cls, article: Article, start: int, end: int, field: TextField = "body") -> Self:
        """The citation of that span of the article.

        Raises:
            ValueError: when the span is empty or lies outside the field's text.
        """
        text = article.field(field)
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is not inside the {field} of article {article.id}")
        return cls(
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            url=article.url,
            quote=text[start:end],
            start=start,
            end=end,
            field=field,
        )


class FactCommon(Frozen):
    """What every kind of fact says: when, where, who says so, and the quote that shows it."""

    id: str = ""
    status: Status = "stated"
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: DatePrecision = "unknown"
    place: str = ""
    places: tuple[str, ...] = ()
    source: str = ""
    citation: Citation

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever it was given
        """Give the fact an id that survives re-reading: a digest of its kind, article, quote and what it says."""
        if isinstance(data, dict) and not data.get("id"):
            citation = data.get("citation")
            where = (citation.article_id, citation.field, citation.start, citation.quote) if citation else ()
            given = {name: data.get(name, cls.model_fields[name].default) for name in sorted(cls.identity())}
            says = [(name, tuple(v) if isinstance(v, list) else v) for name, v in given.items()]
            return {**data, "id": hashlib.sha1(repr((where, says)).encode(), usedforsecurity=False).hexdigest()[:16]}
        return data

    @classmethod
    def identity(cls) -> frozenset[str]:
        """The fields that, with the quote, make two readings of a text the same fact."""
        return frozenset({"kind"})


class Counted(FactCommon):
    """A fact that counts something: `min` and `max` in whole units, null where the text leaves that side open.

    `tie` is how its text ties the count to others of one event: an `update` goes on from a smaller one, a `part` is
    among those counted already, an `earlier` one is recalled, a `refuted` one is corrected there; a count that stands
    `apart` is of another incident than those before it.
    """

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    bound: Bound = "vague"
    tie: Tie = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self


class Casualty(Counted):
    """A count of people harmed."""

    kind: Literal["casualty"] = "casualty"
    harm: Harm
    victims: str = ""
    victim_class: VictimClass = "unknown"
    actor: str = ""
    aggregate: bool = False

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may hold several counts: harm and numbers tell them apart."""
        return frozenset({"kind", "harm", "min", "max"})


class Visit(FactCommon):
    """A person or delegation goes to a place or institution."""

    kind: Literal["visit"] = "visit"
    visitor: str
    visitor_title: str = ""
    destination: str
    host: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may tell of several visitors and of several places."""
        return frozenset({"kind", "visitor", "destination"})


class Meeting(FactCommon):
    """Two or more persons or bodies meet, receive, call or confer."""

    kind: Literal["meeting"] = "meeting"
    participants: tuple[str, ...]
    form: MeetingForm = "meeting"

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may tell of several meetings."""
        return frozenset({"kind", "participants"})


class Statement(FactCommon):
    """Somebody says something about a subject."""

    kind: Literal["statement"] = "statement"
    speaker: str
    speaker_title: str = ""
    about: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may quote several speakers."""
        return frozenset({"kind", "speaker"})


class Strike(Counted):
    """An attack from the air or by fire on a target; the numbers count strikes."""

    kind: Literal["strike"] = "strike"
    actor: str = ""
    target: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may count several strikes."""
        return frozenset({"kind", "target", "min", "max"})


class Control(FactCommon):
    """Ground or a place changes hands, is entered, besieged or held against an attack."""

    kind: Literal["control"] = "control"
    actor: str = ""
    from_actor: str = ""
    action: ControlAction

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may tell of several moves."""
        return frozenset({"kind", "action", "actor"})


class Aid(FactCommon):
    """Help given or promised; `unit` is an ISO currency code or what is given."""

    kind: Literal["aid"] = "aid"
    giver: str = ""
    receiver: str = ""
    min: int | None = None
    max: int | None = None
    unit: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may list several gifts."""
        return frozenset({"kind", "giver", "unit", "min", "max"})


class Damage(Counted):
    """Things destroyed or damaged."""

    kind: Literal["damage"] = "damage"
    what: str = ""
    actor: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may list several things."""
        return frozenset({"kind", "what", "min", "max"})


class Decision(FactCommon):
    """A body decides, votes, rules or issues an order about something."""

    kind: Literal["decision"] = "decision"
    body: str
    about: str = ""

    @classmethod
    def identity(cls) -> frozenset[str]:
        """One sentence may tell of several bodies."""
        return frozenset({"kind", "body"})


Fact = Annotated[
    Casualty | Visit | Meeting | Statement | Strike | Control | Aid | Damage | Decision, Field(discriminator="kind")
]


class Reading(Frozen):
    """What reading one article gave: its passages in order and the facts found in them."""

    article_id: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]


class Understanding(Frozen):
    """What the program took a question to mean; an empty field means that the question does not say."""

    kind: FactKind | None = None
    asks: Role = "what"
    harm: Harm | None = None
    who: str = ""
    whom: str = ""
    place: str = ""
    date_from: dt.date | None = Field(default=None, alias="from")
    date_to: dt.date | None = Field(default=None, alias="to")
    source: str = ""


class Question(Frozen):
    """A question as it was asked, what was understood of it, and the words that search for evidence.

    `form` says what kind of answer is wanted, `per` by what a total is divided, `focus` the noun asked for ("which
    court", "how many points"), `places` all places named, the one meant first, and `within` what the question says
    contains them; `details` are the words that single out one event beyond its roles ("the wedding party"), `names`
    those of them that no text on it can do without. `loose` marks a period whose `year` or `week` was not said: any
    may fit. `follows` marks a follow-up that took over what it left out; `before` is what it followed, where the
    answer to that one matters: who said so, who else; `manner` is what was written before it, whose month names and
    digits are its own too. `parts` holds the single questions of a message that asks several things.
    """

    text: str
    as_of: dt.date
    understood: Understanding
    words: tuple[str, ...] = ()
    form: Form = "single"
    per: Per | None = None
    focus: str = ""
    places: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    loose: Literal["", "year", "week"] = ""
    follows: bool = False
    before: Question | None = None
    manner: str = ""
    parts: tuple[Question, ...] = ()


class FactFilter(Frozen):
    """Which facts of the store bear on a question; an empty field sets no condition, the others all hold.

    `place_keys` holds keys of `arabic.places.key`: a fact fits when one of its `places` has one of them. A fact
    fits a period when its own dates overlap it; one without dates when its article appeared in it or soon after.
    """

    kinds: tuple[FactKind, ...] = ()
    harms: tuple[Harm, ...] = ()
    place_keys: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    article_ids: tuple[str, ...] = ()
    limit: int = Field(default=2000, ge=1)


class PassageHit(Frozen):
    """A passage found by a search, with its BM25 score and the text it covers."""

    article_id: str
    text: str
    start: int
    end: int
    score: float
    citation: Citation


class Value(Frozen):
    """The direct answer: a number with its bounds, or a short text (a name, a place, a date)."""

    min: int | None = None
    max: int | None = None
    bound: Bound | None = None
    text: str | None = None


class Answer(Frozen):
    """What a question is answered with; without a citation it can only be an abstention."""

    question: str
    as_of: dt.date
    understood: Understanding
    abstained: bool
    answer: str
    value: Value | None = None
    facts: tuple[Fact, ...] = ()
    passages: tuple[PassageHit, ...] = ()
    citations: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _honest(self) -> Self:
        if self.abstained and self.value is not None:
            raise ValueError("an answer that abstains has no value")
        if not self.abstained and not self.citations:
            raise ValueError("no source, no answer: an answer needs at least one citation")
        return self


class Bar(Frozen):
    """One bar of a chart: what it stands for, the range of its total (`max` None: open above), how many events."""

    label: str
    min: int
    max: int | None
    events: int


class Chart(Frozen):
    """A total divided by place or time, to be drawn; `text` says the same in words, `basis` as of when and from what.

    `start` of a bar by time orders the bars; the citations are those of every event that was counted.
    """

    title: str
    by: Per
    bars: tuple[Bar, ...]
    text: str
    basis: str
    citations: tuple[Citation, ...]


class Subscription(Frozen):
    """A question that stays asked, with words that must or must not stand in the article, and outlets it may be of."""

    id: int
    question: Question
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
