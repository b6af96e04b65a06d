"""Read who goes where from a verb of going and the constituents around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent, behind, split_constituents
from retrieval.reading.describing import sense_of
from retrieval.reading.destinations import PLACE_SENSES, is_adverb, is_site, verb_destination
from retrieval.reading.referring import Actor, Cast, actor_of, coordinated, topical_actors
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit


class Trip(NamedTuple):
    """Visitors, where they go, and the constituents that say so."""

    visitors: Sequence[Actor]
    destination: Constituent
    parts: Sequence[Constituent]


def verb_trip(cast: Cast, sentence: Sentence, hit: Hit) -> Trip | None:
    """The trip of a verb: its subject behind or before it, or left out; then where to."""
    row = split_constituents(sentence)
    args = list(behind(row, hit.last))
    kind = hit.trigger.value
    if kind in ("host", "send"):
        return (_hosted if kind == "host" else _sent)(cast, sentence, args)
    subject = subject_behind(sentence, args, past_place=kind in ("direct", "arrive"))
    if subject is None and kind == "direct" and _first_free(args) is None:
        return None
    if _figurative(sentence, hit, args):
        return None
    if subject:
        n = row.index(subject)
        visitors = [a for c in coordinated(row, n) if (a := actor_of(cast, sentence, c))]
        used = coordinated(row, n)
    else:
        if _moves_else(kind, args) and not _is_relative(row, hit):
            return None
        visitors, used = subject_before(cast, sentence, row, hit)
    destination = verb_destination(sentence, args, kind, after=used[-1].last if subject else hit.last)
    destination = destination or _taken_up(sentence, row, hit) or (sent_to(sentence, used[-1], kind) if used else None)
    if not visitors or destination is None:
        return None
    return Trip(visitors, destination, [*used, destination])


def _moves_else(kind: str, args: Sequence[Constituent]) -> bool:
    """Whether something that is no visitor moves: "وصلت المساعدات إلى"; the place in "يصل القاهرة" is where to."""
    first = _first_free(args)
    return first is not None and kind != "direct" and not (kind == "arrive" and first.sort == "place")


def _is_relative(row: Sequence[Constituent], hit: Hit) -> bool:
    """Whether a verb opens a relative clause, whose noun moves."""
    before = [c for c in row if c.last <= hit.first]
    return bool(before) and normalise(before[-1].text) in word_set("relative")


def _taken_up(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Constituent | None:
    """The place before a relative clause that a pronoun takes up: "واشنطن التي سافر إليها"."""
    here = next((n for n, c in enumerate(row) if c.first == hit.first), 0)
    pronoun = any(t.norm in word_set("to_it") for t in sentence.tokens[hit.last : hit.last + 3])
    if not pronoun or here < 2 or normalise(row[here - 1].text) not in word_set("relative"):
        return None
    return next((c for c in reversed(row[: here - 1]) if c.sort == "place"), None)


def _figurative(sentence: Sentence, hit: Hit, args: Sequence[Constituent]) -> bool:
    """Whether somebody turns to somebody with something: "توجه بالشكر إلى"."""
    if hit.trigger.value != "toward" or (args and args[0].sort == "place" and args[0].preposition):
        return False
    return any(
        c.preposition == "ب" and c.sort == "noun" and sense_of(sentence, c) not in PLACE_SENSES for c in args[:3]
    )


def subject_behind(sentence: Sentence, args: Sequence[Constituent], *, past_place: bool = False) -> Constituent | None:
    """The actor right behind a verb, dates and places said of it passed over, but not one that a noun governs.

    With `past_place` an object that is a place may stand before it: "يزور بغداد وزير الخارجية". Whose aircraft lands
    comes with it.
    """
    for n, c in enumerate(args):
        if c.acts and not c.preposition and c.sort != "party":
            before = args[n - 1] if n else None
            return None if before is not None and _governs(before) else c
        carries = not n and c.sort == "noun" and _is_carriage(sentence, c)
        passed = c.preposition or c.sort in ("date", "comma", "word") or is_adverb(c) or carries
        parted = c.sort == "comma" and not any(k.sort == "date" for k in args[max(0, n - 1) : n + 2])
        if parted or not (passed or (past_place and c.sort == "place" and not n)):
            return None
    return None


def _is_carriage(sentence: Sentence, c: Constituent) -> bool:
    return any(normalise(a.lemma) in word_set("carriage") for a in sentence.analyses[c.first] if a.pos != "verb")


def _governs(before: Constituent) -> bool:
    """Whether the noun right before an actor governs it: "للقاء الوزير", but not "منذ قليل الوزير"."""
    if before.sort != "noun" or before.last > before.first + 1 or not before.preposition:
        return False
    return before.preposition not in word_set("lasting")


def _first_free(args: Sequence[Constituent]) -> Constituent | None:
    """The first phrase behind a verb that no preposition governs, before any comma but those of a date."""
    for n, c in enumerate(args):
        if c.sort == "comma" and not any(k.sort == "date" for k in args[max(0, n - 1) : n + 2]):
            return None
        if c.sort in ("noun", "place", "party") and not (c.preposition or c.joined or is_adverb(c)):
            return c
    return None


def subject_before(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit, verb: Constituent | None = None
) -> tuple[list[Actor], list[Constituent]]:
    """The subject before the trigger, or before the `verb` on which its noun hangs; else whom the text speaks of."""
    before = [n for n, c in enumerate(row) if c.last <= (verb.first if verb else hit.first)]
    if _other_subject([row[n] for n in before], hit):
        return [], []
    if len(before) > 1 and normalise(row[before[-1]].text) in word_set("relative"):
        passed = ("word", "comma")
        antecedent = next(row[n] for n in reversed(before[:-1]) if row[n].sort not in passed or n == before[0])
        actor = actor_of(cast, sentence, antecedent) if antecedent.acts else None
        return ([actor], [antecedent]) if actor else ([], [])
    for n in reversed(before):
        c = row[n]
        if c.acts and not c.preposition and c.sort != "party":
            chain = _chain_start(row, n)
            if chain and row[chain - 1].last == row[chain].first and _governs(row[chain - 1]):
                continue  # "على رأس وفد"
            if chain and row[chain - 1].sort == "verb" and _contains(sentence, row[chain - 1]):
                continue
            actors = [a for k in coordinated(row, chain) if (a := actor_of(cast, sentence, k))]
            return actors[:1] if not _many_verb(hit) else actors, [row[chain]]
        if c.sort == "break" and normalise(c.text) not in word_set("relative"):
            break
    return topical_actors(cast, sentence, hit.first, plural=_many_verb(hit)), []


def _contains(sentence: Sentence, verb: Constituent) -> bool:
    """Whether a verb only says who belongs to a delegation: "وفد يضم X وY"."""
    return any(normalise(a.lemma) in word_set("containing") for a in sentence.analyses[verb.first])


def _other_subject(before: Sequence[Constituent], hit: Hit) -> bool:
    """Whether something that cannot visit is the subject: the noun right before the verb, or that of its clause."""
    if hit.trigger.part != "verb" or not before:
        return False
    if before[-1].sort == "noun" and before[-1].last == hit.first and not is_adverb(before[-1]):
        return True
    for c in reversed(before):
        if c.sort in ("verb", "break") or c.acts:
            return False
        if c.sort == "noun" and not c.preposition and not c.joined and not is_adverb(c):
            return True
    return False


def _chain_start(row: Sequence[Constituent], n: int) -> int:
    """The first of the actors joined by و of which `n` is one."""
    while row[n].joined and n and row[n - 1].acts and not row[n - 1].preposition:
        n -= 1
    return n


def _many_verb(hit: Hit) -> bool:
    """Whether the verb's form says that several did it (وصلوا)."""
    if hit.trigger.part == "noun":
        return bool(hit.reading and normalise(hit.reading.pronoun) in word_set("several_pronoun"))
    return bool(hit.reading and hit.reading.number != "s")


