"""Read visits: who goes, arrives or is expected where, on whose invitation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.arabic.atlas import load_atlas
from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.people import same
from retrieval.arabic.places import containers, key
from retrieval.arabic.tables import Row, load
from retrieval.reading.constituents import Constituent, behind, cut_at, is_human, sense_of
from retrieval.reading.frames import common_at
from retrieval.reading.referring import Actor, Cast, actor_of, cast_of, coordinated, topical_actors
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.standing import status_of
from retrieval.reading.triggers import Hit, find_hits
from retrieval.types import Citation, Visit

_TOWARD = frozenset(("الي", "ل", "نحو", "صوب"))
_AT = frozenset(("في", "ب", "علي", "الي", "ل", "داخل"))
# Two destinations whose tellings overlap and end this near each other (in characters) stand in one clause.
_ONE_CLAUSE = 35
_PLACE_SENSES = frozenset({"place_noun", "facility", "institution", "force", "place"})


class _Trip(NamedTuple):
    """Visitors, where they go, and the constituents that say so."""

    visitors: Sequence[Actor]
    destination: Constituent
    parts: Sequence[Constituent]


def find_visits(document: Document) -> tuple[Visit, ...]:
    """The visits that the article states, each once, in the order of the text (title last).

    A visit needs somebody named or titled, or a delegation, and where they go; leaving a place is none.
    """
    cast = cast_of(document)
    found = [fact for s in (*document.body, *document.title) for fact in _in_sentence(cast, s)]
    return merge_visits(found)


def _in_sentence(cast: Cast, sentence: Sentence) -> Iterator[Visit]:
    told: set[str] = set()
    for hit in find_hits(sentence.words):
        if hit.trigger.kind != "visit":
            continue
        trip = _verb(cast, sentence, hit) if hit.trigger.part == "verb" else _noun(cast, sentence, hit)
        names = {visitor.name for visitor in trip.visitors} if trip else set()
        if trip and not (names <= told and _purpose(hit)):
            told |= names
            yield from _facts(cast, sentence, hit, trip)


def _purpose(hit: Hit) -> bool:
    """Whether the noun only says what a journey is for: "وصل إلى X لتفقد Y"."""
    return hit.trigger.part == "noun" and hit.reading is not None and hit.reading.preposition == "ل"


def _facts(cast: Cast, sentence: Sentence, hit: Hit, trip: _Trip) -> Iterator[Visit]:
    """One visit for each visitor."""
    spans = [(hit.first, hit.last), *((c.first, c.last) for c in trip.parts)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    tokens = sentence.tokens
    citation = Citation.of(cast.document.article, tokens[first].start, tokens[last - 1].end, sentence.field)
    common = common_at(cast.document, sentence, hit.first, hit.last)
    common["status"] = status_of(sentence, hit, common["status"])
    row = cut_at(sentence, cast.row(sentence), hit.first, hit.last)
    host = _host(cast, sentence, row, hit)
    for destination in _destinations(row, trip.destination):
        where = destination.place
        if where:
            common["place"], common["places"] = where.name, (where.name, *where.containers)
        for visitor in trip.visitors:
            yield Visit(
                **common,
                visitor=visitor.name,
                visitor_title=visitor.title if visitor.title != visitor.name else "",
                destination=_destination_text(sentence, row, destination),
                host=host,
                citation=citation,
            )


def _destinations(row: Sequence[Constituent], first: Constituent) -> list[Constituent]:
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


def _verb(cast: Cast, sentence: Sentence, hit: Hit) -> _Trip | None:
    """The trip of a verb: its subject behind or before it, or left out; then where to."""
    row = cast.row(sentence)
    args = list(behind(row, hit.last))
    kind = hit.trigger.value
    if kind == "host":
        return _hosted(cast, sentence, args)
    subject = _subject_behind(args, past_place=kind == "direct")
    if subject is None and kind == "direct" and _first_free(args) is None:
        return None
    if _figurative(sentence, hit, args):
        return None
    if subject:
        n = row.index(subject)
        visitors = [a for c in coordinated(row, n) if (a := actor_of(cast, sentence, c))]
        used = coordinated(row, n)
    else:
        if kind != "direct" and _first_free(args) is not None:
            return None  # something else moves: "وصلت المساعدات إلى"
        visitors, used = _subject_before(cast, sentence, row, hit)
    destination = _destination(sentence, args, kind, after=used[-1].last if subject else hit.last)
    destination = destination or _taken_up(sentence, row, hit)
    if not visitors or destination is None:
        return None
    return _Trip(visitors, destination, [*used, destination])


def _taken_up(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Constituent | None:
    """The place before a relative clause that a pronoun takes up: "واشنطن التي سافر إليها"."""
    here = next((n for n, c in enumerate(row) if c.first == hit.first), 0)
    pronoun = any(t.norm in ("اليها", "اليه") for t in sentence.tokens[hit.last : hit.last + 3])
    if not pronoun or here < 2 or normalise(row[here - 1].text) not in _RELATIVES:
        return None
    return next((c for c in reversed(row[: here - 1]) if c.sort == "place"), None)


def _figurative(sentence: Sentence, hit: Hit, args: Sequence[Constituent]) -> bool:
    """Whether somebody turns to somebody with something: "توجه بالشكر إلى"."""
    if hit.trigger.value != "toward":
        return False
    return any(
        c.preposition == "ب" and c.sort == "noun" and sense_of(sentence, c) not in _PLACE_SENSES for c in args[:3]
    )


def _subject_behind(args: Sequence[Constituent], *, past_place: bool = False) -> Constituent | None:
    """The actor right behind a verb, dates and places said of it passed over, but not one that a noun governs.

    With `past_place` an object that is a place may stand before it: "يزور بغداد وزير الخارجية".
    """
    for n, c in enumerate(args):
        if c.acts and not c.preposition and c.sort != "party":
            before = args[n - 1] if n else None
            return None if before is not None and _governs(before) else c
        passed = c.preposition or c.sort in ("date", "comma", "word") or _adverb(c)
        if not (passed or (past_place and c.sort == "place" and not n)):
            return None
    return None


def _governs(before: Constituent) -> bool:
    """Whether the noun right before an actor governs it: "للقاء الوزير", but not "منذ قليل الوزير"."""
    if before.sort != "noun" or before.last > before.first + 1 or not before.preposition:
        return False
    return before.preposition not in _TIMES


_TIMES = frozenset(("منذ", "قبل", "بعد", "حتي", "قبيل", "بعيد"))


def _first_free(args: Sequence[Constituent]) -> Constituent | None:
    """The first phrase behind a verb that no preposition governs."""
    return next(
        (c for c in args if c.sort in ("noun", "place", "party") and not c.preposition and not _adverb(c)), None
    )


def _adverb(c: Constituent) -> bool:
    """Whether a phrase is an indefinite accusative such as فجأة or رسميا."""
    return c.sort == "noun" and c.last == c.first + 1 and c.text.endswith(("ا", "اً", "ًا"))


def _subject_before(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit
) -> tuple[list[Actor], list[Constituent]]:
    """The subject that stands before the verb, or the one that the text goes on to speak of."""
    before = [n for n, c in enumerate(row) if c.last <= hit.first]
    if _other_subject(sentence, [row[n] for n in before], hit):
        return [], []
    if len(before) > 1 and normalise(row[before[-1]].text) in _RELATIVES:
        antecedent = row[before[-2]]
        actor = actor_of(cast, sentence, antecedent) if antecedent.acts else None
        return ([actor], [antecedent]) if actor else ([], [])
    for n in reversed(before):
        c = row[n]
        if c.acts and not c.preposition and c.sort != "party":
            chain = _chain_start(row, n)
            actors = [a for k in coordinated(row, chain) if (a := actor_of(cast, sentence, k))]
            return actors[:1] if not _many_verb(sentence, hit) else actors, [row[chain]]
        if c.sort == "break" and normalise(c.text) not in _RELATIVES:
            break
    return topical_actors(cast, sentence, hit.first, plural=_many_verb(sentence, hit)), []


def _other_subject(sentence: Sentence, before: Sequence[Constituent], hit: Hit) -> bool:
    """Whether something that cannot visit is the subject of the verb: the noun right before it, or that of its clause."""
    if hit.trigger.part != "verb" or not before:
        return False
    if before[-1].sort == "noun" and before[-1].last == hit.first and not _adverb(before[-1]):
        return True
    for c in reversed(before):
        if c.sort in ("verb", "break") or c.acts:
            return False
        if c.sort == "noun" and not c.preposition and not c.joined and not _adverb(c):
            return True
    return False


_RELATIVES = frozenset(("الذي", "التي", "الذين", "اللذان", "اللذين"))


def _chain_start(row: Sequence[Constituent], n: int) -> int:
    """The first of the actors joined by و of which `n` is one."""
    while row[n].joined and n and row[n - 1].acts and not row[n - 1].preposition:
        n -= 1
    return n


def _many_verb(sentence: Sentence, hit: Hit) -> bool:
    """Whether the verb's form says that several did it (وصلوا)."""
    if hit.trigger.part == "noun":
        return bool(hit.reading and hit.reading.pronoun in ("هم", "هما", "هن"))
    return bool(hit.reading and hit.reading.number != "s")


