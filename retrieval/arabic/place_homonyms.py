"""Tell a place from the word written like it: a month, a particle or verb behind "and", the plural of floods."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.atlas import nationality
from retrieval.arabic.months import spells_month
from retrieval.arabic.morphology import Analysis, analyse
from retrieval.arabic.ordinary import is_particle
from retrieval.arabic.place_leads import load_nouns
from retrieval.arabic.place_parts import Part
from retrieval.arabic.tokens import Token

_AND = frozenset({"و", "ف"})
_SUBJECTS = frozenset(
    {"person", "civilian", "security", "militant", "office", "institution", "force", "source", "party", "relative"}
)
_HARM = frozenset(
    {"kill", "killed", "die", "death", "wound", "wounded", "displace", "displaced", "missing", "missing_event",
     "rescue", "body", "victim", "damage", "disaster"}
)  # fmt: skip
# What happens in a town: "a fire in Seoul". A count of people or houses has the floods behind the same preposition.
_HAPPENING = frozenset(
    {"fire", "explosion", "attack", "accident", "clash", "strike", "meet", "visit", "conference", "talk"}
)


def is_homonym(view: Sequence[Token], part: Part, *, listed: bool) -> bool:
    """Whether a word that no noun of place introduces is another word than the place the atlas knows.

    `listed` says that the word goes on with a list of places: "in Aden and Ibb".
    """
    if part.noun or not part.known or part.core + 1 < part.end:
        return False
    token = view[part.core]
    if token.text.endswith(part.known[0].name):
        return _is_disaster(view, part) or _is_verb(view, part)
    return is_particle(token.norm) or (not listed and spells_month(view, part.core))


def _is_verb(view: Sequence[Token], part: Part) -> bool:
    """Whether a conjunction and a verb with its subject behind it open a clause: "and the inhabitants complained"."""
    best = analyse(view[part.core].text)[:1]
    if part.end >= len(view) or not any(a.pos == "verb" and a.known and a.conjunction in _AND for a in best):
        return False
    behind = analyse(view[part.end].text)[:1]
    return any(a.sense in _SUBJECTS and a.known and a.definite and not a.preposition for a in behind)


def _is_disaster(view: Sequence[Token], part: Part) -> bool:
    """Whether a name that is also a plural of disasters tells what people suffered from, and the text no such land.

    The word is followed by the land that was struck, or something was harmed before it.
    """
    if not any(a.sense == "disaster" and a.known for a in analyse(view[part.core].text)[:1]):
        return False
    country = part.known[0].country
    if any(nationality(token.norm) == country or token.norm in country.split() for token in view):
        return False
    behind = [token.norm for token in view[part.end : part.end + 3]]
    if behind and load_nouns().match(behind, 0):
        return True
    before = [reading for token in view[: part.core] for reading in _best(token)]
    what = _best(view[part.core - 2]) if part.core > 1 else ()
    return any(a.sense in _HARM for a in before) and not any(a.sense in _HAPPENING and a.pos == "noun" for a in what)


def _best(token: Token) -> tuple[Analysis, ...]:
    return analyse(token.text)[:1] if token.kind == "word" else ()
