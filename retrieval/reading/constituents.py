"""Read a sentence as a row of constituents: persons, bodies, groups, places, dates and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.people import PersonMention
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tables import Row, load
from retrieval.reading.sentences import Sentence

Sort = Literal["person", "honour", "party", "group", "place", "date", "noun", "verb", "break", "comma", "word"]

_HUMAN = frozenset(
    {"person", "civilian", "office", "security", "militant", "relative", "wounded", "displaced", "victim"}
)
_GLUED = frozenset("بلك")
_BREAKS = frozenset({"complement", "subordinate", "relative", "negation", "among"})
_COMMAS = frozenset({"،", ",", "(", ")", "-", "–"})
_LONGEST_GROUP = 14


class Constituent(NamedTuple):
    """Tokens `first` to `last` (exclusive) that play one part.

    `preposition` governs it, standing alone before it or glued to its first word (normalised), `joined` says that و
    joins it to what is before. `text` is its name as written, without clitics; for a person the name without titles.
    `many` is true of groups and offices in the plural, `officials` of those who meet as a body (وزراء، قادة).
    """

    sort: Sort
    first: int
    last: int
    preposition: str = ""
    joined: bool = False
    text: str = ""
    title: str = ""
    many: bool = False
    place: PlaceMention | None = None
    officials: bool = False

    @property
    def acts(self) -> bool:
        """Whether it can visit or meet somebody."""
        return self.sort in ("person", "honour", "group", "party")


class HeadRow(Row):
    """One row of actor_nouns.csv: a noun that opens the name of a body or of a group of people who act together."""

    word: str
    sort: Literal["body", "group", "officials"]


class PronounRow(Row):
    """One row of honour_pronouns.csv: a word that points back to a person of rank (سموه، معاليه), and the ranks' words."""

    word: str
    honours: str


class _Span(NamedTuple):
    first: int
    last: int
    sort: Sort
    text: str
    title: str = ""
    many: bool = False
    place: PlaceMention | None = None
    officials: bool = False


def split_constituents(sentence: Sentence) -> tuple[Constituent, ...]:
    """The constituents of a sentence in order; quotation marks belong to none."""
    spans = {span.first: span for span in _spans(sentence)}
    found: list[Constituent] = []
    preposition, joined = "", False
    i, end = 0, len(sentence.tokens)
    while i < end:
        token, part = sentence.tokens[i], sentence.parts[i]
        if token.text in QUOTES:
            i += 1
            continue
        span = spans.get(i)
        if span is None and part == "preposition":
            preposition, joined = _bare(token.norm), joined or _has_and(token.norm)
            i += 1
            continue
        if span is None and part == "conjunction":
            joined, preposition = True, ""
            i += 1
            continue
        made, i = _constituent(sentence, i, span, spans)
        glued_joined, glued = _clitics(sentence, made)
        joined = joined or glued_joined
        if joined and not glued and not preposition and made.acts and found and found[-1].acts:
            preposition = found[-1].preposition  # "مع X وY"
        found.append(made._replace(preposition=glued or preposition, joined=joined))
        preposition, joined = _left_open(sentence, made), False
    return tuple(found)


def _left_open(sentence: Sentence, made: Constituent) -> str:
    """The preposition that a phrase of number leaves open at its end: "عدد من"."""
    return "من" if made.sort == "noun" and sentence.tokens[made.last - 1].norm == "من" else ""


def _constituent(sentence: Sentence, i: int, span: _Span | None, spans: dict[int, _Span]) -> tuple[Constituent, int]:
    """The constituent at token `i`, and the token after it."""
    if span:
        made = Constituent(span.sort, i, span.last, text=span.text, title=span.title, many=span.many, place=span.place)
        return made, span.last
    token, part = sentence.tokens[i], sentence.parts[i]
    if part == "verb" and i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].norm == "الله":
        return Constituent("comma", i, i + 2), i + 2  # a wish: حفظه الله
    if part == "verb":
        return Constituent("verb", i, i + 1, text=token.text), i + 1
    if part in _BREAKS and _in_time(sentence, i):
        return Constituent("date", i, i + 3), i + 3
    if part in _BREAKS:
        return Constituent("break", i, i + 1, text=token.text), i + 1
    if part == "mark":
        return Constituent("comma" if token.text in _COMMAS else "break", i, i + 1), i + 1
    if part not in ("noun", "number"):
        return Constituent("word", i, i + 1, text=token.text), i + 1
    last = i + 1
    while last < len(sentence.tokens) and last not in spans and _goes_on(sentence, i, last):
        last += 1
    if last - i == 1 and _quantifies(sentence, i) and last + 1 < len(sentence.tokens) and last + 1 not in spans:
        if sentence.tokens[last].norm == "من" and sentence.parts[last + 1] == "noun":
            last += 2  # "عدد من المدارس"
            while last < len(sentence.tokens) and last not in spans and _follows(sentence, last):
                last += 1
    return Constituent("noun", i, last, text=_plain(sentence, i, last), many=_plural(sentence, i)), last


