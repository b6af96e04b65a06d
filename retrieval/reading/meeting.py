"""Read meetings: who met, received, called or sat down with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import same
from retrieval.arabic.tables import Row, load
from retrieval.reading.constituents import Constituent, behind, cut_at, is_human
from retrieval.reading.frames import common_at
from retrieval.reading.referring import Actor, Cast, actor_of, cast_of, coordinated, topical_actors
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.standing import status_of
from retrieval.reading.triggers import Hit, find_hits
from retrieval.types import Citation, Meeting, MeetingForm

_WITH = frozenset(("مع", "ب", "بين"))
# Verbs that tell of a meeting only with one of these nouns behind them, by what the verb is worth.
_NEEDS_NOUN = frozenset(("hold", "receive_call", "chair"))


class NounRow(Row):
    """One row of meeting_nouns.csv: a noun of meeting, whether it is a call, a conference or a session."""

    word: str
    form: Literal["meeting", "call", "conference", "session"]


class AudienceRow(Row):
    """One row of audiences.csv: people who are spoken to and not met (journalists, viewers)."""

    word: str


class _Round(NamedTuple):
    """Who meets, in which form, and the constituents that say so."""

    actors: Sequence[Actor]
    form: MeetingForm
    parts: Sequence[Constituent]


def find_meetings(document: Document) -> tuple[Meeting, ...]:
    """The meetings that the article states, each once, in the order of the text (title last).

    A meeting needs two who are named, titled or a body, or one group that sits together (وزراء الخارجية).
    """
    cast = cast_of(document)
    found: list[Meeting] = []
    for sentence in document.body:
        found += _in_sentence(cast, sentence)
        found = _joined(cast, sentence, found)
    for fact in (fact for s in document.title for fact in _in_sentence(cast, s)):
        # A title tells a meeting of the body in fewer words.
        if not any(same(a, b) for other in found for a in other.participants for b in fact.participants):
            found.append(fact)
    return merge_meetings(found)


def _in_sentence(cast: Cast, sentence: Sentence) -> Iterator[Meeting]:
    for hit in find_hits(sentence.words):
        if hit.trigger.kind != "meeting" or hit.trigger.value == "attend":
            continue
        met = _verb(cast, sentence, hit) if hit.trigger.part == "verb" else _noun(cast, sentence, hit)
        actors = _distinct(met.actors) if met else []
        if met and (len(actors) > 1 or (len(actors) == 1 and actors[0].officials and _sits(hit))):
            yield _fact(cast, sentence, hit, met._replace(actors=actors))


def _joined(cast: Cast, sentence: Sentence, found: list[Meeting]) -> list[Meeting]:
    """The meetings found so far, with those that a sentence adds to the last one: "حضر اللقاء X", "شارك في الاجتماع X"."""
    if not found:
        return found
    for hit in find_hits(sentence.words):
        if hit.trigger.kind != "meeting" or hit.trigger.value != "attend":
            continue
        args = list(behind(cast.row(sentence), hit.last))
        told = any(c.sort == "noun" and _points_back(sentence, c) for c in args[:3])
        present = next((coordinated(args, n) for n, c in enumerate(args) if c.acts and not c.preposition), [])
        if told and present and found[-1].form == "meeting":
            names = [actor.name for actor in _actors(cast, sentence, [c for c in present if not _nobody(c)])]
            known = found[-1].participants
            added = tuple(name for name in names if all(not same(name, other) for other in known))
            found[-1] = found[-1].model_copy(update={"participants": (*known, *added)})
    return found


def _points_back(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is a meeting that was told: a definite noun of meeting."""
    return any(a.definite and normalise(a.lemma) in _nouns() for a in sentence.analyses[c.first])


