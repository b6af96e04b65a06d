"""Finding the persons that a text names, by title, by name or by both, and telling who is the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.arabic import tables
from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.identity import key, load_known, same
from retrieval.arabic.names import FATHERS, SONS, given_end, load_given, name_end
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import is_ordinary, load_words
from retrieval.arabic.phrases import openings, spelled, unquoted, words
from retrieval.arabic.place_parts import load_nouns
from retrieval.arabic.titles import Title, title_at
from retrieval.arabic.tokens import Token

__all__ = ["PersonMention", "find_people", "key", "link", "same"]

_ARTICLE = "ال"
# Offices whose bearer often has others, named in one breath: ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية.
_GATHERING = frozenset(("ولي", "خادم", "نايب", "النايب", "امير"))
# No name has more words than this.
_LONGEST = 9
_GAPS = frozenset(("،", ",", "(", "-", "–"))


class CounterpartRow(tables.Row):
    """One row of counterparts.csv: words that stand for the office of another person (نظيره)."""

    word: str


class PersonMention(NamedTuple):
    """A person in a run of tokens: `tokens[first:last]` with titles and name.

    `name` is as written, without titles; "" where only an office is named. `title` is the office or, failing that, the
    rank; the office that "نظيره التركي" stands for is spelled out. `name_first` to `name_last` are the name's tokens.
    """

    first: int
    last: int
    name: str
    title: str
    name_first: int
    name_last: int


class _Raw(NamedTuple):
    """A mention in words of the view, before it is mapped to tokens."""

    start: int
    end: int
    name_start: int
    name_end: int
    titles: tuple[Title, ...]
    first_word: str
    said_title: str = ""
    after: tuple[Title, ...] = ()


def find_people(tokens: Sequence[Token], named: Iterable[str] = ()) -> list[PersonMention]:
    """The persons that `tokens` name, in order and without overlap.

    `named` are full names that the text has given before: their surnames alone are then persons too.
    """
    seen = unquoted(tokens)
    view = [tokens[index] for index in seen]
    surnames = {parts[-1] for name in named if len(parts := words(name)) > 1}
    mentions: list[PersonMention] = []
    for raw in _raws(view, surnames):
        title = raw.said_title or _title_text(view, raw)
        has_name = raw.name_end > raw.name_start
        name = _spell(view, raw.name_start, raw.name_end, raw.first_word) if has_name else ""
        mentions.append(
            PersonMention(
                seen[raw.start],
                seen[raw.end - 1] + 1,
                name,
                title,
                seen[raw.name_start] if has_name else seen[raw.start],
                seen[raw.name_end - 1] + 1 if has_name else seen[raw.start],
            )
        )
    return mentions


def _spell(view: Sequence[Token], start: int, end: int, first_word: str) -> str:
    return spelled([token.text for token in view[start:end]], first_word)


def _title_text(view: Sequence[Token], raw: _Raw) -> str:
    """The offices of a mention as written; without an office, its rank or noble title."""
    every = (*raw.titles, *raw.after)
    for sorts in (("office",), ("rank", "noble")):
        chosen = [t for t in every if t.sort in sorts]
        if chosen:
            return " ".join(_spell(view, t.start, t.end, t.first_word) for t in chosen)
    return ""


def _raws(view: Sequence[Token], surnames: set[str]) -> Iterator[_Raw]:
    at, last_office = 0, ""
    while at < len(view):
        found: Sequence[_Raw] = ()
        if view[at].kind == "word":
            found = _counterparts(view, at, last_office) or _person(view, at, surnames)
        for raw in found:
            yield raw
            offices = [t for t in (*raw.titles, *raw.after) if t.sort == "office"]
            said = [_spell(view, t.start, t.end, t.first_word) for t in offices]
            last_office = next((s for s in said if _national(s)), last_office or (said[0] if said else ""))
        at = max(found[-1].end if found else 0, at + 1)


def _person(view: Sequence[Token], at: int, surnames: set[str]) -> Sequence[_Raw]:
    """The persons whose titles or name start at word `at`: those named by an office only, then the one with a name."""
    titles = _titles(view, at)
    if _namesake(view, at) and all(t.sort != "office" for t in titles):
        return ()
    start = titles[-1].end if titles else at
    titled = any(not t.weak for t in titles)
    found = _name(view, start, titled=titled) if start < len(view) else None
    if found is None and titles and start < len(view) and view[start].norm in load_given():
        found = _name(view, start, titled=True)
    if found is None and titles and start < len(view) and view[start].text in _GAPS and titles[-1].sort == "office":
        found = _apposed(view, start + 1)
        start += bool(found)
    if found is None and not titles:
        found = _bare_surname(view, at, surnames)
    groups = _groups(titles)
    if found is None:
        return [_only(group) for group in groups if any(t.whole for t in group)]
    return [*(_only(group) for group in groups[:-1]), _finish(view, groups[-1] if groups else (), start, *found)]


def _apposed(view: Sequence[Token], at: int) -> tuple[int, str] | None:
    """The name that stands in commas behind an office: "وزير الخارجية، X Y، قال"."""
    found = _name(view, at, titled=True)
    if found is None or found[0] < at + 2:
        return None
    known = load_known().phrases.bare([t.norm for t in view[at : at + 8]], 0) is not None
    closed = found[0] < len(view) and view[found[0]].text in _GAPS
    return found if known or view[at].norm in load_given() or closed else None


def _groups(titles: Sequence[Title]) -> list[tuple[Title, ...]]:
    """The titles in a row parted by person: a second office is another's, except behind those that gather offices."""
    groups: list[list[Title]] = []
    for title in titles:
        office = next((t for t in groups[-1] if t.sort == "office"), None) if groups else None
        another = title.sort == "office" and office and office.first_word not in _GATHERING and not title.joined
        if not groups or another:
            groups.append([])
        groups[-1].append(title)
    return [tuple(group) for group in groups]


