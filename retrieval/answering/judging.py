"""Why something happened and whether it did: told by the sentences that say so or deny it, never by yes or no."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.answering import phrasing
from retrieval.answering.evidence import Evidence, Sought, keys_of
from retrieval.answering.notes import Draft, Notes
from retrieval.answering.sentences import Told, tell
from retrieval.answering.surveying import is_timely
from retrieval.arabic.phrases import openings, words
from retrieval.arabic.word_sets import word_set
from retrieval.asking.vocabulary import topics
from retrieval.types import Value

# A sentence must hold this share of what is asked to be about it; a denial or a reason is told in fewer words.
_ABOUT = 0.6
_DENIED = 0.45
_CAUSED = 0.45
# So many words may stand between "without" and what there was not.
_NEAR = 2
# A reason is told in at most so many words.
_BREATH = 20


class _Found(NamedTuple):
    share: float
    told: Told
    denies: bool


def tell_whether(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The sentences that say what the question wants confirmed, and those that deny it."""
    if sought.question.form != "whether":
        return None
    found = sorted(_about(sought, evidence, _DENIED), key=lambda one: (-one.share, one.told.rank))
    says = next((one for one in found if not one.denies and one.share >= _ABOUT), None)
    denies = next((one for one in found if one.denies), None)
    shown = [one for one in (denies, says) if one is not None]
    if not shown:
        return None
    key = "contradicted" if len(shown) == 2 else "denied_so" if denies else "said_so"
    lines = [notes.say.say(f"answer.{key}"), *(_quoted(one.told, notes) for one in shown)]
    return Draft(tuple(lines), Value(text=phrasing.clean(shown[0].told.cite().quote)))


def tell_why(sought: Sought, evidence: Evidence, notes: Notes) -> Draft | None:
    """The reason that a sentence gives in so many words: what stands behind "because of", with that sentence."""
    if sought.question.form != "why":
        return None
    given = [
        (one.share, -one.told.rank, first, one.told)
        for one in _about(sought, evidence, _CAUSED)
        if (first := _reason_at(one.told)) is not None and not _circular(one.told, first, sought)
    ]
    if not given:
        return None
    _, _, first, told = max(given, key=lambda one: one[:2])
    reason = phrasing.clean(told.sentence.phrase(first, _end(told, first)))
    marks = notes.mark([told.cite()])
    return Draft((notes.say.say("answer.span", text=reason, marks=marks), _quoted(told, notes)), Value(text=reason))


def _about(sought: Sought, evidence: Evidence, least: float) -> list[_Found]:
    """The sentences that speak of what is asked, of an article that speaks of everybody and every place named."""
    found = []
    for told in tell(evidence.passages):
        if sought.named(told.hit.article_id) < 1 or not is_timely(told, sought.question):
            continue
        text = told.sentence.text[told.sentence.start : told.sentence.end]
        share = sought.share(text)
        if share >= least:
            found.append(_Found(share, told, _denies(told, sought)))
    return found


def _denies(told: Told, sought: Sought) -> bool:
    """Whether a sentence speaks of a denial, or says "without" or "not" right before a word of what is asked."""
    sentence = told.sentence
    if any(_is_one(token.norm, "denial") for token in sentence.tokens):
        return True
    for k, token in enumerate(sentence.tokens):
        if sentence.parts[k] == "negation" or _is_one(token.norm, "without"):
            behind = sentence.phrase(k + 1, min(k + 2 + _NEAR, len(sentence.tokens)))
            if _speaks_of(behind, sought):
                return True
    return False


def _speaks_of(text: str, sought: Sought) -> bool:
    """Whether a few words hold one of the question's, or another for the harm that it asks about."""
    if any(not keys.isdisjoint(keys_of(text)) for keys, _ in sought.words):
        return True
    norms = words(text)
    harm = sought.question.understood.harm
    found = (topics().match(norms, k) for k in range(len(norms)))
    return harm is not None and any(match is not None and match.value.harm == harm for match in found)


def _circular(told: Told, first: int, sought: Sought) -> bool:
    """Whether what looks like a reason only tells again what is asked: "dead because of the fire", asked why."""
    return sought.share(told.sentence.phrase(first, _end(told, first))) >= _CAUSED


def _is_one(norm: str, name: str) -> bool:
    return any(rest in word_set(name) for _, rest in openings(norm))


def _reason_at(told: Told) -> int | None:
    return next((k for k, token in enumerate(told.sentence.tokens) if _is_one(token.norm, "because")), None)


def _end(told: Told, first: int) -> int:
    """Where the reason ends: at the next mark, or after as many words as one breath holds."""
    tokens = told.sentence.tokens
    marks = (k for k in range(first + 2, len(tokens)) if tokens[k].kind == "mark" and tokens[k].text in "،,.؛:")
    return min(next(marks, len(tokens)), first + _BREATH)


def _quoted(told: Told, notes: Notes) -> str:
    citation = told.cite()
    return notes.say.say(
        "answer.quoted",
        outlet=phrasing.outlet(notes, citation),
        quote=phrasing.quote(citation.quote),
        marks=notes.mark([citation]),
    )
