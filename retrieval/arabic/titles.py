"""Reading the titles of persons: honours, ranks and offices, and where an office ends and a name begins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.morphology import analyse
from retrieval.arabic.names import load_given
from retrieval.arabic.ordinary import is_ordinary, is_particle, load_words
from retrieval.arabic.parties import load_parties
from retrieval.arabic.phrases import Phrases, openings, words
from retrieval.arabic.place_leads import load_nouns as load_sites
from retrieval.arabic.place_shapes import name_end
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

_ARTICLE = "ال"
_MOST_WORDS = 14
_DUAL = ("ان", "ين")
_SITES = frozenset({"place_noun", "facility", "institution"})


class HonorificRow(tables.Row):
    """One row of honorifics.csv; the weak ones are also words, and title only a name whose given name is known."""

    words: str
    sort: Literal["honour", "noble", "rank", "abbreviation", "weak honour", "weak rank"]


class HeadRow(tables.Row):
    """One row of office_heads.csv.

    `alone` says whether the noun with the article is an office by itself (الرئيس); `sent` whether the office may name
    a place behind في, لدى or إلى (سفير السعودية لدى لبنان).
    """

    word: str
    alone: Literal["yes", "no"]
    sent: Literal["yes", "no"]


class Title(NamedTuple):
    """A title before or behind a name: words `start` to `end`, its sort, and the first word without clitics.

    `whole` says that it names somebody without a name behind it, `weak` that only a known given name may follow,
    `joined` that it is one more title of the person whose title stands before it.
    """

    start: int
    end: int
    sort: Literal["honour", "noble", "rank", "abbreviation", "office"]
    first_word: str
    whole: bool
    clitics: str = ""
    weak: bool = False
    joined: bool = False


@cache
def load_honorifics() -> Phrases[HonorificRow]:
    """The honours and ranks that stand before a name."""
    return Phrases((words(row.words), row) for _, row in tables.load("honorifics", HonorificRow))


@cache
def load_heads() -> Phrases[HeadRow]:
    """The nouns that open an office, with the article and without."""
    rows = [row for _, row in tables.load("office_heads", HeadRow)]
    forms = [(row.word, row) for row in rows]
    forms += [(_ARTICLE + row.word, row) for row in rows if row.alone == "yes" and not row.word.startswith(_ARTICLE)]
    return Phrases((words(form), row) for form, row in forms)


def opens_title(norm: str) -> bool:
    """Whether a title may begin with this normalised word."""
    return bool(load_heads().opening(norm) or load_honorifics().opening(norm))


def title_at(view: Sequence[Token], at: int) -> Title | None:
    """The one title that starts at word `at`."""
    if not opens_title(view[at].norm):
        return None
    norms = [token.norm for token in view[at : at + _MOST_WORDS + 4]]
    office, honour = _office(view, norms, at), _honorific(view, norms, at)
    if office and honour and honour.end >= office.end:
        return honour._replace(whole=honour.sort == "noble")
    return office or honour


def _honorific(view: Sequence[Token], norms: Sequence[str], at: int) -> Title | None:
    found = load_honorifics().match(norms, 0)
    if not found:
        return None
    end = at + found.length
    if found.value.sort == "abbreviation":  # "د. محمد"
        if end >= len(view) or view[end].text not in (".", "/"):
            return None
        end += 1
    sort, weak = found.value.sort, found.value.sort.startswith("weak")
    plain: Literal["honour", "noble", "rank", "abbreviation"] = (
        "rank" if sort == "weak rank" else "honour" if sort == "weak honour" else sort
    )
    return Title(at, end, plain, found.first, whole=False, clitics=found.clitics, weak=weak)


def _office(view: Sequence[Token], norms: Sequence[str], at: int) -> Title | None:
    found = load_heads().match(norms, 0)
    if not found:
        return None
    head, start = found.value, at + found.length
    definite = found.first.startswith(_ARTICLE)
    whole = head.alone == "yes" and (definite or " " in head.word)
    end = _complement_end(view, start, head, definite=definite or whole)
    if end == start and not whole:
        return None
    # "رئيس" needs what he presides over; the rest that is indefinite ("رئيس سابق") names nobody.
    return Title(at, end, "office", found.first, whole=True, clitics=found.clitics)


def _complement_end(view: Sequence[Token], start: int, head: HeadRow, *, definite: bool) -> int:
    """The index after the words that say what the office is of.

    While the office is open, nouns, places and parties follow each other; a definite one closes it, and then only
    adjectives and prepositions go on, some of which open it again.
    """
    at, good, closed = start, start, definite
    while at < len(view) and at - start < _MOST_WORDS and view[at].kind == "word":
        step = _adjective(view, at) if closed else _noun(view, at)
        if step == at:
            step = _prefixed(view, at, head)
            opens = step == at + 1 and _opens(view[at].norm)
        else:
            opens = False
        if step == at and closed and head.sent == "yes":
            step = _sent(view, at)
        if step == at:
            break
        closed = not opens and (closed or _closes(view, at, step))
        at = step
        good = at if closed else good
    return good


def _adjective(view: Sequence[Token], at: int) -> int:
    """The index after an adjective that goes on with a definite office: العراقي, السابق, العامة."""
    norm = view[at].norm
    if not norm.startswith(_ARTICLE) or norm in load_words("not_office_words"):
        return at
    if nationality(norm) or norm in load_words("office_adjectives"):
        return at + 1
    if load_honorifics().bare([norm], 0) or load_given().get(norm) or is_particle(norm):
        return at
    known = [a for a in analyse(norm) if a.known and a.pos in ("noun", "adj")]
    if known and known[0].sense in _SITES:  # المدينة is "the town" sooner than "indebted"
        return at
    adjective = any(a.pos == "adj" for a in known) or (len(norm) > 6 and norm.endswith("يه"))
    return at + 1 if adjective else at


def _noun(view: Sequence[Token], at: int) -> int:
    """The index after a noun, place or party that an office is of."""
    norm = view[at].norm
    norms = [token.norm for token in view[at : at + 6]]
    site = load_sites().get((norm,))
    if site and site.kind == "facility" and at + 1 < len(view):  # "مدير جامعة الملك خالد"
        end = name_end(view, at + 1, "facility")
        if end > at + 1:
            return end
    named = load_parties().bare(norms, 0) or load_atlas().phrases.bare(norms, 0) or _high(norms)
    if named and (named[0] > 1 or load_given().get(norm) != "name"):
        return at + named[0]
    if load_given().get(norm) == "name" or is_particle(norm):
        return at
    if norm in load_words("office_words"):
        return at + 1
    return at + 1 if norm.startswith(_ARTICLE) and _of_office(norm) else at


def _closes(view: Sequence[Token], at: int, step: int) -> bool:
    """Whether an office is definite after a step."""
    return view[step - 1].norm.startswith((_ARTICLE, "لل")) or step - at > 1 or _placed(view, at)


def _opens(norm: str) -> bool:
    """Whether a word asks for one more definite word: لرئيس, بمملكة."""
    return norm in word_set("in_the_name_of") or (norm[:1] in "لبو" and norm[1:] in load_words("office_words"))


def _placed(view: Sequence[Token], at: int) -> bool:
    """Whether a word is a known place or party, which is definite without the article."""
    norm = view[at].norm
    known = (norm,) in load_atlas().phrases or (norm,) in load_parties()
    return known and norm not in load_words("office_words")


def _high(norms: Sequence[str]) -> tuple[int, HeadRow] | None:
    """An office of several words that stands by itself, inside another's: نائب خادم الحرمين الشريفين."""
    found = load_heads().bare(norms, 0)
    return found if found and found[0] > 1 and found[1].alone == "yes" else None


