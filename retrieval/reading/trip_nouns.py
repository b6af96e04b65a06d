"""Read who goes where from a noun of going: whose journey it is, who pays it, who is asked to come."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.ordinary import load_words
from retrieval.arabic.phrases import openings
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent, behind, cut_at, split_constituents
from retrieval.reading.describing import foreseen, is_described
from retrieval.reading.destinations import noun_destination, verb_destination
from retrieval.reading.referring import Cast, actor_of, coordinated, subject_ahead
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.reading.trips import Trip, sent_to, subject_before, subject_behind


def noun_trip(cast: Cast, sentence: Sentence, hit: Hit) -> Trip | None:
    """The trip of a noun: whose visit it is, by what follows, by its pronoun, or by who pays it; then where to."""
    row = foreseen(sentence, cut_at(sentence, split_constituents(sentence), hit.first, hit.last), hit.last)
    kind = hit.trigger.value
    pronoun = hit.reading.pronoun if hit.reading else ""
    rest = list(behind(row, hit.last))
    paid = _paid(cast, sentence, row, hit)
    if paid:
        return paid
    if hit.reading and hit.reading.definite and kind != "direct":
        return None  # "الوصول إلى", "التوجه نحو" are seldom journeys
    covered = _covered(sentence, row, hit.last) if kind == "at" else None
    owner = _owner(sentence, rest, led=covered is not None)
    if owner is not None and not pronoun and not _visited(hit, rest):
        chain = coordinated(row, row.index(owner))
        visitors = [a for c in chain if (a := actor_of(cast, sentence, c))]
        destination = noun_destination(sentence, rest, kind, chain[-1].last) or sent_to(sentence, chain[-1], kind)
        destination = covered or destination
        return Trip(visitors, destination, [*chain, destination]) if visitors and destination else None
    destination = covered or noun_destination(sentence, rest, kind, hit.last)
    if destination is None:
        return None
    carrier = _carrier(sentence, row, hit)
    if carrier is None and (kind == "journey" or not (pronoun or _adverbial(sentence, hit))):
        return None
    invited = _invited(sentence, row, hit)
    subject = invited or (
        subject_behind(sentence, list(behind(row, carrier.last))) if carrier and not pronoun else None
    )
    if subject:
        used: list[Constituent] = [subject] if invited else coordinated(row, row.index(subject))
        visitors = [a for c in used if (a := actor_of(cast, sentence, c))]
    else:
        ahead = subject_ahead(cast, sentence, row, hit.first) if pronoun else None
        visitors, used = ahead or subject_before(cast, sentence, row, hit, carrier if not pronoun else None)
    return Trip(visitors, destination, [*used, destination]) if visitors else None


def _invited(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Constituent | None:
    """Who is asked to come: "وجه دعوة إلى X لزيارة Y", "دعا X لزيارة Y"."""
    if hit.reading is None or hit.reading.preposition != "ل":
        return None
    before = [c for c in row if c.last <= hit.first][-5:]
    asked = next((n for n, c in reversed([*enumerate(before)]) if _is_invitation(sentence, c)), None)
    if asked is None:
        return None
    verbal = before[asked].sort == "verb"
    named = [
        c
        for c in before[asked + 1 :]
        if c.acts and (not c.preposition if verbal else c.preposition in word_set("toward"))
    ]
    return named[-1] if len(named) > int(verbal) else None


def _is_invitation(sentence: Sentence, c: Constituent) -> bool:
    lemmas = {normalise(a.lemma) for i in range(c.first, c.last) for a in sentence.analyses[i]}
    return c.sort in ("verb", "noun") and bool(lemmas & word_set("inviting"))


def _owner(sentence: Sentence, rest: Sequence[Constituent], *, led: bool) -> Constituent | None:
    """Whose journey it is: who stands right behind the noun, or behind ل where what follows says where it is `led`."""
    for n, c in enumerate(rest[:3]):
        if c.acts and not c.preposition:
            return c if not n or is_described(sentence, rest[:n]) else None
        if c.acts and c.preposition == "ل":
            where = rest[n + 1] if n + 1 < len(rest) else None
            placed = where is not None and where.sort == "place" and where.preposition in word_set("toward")
            return c if placed or led else None
        if not is_described(sentence, [c]):
            return None
    return None


def _covered(sentence: Sentence, row: Sequence[Constituent], token: int) -> Constituent | None:
    """The first place of a clause that says where a tour leads: "جولة … تشمل X وY"."""
    verb = next((c for c in row if c.first >= token and c.sort == "verb"), None)
    if verb is None or not any(normalise(a.lemma) in word_set("containing") for a in sentence.analyses[verb.first]):
        return None
    return next((c for c in behind(row, verb.last) if c.sort == "place"), None)


def _carrier(sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Constituent | None:
    """The verb before the noun, such as أدى or قام, whose subject is the visitor."""
    for c in reversed([c for c in row if c.last <= hit.first]):
        lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first]} if c.sort == "verb" else set()
        if lemmas & load_words("light_verbs"):
            return c
        if c.sort == "break":
            return None
    return None


def _visited(hit: Hit, rest: Sequence[Constituent]) -> bool:
    """Whether the body behind "لزيارة" is what is visited: nobody else is named as the place to go to."""
    purpose = bool(hit.reading and hit.reading.preposition == "ل")
    return purpose and rest[0].sort in ("group", "party")


def _adverbial(sentence: Sentence, hit: Hit) -> bool:
    """Whether the noun hangs on a clause whose subject pays the visit: بزيارة، في زيارة، لزيارة، خلال زيارة."""
    if hit.reading and (hit.reading.preposition or hit.reading.pronoun or hit.reading.pos == "adj"):
        return True
    if not hit.first:
        return False
    before = sentence.tokens[hit.first - 1].norm
    return sentence.parts[hit.first - 1] == "preposition" or bool(
        {rest for _, rest in openings(before)} & word_set("occasion")
    )


def _paid(cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit) -> Trip | None:
    """A visit with a clause behind it that says who pays it: "زيارة أداها X إلى Y", "زيارة إلى Y يقوم بها X"."""
    after = [n for n, c in enumerate(row) if c.first >= hit.last]
    for n in after[:5]:
        c = row[n]
        if c.sort == "verb":
            lemmas = {normalise(a.lemma) for a in sentence.analyses[c.first] if a.pos == "verb"}
            if not lemmas & load_words("light_verbs"):
                return None
            args = list(behind(row, c.last))
            subject = subject_behind(sentence, args)
            between = [row[k] for k in after[: after.index(n)]]
            place = noun_destination(sentence, between, "toward", hit.last) or verb_destination(
                sentence, args, "toward", c.last
            )
            if subject:
                visitors = [a for k in coordinated(row, row.index(subject)) if (a := actor_of(cast, sentence, k))]
                used = [subject]
            else:
                visitors, used = subject_before(cast, sentence, row, hit)
            return Trip(visitors, place, [*used, place]) if visitors and place else None
        if c.sort == "break" and normalise(c.text) not in word_set("relative"):
            return None
    return None
