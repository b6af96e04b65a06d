"""Which people a phrase counts: their party, their country, what class they are, and what else it calls them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from retrieval.arabic.atlas import nationality
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.parties import PartyMention, find_parties
from retrieval.arabic.phrases import openings
from retrieval.arabic.tables import Row, load
from retrieval.arabic.tokens import Token, tokenize
from retrieval.arabic.wordkeys import word_keys
from retrieval.reading.person_words import PersonRow, person_senses, persons
from retrieval.types import VictimClass

Fit = Literal["same", "unsaid", "other"]

# A person in general narrows nothing down, and a nationality is read as one.
_SAID_OTHERWISE = frozenset({"person", "nationality"})
# The endings of a nisba that names members of a party: two, several, or one as the object.
_ENDINGS = ("ين", "ون", "ان", "ا")
_CLASSES = ("civilian", "militant", "security")


class PlainPerson(Row):
    """A noun for a person that says a class and nothing narrower."""

    word: str


class People(NamedTuple):
    """A group of people as a phrase names it; empty members are not said.

    `callings` are the keys of the words that narrow it down: children, pilgrims, policemen. `women` is true when the
    phrase speaks of women alone.
    """

    parties: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    victim_class: VictimClass = "unknown"
    callings: frozenset[frozenset[str]] = frozenset()
    women: bool = False

    @property
    def anybody(self) -> bool:
        """Whether the phrase means people in general."""
        narrowed = self.parties or self.nations or self.callings or self.women
        return not narrowed and self.victim_class == "unknown"


@lru_cache(maxsize=50_000)
def read_people(text: str, victim_class: VictimClass = "unknown") -> People:
    """The group that a phrase names; `victim_class` is what is known of it beforehand."""
    tokens = [token for token in tokenize(text) if token.kind == "word"]
    mentions = find_parties(tokens)
    parties = [party for party in mentions if party.key and not _plain(party.key)]
    inside = {k for party in parties for k in range(party.first, party.last)}
    nations = {nationality(rest) for token in tokens for _, rest in openings(token.norm)} - {""}
    found = victim_class
    callings = set()
    women = False
    parties += [member for k, token in enumerate(tokens) if k not in inside and (member := _member(token.norm))]
    for k, token in enumerate(tokens):
        row = _person(token)
        if row is None or k in inside or _member(token.norm):
            continue
        women = women or _feminine(token.norm)
        if found == "unknown":
            found = row.victim_class
        if row.victim_class != "unknown" and not row.harm and normalise(row.word) not in _generic():
            callings.add(word_keys(token.norm) | word_keys(normalise(row.word)))
    if found == "unknown":
        found = next((m.victim_class for m in (*parties, *mentions) if m.victim_class in _CLASSES), "unknown")
    return People(
        frozenset(party.key for party in parties),
        frozenset(nations),
        found,
        frozenset(callings),
        women,
    )


def compare(asked: People, told: People) -> Fit:
    """Whether those told of are those asked for: `same`, `other`, or `unsaid` where the phrase leaves it open."""
    if asked.anybody:
        return "same"
    if {asked.victim_class, told.victim_class} <= set(_CLASSES) and asked.victim_class != told.victim_class:
        return "other"
    if asked.nations and told.nations and not asked.nations & told.nations:
        return "other"
    fits = [
        _narrowed(asked.parties, told.parties),
        _narrowed(asked.nations, told.nations),
        _called(asked.callings, told.callings),
        "same" if asked.victim_class in ("unknown", told.victim_class) else "unsaid",
        "same" if told.women or not asked.women else "unsaid",
    ]
    # "Iraqi soldiers" and "the Iraqi forces" meet in country and class, whatever each is called.
    kin = asked.victim_class == told.victim_class == "security" and bool(asked.nations & told.nations)
    if kin:
        return "same"
    return "other" if "other" in fits else "unsaid" if "unsaid" in fits else "same"


def _narrowed(asked: frozenset[str], told: frozenset[str]) -> Fit:
    if not asked:
        return "same"
    if not told:
        return "unsaid"
    return "same" if asked & told else "other"


def _called(asked: frozenset[frozenset[str]], told: frozenset[frozenset[str]]) -> Fit:
    if not asked:
        return "same"
    if any(not mine.isdisjoint(theirs) for mine in asked for theirs in told):
        return "same"
    return "other" if told else "unsaid"


@lru_cache(maxsize=20_000)
def _member(norm: str) -> PartyMention | None:
    """The party of which a word names members: حوثيا by the plural that the table lists, شرطيين by their body."""
    bare = norm.removeprefix("ال")
    bare = next((bare.removesuffix(ending) for ending in _ENDINGS if bare.endswith(ending)), bare)
    if not bare.endswith("ي") or len(bare) < 4:
        return None
    found = find_parties(tokenize(f"{bare}ين")) or find_parties(tokenize(f"ال{bare[:-1]}ة"))
    return found[0] if found and found[0].key else None


def _plain(key: str) -> bool:
    """Whether a party is only a word for fighters in general: "the gunmen"."""
    return not word_keys(key).isdisjoint(_plain_keys())


@cache
def _plain_keys() -> frozenset[str]:
    return frozenset(key for word in _generic() for key in word_keys(word))


def _feminine(norm: str) -> bool:
    """Whether a noun for a person is written as feminine: مقاتلة، طالبات، امرأتان."""
    bare = norm.removeprefix("ال")
    return len(bare) > 3 and bare.endswith(("ه", "ات", "تان", "تين"))


def _person(token: Token) -> PersonRow | None:
    rows = _by_key()
    found = next((rows[key] for key in sorted(word_keys(token.norm)) if key in rows), None)
    return found or _by_sense(token.text)


@lru_cache(maxsize=20_000)
def _by_sense(word: str) -> PersonRow | None:
    """What the lexicon says of a noun for a person that persons.csv leaves to it: a soldier, a pilgrim."""
    for reading in analyse(word):
        row = person_senses().get(reading.sense) if reading.known and reading.pos != "verb" else None
        if row is not None and reading.sense not in _SAID_OTHERWISE:
            return row.model_copy(update={"word": reading.lemma})
    return None


@cache
def _by_key() -> dict[str, PersonRow]:
    """The rows by every key of their word; of two with one key the first stays."""
    found: dict[str, PersonRow] = {}
    for word, row in persons().items():
        if " " not in word:
            for key in word_keys(word):
                found.setdefault(key, row)
    return found


@cache
def _generic() -> frozenset[str]:
    """The words that say no more than a class: a civilian is no calling, a pilgrim is."""
    return frozenset(normalise(row.word) for _, row in load("plain_persons", PlainPerson))