def _of_office(norm: str) -> bool:
    """Whether a definite word belongs to an office rather than being a surname."""
    if norm in load_words("not_office_words") or is_particle(norm) or norm in load_words("purposes"):
        return False
    bare = norm.removeprefix(_ARTICLE)
    known = bare in load_words("office_words") or norm in load_words("portfolios") or is_ordinary(norm)
    adjective = len(norm) > 6 and norm.endswith("يه")
    return (known or adjective) and load_given().get(norm) is None


def _prefixed(view: Sequence[Token], at: int, head: HeadRow) -> int:
    """The index after a part joined by a clitic: للشؤون, لمجلس, بوزارة, والطيران."""
    norm = view[at].norm
    norms = [token.norm for token in view[at : at + 6]]
    if norm in word_set("in_the_name_of"):
        return at + 1
    charged = at > 0 and view[at - 1].norm in word_set("charged")
    for clitics, rest in openings(norm):
        length = _glued(view, at, norms, clitics, rest) if clitics in ("ل", "ب") else 0
        length = length or int(charged and clitics == "ب" and rest.startswith(_ARTICLE) and is_ordinary(rest))
        if not length and clitics == "ب" and head.sent == "yes":  # "سفير فرنسا بتونس"
            place = load_atlas().phrases.bare(norms, 0, rest)
            length = place[0] if place else 0
        dual = head.word.endswith(_DUAL) and nationality(rest) != ""
        if clitics == "و" and (rest in load_words("portfolios") or dual):
            length = 1
        if length:
            return at + length
    return _until_honour(view, at)


def _glued(view: Sequence[Token], at: int, norms: Sequence[str], clitics: str, rest: str) -> int:
    """How many words go on with an office behind a glued ل or ب; 0 where none does."""
    bare = rest.removeprefix(_ARTICLE)
    if bare in load_words("office_words"):
        return 1
    if clitics == "ب":
        return int(_placed_before_name(view, at, rest))
    if rest.startswith(_ARTICLE) and _of_office(rest):
        return 1
    found = load_parties().bare(norms, 0, rest) or load_atlas().phrases.bare(norms, 0, rest)
    return found[0] if found else 0


def _until_honour(view: Sequence[Token], at: int) -> int:
    """The index of the honour or rank that ends a long office: "رئيس اللجنة لمهرجان الصيف الدكتور X"."""
    if view[at].norm[:1] not in "لب" or not is_ordinary(view[at].norm):
        return at
    for end in range(at + 1, min(at + 4, len(view))):
        if view[end].kind != "word":
            return at
        found = load_honorifics().bare([token.norm for token in view[end : end + 4]], 0)
        if found and found[1].sort != "abbreviation":
            return end
        if not view[end].norm.startswith(_ARTICLE):
            return at
    return at


def _placed_before_name(view: Sequence[Token], at: int, rest: str) -> bool:
    """Whether "بالجيزة" stands inside a title: a known place, and a name or rank right behind it."""
    if (rest,) not in load_atlas().phrases or at + 1 >= len(view):
        return False
    norm = view[at + 1].norm
    return norm in load_given() or load_honorifics().bare([norm], 0) is not None


def _sent(view: Sequence[Token], at: int) -> int:
    """The index after "لدى لبنان" or "في العراق"."""
    if view[at].norm not in word_set("title_link") or at + 1 >= len(view):
        return at
    norms = [token.norm for token in view[at + 1 : at + 6]]
    named = load_atlas().phrases.bare(norms, 0) or load_parties().bare(norms, 0)
    if named:
        return at + 1 + named[0]
    return at + 2 if norms[0].startswith(_ARTICLE) and _of_office(norms[0]) else at