def _quantifies(sentence: Sentence, i: int) -> bool:
    """Whether a word only says how much of what follows: عدد، بعض."""
    return any(rest in load_words("quantifiers") for _, rest in openings(sentence.tokens[i].norm))


def _follows(sentence: Sentence, i: int) -> bool:
    """Whether a definite adjective or noun goes on with what is counted."""
    definite = sentence.tokens[i].norm.startswith("ال") and sentence.parts[i] == "noun"
    return definite and not any(_reading_clitics(sentence, i))


def _in_time(sentence: Sentence, i: int) -> bool:
    """Whether "في وقت" is a time ("في وقت متأخر") and does not open a clause ("في وقت قال فيه")."""
    if sentence.tokens[i].norm != "في" or i + 2 >= len(sentence.tokens):
        return False
    return any(a.pos == "adj" and not a.definite for a in sentence.analyses[i + 2][:1])


def _goes_on(sentence: Sentence, first: int, i: int) -> bool:
    """Whether token `i` goes on with the noun phrase that began at `first`."""
    if sentence.parts[i] not in ("noun", "number") or _circumstance(sentence, i):
        return False
    chunk = sentence.chunk_at(first)
    return chunk is not None and i < chunk.last and not any(_reading_clitics(sentence, i))


def _circumstance(sentence: Sentence, i: int) -> bool:
    """Whether a word says in what state somebody acts (مرفوقا، متوجها): an indefinite adjective in the accusative."""
    text = sentence.tokens[i].text
    if not text.endswith(("ا", "اً", "ًا")):
        return False
    return any(a.pos == "adj" and a.known and not a.definite for a in sentence.analyses[i][:2])


def _plain(sentence: Sentence, first: int, last: int) -> str:
    """The words as written without the clitics of the first."""
    if last > first + 1 and sentence.tokens[last - 1].norm == "من":
        last -= 1
    text = sentence.phrase(first, last)
    reading = next((a for a in sentence.analyses[first] if a.pos != "verb"), None)
    conjunction, preposition = _reading_clitics(sentence, first)
    cut = len(conjunction) + len(preposition)
    if not cut or reading is None or normalise(text[:cut]) != conjunction + preposition:
        return text
    rest = text[cut:]
    return f"ا{rest}" if preposition == "ل" and reading.definite and rest.startswith("ل") else rest


def _reading_clitics(sentence: Sentence, i: int) -> tuple[str, str]:
    """The conjunction and the glued preposition of a noun by its best reading."""
    norm = sentence.tokens[i].norm
    for reading in sentence.analyses[i]:
        if reading.pos != "verb":
            # A masdar behind ل is taken for a name by its first reading when a verb with ل reads the same.
            glued = reading.preposition in _GLUED or (norm[0] == "ل" and _purpose(sentence, i))
            return reading.conjunction, (reading.preposition or norm[0]) if glued else ""
    return "", ("ل" if norm[0] == "ل" and _purpose(sentence, i) else "")


def _purpose(sentence: Sentence, i: int) -> bool:
    return any(a.known and a.preposition == "ل" and a.pos in ("noun", "adj") for a in sentence.analyses[i])


def _clitics(sentence: Sentence, made: Constituent) -> tuple[bool, str]:
    """Whether و stands on the first word, and the preposition glued to it, for a name by what the name leaves over."""
    norm = sentence.tokens[made.first].norm
    if made.sort in ("noun", "group", "honour", "word"):
        conjunction, preposition = _reading_clitics(sentence, made.first)
        return bool(conjunction), preposition
    if made.sort == "verb":
        return any(a.conjunction for a in sentence.analyses[made.first][:1]), ""
    if made.sort in ("break", "comma", "date"):
        return False, ""
    begins = {normalise(text.split()[0]) for text in (made.text, made.title) if text}
    for clitics, rest in openings(norm):
        if clitics and (rest in begins or (not begins & {norm} and _titled(rest))):
            return "و" in clitics, next((letter for letter in clitics if letter in _GLUED), "")
    return norm[:1] == "و" and nationality(norm[1:]) != "", ""


