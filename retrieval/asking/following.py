"""Follow-up questions: what one leaves out is taken from the question before it."""

from __future__ import annotations

from retrieval.arabic.incidents import means_in
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import covered
from retrieval.asking.hearing import Heard
from retrieval.asking.vocabulary import FUNCTION
from retrieval.types import Question, Understanding

# A question with more words of its own than this speaks of something of its own.
_FEW = 2


def follows(heard: Heard, question: Question, before: Question) -> bool:
    """Whether the question leans on the one before: it points back, goes on with "and", or says too little alone."""
    own = question.understood
    if any(found.row.role == "pointer" for found in heard.follow_ups):
        return not (own.place and own.kind and question.words and len(question.words) > 2 * _FEW)
    opened = any(found.row.role == "opener" and found.first <= 1 for found in heard.follow_ups)
    joined = heard.norms[0][:1] == "و" and (heard.asks(0) or bool(_opens_with_name(heard)))
    alone = _left_over(heard, question)
    if not own.place and not own.date_from and not own.date_to and not alone and not own.whom:
        return bool(heard.asked or own.kind or opened or joined)
    if not (opened or joined):
        return False
    # "And how many people live in Japan?" begins with "and" and still is a question of its own.
    changed = own.kind not in (None, before.understood.kind) or (own.kind is None and own.asks == "how_many")
    return not (changed and (own.place or alone)) and len(alone) <= _FEW


def take_over(heard: Heard, question: Question, before: Question) -> Question:
    """The follow-up with everything it does not say itself taken from the question before."""
    question = _partitive(heard, _placed(heard, question), before)
    own, old = question.understood, before.understood
    bare = not heard.asked and own.kind is None
    asks = old.asks if bare or (own.asks == "what" and not heard.asked) else own.asks
    # "Who said so?" is about what was asked before, not about a statement of its own.
    kind = old.kind if asks == "says_who" and old.kind else own.kind or old.kind
    same_kind = kind == old.kind
    focus = question.focus or (before.focus if own.kind is None and asks == old.asks else "")
    merged = Understanding(
        kind=kind,
        asks=asks,
        harm=own.harm or (old.harm if same_kind else None),
        who=own.who or (old.who if same_kind else ""),
        whom=own.whom or (old.whom if same_kind else ""),
        place=own.place or old.place,
        date_from=own.date_from if own.date_from or own.date_to else old.date_from,
        date_to=own.date_to if own.date_from or own.date_to else old.date_to,
        source=own.source or old.source,
    )
    form = question.form if question.form not in ("single", "happened") else before.form
    return question.model_copy(
        update={
            "understood": merged,
            "words": _merged_words(question, before),
            "form": "single" if asks != old.asks and form == question.form else form,
            "per": question.per or before.per,
            "focus": focus,
            "places": question.places or before.places,
            "details": _merged_details(question, before),
            "within": question.within if question.places else before.within,
            "names": question.names or before.names,
            "loose": question.loose if own.date_from or own.date_to else before.loose,
            "follows": True,
        }
    )


def _placed(heard: Heard, question: Question) -> Question:
    """The question with its place, even one that nobody knows: "and in Husayniya?" says by its form that it is one."""
    sentence = heard.sentence
    words = [k for k, token in enumerate(sentence.tokens) if token.kind == "word"]
    alone = len(words) in (2, 3) and sentence.parts[words[0]] == "preposition" and not sentence.dates
    if question.places or not alone or heard.asked or heard.topics or heard.markers:
        return question
    name = sentence.phrase(words[1], words[-1] + 1)
    understood = question.understood.model_copy(update={"place": name})
    return question.model_copy(update={"places": (name,), "names": (name,), "details": (), "understood": understood})


def _partitive(heard: Heard, question: Question, before: Question) -> Question:
    """After a count, "and of the police?" asks for theirs: the word for "who" is the one for "of" as well."""
    own = question.understood
    word = heard.asked[0] if heard.asked else None
    counted = before.understood.asks == "how_many" and own.asks == "who" and own.kind is None
    if word is None or not counted or word.row.stands != "first" or any(p == "verb" for p in heard.sentence.parts):
        return question
    group = heard.sentence.phrase(word.last, len(heard.sentence.tokens)).rstrip("؟?!. ")
    understood = own.model_copy(update={"asks": "how_many", "whom": group, "kind": before.understood.kind})
    return question.model_copy(update={"understood": understood, "names": (), "details": ()})


def _merged_details(question: Question, before: Question) -> tuple[str, ...]:
    """The details of both; asked of another place, only the kind of event goes on to be meant."""
    old = before.details
    if question.understood.place:
        old = tuple(word for word in old if means_in(word))
    return tuple(dict.fromkeys([*question.details, *old]))


def _merged_words(question: Question, before: Question) -> tuple[str, ...]:
    """The words of both; those that named the old place or day give way to the new ones."""
    gone = set(_keys(before.understood.place)) if question.understood.place else set()
    gone |= set(_keys(before.understood.source)) if question.understood.source else set()
    gone |= set(_keys(before.understood.whom)) if question.understood.whom else set()
    kept = [word for word in before.words if _bare(word) not in gone]
    return tuple(dict.fromkeys([*question.words, *kept]))


def _left_over(heard: Heard, question: Question) -> list[str]:
    """The words of the question that are neither asked, topic, place, date nor a pointer."""
    sentence = heard.sentence
    known = covered(heard.asked, heard.topics, heard.follow_ups, heard.forms, heard.places, sentence.dates)
    known |= {k for k, part in enumerate(sentence.parts) if part in FUNCTION}
    said = {token.text for k, token in enumerate(sentence.tokens) if k not in known and token.kind != "mark"}
    return [word for word in question.words if word in said]


def _opens_with_name(heard: Heard) -> bool:
    """Whether the question begins with "and" before a place, a party or a preposition: "and in Mosul?"."""
    sentence = heard.sentence
    names = covered(heard.places, sentence.parties, sentence.people)
    return not names.isdisjoint((0, 1)) or sentence.parts[0] == "preposition"


def _keys(text: str) -> list[str]:
    return [_bare(word) for word in text.split()]


def _bare(word: str) -> str:
    norm = normalise(word)
    return norm[1:] if norm[:1] in "وبلف" and len(norm) > 4 else norm
