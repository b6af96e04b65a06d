"""Find the names, bodies, groups of people and words of honour in a sentence, and where each ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import PersonMention
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.sentences import Sentence

Sort = Literal["person", "honour", "party", "group", "place", "date", "noun", "verb", "break", "comma", "word"]
_GLUED = frozenset("بلك")
_LONGEST_GROUP = 14
_HUMAN = frozenset({"person", "civilian", "office", "security", "militant", "relative", "institution", "force"})
_LISTING = frozenset({"،", ",", "و"})


class HeadRow(Row):
    """One row of actor_nouns.csv: a noun that opens the name of a body or of a group of people who act together.

    `part` is one who acts for a body, only with the body behind من or with an adjective: a team, an official.
    """

    word: str
    sort: Literal["body", "group", "officials", "part"]


class PronounRow(Row):
    """One row of honour_pronouns.csv: a word that points back to a person of rank (سموه), and the words of the rank."""

    word: str
    honours: str


class Span(NamedTuple):
    """Tokens `first` to `last` (exclusive) that are one name, group or date, with what a constituent says of it."""

    first: int
    last: int
    sort: Sort
    text: str
    title: str = ""
    many: bool = False
    place: PlaceMention | None = None
    officials: bool = False


def find_spans(sentence: Sentence) -> Iterator[Span]:
    """Names, groups and dates without overlap: the longer goes before what it covers."""
    every = [*_named(sentence), *_groups(sentence)]
    taken: set[int] = set()
    for span in sorted(every, key=lambda s: (s.first - s.last, s.first)):
        tokens = range(span.first, span.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            yield span


def _named(sentence: Sentence) -> Iterator[Span]:
    for person in sentence.people:
        many = _many_office(person)
        last = _more(sentence, person.last) if many else person.last
        title = f"{person.title} {sentence.phrase(person.last, last)}" if last > person.last else person.title
        yield Span(person.first, last, "person", person.name, title, many)
    for party in sentence.parties:
        yield Span(party.first, party.last, "party", party.name)
    for place in sentence.places:
        yield Span(place.first, place.last, "place", place.name, place=place)
    for date in sentence.dates:
        yield Span(date.first, date.last, "date", "")


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


def _groups(sentence: Sentence) -> Iterator[Span]:
    """Bodies and groups by their noun, and words of honour that point back."""
    names = [(m.first, m.last) for m in sentence.people] + [(m.first, m.last) for m in sentence.places]
    inside = {i for first, last in names for i in range(first + 1, last)}
    for i, token in enumerate(sentence.tokens):
        if token.kind != "word" or i in inside:
            continue
        rests = [rest for _, rest in openings(token.norm)]
        if any(rest in _pronouns() for rest in rests):
            yield Span(i, i + 1, "honour", token.text)
            continue
        head = next((rest for rest in rests if rest.removeprefix("ال") in _heads()), "")
        if head and (sentence.parts[i] == "noun" or head in word_set("delegation")):
            last = _group_end(sentence, i)
            definite = head.startswith("ال")
            sort = _heads()[head.removeprefix("ال")]
            if sort in ("officials", "group"):
                last = _more(sentence, last)
            if (last > i + 1 or definite) and (sort != "part" or _of_somebody(sentence, i)):
                yield Span(
                    i,
                    last,
                    "group",
                    plain_phrase(sentence, i, last),
                    many=sort in ("group", "officials"),
                    officials=sort == "officials",
                )


def _of_somebody(sentence: Sentence, i: int) -> bool:
    """Whether من or an indefinite adjective behind a noun says whom one acts for: "فريق من X", "مسؤول أمريكي"."""
    if i + 1 >= len(sentence.tokens) or sentence.tokens[i].norm.startswith("ال"):
        return False
    if sentence.tokens[i + 1].norm in word_set("from_body"):
        return i + 2 < len(sentence.tokens) and sentence.tokens[i + 2].norm.startswith("ال")
    reading = next((a for a in sentence.analyses[i + 1] if a.pos != "verb"), None)
    return reading is not None and not reading.definite and (reading.pos == "adj" or reading.sense == "nationality")


def _more(sentence: Sentence, last: int) -> int:
    """Where several end whose countries are named one by one: "وزراء خارجية مصر واليونان", "الوفدين الروسي والتركي"."""
    places = {p.first: p.last for p in sentence.places}
    opens = places.keys() if any(p.last == last for p in sentence.places) else ()
    adjective = bool(nationality(sentence.tokens[last - 1].norm))
    i = last
    while i < len(sentence.tokens):
        step = i + (sentence.tokens[i].text in _LISTING)
        norm = sentence.tokens[step].norm if step < len(sentence.tokens) else ""
        if step in opens and (step > i or norm.startswith("و")):
            i = last = places[step]
        elif adjective and norm.startswith("و") and nationality(norm[1:]):
            i = last = step + 1
        else:
            break
    return last


def _group_end(sentence: Sentence, first: int) -> int:
    """The token after the words that say whose delegation or which council it is."""
    party = next((p for p in sentence.parties if p.first == first + 2), None)
    if party and sentence.tokens[first + 1].norm in word_set("from_party"):  # "قيادات من حركة X"
        return party.last
    people = {p.first for p in sentence.people}
    dates = {i for d in sentence.dates for i in range(d.first, d.last)}
    placed = {p.first: normalise(p.name.split()[0]) for p in sentence.places}
    i = first + 1
    while i < len(sentence.tokens) and i - first < _LONGEST_GROUP:
        token, part = sentence.tokens[i], sentence.parts[i]
        if i in people or i in dates:
            break
        if token.text not in QUOTES and part not in ("noun", "number"):
            if not (token.norm in word_set("from_body") and i == first + 1 and _named_next(sentence, i + 1)):
                break
        elif part == "noun":
            conjunction, preposition = noun_clitics(sentence, i)
            if i == first + 1 and not (conjunction or preposition):
                i += 1
                continue
            if (
                (conjunction and not _one_more_matter(sentence, first, i))
                or preposition == "ك"
                or (preposition == "ب" and not _in_body(sentence, i))
                or (i in placed and (preposition or token.norm != placed[i] or _indefinite_adjective(sentence, i - 1)))
                or not _belongs(sentence, i)
            ):
                break
        i += 1
    while i > first + 1 and sentence.tokens[i - 1].text in QUOTES:
        i -= 1
    return i


def _indefinite_adjective(sentence: Sentence, i: int) -> bool:
    """Whether an adjective that closes an indefinite phrase stands at `i`: "قافلة طبية", which no place goes on."""
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    return reading is not None and reading.pos == "adj" and not reading.definite


def _one_more_matter(sentence: Sentence, first: int, i: int) -> bool:
    """Whether a committee's name goes on with و and one more thing it deals with: "لجنة الحقوق والحريات"."""
    rests = [rest for _, rest in openings(sentence.tokens[first].norm)]
    if not any(rest.removeprefix("ال") in word_set("committee") for rest in rests):
        return False
    matter = sentence.tokens[i].norm.removeprefix("و")
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    known = reading is not None and reading.known and reading.sense not in _HUMAN
    return known and matter.startswith("ال") and matter.removeprefix("ال") not in _heads()