def _hosted(cast: Cast, sentence: Sentence, args: Sequence[Constituent]) -> Trip | None:
    """A visit told from the host's side: "تستضيف الجامعة وفدا من X"."""
    hosts = [c for c in args[:1] if not c.preposition and (c.acts or is_site(sentence, c))]
    guests = [c for c in args if c.sort in ("person", "group") and not c.preposition and c not in hosts[:1]]
    if not hosts or not guests or guests[0].first < hosts[0].first:
        return None
    actor = actor_of(cast, sentence, guests[0])
    place = next((c for c in args if c.sort == "place"), hosts[0])
    return Trip([actor], place, [hosts[0], guests[0]]) if actor else None


def _sent(cast: Cast, sentence: Sentence, args: Sequence[Constituent]) -> Trip | None:
    """A delegation that somebody sends: "أوفدت المنظمة بعثة إلى X"."""
    free = [c for c in args if c.acts and not c.preposition]
    sent = free[-1] if free and (len(free) > 1 or args[0].sort in ("party", "place")) else None
    if sent is None or sent.sort not in ("group", "person"):
        return None
    where = next(
        (c for c in args if c.first >= sent.last and c.sort == "place" and c.preposition in word_set("toward")), None
    )
    actor = actor_of(cast, sentence, sent)
    return Trip([actor], where, [sent, where]) if actor and where else None


def sent_to(sentence: Sentence, owner: Constituent, kind: str) -> Constituent | None:
    """The place that an office seems to be sent to: "وصول المبعوث الأمريكي إلى إسرائيل"."""
    if kind == "direct" or owner.sort != "person" or owner.text:
        return None
    for place in sentence.places:
        if place.last == owner.last and sentence.tokens[place.first - 1].norm in word_set("toward"):
            return Constituent("place", place.first, place.last, text=place.name, place=place)
    return None
