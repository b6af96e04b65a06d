"""What speaks for a candidate answer, as numbers between 0 and 1 (the kind of features of Rajpurkar et al. 2016)."""

from __future__ import annotations

from typing import NamedTuple

from retrieval.answering.candidates import Candidate
from retrieval.answering.evidence import Keys, Sought, keys_of
from retrieval.answering.sentences import Told
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import Token
from retrieval.arabic.wordkeys import word_keys
from retrieval.reading.sentences import Sentence

# Beyond this many words a matched word no longer speaks for a candidate.
_REACH = 12


class Features(NamedTuple):
    """The features of one candidate.

    sentence, around, detail: the share of the question's words in the sentence, in its passage, and of its details.
    near: the passage's score against the best. close: how near the matched words stand. clause: the share of words in
    the candidate's own clause. new: the share of the candidate's words that the question does not hold. sort: how far
    the candidate is the sort of thing asked for. focus: whether it is described as the question describes it. agent:
    whether it stands where the subject or the object of a matched verb stands. fact: how well a fact that says the
    same fits the question. first: an early sentence. title: the headline.
    """

    sentence: float
    around: float
    detail: float
    near: float
    close: float
    clause: float
    new: float
    sort: float
    focus: float
    agent: float
    fact: float
    first: float
    title: float


_SORTS: dict[str, dict[str, float]] = {
    "who": {"person": 1.0, "persons": 0.8, "party": 0.6, "office": 0.4},
    "whom": {"person": 1.0, "persons": 0.9, "party": 0.7, "office": 0.5},
    "says_who": {"person": 1.0, "persons": 0.4, "party": 0.7, "office": 0.8},
    "where": {"place": 1.0},
    "when": {"date": 1.0},
    "how_many": {"quantity": 1.0},
    "which": {"named": 1.0, "quoted": 0.7, "person": 0.3, "persons": 0.2, "party": 0.4, "place": 0.4, "office": 0.2},
}


def features(candidate: Candidate, sought: Sought, fact: float) -> Features:
    """The features of a candidate; `fact` is how well a fact that says the same fits, 0 without one."""
    told, sentence = candidate.told, candidate.told.sentence
    matched = matches(told, sought)
    clause = sentence.clauses[sentence.clause_at(candidate.first)] if sentence.clauses else None
    total = sum(weight for _, weight in sought.words) or 1.0
    inside = {k: w for k, w in matched.items() if not candidate.first <= k < candidate.last}
    return Features(
        sentence=sought.share(_text(sentence)),
        around=sought.share(f"{told.hit.citation.title}\n{told.hit.text}"),
        detail=sought.detail_share(_text(sentence)),
        near=sought.nearness.get(told.hit.article_id, 0.0) * (1.0 if told.rank == 0 else 0.9),
        close=min(1.0, sum(w * _nearness(k, candidate) for k, w in inside.items()) / total * 2),
        clause=sum(w for k, w in inside.items() if clause and clause.first <= k < clause.last) / total,
        new=_newness(candidate, sought),
        sort=_SORTS.get(sought.question.understood.asks, {}).get(candidate.sort, 0.0),
        focus=_focus(candidate, sought),
        agent=_agency(candidate, matched),
        fact=fact,
        first=1.0 / (1 + sentence.number),
        title=float(sentence.field == "title"),
    )


def matches(told: Told, sought: Sought) -> dict[int, float]:
    """The tokens of the sentence that match a word of the question, with its weight; each word counts once."""
    found: dict[int, float] = {}
    for keys, weight in sought.words:
        for k, token in enumerate(told.sentence.tokens):
            if token.kind != "mark" and k not in found and not keys.isdisjoint(word_keys(token.norm)):
                found[k] = weight
    return found


def _nearness(at: int, candidate: Candidate) -> float:
    distance = candidate.first - at if at < candidate.first else at - candidate.last + 1
    return max(0.0, 1 - distance / _REACH)


def _newness(candidate: Candidate, sought: Sought) -> float:
    asked: Keys = frozenset(key for keys, _ in sought.words for key in keys)
    said = [word_keys(token.norm) for token in _tokens(candidate) if token.kind != "mark"]
    return sum(keys.isdisjoint(asked) for keys in said) / len(said) if said else 0.0


def _focus(candidate: Candidate, sought: Sought) -> float:
    """How much of what the question calls the thing asked for stands at the candidate: its title, its kind."""
    if candidate.sort == "quantity":
        return _counted(candidate, sought.question.focus)
    words = [token for token in sought.question.focus.split() if len(token) > 2]
    if not words:
        return 0.0
    sentence = candidate.told.sentence
    low, high = max(0, candidate.first - 6), min(len(sentence.tokens), candidate.last + 6)
    near = keys_of(sentence.phrase(low, high))
    return sum(not keys_of(word).isdisjoint(near) for word in words) / len(words)


def _counted(candidate: Candidate, focus: str) -> float:
    """Whether the quantity counts the noun asked of: 1 right behind it, less where the noun stands before it."""
    words = [normalise(word) for word in focus.split()]
    if not words:
        return 0.0
    sentence = candidate.told.sentence
    head = word_keys(words[0])
    alone = candidate.last - candidate.first == 1 and sentence.parts[candidate.first] == "noun"
    noun = candidate.first if alone else candidate.last
    behind = [token for token in sentence.tokens[noun : noun + 3] if token.kind == "word"]
    clause = sentence.clauses[sentence.clause_at(candidate.first)]
    before = sentence.tokens[max(clause.first, candidate.first - 8) : candidate.first]
    if any(not head.isdisjoint(word_keys(token.norm)) for token in behind[:2]):
        found = 1.0
    elif any(not head.isdisjoint(word_keys(token.norm)) for token in before):
        found = 0.6
    else:
        return 0.0
    # "Bahraini citizens": the words that narrow the noun down must be said as well.
    said = keys_of(sentence.phrase(0, len(sentence.tokens)))
    return found * sum(not word_keys(word).isdisjoint(said) for word in words) / len(words)


def _agency(candidate: Candidate, matched: dict[int, float]) -> float:
    """Whether a verb that the question shares stands right before the candidate, or its clause is led by one."""
    parts = candidate.told.sentence.parts
    before = [k for k in matched if k < candidate.first and parts[k] == "verb"]
    if before and candidate.first - max(before) <= 3:
        return 1.0
    after = [k for k in matched if k >= candidate.last and parts[k] == "verb"]
    return 0.6 if (after and min(after) - candidate.last <= 2) or before else 0.0


def _tokens(candidate: Candidate) -> tuple[Token, ...]:
    return candidate.told.sentence.tokens[candidate.first : candidate.last]


def _text(sentence: Sentence) -> str:
    return sentence.text[sentence.start : sentence.end]