def _destination(sentence: Sentence, args: Sequence[Constituent], kind: str, after: int) -> Constituent | None:
    """Where to: the object, or the phrase behind إلى and its like."""
    if kind == "direct" and args and args[0].sort == "place" and args[0].last <= after and not args[0].preposition:
        return args[0]
    for c in args:
        governed = c.preposition in _TOWARD and kind != "direct"
        if (c.first < after and not governed) or not _is_somewhere(sentence, c):
            continue
        if kind in ("direct", "arrive") and not c.preposition and not c.joined:
            return c if c.sort == "place" or not is_human(sentence, c) else _beyond(args, c) or c
        if kind == "guest" and c.sort != "place":
            continue
        if c.preposition in (_AT if kind in ("at", "guest") else _TOWARD):
            return c if kind == "direct" or c.sort == "place" or not is_human(sentence, c) else None
        if kind == "direct" and c.preposition == "في" and c.sort == "place":
            return c
    return None


def _beyond(args: Sequence[Constituent], people: Constituent) -> Constituent | None:
    """The place behind people who are visited: "زار المصابين في مستشفى X"."""
    return next((c for c in args if c.first >= people.last and c.sort == "place" and c.preposition in _AT), None)


def _is_somewhere(sentence: Sentence, c: Constituent) -> bool:
    """Whether one can go there: a place, a body, a building, people who are visited."""
    if c.sort == "place":
        return True
    if c.sort in ("group", "party"):
        return c.preposition != "ل" or c.sort == "group"
    if c.sort != "noun" or _adverb(c):
        return False
    return sense_of(sentence, c) in _PLACE_SENSES or is_human(sentence, c) or _listed(c)