def _in_body(sentence: Sentence, i: int) -> bool:
    """Whether a noun behind ب is the body that a group sits in: "لجنة الدفاع بمجلس النواب"."""
    return any(a.sense in ("institution", "place_noun", "facility") for a in sentence.analyses[i] if a.pos != "verb")


def _named_next(sentence: Sentence, i: int) -> bool:
    """Whether a noun at `i` says where a delegation is from: "وفد من نقابة المحامين"."""
    return i < len(sentence.tokens) and sentence.parts[i] == "noun" and sentence.tokens[i].kind == "word"


def _belongs(sentence: Sentence, i: int) -> bool:
    """Whether a noun goes on with a name: definite, a nationality, after another bare noun, or unknown."""
    token = sentence.tokens[i]
    if _tanwin(sentence, i):
        return False
    before = next((a for a in sentence.analyses[i - 1] if a.pos != "verb"), None)
    bare_before = before is not None and not before.definite and not before.pronoun and not _tanwin(sentence, i - 1)
    return _definite(sentence, i) or nationality(token.norm) != "" or bare_before


def _tanwin(sentence: Sentence, i: int) -> bool:
    """Whether a known word ends in the alef of the indefinite accusative, which no name goes on with."""
    token = sentence.tokens[i]
    ends = token.norm.endswith("ا") and token.text[-1:] in "اًً" and not token.norm.startswith("ال")
    return ends and any(a.known and a.pos in ("noun", "adj") for a in sentence.analyses[i])


def _definite(sentence: Sentence, i: int) -> bool:
    if i >= len(sentence.tokens):
        return False
    norm = sentence.tokens[i].norm
    return norm.startswith(("ال", "لل", "بال")) or bool(nationality(norm))


def plain_phrase(sentence: Sentence, first: int, last: int) -> str:
    """The words as written without the clitics of the first."""
    if last > first + 1 and sentence.tokens[last - 1].norm in word_set("of"):
        last -= 1
    text = sentence.phrase(first, last)
    reading = next((a for a in sentence.analyses[first] if a.pos != "verb"), None)
    conjunction, preposition = noun_clitics(sentence, first)
    cut = len(conjunction) + len(preposition)
    if not cut or reading is None or normalise(text[:cut]) != conjunction + preposition:
        return text
    rest = text[cut:]
    return f"ا{rest}" if preposition == "ل" and reading.definite and rest.startswith("ل") else rest


def noun_clitics(sentence: Sentence, i: int) -> tuple[str, str]:
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