@cache
def _titled(rest: str) -> bool:
    """Whether a word is an honour or rank that titles leave out of their text (الأمير، اللواء)."""
    from retrieval.arabic.titles import load_honorifics  # noqa: PLC0415 - only names with clitics ask

    return load_honorifics().bare([rest], 0) is not None or rest in (
        "صاحب",
        "سمو",
        "معالي",
        "نظيره",
        "نظيرها",
        "نظيريه",
    )


def _has_and(norm: str) -> bool:
    return norm[:1] == "و" and len(norm) > 1


def _bare(norm: str) -> str:
    """A preposition without the conjunction before it."""
    return norm[1:] if norm[:1] in "وف" and norm[1:] in _PLAIN_PREPOSITIONS else norm


_PLAIN_PREPOSITIONS = frozenset("في من الي علي عن مع بين نحو حتي خلال بعد قبل لدي عند منذ اثناء".split())


def _spans(sentence: Sentence) -> Iterator[_Span]:
    """Names, groups and dates without overlap: the longer goes before what it covers."""
    every = [*_named(sentence), *_groups(sentence)]
    taken: set[int] = set()
    for span in sorted(every, key=lambda s: (s.first - s.last, s.first)):
        tokens = range(span.first, span.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            yield span


def _named(sentence: Sentence) -> Iterator[_Span]:
    for person in sentence.people:
        yield _Span(person.first, person.last, "person", person.name, person.title, _many_office(person))
    for party in sentence.parties:
        yield _Span(party.first, party.last, "party", party.name)
    for place in sentence.places:
        yield _Span(place.first, place.last, "place", place.name, place=place)
    for date in sentence.dates:
        yield _Span(date.first, date.last, "date", "")


def _many_office(person: PersonMention) -> bool:
    """Whether only an office in the plural is named: وزراء الخارجية العرب."""
    head = normalise(person.title.split()[0]) if person.title else ""
    return not person.name and head in _plural_offices()


@cache
def _plural_offices() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("actor_nouns", HeadRow) if row.sort != "body")


@cache
def _heads() -> dict[str, str]:
    return {normalise(row.word): row.sort for _, row in load("actor_nouns", HeadRow)}


@cache
def _pronouns() -> dict[str, frozenset[str]]:
    rows = (row for _, row in load("honour_pronouns", PronounRow))
    return {normalise(row.word): frozenset(normalise(word) for word in row.honours.split("|")) for row in rows}


def honours(norm: str) -> frozenset[str]:
    """The words of honour that a word such as سموه takes up, whatever clitics stand before it."""
    return next((_pronouns()[rest] for _, rest in openings(norm) if rest in _pronouns()), frozenset())


def _groups(sentence: Sentence) -> Iterator[_Span]:
    """Bodies and groups by their noun, and words of honour that point back."""
    inside = {i for m in (*sentence.people, *sentence.places) for i in range(m.first + 1, m.last)}
    for i, token in enumerate(sentence.tokens):
        if token.kind != "word" or i in inside:
            continue
        rests = [rest for _, rest in openings(token.norm)]
        if any(rest in _pronouns() for rest in rests):
            yield _Span(i, i + 1, "honour", token.text)
            continue
        head = next((rest for rest in rests if rest.removeprefix("ال") in _heads()), "")
        if head and (sentence.parts[i] == "noun" or head == "وفد"):
            last = _group_end(sentence, i)
            definite = head.startswith("ال")
            if last > i + 1 or definite:
                sort = _heads()[head.removeprefix("ال")]
                yield _Span(
                    i, last, "group", _plain(sentence, i, last), many=sort != "body", officials=sort == "officials"
                )