def _fact(cast: Cast, sentence: Sentence, hit: Hit, met: _Round) -> Meeting:
    spans = [(hit.first, hit.last), *((c.first, c.last) for c in met.parts)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    common = common_at(cast.document, sentence, hit.first, hit.last)
    common["status"] = status_of(sentence, hit, common["status"])
    return Meeting(
        **common,
        participants=tuple(actor.name for actor in met.actors),
        form=met.form,
        citation=Citation.of(
            cast.document.article, sentence.tokens[first].start, sentence.tokens[last - 1].end, sentence.field
        ),
    )


def _sits(hit: Hit) -> bool:
    """Whether a group alone can do it: an assembly, a session, talks that it holds."""
    return hit.trigger.value in ("session", "hold", "talks", "talk", "call") and not (
        hit.reading and hit.reading.pronoun
    )


def _distinct(actors: Sequence[Actor]) -> list[Actor]:
    """The actors without those named twice."""
    kept: list[Actor] = []
    for actor in actors:
        if actor.name and all(not same(actor.name, other.name) for other in kept):
            kept.append(actor)
    return kept


def _verb(cast: Cast, sentence: Sentence, hit: Hit) -> _Round | None:
    """The meeting of a verb: its subject, and whom it met as its object or behind مع and its like."""
    row, value = cast.row(sentence), hit.trigger.value
    args = list(behind(row, hit.last))
    form = _form(sentence, hit, args)
    if value in _NEEDS_NOUN and form is None:
        return None
    subject = _subjects(args)
    if subject and all(_nobody(c) for c in subject):
        return None
    pronoun = hit.reading.pronoun if hit.reading else ""
    if subject:
        actors, used = _actors(cast, sentence, subject), list(subject)
    else:
        actors, used = _before(cast, sentence, row, hit)
    others = _others(sentence, args, hit, used[-1].last if subject else hit.last)
    others += _named_among(row, others)
    if value in _NEEDS_NOUN:
        others += _attending(sentence, row, args)
    if subject and not others and not pronoun and hit.trigger.object:
        first = _clause_subject(cast, sentence, row, hit)
        told = first or (topical_actors(cast, sentence, hit.first), [])
        if told[0]:  # the subject stands first or is left out: what follows the verb is whom it met
            actors, used, others = told[0], told[1], list(subject)
    if pronoun and subject and value in ("meeting", "receive", "call"):
        actors += topical_actors(cast, sentence, hit.first)  # "استقبله X": whom the text speaks of
    actors += _actors(cast, sentence, others)
    if value == "speak" and not _converse(sentence, hit, others):
        return None
    if value in ("talk", "speak") and not others and len(used) < 2:
        return None
    return _Round(actors, form or "meeting", [*used, *others])


def _clause_subject(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit
) -> tuple[list[Actor], list[Constituent]] | None:
    """The actor that stands before the verb as its subject, a relative clause about it passed over."""
    before = [c for c in row if c.last <= hit.first]
    free = [n for n, c in enumerate(before) if c.acts and not c.preposition and not _inside_noun(sentence, before, n)]
    if not free:
        return None
    first = free[0] if before[free[0]].first == before[0].first else free[-1]
    if first != free[0] and any(c.sort in ("verb", "break") for c in before):
        return None  # the actor before may be whom an earlier verb is about
    if first and any(c.sort in ("verb", "break") for c in before[first:]):
        return None
    chain = coordinated(before, first)
    return _actors(cast, sentence, chain), chain


def _subjects(args: Sequence[Constituent]) -> list[Constituent]:
    """The actors joined by و right behind a verb; the last of two without و is whom they met."""
    for n, c in enumerate(args):
        if c.acts and not c.preposition:
            before = args[n - 1] if n else None
            if before is not None and before.sort == "noun" and before.preposition and before.last == before.first + 1:
                return []
            return coordinated(args, n)
        if not (c.preposition or c.sort in ("date", "comma", "word")):
            return []
    return []


def _others(sentence: Sentence, args: Sequence[Constituent], hit: Hit, after: int) -> list[Constituent]:
    """Whom the subject met: the object without a preposition, or those behind مع, ب or the trigger's own words."""
    objects = hit.trigger.object == "participants"
    found: list[Constituent] = []
    for n, c in enumerate(args):
        if c.first < after or not (c.acts or _people(sentence, c)) or _nobody(c):
            continue
        if (
            objects
            and c.preposition == "من"
            and n
            and not found
            and args[n - 1].last == c.first
            and not args[n - 1].acts
        ):
            found.append(c)  # "عددا من المسؤولين"
            break
        governed = c.preposition == "مع" or c.preposition in hit.trigger.after
        if governed and found and not c.joined and found[-1].sort == "noun":
            break
        if governed or (objects and not c.preposition and not found and not _inside_noun(sentence, args, n)):
            found += [k for k in coordinated(args, n) if k not in found]
            if not governed:
                break
    return found


def _named_among(row: Sequence[Constituent], others: Sequence[Constituent]) -> list[Constituent]:
    """The persons whom a list behind a group names: "ثلاثة مسؤولين، وهم X وY وZ", "مسؤولين بينهم X"."""
    if not others or others[-1].sort not in ("noun", "group"):
        return []
    after = [n for n, c in enumerate(row) if c.first >= others[-1].last][:4]
    for n in after:
        if normalise(row[n].text) in _AMONG and n + 1 < len(row) and row[n + 1].acts:
            return coordinated(row, n + 1)
    return []


_AMONG = frozenset(("هم", "وهم", "بينهم", "وبينهم", "منهم", "ومنهم", "ابرزهم"))


def _nobody(c: Constituent) -> bool:
    """Whether a group is named by no more than a noun: "المسؤولين"."""
    return c.sort == "group" and c.many and len(c.text.split()) < 2


def _inside_noun(sentence: Sentence, args: Sequence[Constituent], n: int) -> bool:
    """Whether the noun right before governs the actor: "مكتب الرئيس", "بحضور الوزير"."""
    before = args[n - 1] if n else None
    if before is None or before.sort != "noun" or before.last != args[n].first or not before.preposition:
        return False
    if sentence.tokens[before.last - 1].norm.startswith(("ال", "لل", "بال")):
        return False
    return not any(a.pronoun for a in sentence.analyses[before.last - 1][:1])


def _people(sentence: Sentence, c: Constituent) -> bool:
    """Whether a noun phrase speaks of people who can be met; an audience is only spoken to."""
    if c.sort != "noun" or not is_human(sentence, c):
        return False
    if any(a.pronoun for a in sentence.analyses[c.first][:1]):
        return False
    head = normalise(c.text.split()[0]) if c.text else ""
    named = c.last > c.first + 1
    return c.many and named and head.removeprefix("ال") not in _audiences()


@cache
def _audiences() -> frozenset[str]:
    return frozenset(normalise(row.word) for _, row in load("audiences", AudienceRow))


@cache
def _nouns() -> dict[str, str]:
    return {normalise(row.word): row.form for _, row in load("meeting_nouns", NounRow)}


def _form(sentence: Sentence, hit: Hit, args: Sequence[Constituent]) -> MeetingForm | None:
    """The form that a noun of meeting behind a verb gives it, or the verb itself; None where a noun is missing."""
    value = hit.trigger.value
    if value not in _NEEDS_NOUN:
        return "call" if value == "call" or _phone_near(sentence, hit, own=value == "speak") else "meeting"
    for i in range(hit.last, args[-1].last if args else hit.last):
        for reading in sentence.analyses[i]:
            form = _nouns().get(normalise(reading.lemma)) if reading.pos != "verb" else None
            phoned = form != "call" or value == "receive_call" or _by_phone(sentence, i)
            if form and phoned and _of_press(sentence, i, form):
                return _as_form(form, sentence, i)
    return None


def _attending(sentence: Sentence, row: Sequence[Constituent], args: Sequence[Constituent]) -> list[Constituent]:
    """Those of a clause behind the noun of meeting: "ترأس اجتماعا ضم X وY"."""
    last = args[-1].last if args else 0
    following = next((n for n, c in enumerate(row) if c.first >= last and c.sort == "verb"), None)
    if not args or following is None or row[following].first > last or normalise(row[following].text) not in _HELD:
        return []
    rest = list(behind(row, row[following].last))
    return [c for c in rest if (c.acts or _people(sentence, c)) and (not c.preposition or c.preposition in _WITH)]


def _of_press(sentence: Sentence, i: int, form: str) -> bool:
    """Whether a conference is one with the press: the others are gatherings that nobody meets at."""
    return form != "conference" or any(t.norm.startswith(("صحف", "صحاف")) for t in sentence.tokens[i + 1 : i + 2])


def _as_form(form: str, sentence: Sentence, i: int) -> MeetingForm:
    if form == "conference":
        return "conference"
    return "call" if form == "call" or _by_phone(sentence, i) and form != "session" else "meeting"


def _by_phone(sentence: Sentence, i: int) -> bool:
    """Whether "هاتفي" stands behind a noun, or it is a word that says so by itself."""
    behind_it = [t.norm for t in sentence.tokens[i : i + 4]]
    return any(n.startswith(("هاتف", "الهاتف")) for n in behind_it) or "مكالم" in behind_it[0]


def _phone_near(sentence: Sentence, hit: Hit, *, own: bool) -> bool:
    """Whether the clause speaks of a telephone; ministers who "speak with" (`own`) their like do so by telephone."""
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    tokens = sentence.tokens[clause.first : clause.last]
    if any(t.norm.startswith(("هاتفي", "الهاتف", "بالهاتف")) for t in tokens):
        return True
    return own and any(t.norm.endswith(("نظيره", "نظيرها")) for t in tokens)


def _converse(sentence: Sentence, hit: Hit, others: Sequence[Constituent]) -> bool:
    """Whether "تحدث مع" tells of a talk between two persons and not of an interview."""
    return any(c.sort == "person" for c in others) or _phone_near(sentence, hit, own=True)


def _actors(cast: Cast, sentence: Sentence, constituents: Sequence[Constituent]) -> list[Actor]:
    return [actor for c in constituents if (actor := _actor(cast, sentence, c))]


def _actor(cast: Cast, sentence: Sentence, c: Constituent) -> Actor | None:
    return Actor(c.text) if c.sort == "noun" else actor_of(cast, sentence, c)


def _before(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit
) -> tuple[list[Actor], list[Constituent]]:
    """The subject before the trigger: of its relative clause, of its clause, or the one that the text speaks of."""
    before = [c for c in row if c.last <= hit.first]
    if len(before) > 1 and before[-1].sort == "break" and normalise(before[-1].text) in _RELATIVES:
        return (_actors(cast, sentence, [before[-2]]), [before[-2]]) if before[-2].acts else ([], [])
    for n in range(len(before) - 1, -1, -1):
        c = before[n]
        if c.sort == "break":
            break
        if c.acts and not c.preposition and not _inside_noun(sentence, before, n):
            first = n
            while first and before[first].joined and before[first - 1].acts:
                first -= 1
            chain = coordinated(before, first)
            return _actors(cast, sentence, chain), chain
    return topical_actors(cast, sentence, hit.first, plural=False), []


_RELATIVES = frozenset(("الذي", "التي", "الذين"))


def _noun(cast: Cast, sentence: Sentence, hit: Hit) -> _Round | None:
    """The meeting of a noun: those behind it, behind بين or مع, and by its pronoun whom the text speaks of."""
    row = cut_at(sentence, cast.row(sentence), hit.first, hit.last)
    if _under_verb(sentence, row, hit):
        return None
    args = _up_to_meeting(sentence, list(behind(row, hit.last)))
    value = hit.trigger.value
    if value == "call" and not _by_phone(sentence, hit.first):
        return None
    form: MeetingForm = "conference" if value == "conference" else "call" if value == "call" else "meeting"
    pronoun = hit.reading.pronoun if hit.reading else ""
    own = _owners(sentence, args)
    others = [c for n, c in enumerate(args) if c not in own and _joins(sentence, hit, args, n)]
    others = [k for c in others for k in coordinated(args, args.index(c))]
    actors = _actors(cast, sentence, [*own, *others])
    relative = _held_by(cast, sentence, row, hit)
    if relative:
        return _Round([*actors, *_actors(cast, sentence, relative)], form, [*own, *others, *relative])
    if value == "receive" and pronoun and hit.first and sentence.tokens[hit.first - 1].norm == "في":
        hosts = next((coordinated(args, n) for n, c in enumerate(args) if c.acts and not c.preposition), [])
        guests = topical_actors(cast, sentence, hit.first)  # "كان في استقباله X"
        return _Round([*guests, *_actors(cast, sentence, hosts)], form, hosts) if hosts else None
    if value == "receive" and own and not pronoun and not others:
        return None  # "استقبال الوزير" leaves open who received whom
    chaired = _chaired(row, hit)
    if hit.reading and hit.reading.definite and not others and not chaired and not own:
        return None  # "خلال اللقاء" points back to a meeting that was told
    seated = bool(own) and value == "session"
    if pronoun or (_hangs(sentence, hit) and not seated and len(_distinct(actors)) < 2):
        doers, used = _before(cast, sentence, row, hit)
        return _Round([*doers, *actors, *_actors(cast, sentence, chaired)], form, [*used, *own, *others, *chaired])
    return _Round([*actors, *_actors(cast, sentence, chaired)], form, [*own, *others, *chaired])


def _up_to_meeting(sentence: Sentence, args: Sequence[Constituent]) -> list[Constituent]:
    """The constituents before the next noun of meeting, which has its own participants."""
    kept: list[Constituent] = []
    for c in args:
        lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first] if a.pos != "verb"}
        if c.sort == "noun" and (kept or c.preposition) and lemmas & set(_nouns()):
            break
        kept.append(c)
    return kept


