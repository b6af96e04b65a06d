"""Find the persons that a text names, by title, by name or by both, and tell who is the same person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic.counterparts import Raw, is_national, load_counterparts, several, spell
from retrieval.arabic.identity import key, load_known, meeting_points, same
from retrieval.arabic.names import load_given, opens_name
from retrieval.arabic.naming import (
    GAPS,
    apposed_name,
    bare_surname,
    is_namesake,
    name_ahead,
    name_from,
    surname_of,
    titles_behind,
    titles_from,
)
from retrieval.arabic.phrases import openings, unquoted
from retrieval.arabic.titles import Title, opens_title
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

__all__ = ["PersonMention", "find_people", "key", "link", "load_counterparts", "meeting_points", "same", "surname_of"]


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


def find_people(tokens: Sequence[Token], surnames: AbstractSet[tuple[str, ...]] = frozenset()) -> list[PersonMention]:
    """The persons that `tokens` name, in order and without overlap.

    `surnames` are those of full names that the text has given before, as `surname_of` tells them: they alone are then
    persons too.
    """
    seen = unquoted(tokens)
    view = [tokens[index] for index in seen]
    mentions: list[PersonMention] = []
    for raw in _raws(view, surnames):
        title = raw.said_title or title_text(view, raw)
        has_name = raw.name_end > raw.name_start
        name = spell(view, raw.name_start, raw.name_end, raw.first_word) if has_name else ""
        if not name and not title:
            continue  # "his Turkish counterpart" where nobody has an office whose counterpart he could be
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


def title_text(view: Sequence[Token], raw: Raw) -> str:
    """The offices of a mention as written; without an office, its rank or noble title."""
    every = (*raw.titles, *raw.after)
    for sorts in (("office",), ("rank", "noble")):
        chosen = [t for t in every if t.sort in sorts]
        if chosen:
            return " ".join(spell(view, t.start, t.end, t.first_word) for t in chosen)
    return ""


def _raws(view: Sequence[Token], surnames: AbstractSet[tuple[str, ...]]) -> Iterator[Raw]:
    at, last_office, since = 0, "", 0
    while at < len(view):
        found: Sequence[Raw] = ()
        if view[at].kind == "word" and (_may_begin(view[at].norm) or (surnames and _resumes(view, at, surnames))):
            found = several(view, at, last_office) or _person(view, at, surnames)
        if found and (name := _ahead(view, found[0], since)):
            found = [name, *found[1:]]
        for raw in found:
            yield raw
            offices = [t for t in (*raw.titles, *raw.after) if t.sort == "office"]
            said = [spell(view, t.start, t.end, t.first_word) for t in offices]
            last_office = next((s for s in said if is_national(s)), last_office or (said[0] if said else ""))
        since = found[-1].end if found else since
        at = max(found[-1].end if found else 0, at + 1)


def _ahead(view: Sequence[Token], found: Raw, since: int) -> Raw | None:
    """The person whose office alone was found, with the name that no table knows before it: "X Y، رئيس البرلمان"."""
    named = found.name_end > found.name_start
    if named or not found.titles or found.titles[0].sort != "office" or found.titles[0].clitics:
        return None
    start = name_ahead(view, found.start, since)
    if start is None:
        return None
    norm = view[start].norm
    first_word = norm[1:] if norm[1:] in load_given() and norm.startswith("و") else norm
    return Raw(start, found.end, start, found.start - 1, (), first_word, after=found.titles)


@lru_cache(maxsize=50_000)
def _may_begin(norm: str) -> bool:
    """Whether a mention of a person may begin with this normalised word, surnames that the text alone knows apart."""
    if opens_title(norm) or load_known().phrases.opening(norm) or load_known().alone.opening(norm):
        return True
    return any(opens_name(rest) or rest in load_counterparts() for _, rest in openings(norm))


def _resumes(view: Sequence[Token], at: int, surnames: AbstractSet[tuple[str, ...]]) -> bool:
    """Whether a surname that the text has given before may stand at word `at`."""
    following = (view[at + 1].norm,) if at + 1 < len(view) else ()
    return any((rest,) in surnames or (rest, *following) in surnames for _, rest in openings(view[at].norm))


def _person(view: Sequence[Token], at: int, surnames: AbstractSet[tuple[str, ...]]) -> Sequence[Raw]:
    """The persons whose titles or name start at word `at`: those named by an office only, then the one with a name."""
    titles = titles_from(view, at)
    if is_namesake(view, at) and all(t.sort != "office" for t in titles):
        return ()
    start = titles[-1].end if titles else at
    titled = any(not t.weak for t in titles)
    found = name_from(view, start, titled=titled) if start < len(view) else None
    if found is None and titles and start < len(view) and view[start].norm in load_given():
        found = name_from(view, start, titled=True)
    if found is None and titles and start < len(view) and view[start].text in GAPS and titles[-1].sort == "office":
        found = apposed_name(view, start + 1)
        start += bool(found)
    if found is None and not titles:
        found = bare_surname(view, at, surnames)
    groups = _groups(titles)
    if found is None:
        return [_only(group) for group in groups if any(t.whole for t in group)]
    return [*(_only(group) for group in groups[:-1]), _finish(view, groups[-1] if groups else (), start, *found)]


def _groups(titles: Sequence[Title]) -> list[tuple[Title, ...]]:
    """The titles in a row parted by person: a second office is another's, except behind those that gather offices.

    Some bearers have others named in one breath: ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية.
    """
    groups: list[list[Title]] = []
    for title in titles:
        office = next((t for t in groups[-1] if t.sort == "office"), None) if groups else None
        another = (
            title.sort == "office"
            and office
            and office.first_word not in word_set("gathering_office")
            and not title.joined
        )
        if not groups or another:
            groups.append([])
        groups[-1].append(title)
    return [tuple(group) for group in groups]


def _only(group: Sequence[Title]) -> Raw:
    """The mention of a person by titles alone."""
    end = group[-1].end
    return Raw(group[0].start, end, end, end, tuple(group), "")


def _finish(view: Sequence[Token], titles: Sequence[Title], name: int, end: int, first_word: str) -> Raw:
    """The mention of a named person, with the title that stands behind the name if that is not the next person's."""
    start = min((t.start for t in titles), default=name)
    kept = tuple(titles)
    if titles and titles[-1].sort == "noble" and end - name == 1:  # "الملك سلمان": the title is part of so short a name
        name, first_word = titles[-1].start, titles[-1].first_word
        kept = kept[:-1]
    office = any(t.sort == "office" for t in titles)
    # A second office right behind the name is another person's: "استقبل الرئيس X سفير Y".
    after = () if office and end < len(view) and view[end].text not in GAPS else titles_behind(view, end)
    return Raw(start, after[-1].end if after else end, name, end, kept, first_word, after=after)


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