def _only(group: Sequence[Title]) -> _Raw:
    """The mention of a person by titles alone."""
    end = group[-1].end
    return _Raw(group[0].start, end, end, end, tuple(group), "")


def _namesake(view: Sequence[Token], at: int) -> bool:
    """Whether what stands at word `at` is a thing named after a person: مستشفى X, جائزة X, مدينة الشيخ X."""
    if not at:
        return False
    before = view[at - 1].norm
    noun = load_nouns().match([before], 0)
    if (noun and noun.value.unknown == "yes") or any(rest in load_words("namesakes") for _, rest in openings(before)):
        return True
    places = load_atlas().phrases
    if not places.opening(view[at].norm):
        return False
    place = places.bare([token.norm for token in view[at : at + 4]], 0)
    return place is not None and place[0] > 1


def _titles(view: Sequence[Token], at: int, *, joining: bool = True) -> list[Title]:
    """The titles in a row that start at word `at`; only the first may have clitics before it.

    With `joining` those behind a comma or و are taken too, where they are the same person's.
    """
    titles: list[Title] = []
    while at < len(view) and view[at].kind == "word":
        title = title_at(view, at)
        if not title or (titles and title.clitics):
            break
        titles.append(title)
        at = title.end
        if title.sort == "office" and joining:
            following = _joined(view, at)
            if following:
                titles.append(following)
                at = following.end
    return titles


def _joined(view: Sequence[Token], at: int) -> Title | None:
    """One more title of the person whose office ended at `at`, behind a comma or و.

    A rank or honour behind a comma is his ("قائد اللواء، العميد X"); another office only if his name follows in commas
    or behind it ("نائب رئيس الوزراء ووزير الخارجية، X").
    """
    gap = at + 1 < len(view) and view[at].text in _GAPS
    title = title_at(view, at + gap) if at + gap < len(view) else None
    if title is None or (not gap and title.clitics != "و") or (gap and title.clitics):
        return None
    if title.sort != "office":
        return title._replace(joined=True) if gap else None
    end = title.end
    named = end < len(view) and view[end].text in _GAPS and _apposed(view, end + 1) is not None
    if named or (gap and _name(view, end, titled=True) is not None):
        return title._replace(joined=True)
    return None


def _name(view: Sequence[Token], at: int, *, titled: bool) -> tuple[int, str] | None:
    """The end of the name at word `at` and its first word without clitics."""
    if at >= len(view) or view[at].kind != "word":
        return None
    everybody = load_known().phrases
    known = everybody.match([t.norm for t in view[at : at + 8]], 0) if everybody.opening(view[at].norm) else None
    first_word = known.first if known and not (titled and known.clitics) else ""
    if first_word and known:
        return _patronymic_end(view, at + known.length), first_word
    end = at
    opened = [("", view[at].norm)] if titled else openings(view[at].norm)
    for clitics, rest in opened:
        if clitics and not (rest in load_given() or rest in FATHERS or rest in ("عبد", first_word)):
            continue
        if rest in SONS and not titled:
            continue
        first = view[at]._replace(norm=rest, text=view[at].text[len(clitics) :])
        ended = at + _words_of_name(view, at, first, titled=titled)
        if ended > end:
            end, first_word = ended, rest
        if end > at:
            break
    return (end, first_word) if end > at else None


def _words_of_name(view: Sequence[Token], at: int, first: Token, *, titled: bool) -> int:
    """How many words the name has that starts at word `at`, read as `first`; the next person's title ends it."""
    window = [first, *view[at + 1 : at + _LONGEST]]
    if not name_end(window, 0, titled=titled):
        return 0
    limit = next((n for n in range(1, len(window)) if _another(view, at + n)), len(window))
    return name_end(window[:limit], 0, titled=titled)


def _patronymic_end(view: Sequence[Token], at: int) -> int:
    """The index after what makes the name of a known person longer: بن X, آل X."""
    while at < len(view) and (view[at].norm in SONS or view[at].text == "آل"):
        end = given_end(view, at, titled=True)
        if end == at:
            break
        at = end
    return at


