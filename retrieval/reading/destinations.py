"""Find where somebody goes: which phrases one can go to, and which of a clause is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent
from retrieval.reading.describing import is_human, sense_of
from retrieval.reading.sentences import Sentence

PLACE_SENSES = frozenset({"place_noun", "facility", "institution", "force", "place"})


class SiteRow(Row):
    """One row of sites.csv: a noun that one can visit though its sense does not say that it is a place."""

    word: str


def verb_destination(sentence: Sentence, args: Sequence[Constituent], kind: str, after: int) -> Constituent | None:
    """Where to: the object, or the phrase behind إلى and its like."""
    if kind in ("come", "land"):
        prepositions = word_set("toward" if kind == "come" else "at")
        return next((c for c in args if c.sort == "place" and c.preposition in prepositions), None)
    if kind == "direct" and args and args[0].sort == "place" and args[0].last <= after and not args[0].preposition:
        return args[0]
    for c in args:
        governed = kind != "direct" and c.preposition in word_set("going_at" if kind in ("at", "guest") else "toward")
        if (c.first < after and not governed) or not is_somewhere(sentence, c):
            continue
        if kind in ("direct", "arrive") and not c.preposition and not c.joined:
            return c if c.sort == "place" or not is_human(sentence, c) else beyond(args, c) or c
        if kind == "guest" and c.sort != "place":
            continue
        if c.preposition in word_set("going_at" if kind in ("at", "guest") else "toward"):
            return c if kind == "direct" or c.sort == "place" or not is_human(sentence, c) else None
        if kind == "direct" and _inside(sentence, c):
            return c
    return None


def _inside(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase says in which place or building something was seen: "عاين في المستشفى"."""
    if c.sort == "place":
        return c.preposition in word_set("at")
    return c.sort == "noun" and c.preposition in word_set("at") and sense_of(sentence, c) in PLACE_SENSES


def noun_destination(sentence: Sentence, rest: Sequence[Constituent], kind: str, after: int) -> Constituent | None:
    """Where to, behind a noun of going: with a preposition, or without one where the noun may have an object."""
    said = 0
    for c in rest:
        said += c.sort not in ("comma", "date")
        if c.first < after or not is_somewhere(sentence, c):
            continue
        if kind == "at" and c.sort == "noun" and not determined(sentence, c):
            continue
        if c.preposition in word_set("toward") or (kind == "at" and c.preposition in word_set("going_at")):
            return (beyond(rest, c) or c) if c.sort == "noun" and is_human(sentence, c) else c
        if (
            not c.preposition
            and not c.joined
            and kind in ("direct", "arrive")
            and said <= 3
            and determined(sentence, c)
        ):
            if c.sort == "place" or not is_human(sentence, c):
                return c
            return beyond(rest, c)
    return None


def destinations(row: Sequence[Constituent], first: Constituent) -> list[Constituent]:
    """The destination and the places joined to it by و."""
    found = [first]
    n = next((k for k, c in enumerate(row) if c.first == first.first), len(row))
    for c in row[n + 1 :]:
        if c.sort == "comma":
            continue
        if first.sort != "place" or c.sort != "place" or not c.joined or c.preposition not in ("", first.preposition):
            break
        found.append(c)
    return found


def destination_text(sentence: Sentence, row: Sequence[Constituent], destination: Constituent) -> str:
    """The destination as written, with the place that says where a building or body is."""
    following = next((c for c in row if c.first >= destination.last), None)
    if destination.sort == "place" or following is None:
        return _apposed(row, destination)
    if following.sort == "place" and not (following.preposition or following.joined):
        adjacent = destination.sort == "noun" and following.first == destination.last
        return f"{destination.text} {following.text}" if adjacent else destination.text  # "قسم شرطة المنيا"
    if following.preposition in word_set("at") and is_site(sentence, following):
        alone = following.preposition in word_set("in")
        return f"{destination.text} {sentence.phrase(following.first - alone, following.last)}"
    return destination.text


def _apposed(row: Sequence[Constituent], place: Constituent) -> str:
    """A place with the name that stands in commas behind its description: "العاصمة الأمريكية، واشنطن"."""
    rest = [c for c in row if c.first >= place.last][:2]
    described = normalise(place.text.split()[0]) in load_words("generic_places")
    if len(rest) == 2 and described and rest[0].sort == "comma" and rest[1].sort == "place":
        return place.text if rest[1].preposition or rest[1].joined else f"{place.text}، {rest[1].text}"
    return place.text


def is_site(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase names a place, a building or a body that has one."""
    return c.sort == "place" or sense_of(sentence, c) in PLACE_SENSES


def beyond(args: Sequence[Constituent], people: Constituent) -> Constituent | None:
    """The place behind people who are visited: "زار المصابين في مستشفى X"."""
    return next(
        (c for c in args if c.first >= people.last and c.sort == "place" and c.preposition in word_set("going_at")),
        None,
    )


def is_somewhere(sentence: Sentence, c: Constituent) -> bool:
    """Whether one can go there: a place, a body, a building, people who are visited."""
    if c.sort == "place":
        return True
    if c.sort in ("group", "party"):
        return c.preposition != "ل" or c.sort == "group"
    if c.sort != "noun" or is_adverb(c):
        return False
    return sense_of(sentence, c) in PLACE_SENSES or is_human(sentence, c) or _listed(c)


def determined(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is definite, so that it can be gone to: "زيارة عمل" and "زيارة دولة" only say what kind."""
    if c.sort != "noun":
        return True
    if normalise(c.text.split()[0]) in load_words("quantifiers"):
        return False
    words = range(c.first, c.last)
    return any(a.definite or a.pronoun or not a.known for i in words for a in sentence.analyses[i][:1])


def is_adverb(c: Constituent) -> bool:
    """Whether a phrase is an indefinite accusative such as فجأة or رسميا."""
    return c.sort == "noun" and c.last == c.first + 1 and c.text.endswith(("ا", "اً", "ًا"))


@cache
def _sites() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("sites", SiteRow))


def _listed(c: Constituent) -> bool:
    head = normalise(c.text.split()[0]) if c.text else ""
    return head in _sites() or head.removeprefix("ال") in _sites()
