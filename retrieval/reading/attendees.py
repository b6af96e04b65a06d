"""Tell who of a sentence takes part in a meeting: its subject, whom it names as met, whom a list adds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import same
from retrieval.arabic.tables import Row, load
from retrieval.arabic.word_sets import word_set
from retrieval.reading.constituents import Constituent, quantifies
from retrieval.reading.describing import is_human
from retrieval.reading.referring import Actor, Cast, actor_of, coordinated, topical_actors
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit


class AudienceRow(Row):
    """One row of audiences.csv: people who are spoken to and not met (journalists, viewers)."""

    word: str


def actors_of(cast: Cast, sentence: Sentence, constituents: Sequence[Constituent]) -> list[Actor]:
    """Whom the constituents mean, those that mean nobody left out."""
    return [actor for c in constituents if (actor := _actor(cast, sentence, c))]


def _actor(cast: Cast, sentence: Sentence, c: Constituent) -> Actor | None:
    return Actor(c.text) if c.sort == "noun" else actor_of(cast, sentence, c)


def subject_before(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit
) -> tuple[list[Actor], list[Constituent]]:
    """The subject before the trigger: of its relative clause, of its clause, or the one that the text speaks of."""
    before = [c for c in row if c.last <= hit.first]
    if len(before) > 1 and before[-1].sort == "break" and normalise(before[-1].text) in word_set("relative"):
        return (actors_of(cast, sentence, [before[-2]]), [before[-2]]) if before[-2].acts else ([], [])
    for n in range(len(before) - 1, -1, -1):
        c = before[n]
        if c.sort == "break":
            break
        if c.acts and not c.preposition and not inside_noun(sentence, before, n):
            first = n
            while first and before[first].joined and before[first - 1].acts:
                first -= 1
            chain = coordinated(before, first)
            return actors_of(cast, sentence, chain), chain
    return topical_actors(cast, sentence, hit.first, plural=False), []


def clause_subject(
    cast: Cast, sentence: Sentence, row: Sequence[Constituent], hit: Hit
) -> tuple[list[Actor], list[Constituent]] | None:
    """The actor that stands before the verb as its subject, a relative clause about it passed over."""
    before = [c for c in row if c.last <= hit.first]
    free = [n for n, c in enumerate(before) if c.acts and not c.preposition and not inside_noun(sentence, before, n)]
    if not free:
        return None
    first = free[0] if before[free[0]].first == before[0].first else free[-1]
    if first != free[0] and any(c.sort in ("verb", "break") for c in before):
        return None  # the actor before may be whom an earlier verb is about
    if first and any(c.sort in ("verb", "break") for c in before[first:]):
        return None
    chain = coordinated(before, first)
    return actors_of(cast, sentence, chain), chain


def subjects(args: Sequence[Constituent]) -> list[Constituent]:
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


def others_of(sentence: Sentence, args: Sequence[Constituent], hit: Hit, after: int) -> list[Constituent]:
    """Whom the subject met: the object without a preposition, or those behind مع, ب or the trigger's own words."""
    objects = hit.trigger.object == "participants"
    found: list[Constituent] = []
    for n, c in enumerate(args):
        if c.first < after or not (c.acts or are_people(sentence, c)) or is_nobody(c):
            continue
        if (
            objects
            and c.preposition in word_set("of")
            and n
            and not found
            and not args[n - 1].acts
            and (args[n - 1].last == c.first or quantifies(sentence, args[n - 1].first))
        ):
            found += coordinated(args, n)  # "عددا من المسؤولين", "كلا من X وY"
            break
        governed = c.preposition in word_set("together") or c.preposition in hit.trigger.after
        if governed and found and not c.joined and found[-1].sort == "noun":
            break
        if governed or (objects and not c.preposition and not found and not inside_noun(sentence, args, n)):
            found += [k for k in coordinated(args, n) if k not in found]
            if not governed:
                break
    return found


def named_among(row: Sequence[Constituent], others: Sequence[Constituent]) -> list[Constituent]:
    """The persons whom a list behind a group names: "ثلاثة مسؤولين، وهم X وY وZ", "مسؤولين بينهم X"."""
    if not others or others[-1].sort not in ("noun", "group"):
        return []
    after = [n for n, c in enumerate(row) if c.first >= others[-1].last][:4]
    for n in after:
        if normalise(row[n].text) in word_set("among") and n + 1 < len(row) and row[n + 1].acts:
            return coordinated(row, n + 1)
    return []


def gathers(sentence: Sentence, token: int) -> bool:
    """Whether a verb tells whom a meeting brings together or who holds it: جمع، ضم، عقده."""
    norm = sentence.tokens[token].norm
    return norm in word_set("bringing_together") or (
        sentence.parts[token] == "verb"
        and any(normalise(a.lemma) in word_set("gathering") for a in sentence.analyses[token])
    )


def gathered(sentence: Sentence, args: Sequence[Constituent]) -> list[Constituent]:
    """Those behind a verb of gathering: its subject or objects, and those behind مع and its like."""
    return [
        c
        for n, c in enumerate(args)
        if (c.acts or are_people(sentence, c))
        and not inside_noun(sentence, args, n)
        and (not c.preposition or c.preposition in word_set("with") or _counted(sentence, args, n))
    ]


def _counted(sentence: Sentence, args: Sequence[Constituent], n: int) -> bool:
    """Whether an actor stands behind "كلا من" or is joined to one that does."""
    while n and args[n].joined and args[n - 1].acts:
        n -= 1
    before = args[n - 1] if n else None
    return before is not None and args[n].preposition in word_set("of") and quantifies(sentence, before.first)


def is_nobody(c: Constituent) -> bool:
    """Whether a group is named by no more than a noun: "المسؤولين"."""
    return c.sort == "group" and c.many and len(c.text.split()) < 2


def inside_noun(sentence: Sentence, args: Sequence[Constituent], n: int) -> bool:
    """Whether the noun right before governs the actor: "مكتب الرئيس", "بحضور الوزير"."""
    before = args[n - 1] if n else None
    if before is None or before.sort != "noun" or before.last != args[n].first or not before.preposition:
        return False
    if sentence.tokens[before.last - 1].norm.startswith(("ال", "لل", "بال")):
        return False
    return not any(a.pronoun for a in sentence.analyses[before.last - 1][:1])


def sides(sentence: Sentence, args: Sequence[Constituent], n: int) -> list[Constituent]:
    """The participant at `n` and those joined to it, people with no name of their own among them."""
    found = coordinated(args, n)
    following = next((c for c in args if c.first >= found[-1].last and c.sort != "comma"), None)
    if following and following.joined and following.sort == "noun" and not following.preposition:
        head = normalise(following.text.split()[0]).removeprefix("ال")
        if following.many and is_human(sentence, following) and head not in _audiences():
            found.append(following)
    return found


def are_people(sentence: Sentence, c: Constituent) -> bool:
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


def _is_one(actor: Actor, other: Actor) -> bool:
    """Whether two actors are one: by their names, and where an office stands for the name only by the same words."""
    if actor.name == actor.title or other.name == other.title:
        return actor.name == other.name
    return same(actor.name, other.name)


def distinct(actors: Sequence[Actor]) -> list[Actor]:
    """The actors without those named twice."""
    kept: list[Actor] = []
    for actor in actors:
        if actor.name and not any(_is_one(actor, other) for other in kept):
            kept.append(actor)
    return kept