def _another(view: Sequence[Token], at: int) -> bool:
    """Whether a title starts at word `at` that no name goes on over; بن الشيخ and the like are names."""
    before = view[at - 1].norm
    if view[at].kind != "word" or before in SONS or before in FATHERS or before == "عبد":
        return False
    title = title_at(view, at)
    return title is not None and (title.sort == "office" or title.end < len(view))


def _bare_surname(view: Sequence[Token], at: int, surnames: set[str]) -> tuple[int, str] | None:
    """A surname alone: of somebody whom the text has named, or whom everybody knows."""
    everybody = load_known().alone
    norms = [token.norm for token in view[at : at + 4]]
    for _, rest in openings(norms[0]):
        if rest in surnames and (not is_ordinary(rest) or rest.startswith(_ARTICLE)):
            return at + 1, rest
        alone = everybody.bare(norms, 0, rest)
        if alone:
            return at + alone[0], rest
    return None


def _finish(view: Sequence[Token], titles: Sequence[Title], name: int, end: int, first_word: str) -> _Raw:
    """The mention of a named person, with the title that stands behind the name if that is not the next person's."""
    start = min((t.start for t in titles), default=name)
    kept = tuple(titles)
    if titles and titles[-1].sort == "noble" and end - name == 1:  # "الملك سلمان": the title is part of so short a name
        name, first_word = titles[-1].start, titles[-1].first_word
        kept = kept[:-1]
    office = any(t.sort == "office" for t in titles)
    # A second office right behind the name is another person's: "استقبل الرئيس X سفير Y".
    after = () if office and end < len(view) and view[end].text not in _GAPS else _behind(view, end)
    return _Raw(start, after[-1].end if after else end, name, end, kept, first_word, after=after)


def _behind(view: Sequence[Token], end: int) -> tuple[Title, ...]:
    """The offices behind a name ("محمد بن سلمان ولي العهد", "فلان، وزير الخارجية"), unless another name follows."""
    at = end + 1 if end < len(view) and view[end].text in _GAPS else end
    titles = _titles(view, at, joining=False) if at < len(view) else []
    if not titles or titles[0].clitics or any(t.sort != "office" for t in titles):
        return ()
    if titles[0].first_word.startswith(_ARTICLE) and titles[0].first_word not in (
        "النايب",
        "الامين",
        "المتحدث",
        "الناطق",
    ):
        return ()
    follows = titles[-1].end
    if follows < len(view) and _name(view, follows, titled=True):
        return ()
    return tuple(titles)


@cache
def load_counterparts() -> frozenset[str]:
    """The words that stand for the office of another person's like (نظيره)."""
    return frozenset(normalise(row.word) for _, row in tables.load("counterparts", CounterpartRow))


def _counterparts(view: Sequence[Token], at: int, office: str) -> Sequence[_Raw]:
    """The persons that "نظيره التركي X" or "نظيريه الأميركي X والسعودي Y" names, each with the office meant."""
    word = next((rest for _, rest in openings(view[at].norm) if rest in load_counterparts()), "")
    if not word:
        return ()
    raws: list[_Raw] = []
    at_name, start = at + 1, at
    while at_name < len(view):
        if view[at_name].text in _GAPS:
            at_name += 1
            continue
        norm = view[at_name].norm
        adjective = next((rest for c, rest in openings(norm) if c in ("", "و") and nationality(rest)), "")
        name_at = at_name + 1 if adjective else at_name
        honours = _titles(view, name_at) if name_at < len(view) else []
        if honours and all(t.sort != "office" and not t.clitics for t in honours):
            name_at = honours[-1].end
        found = _name(view, name_at, titled=True) if adjective or not raws else None
        if not found and not adjective:
            break
        end = found[0] if found else name_at
        said = (
            _office_of(office, view[at_name].text if norm == adjective else view[at_name].text[1:]) if adjective else ""
        )
        said = said or ("" if adjective else _office_of(office, ""))
        raws.append(_Raw(start, end, name_at, end, (), found[1] if found else "", said_title=said))
        at_name = start = end
        if not found:
            break
    return raws


def _office_of(office: str, adjective: str) -> str:
    """The office with its country's adjective put in place of another's."""
    kept = [word for word in office.split() if not nationality(normalise(word))]
    return " ".join([*kept, adjective]).strip() if kept else ""


def _national(office: str) -> bool:
    """Whether an office says by an adjective whose country it serves."""
    return any(nationality(normalise(word)) for word in office.split())


def link(mentions: Sequence[PersonMention]) -> list[PersonMention]:
    """For each mention the fullest mention of the same person among all: "كارتر" becomes "أشتون كارتر" with his title.

    Mentions without a name stay as they are. The mentions should be those of one text.
    """
    linked = []
    for mention in mentions:
        best = mention
        for other in mentions if mention.name else ():
            fuller = len(other.name.split()), bool(other.title)
            if other.name and fuller > (len(best.name.split()), bool(best.title)) and same(mention.name, other.name):
                best = other
        linked.append(best)
    return linked