def _chaired(row: Sequence[Constituent], hit: Hit) -> list[Constituent]:
    """Who presides: "جلسته التي عقدت برئاسة X"."""
    after = [c for c in row if c.first >= hit.last][:8]
    for before, c in pairwise(after):
        if c.acts and (c.preposition == "برياسه" or (before.sort == "noun" and normalise(before.text) == "رياسه")):
            return [c]
    return []


def _owners(sentence: Sentence, args: Sequence[Constituent]) -> list[Constituent]:
    """The actors right behind a noun of meeting, adjectives between passed over: "لقاء X وY", "اجتماع وزراء X"."""
    for n, c in enumerate(args[:3]):
        if (c.acts or _people(sentence, c)) and (not c.preposition or c.preposition == "ل"):
            return coordinated(args, n)
        if c.sort != "noun" or c.preposition or not _adjective(sentence, c):
            return []
    return []


def _adjective(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is adjectives only: المقبل، الثنائي المغلق."""
    return all(any(a.pos == "adj" for a in sentence.analyses[i]) for i in range(c.first, c.last))


def _joins(sentence: Sentence, hit: Hit, args: Sequence[Constituent], n: int) -> bool:
    """Whether an actor behind a noun of meeting took part: behind مع, بين, or ب where the noun has it."""
    c = args[n]
    if not (c.acts or _people(sentence, c)):
        return False
    return c.preposition in hit.trigger.after or c.preposition in ("مع", "بين")


def _under_verb(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> bool:
    """Whether a verb of holding before the noun tells the meeting already: "عقد اجتماعا", "أجرى اتصالا"."""
    for c in reversed([c for c in row if c.last <= hit.first]):
        if c.sort == "verb":
            lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first]}
            return bool(lemmas & _HOLDING)
        if c.sort == "break":
            return False
    return False


_HOLDING = frozenset(("عقد", "اجري", "تلقي", "تراس", "راس", "شارك"))


def _hangs(sentence: Sentence, hit: Hit) -> bool:
    """Whether the noun hangs on a clause whose subject takes part: للقاء، في لقاء، خلال اجتماع."""
    if hit.reading and hit.reading.preposition:
        return True
    return hit.first > 0 and sentence.parts[hit.first - 1] == "preposition"


def _held_by(cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> list[Constituent]:
    """Those of a clause right behind the noun: "اجتماع عقده X مع Y", "لقاء جمع X وY"."""
    args = [c for c in row if c.first >= hit.last]
    for n, c in enumerate(args[:5]):
        if c.sort in ("verb", "noun") and c.last == c.first + 1 and normalise(c.text) in _HELD:
            rest = list(behind(row, c.last))
            return [
                k for k in rest if (k.acts or _people(sentence, k)) and (not k.preposition or k.preposition in _WITH)
            ]
        if c.sort not in ("noun", "date", "break", "place", "comma") or (
            c.sort == "break" and normalise(c.text) not in _RELATIVES
        ):
            break
    return []


_HELD = frozenset(
    (
        "عقده",
        "عقدها",
        "عقداه",
        "عقدوه",
        "جمع",
        "جمعت",
        "جمعه",
        "جمعهما",
        "اجراه",
        "اجراها",
        "ضم",
        "ضمت",
        "يجمع",
        "يعقده",
        "يعقدها",
        "سيجمع",
        "تجمع",
        "ستجمع",
    )
)


def merge_meetings(found: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The meetings without those told twice: of the same two, in one form or in none that contradicts."""
    kept: list[Meeting] = []
    for meeting in found:
        for n, other in enumerate(kept):
            if _one(meeting, other):
                kept[n] = _completed(other, meeting)
                break
        else:
            kept.append(meeting)
    return tuple(kept)


def _one(one: Meeting, other: Meeting) -> bool:
    """Whether the fewer participants are all among the others, at the same standing and without another day."""
    few, many = sorted((one.participants, other.participants), key=len)
    if not all(any(same(a, b) for b in many) for a in few):
        return False
    days = one.date_start is None or other.date_start is None or one.date_start == other.date_start
    return one.form == other.form and (days or one.status == other.status)


def _completed(kept: Meeting, more: Meeting) -> Meeting:
    """The meeting that was told first, with participants, place and day that the other telling adds."""
    added = tuple(name for name in more.participants if all(not same(name, known) for known in kept.participants))
    changes: dict[str, object] = {"participants": (*kept.participants, *added)}
    if kept.date_start is None and more.date_start is not None:
        changes |= {k: getattr(more, k) for k in ("date_start", "date_end", "date_precision")}
    if not kept.place and more.place:
        changes |= {"place": more.place, "places": more.places}
    return kept.model_copy(update=changes)