def _group_end(sentence: Sentence, first: int) -> int:
    """The token after the words that say whose delegation or which council it is."""
    party = next((p for p in sentence.parties if p.first == first + 2), None)
    if party and sentence.tokens[first + 1].norm in ("من", "في"):  # "قيادات من حركة X"
        return party.last
    people = {p.first for p in sentence.people}
    dates = {i for d in sentence.dates for i in range(d.first, d.last)}
    placed = {p.first for p in sentence.places}
    i = first + 1
    while i < len(sentence.tokens) and i - first < _LONGEST_GROUP:
        token, part = sentence.tokens[i], sentence.parts[i]
        if i in people or i in dates:
            break
        if token.text not in QUOTES and part not in ("noun", "number"):
            if not (token.norm in ("من", "عن") and i == first + 1 and _named_next(sentence, i + 1)):
                break
        elif part == "noun":
            conjunction, preposition = _reading_clitics(sentence, i)
            if i == first + 1 and not (conjunction or preposition):
                i += 1
                continue
            if (
                conjunction
                or preposition == "ك"
                or (preposition == "ب" and not _in_body(sentence, i))
                or (preposition and i in placed)
                or not _belongs(sentence, i)
            ):
                break
        i += 1
    while i > first + 1 and sentence.tokens[i - 1].text in QUOTES:
        i -= 1
    return i


def _in_body(sentence: Sentence, i: int) -> bool:
    """Whether a noun behind ب is the body that a group sits in: "لجنة الدفاع بمجلس النواب"."""
    return any(a.sense in ("institution", "place_noun", "facility") for a in sentence.analyses[i] if a.pos != "verb")


def _named_next(sentence: Sentence, i: int) -> bool:
    """Whether a noun at `i` says where a delegation is from: "وفد من نقابة المحامين"."""
    return i < len(sentence.tokens) and sentence.parts[i] == "noun" and sentence.tokens[i].kind == "word"


def _belongs(sentence: Sentence, i: int) -> bool:
    """Whether a noun goes on with a name: definite, a nationality, after another bare noun, or unknown."""
    token = sentence.tokens[i]
    if token.norm.endswith("ا") and token.text[-1:] in "اًً" and _accusative(sentence, i):
        return False
    before = next((a for a in sentence.analyses[i - 1] if a.pos != "verb"), None)
    bare_before = before is not None and not before.definite and not before.pronoun
    return _definite(sentence, i) or nationality(token.norm) != "" or bare_before


def _accusative(sentence: Sentence, i: int) -> bool:
    """Whether a known word ends in the alef of the indefinite accusative, which no name goes on with."""
    return any(a.known and a.pos in ("noun", "adj") for a in sentence.analyses[i])


def _definite(sentence: Sentence, i: int) -> bool:
    if i >= len(sentence.tokens):
        return False
    norm = sentence.tokens[i].norm
    return norm.startswith(("ال", "لل", "بال")) or bool(nationality(norm))


def _plural(sentence: Sentence, i: int) -> bool:
    return any(a.number == "p" for a in sentence.analyses[i] if a.pos != "verb")


def cut_at(sentence: Sentence, row: Sequence[Constituent], first: int, last: int) -> tuple[Constituent, ...]:
    """The row with tokens `first` to `last` a constituent of their own, parted from the noun phrase around them."""
    parts: list[Constituent] = []
    for c in row:
        if c.sort != "noun" or not c.first <= first < c.last or (c.first, c.last) == (first, last):
            parts.append(c)
            continue
        if c.first < first:
            parts.append(c._replace(last=first, text=_plain(sentence, c.first, first)))
        own = c if c.first == first else c._replace(preposition="", joined=False)
        parts.append(own._replace(first=first, last=last, text=_plain(sentence, first, last)))
        if last < c.last:
            rest = Constituent("noun", last, c.last, text=_plain(sentence, last, c.last), many=_plural(sentence, last))
            glued_joined, glued = _clitics(sentence, rest)
            parts.append(rest._replace(preposition=glued, joined=glued_joined))
    return tuple(parts)


def is_human(sentence: Sentence, constituent: Constituent) -> bool:
    """Whether a noun phrase speaks of people: the wounded, the students, the families."""
    return sense_of(sentence, constituent) in _HUMAN


def sense_of(sentence: Sentence, constituent: Constituent) -> str:
    """The sense of the head of a noun phrase by its best reading, '' for an unknown word; quantifiers are passed over."""
    head = constituent.first
    while head + 1 < constituent.last and (_quantifies(sentence, head) or sentence.tokens[head].norm == "من"):
        head += 1
    return next((a.sense for a in sentence.analyses[head] if a.pos != "verb" and a.known), "")


def behind(constituents: Sequence[Constituent], token: int) -> Iterator[Constituent]:
    """The constituents from `token` on, up to the next verb or whatever else opens another clause.

    Commas are passed on; a comma before a word that goes on with nothing ends the row.
    """
    for constituent in constituents:
        if constituent.first < token:
            continue
        if constituent.sort in ("verb", "break"):
            return
        yield constituent