class SiteRow(Row):
    """One row of sites.csv: a noun that one can visit though its sense does not say that it is a place."""

    word: str


@cache
def _sites() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("sites", SiteRow))


def _listed(c: Constituent) -> bool:
    head = normalise(c.text.split()[0]) if c.text else ""
    return head in _sites() or head.removeprefix("ال") in _sites()


def _hosted(cast: Cast, sentence: Sentence, args: Sequence[Constituent]) -> _Trip | None:
    """A visit told from the host's side: "تستضيف الجامعة وفدا من X"."""
    hosts = [
        c for c in args if not c.preposition and (c.sort in ("group", "party", "place") or _is_somewhere(sentence, c))
    ]
    guests = [c for c in args if c.sort in ("person", "group") and not c.preposition and c not in hosts[:1]]
    if not hosts or not guests or guests[0].first < hosts[0].first:
        return None
    actor = actor_of(cast, sentence, guests[0])
    place = next((c for c in args if c.sort == "place"), hosts[0])
    return _Trip([actor], place, [hosts[0], guests[0]]) if actor else None


def _noun(cast: Cast, sentence: Sentence, hit: Hit) -> _Trip | None:
    """The trip of a noun: whose visit it is, by what follows, by its pronoun, or by who pays it; then where to."""
    row = cut_at(sentence, cast.row(sentence), hit.first, hit.last)
    kind = hit.trigger.value
    pronoun = hit.reading.pronoun if hit.reading else ""
    rest = list(behind(row, hit.last))
    paid = _paid(cast, sentence, row, hit)
    if paid:
        return paid
    if hit.reading and hit.reading.definite and kind != "direct":
        return None  # "الوصول إلى", "التوجه نحو" are seldom journeys
    owner = next(iter(rest), None)
    if owner is not None and owner.acts and not owner.preposition and not pronoun and not _visited(sentence, hit, rest):
        chain = coordinated(row, row.index(owner))
        visitors = [a for c in chain if (a := actor_of(cast, sentence, c))]
        destination = _noun_destination(sentence, rest, kind, chain[-1].last)
        return _Trip(visitors, destination, [*chain, destination]) if visitors and destination else None
    destination = _noun_destination(sentence, rest, kind, hit.last)
    if destination is None:
        return None
    carrier = _carrier(sentence, row, hit)
    if not pronoun and not _adverbial(sentence, hit) and carrier is None:
        return None
    subject = _subject_behind(list(behind(row, carrier.last))) if carrier and not pronoun else None
    if subject:
        used: list[Constituent] = coordinated(row, row.index(subject))
        visitors = [a for c in used if (a := actor_of(cast, sentence, c))]
    else:
        visitors, used = _subject_before(cast, sentence, row, hit)
    return _Trip(visitors, destination, [*used, destination]) if visitors else None


