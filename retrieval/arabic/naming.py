"""Find the name, and the row of titles, that start at a word of a text."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from retrieval.arabic.atlas import load_atlas, nationality
from retrieval.arabic.identity import load_known
from retrieval.arabic.morphology import analyse
from retrieval.arabic.names import given_end, is_closed, is_stop, load_given, name_end
from retrieval.arabic.ordinary import is_ordinary, is_particle, load_words
from retrieval.arabic.phrases import openings, words
from retrieval.arabic.place_leads import load_nouns
from retrieval.arabic.titles import Title, title_at
from retrieval.arabic.tokens import Token
from retrieval.arabic.word_sets import word_set

# No name has more words than this.
_ARTICLE = "ال"
_LONGEST = 9
# A name that no table knows has no more words.
_MOST_UNKNOWN = 4
_COMMAS = frozenset(("،", ","))
GAPS = frozenset(("،", ",", "(", "-", "–"))


def titles_from(view: Sequence[Token], at: int, *, joining: bool = True) -> list[Title]:
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
    gap = at + 1 < len(view) and view[at].text in GAPS
    title = title_at(view, at + gap) if at + gap < len(view) else None
    if title is None or (not gap and title.clitics != "و") or (gap and title.clitics):
        return None
    if title.sort != "office":
        return title._replace(joined=True) if gap else None
    end = title.end
    named = end < len(view) and view[end].text in GAPS and apposed_name(view, end + 1) is not None
    if named or (gap and name_from(view, end, titled=True) is not None):
        return title._replace(joined=True)
    return None


def apposed_name(view: Sequence[Token], at: int) -> tuple[int, str] | None:
    """The name that stands in commas behind an office: "وزير الخارجية، X Y، قال"."""
    found = name_from(view, at, titled=True)
    if found is None or found[0] < at + 2:
        return None
    known = load_known().phrases.bare([t.norm for t in view[at : at + 8]], 0) is not None
    closed = found[0] < len(view) and view[found[0]].text in GAPS
    return found if known or view[at].norm in load_given() or closed else None


def name_ahead(view: Sequence[Token], office: int, since: int) -> int | None:
    """Where the name starts that stands in commas before the office at word `office`; None where there is none.

    No given name is known in it: two to four words that the language does not have, behind a verb, a mark or a
    particle that leads to a person. Words before `since` belong to others.
    """
    end = office - 1
    if end <= since or view[end].text not in _COMMAS:
        return None
    start = end
    while (
        start > since
        and end - start < _MOST_UNKNOWN
        and view[start - 1].kind == "word"
        and _is_strange(view[start - 1])
    ):
        start -= 1
    count = end - start
    strange = sum(not is_stop(token.norm) for token in view[start:end])
    if count < 2 or 2 * strange < count or not _leads_to_person(view, start):
        return None
    return start


def _is_strange(token: Token) -> bool:
    """Whether a word is no word of the language as it stands, with nothing cut off."""
    if is_particle(token.norm) or nationality(token.norm) or (token.norm,) in load_atlas().phrases:
        return False
    known = [a for a in analyse(token.norm) if a.known]
    return not any(a.pos == "verb" or not (a.conjunction or a.preposition or a.pronoun) for a in known)


def _leads_to_person(view: Sequence[Token], start: int) -> bool:
    """Whether what stands before word `start` may have a person behind it: a verb, a mark, مع; no noun, no "in"."""
    if not start or view[start - 1].kind == "mark" or view[start - 1].norm in word_set("before_person"):
        return True
    return any(a.pos == "verb" and a.known for a in analyse(view[start - 1].norm)[:1])


def name_from(view: Sequence[Token], at: int, *, titled: bool) -> tuple[int, str] | None:
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
        if clitics and not (
            rest in load_given() or rest in word_set("father") | word_set("servant") or rest == first_word
        ):
            continue
        if rest in word_set("son") and not titled:
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
    while at < len(view) and (view[at].norm in word_set("son") or view[at].norm in word_set("house")):
        end = given_end(view, at, titled=True)
        if end == at:
            break
        at = end
    return at


def _another(view: Sequence[Token], at: int) -> bool:
    """Whether a title starts at word `at` that no name goes on over; بن الشيخ and the like are names."""
    before = view[at - 1].norm
    if view[at].kind != "word" or before in word_set("son") | word_set("father") | word_set("servant"):
        return False
    title = title_at(view, at)
    return title is not None and (title.sort == "office" or title.end < len(view))


@lru_cache(maxsize=20_000)
def surname_of(name: str) -> tuple[str, ...]:
    """The last of a name's words, with the one it cannot be without (بن رمضان, نصر الله); () for a single name."""
    parts = words(name)
    joined = word_set("son") | word_set("father") | word_set("servant")
    if len(parts) > 1 and (parts[-2] in joined or parts[-1] in word_set("last_part")):
        return parts[-2:]
    return parts[-1:] if len(parts) > 1 else ()


def bare_surname(view: Sequence[Token], at: int, surnames: AbstractSet[tuple[str, ...]]) -> tuple[int, str] | None:
    """A surname alone: of somebody whom the text has named, or whom everybody knows."""
    everybody = load_known().alone
    norms = [token.norm for token in view[at : at + 4]]
    for clitics, rest in openings(norms[0]):
        if (rest,) in surnames and not _common(view, at, clitics, rest):
            return at + 1, rest
        if len(norms) > 1 and (rest, norms[1]) in surnames:
            return at + 2, rest
        alone = everybody.bare(norms, 0, rest)
        if alone:
            return at + alone[0], rest
    return None


def _common(view: Sequence[Token], at: int, clitics: str, surname: str) -> bool:
    """Whether the surname is likelier the everyday word: an adjective behind its noun, a nationality, a noun with more.

    An everyday word without the article that stands bare before a mark, a particle or a verb is the person.
    """
    if is_particle(surname):
        return True
    if nationality(surname):
        return at > 0 and not _stands_bare(view[at - 1])
    if not is_ordinary(surname):
        return False
    if surname.startswith(_ARTICLE):
        return at > 0 and view[at - 1].norm.startswith(_ARTICLE)
    return clitics not in ("", "و") or not is_closed(view, at + 1)


def _stands_bare(before: Token) -> bool:
    """Whether nothing stands before an adjective of a country that it could describe, so that it is a surname."""
    if before.kind != "word" or is_particle(before.norm):
        return True
    return any(a.pos == "verb" and a.known for a in analyse(before.norm)[:1])


def is_namesake(view: Sequence[Token], at: int) -> bool:
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


def titles_behind(view: Sequence[Token], end: int) -> tuple[Title, ...]:
    """The offices behind a name ("محمد بن سلمان ولي العهد", "فلان، وزير الخارجية"), unless another name follows."""
    at = end + 1 if end < len(view) and view[end].text in GAPS else end
    titles = titles_from(view, at, joining=False) if at < len(view) else []
    if not titles or titles[0].clitics or any(t.sort != "office" for t in titles):
        return ()
    if titles[0].first_word.startswith(_ARTICLE) and titles[0].first_word not in word_set("definite_behind"):
        return ()
    follows = titles[-1].end
    if follows < len(view) and name_from(view, follows, titled=True):
        return ()
    return tuple(titles)
