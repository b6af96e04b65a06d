"""Read a sentence as a row of constituents: persons, bodies, groups, places, dates and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.people import load_counterparts
from retrieval.arabic.phrases import QUOTES, openings
from retrieval.arabic.places import PlaceMention
from retrieval.arabic.titles import load_honorifics
from retrieval.arabic.word_sets import word_set
from retrieval.reading.bodies import Sort, Span, find_spans, noun_clitics, plain_phrase
from retrieval.reading.sentences import Sentence, once

_BREAKS = frozenset({"complement", "subordinate", "relative", "negation", "among"})
_COMMAS = frozenset({"،", ",", "(", ")", "-", "–", "—", "ـ"})


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


@once
def split_constituents(sentence: Sentence) -> tuple[Constituent, ...]:
    """The constituents of a sentence in order; quotation marks belong to none."""
    spans = {span.first: span for span in find_spans(sentence)}
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
    last = sentence.tokens[made.last - 1].norm
    return last if made.sort == "noun" and last in word_set("of") else ""


def _constituent(sentence: Sentence, i: int, span: Span | None, spans: dict[int, Span]) -> tuple[Constituent, int]:
    """The constituent at token `i`, and the token after it."""
    if span:
        made = Constituent(
            span.sort, i, span.last, text=span.text, title=span.title, many=span.many, place=span.place,
            officials=span.officials or (span.sort == "person" and span.many),
        )  # fmt: skip
        return made, span.last
    if _opens_wish(sentence, i):
        return _wish(sentence, i)
    if sentence.parts[i] in ("noun", "number"):
        return _noun(sentence, i, spans)
    if sentence.parts[i] == "verb":
        return Constituent("verb", i, i + 1, text=sentence.tokens[i].text), i + 1
    return _small(sentence, i)


def _small(sentence: Sentence, i: int) -> tuple[Constituent, int]:
    """A mark, a function word, or the word at which another clause begins."""
    token, part = sentence.tokens[i], sentence.parts[i]
    if part in _BREAKS and _in_time(sentence, i):
        return Constituent("date", i, i + 3), i + 3
    sort: Sort = "break" if part in _BREAKS or part == "mark" else "word"
    if part == "mark":
        return Constituent("comma" if token.text in _COMMAS else sort, i, i + 1), i + 1
    return Constituent(sort, i, i + 1, text=token.text), i + 1


def _noun(sentence: Sentence, first: int, spans: dict[int, Span]) -> tuple[Constituent, int]:
    """The noun phrase that begins at a token; a person named by his relative is a group: "أرملة X"."""
    last = _noun_end(sentence, first, spans)
    named = spans.get(last)
    if named and named.sort == "person" and named.text and last == first + 1 and _is_kin(sentence, first):
        return Constituent("group", first, named.last, text=plain_phrase(sentence, first, named.last)), named.last
    many = _plural(sentence, _counted(sentence, first, last))
    return Constituent("noun", first, last, text=plain_phrase(sentence, first, last), many=many), last


def _is_kin(sentence: Sentence, i: int) -> bool:
    """Whether a noun names somebody by whose relative he is: "أرملة X", "عائلة X"."""
    reading = next((a for a in sentence.analyses[i] if a.pos != "verb"), None)
    return reading is not None and reading.sense == "relative" and not reading.definite and not reading.pronoun


def _opens_wish(sentence: Sentence, i: int) -> bool:
    """Whether a wish such as حفظه الله begins at a token."""
    god = i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].norm in word_set("god")
    return god and sentence.tokens[i].norm.endswith(("ه", "ها", "هم")) and len(sentence.tokens[i].norm) > 3


def _wish(sentence: Sentence, i: int) -> tuple[Constituent, int]:
    """The wish at token `i`, passed over like a comma, with what is joined to it: "حفظه الله ورعاه"."""
    last = i + 2
    while last < len(sentence.tokens) and _wishes(sentence, last):
        last += 1
    return Constituent("comma", i, last), last


def _wishes(sentence: Sentence, i: int) -> bool:
    """Whether a wish goes on: "حفظه الله ورعاه"."""
    joined = any(a.pos == "verb" and a.conjunction and a.pronoun for a in sentence.analyses[i])
    return joined and sentence.tokens[i].norm.endswith("اه")


def _noun_end(sentence: Sentence, i: int, spans: dict[int, Span]) -> int:
    """The token after the noun phrase that begins at `i`, what a number counts included: "عدد من المدارس"."""
    last, end = i + 1, len(sentence.tokens)
    while last < end and last not in spans and _goes_on(sentence, i, last):
        last += 1
    counted = last - i == 1 and quantifies(sentence, i) and last + 1 < end and last + 1 not in spans
    if counted and sentence.tokens[last].norm in word_set("of") and sentence.parts[last + 1] == "noun":
        last += 2
        while last < end and last not in spans and _follows(sentence, last):
            last += 1
    return last


def quantifies(sentence: Sentence, i: int) -> bool:
    """Whether a word only says how much of what follows: عدد، بعض."""
    return any(rest in load_words("quantifiers") for _, rest in openings(sentence.tokens[i].norm))


def _follows(sentence: Sentence, i: int) -> bool:
    """Whether a definite adjective or noun goes on with what is counted."""
    definite = sentence.tokens[i].norm.startswith("ال") and sentence.parts[i] == "noun"
    return definite and not any(noun_clitics(sentence, i))


def _in_time(sentence: Sentence, i: int) -> bool:
    """Whether "في وقت" is a time ("في وقت متأخر") and does not open a clause ("في وقت قال فيه")."""
    if sentence.tokens[i].norm not in word_set("in") or i + 2 >= len(sentence.tokens):
        return False
    return any(a.pos == "adj" and not a.definite for a in sentence.analyses[i + 2][:1])


def _goes_on(sentence: Sentence, first: int, i: int) -> bool:
    """Whether token `i` goes on with the noun phrase that began at `first`."""
    if sentence.parts[i] not in ("noun", "number") or _circumstance(sentence, i):
        return False
    chunk = sentence.chunk_at(first)
    return chunk is not None and i < chunk.last and not any(noun_clitics(sentence, i))


def _circumstance(sentence: Sentence, i: int) -> bool:
    """Whether a word says in what state somebody acts (مرفوقا، متوجها): an indefinite adjective in the accusative."""
    text = sentence.tokens[i].text
    if not text.endswith(("ا", "اً", "ًا")):
        return False
    return any(a.pos == "adj" and a.known and not a.definite for a in sentence.analyses[i][:2])


def _clitics(sentence: Sentence, made: Constituent) -> tuple[bool, str]:
    """Whether و stands on the first word, and the preposition glued to it, for a name by what the name leaves over."""
    norm = sentence.tokens[made.first].norm
    if made.sort in ("noun", "group", "honour", "word"):
        conjunction, preposition = noun_clitics(sentence, made.first)
        return bool(conjunction), preposition
    if made.sort == "verb":
        return any(a.conjunction for a in sentence.analyses[made.first][:1]), ""
    if made.sort in ("break", "comma", "date"):
        return False, ""
    begins = {normalise(text.split()[0]) for text in (made.text, made.title) if text}
    for clitics, rest in openings(norm):
        if clitics and (rest in begins or (not begins & {norm} and _titled(rest))):
            return "و" in clitics, next((letter for letter in clitics if letter in "بلك"), "")
    return norm[:1] == "و" and nationality(norm[1:]) != "", ""


@cache
def _titled(rest: str) -> bool:
    """Whether a word is an honour or rank that titles leave out of their text (الأمير، اللواء)."""
    ranked = load_honorifics().bare([rest], 0) is not None
    return ranked or rest in word_set("honour_opening") or rest in load_counterparts()


def _has_and(norm: str) -> bool:
    return norm[:1] == "و" and len(norm) > 1


def _bare(norm: str) -> str:
    """A preposition without the conjunction before it."""
    return norm[1:] if norm[:1] in "وف" and norm[1:] in word_set("plain_preposition") else norm


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
            parts.append(c._replace(last=first, text=plain_phrase(sentence, c.first, first)))
        own = c if c.first == first else c._replace(preposition="", joined=False)
        parts.append(own._replace(first=first, last=last, text=plain_phrase(sentence, first, last)))
        if last < c.last:
            rest = Constituent(
                "noun", last, c.last, text=plain_phrase(sentence, last, c.last), many=_plural(sentence, last)
            )
            glued_joined, glued = _clitics(sentence, rest)
            parts.append(rest._replace(preposition=glued, joined=glued_joined))
    return tuple(parts)


def head_of(sentence: Sentence, constituent: Constituent) -> int:
    """The first token of a phrase that is more than a quantifier."""
    return _counted(sentence, constituent.first, constituent.last)


def _counted(sentence: Sentence, first: int, last: int) -> int:
    head = first
    while head + 1 < last and (quantifies(sentence, head) or sentence.tokens[head].norm in word_set("of")):
        head += 1
    return head


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