def _carrier(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Constituent | None:
    """The verb before the noun, such as أدى or قام, whose subject is the visitor."""
    for c in reversed([c for c in row if c.last <= hit.first]):
        lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first]} if c.sort == "verb" else set()
        if lemmas & load_words("light_verbs"):
            return c
        if c.sort == "break":
            return None
    return None


def _visited(sentence: Sentence, hit: Hit, rest: Sequence[Constituent]) -> bool:
    """Whether the body behind "لزيارة" is what is visited: nobody else is named as the place to go to."""
    purpose = bool(hit.reading and hit.reading.preposition == "ل")
    return purpose and rest[0].sort in ("group", "party")


def _adverbial(sentence: Sentence, hit: Hit) -> bool:
    """Whether the noun hangs on a clause whose subject pays the visit: بزيارة، في زيارة، لزيارة، خلال زيارة."""
    if hit.reading and (hit.reading.preposition or hit.reading.pronoun or hit.reading.pos == "adj"):
        return True
    return hit.first > 0 and sentence.parts[hit.first - 1] == "preposition"


def _noun_destination(sentence: Sentence, rest: Sequence[Constituent], kind: str, after: int) -> Constituent | None:
    """Where to, behind a noun of going: with a preposition, or without one where the noun may have an object."""
    for n, c in enumerate(rest):
        if c.first < after or not _is_somewhere(sentence, c):
            continue
        if kind == "at" and c.sort == "noun" and not _determined(sentence, c):
            continue
        if c.preposition in _TOWARD or (kind == "at" and c.preposition in _AT):
            return (_beyond(rest, c) or c) if c.sort == "noun" and is_human(sentence, c) else c
        if not c.preposition and not c.joined and kind in ("direct", "arrive") and n <= 2 and _determined(sentence, c):
            if c.sort == "place" or not is_human(sentence, c):
                return c
            return _beyond(rest, c)
    return None


def _determined(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is definite, so that it can be gone to: "زيارة عمل" and "زيارة دولة" only say what kind."""
    if c.sort != "noun":
        return True
    if normalise(c.text.split()[0]) in load_words("quantifiers"):
        return False
    words = range(c.first, c.last)
    return any(a.definite or a.pronoun or not a.known for i in words for a in sentence.analyses[i][:1])


def _paid(cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> _Trip | None:
    """A visit with a clause behind it that says who pays it: "زيارة أداها X إلى Y", "زيارة إلى Y يقوم بها X"."""
    after = [n for n, c in enumerate(row) if c.first >= hit.last]
    for n in after[:5]:
        c = row[n]
        if c.sort == "verb":
            lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first] if a.pos == "verb"}
            if not lemmas & load_words("light_verbs"):
                return None
            args = list(behind(row, c.last))
            subject = _subject_behind(args)
            between = [row[k] for k in after[: after.index(n)]]
            place = _noun_destination(sentence, between, "toward", hit.last) or _destination(
                sentence, args, "toward", c.last
            )
            if subject:
                visitors = [a for k in coordinated(row, row.index(subject)) if (a := actor_of(cast, sentence, k))]
                used = [subject]
            else:
                visitors, used = _subject_before(cast, sentence, row, hit)
            return _Trip(visitors, place, [*used, place]) if visitors and place else None
        if c.sort == "break" and normalise(c.text) not in _RELATIVES:
            return None
    return None


def _host(cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> str:
    """Who invited the visitor, or received him there, where the sentence says so."""
    for n, c in enumerate(row):
        word = normalise(c.text) if c.sort == "noun" else ""
        if word.startswith("دعوه") and n + 1 < len(row) and row[n + 1].acts and row[n + 1].preposition == "من":
            host: Constituent | None = row[n + 1]
        elif c.first > hit.first and c.preposition == "في" and word.startswith("استقباله"):
            host = next((k for k in row[n + 1 :] if k.acts and not k.preposition), None)
        else:
            continue
        actor = actor_of(cast, sentence, host) if host else None
        return actor.name if actor else ""
    return ""


def _destination_text(sentence: Sentence, row: Sequence[Constituent], destination: Constituent) -> str:
    """The destination as written, with the place that says where a building or body is."""
    n = row.index(destination)
    following = row[n + 1] if n + 1 < len(row) else None
    if destination.sort == "noun" and following and following.sort == "place" and not following.preposition:
        if following.first == destination.last and not following.joined:
            return f"{destination.text} {following.text}"  # "قسم شرطة المنيا"
    if destination.sort != "place" and following and following.preposition in ("في", "ب"):
        if following.sort == "place" or sense_of(sentence, following) in _PLACE_SENSES:
            return (
                f"{destination.text} {sentence.phrase(following.first - 1, following.last)}"
                if following.preposition == "في"
                else f"{destination.text} {sentence.phrase(following.first, following.last)}"
            )
    return destination.text


def merge_visits(found: Sequence[Visit]) -> tuple[Visit, ...]:
    """The visits without those told twice: of one person to one place, or to a country and to its capital.

    The one with the narrower destination is kept, with the day and the host that either knows.
    """
    kept: list[Visit] = []
    for visit in found:
        for n, other in enumerate(kept):
            if same(visit.visitor, other.visitor) and _one_way(visit, other):
                better, worse = (visit, other) if _narrower(visit, other) else (other, visit)
                kept[n] = _completed(better, worse)
                break
        else:
            kept.append(visit)
    return tuple(kept)


def _one_way(one: Visit, other: Visit) -> bool:
    """Whether two tellings are of one way: to one place, to a capital and its country, or an airport and its town."""
    return key(one.destination) == key(other.destination) or _narrower(one, other) or _narrower(other, one)


def _narrower(one: Visit, other: Visit) -> bool:
    """Whether the other destination holds the first one, which says more: a capital, but not an airport.

    Elsewhere in a country is another stop of the journey unless one clause names both. Words such as المملكة name
    nothing that another destination would not say.
    """
    inner, outer = key(one.destination), key(other.destination)
    if inner == outer:
        return False
    around = {key(name) for name in containers(one.destination)}
    overlap = one.citation.start < other.citation.end and other.citation.start < one.citation.end
    near = overlap and abs(one.citation.end - other.citation.end) < _ONE_CLAUSE
    if normalise(other.destination) in load_words("generic_places"):
        return normalise(one.destination) not in load_words("generic_places")
    if _is_port(other.destination):
        return near or outer not in around and key(one.place) in {key(name) for name in other.places}
    if outer not in around or _is_port(one.destination):
        return False
    return near or inner in {key(capital) for capital in load_atlas().capitals.values()}


def _is_port(destination: str) -> bool:
    """Whether one only lands there."""
    return normalise(destination).split(" ")[0] in load_words("ports")


def _completed(better: Visit, worse: Visit) -> Visit:
    changes: dict[str, object] = {}
    if better.date_start is None and worse.date_start is not None:
        changes = {k: getattr(worse, k) for k in ("date_start", "date_end", "date_precision")}
    if not better.host and worse.host:
        changes["host"] = worse.host
    if len(worse.visitor_title) > len(better.visitor_title):
        changes["visitor_title"] = worse.visitor_title
    return better.model_copy(update=changes)
