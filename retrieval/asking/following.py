"""Follow-up questions: what one leaves out is taken from the question before it."""

from __future__ import annotations

import calendar

from retrieval.arabic.incidents import means_in
from retrieval.arabic.months import read_month
from retrieval.arabic.normalise import normalise
from retrieval.arabic.tokens import covered
from retrieval.arabic.wordkeys import word_keys
from retrieval.asking.hearing import Found, Heard
from retrieval.asking.vocabulary import FUNCTION, FollowUp, asked_nouns
from retrieval.reading.groups import read_people
from retrieval.types import Question, Role, Understanding

_ARTICLE = "ال"
# So much of what was written before shows how somebody writes.
_MANNER = 200
# A question with more words of its own than this speaks of something of its own.
_FEW = 2


def follows(heard: Heard, question: Question, before: Question) -> bool:
    """Whether the question leans on the one before: it points back, goes on with "and", or says too little alone."""
    own = question.understood
    alone = _left_over(heard, question)
    if _points_back(heard, question, alone) or _is_fragment(heard, question, alone):
        return True
    if heard.asked and len(alone) <= _FEW and _speaks_of_the_same(question, before, alone):
        return True
    if not _goes_on(heard):
        return False
    # "And how many people live in Japan?" begins with "and" and still is a question of its own.
    changed = own.kind not in (None, before.understood.kind) or (own.kind is None and own.asks == "how_many")
    return not (changed and (own.place or alone)) and len(alone) <= _FEW


def _goes_on(heard: Heard) -> bool:
    """Whether the question begins as a further one does: with "and", "well", "I mean"."""
    opened = any(found.row.role == "opener" and found.first <= 1 for found in heard.follow_ups)
    return opened or (heard.norms[0][:1] == "و" and (heard.asks(0) or _opens_with_name(heard)))


def _points_back(heard: Heard, question: Question, alone: list[str]) -> bool:
    """Whether a word of the question stands for something said before it."""
    own = question.understood
    if any(found.row.role == "besides" for found in heard.follow_ups):
        return True
    pointers = [found for found in heard.follow_ups if found.row.role == "pointer"]
    if not pointers or (own.place and own.kind and len(question.words) > 2 * _FEW):
        return False
    # A pronoun points inside its own question as well: "how many men were there among them in the boat".
    back = any(_demonstrates(heard, found) for found in pointers)
    return len(alone) <= (2 * _FEW if back else _FEW) and (back or not own.place)


def _speaks_of_the_same(question: Question, before: Question, alone: list[str]) -> bool:
    """Whether the question names nobody and no place or time, and its thing was spoken of: "when was the blast?"."""
    own = question.understood
    if own.place or own.date_from or own.date_to or question.names:
        return False
    asked_before = {key for word in before.words for key in word_keys(normalise(word))}
    same = any(not word_keys(normalise(word)).isdisjoint(asked_before) for word in alone if word.startswith(_ARTICLE))
    return same or (own.kind not in (None, "casualty") and own.kind == before.understood.kind)


def _is_fragment(heard: Heard, question: Question, alone: list[str]) -> bool:
    """Whether the question names too little to be about anything by itself: "this year?", "where was it held?"."""
    own = question.understood
    bare = not heard.asked and own.kind is None
    dated = own.date_from is not None or own.date_to is not None
    if own.place or own.whom:
        return bare and not alone and heard.sentence.parts[0] == "preposition"
    if alone:
        return bool(heard.asked) and len(alone) == 1 and not dated and not question.names
    return bare if dated else bool(heard.asked or own.kind)


def take_over(heard: Heard, question: Question, before: Question) -> Question:
    """The follow-up with everything it does not say itself taken from the question before."""
    question = _partitive(heard, _placed(heard, _of_that_year(heard, question, before)), before)
    own, old = question.understood, before.understood
    bare = not heard.asked and own.kind is None
    asks = old.asks if bare or (own.asks == "what" and not heard.asked) else own.asks
    # "Who said so?" is about what was asked before, not about a statement of its own.
    anew = _counted_anew(heard, question)
    kind = old.kind if asks == "says_who" else own.kind or (None if anew else old.kind)
    same_kind = kind == old.kind
    focus = question.focus or (before.focus if own.kind is None and asks == old.asks else "")
    merged = Understanding(
        kind=kind,
        asks=asks,
        harm=own.harm or (old.harm if same_kind else None),
        who=own.who or (old.who if same_kind else ""),
        whom=own.whom or (_still_meant(question, before) if same_kind else ""),
        place=own.place or old.place,
        date_from=own.date_from if own.date_from or own.date_to else old.date_from,
        date_to=own.date_to if own.date_from or own.date_to else old.date_to,
        source=own.source or old.source,
    )
    goes_on = question.form in ("single", "happened") and asks == old.asks
    return question.model_copy(
        update={
            "understood": merged,
            "words": _merged_words(question, before),
            "form": before.form if goes_on else "single" if question.form == "happened" else question.form,
            "per": question.per or (before.per if goes_on else None),
            "focus": focus,
            "places": question.places or before.places,
            "details": _merged_details(question, before),
            "within": question.within if question.places else before.within,
            "names": (*(question.names or before.names), *anew),
            "loose": question.loose if own.date_from or own.date_to else before.loose,
            "follows": True,
            "before": before.model_copy(update={"before": None}) if _asks_back(heard, asks) else None,
            "manner": f"{before.text} {before.manner}"[:_MANNER],
        }
    )


def _demonstrates(heard: Heard, found: Found[FollowUp]) -> bool:
    """Whether a pointer is more than a pronoun glued to a preposition: "that", "this news"."""
    return heard.sentence.parts[found.first] not in ("preposition", "among")


def _asks_back(heard: Heard, asks: Role) -> bool:
    """Whether the answer to the question before is spoken of: who said it, who else there was."""
    return asks == "says_who" or any(found.row.role == "besides" for found in heard.follow_ups)


def _counted_anew(heard: Heard, question: Question) -> tuple[str, ...]:
    """The verbs of another doing than before whose number is asked: "and how many were set free?"."""
    if question.understood.asks != "how_many" or question.understood.kind is not None:
        return ()
    sentence = heard.sentence
    verbs = {sentence.tokens[k].text for k, part in enumerate(sentence.parts) if part == "verb"}
    return tuple(word for word in _left_over(heard, question) if word in verbs)


def _still_meant(question: Question, before: Question) -> str:
    """Those asked about before: a party goes on to be meant, workers do not where the wounded are counted next."""
    own, old = question.understood, before.understood
    if own.harm in (None, old.harm) or not question.focus:
        return old.whom
    people = read_people(old.whom)
    return old.whom if people.parties or people.nations else ""


def _of_that_year(heard: Heard, question: Question, before: Question) -> Question:
    """The question with its month in the year asked about before: "and in May?" after one on May 2018."""
    own, old = question.understood, before.understood
    tokens = heard.sentence.tokens
    months = (read_month(tokens, k) for k in range(len(tokens)))
    month = next((found for found in months if found is not None and found.calendar == "gregorian"), None)
    dated = own.date_from is not None and question.loose != "year"
    if month is None or old.date_from is None or dated or heard.asked:
        return question
    first = old.date_from.replace(month=month.month, day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    named = {"place": "", "date_from": first, "date_to": last}
    place = {} if own.date_from else {"places": (), "names": (), "details": ()}
    kept = named if not own.date_from else {**named, "place": own.place}
    return question.model_copy(update={"understood": own.model_copy(update=kept), "loose": before.loose, **place})


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
    doing = any(found.row.use in ("verb", "falls", "loses") for found in heard.topics)
    doing = doing or any(part == "verb" for part in heard.sentence.parts)
    if word is None or not counted or word.row.stands != "first" or doing:
        return question
    if (
        asked_nouns().get(heard.norms[word.last].removeprefix(_ARTICLE) if word.last < len(heard.norms) else "")
        == "who"
    ):
        # "And who is responsible?" asks for him.
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
    """Whether the question begins with "and" before a place, a party, a time or a preposition: "and in Mosul?"."""
    sentence = heard.sentence
    names = covered(heard.places, sentence.parties, sentence.people, sentence.dates)
    return not names.isdisjoint((0, 1)) or sentence.parts[0] == "preposition"


def _keys(text: str) -> list[str]:
    return [_bare(word) for word in text.split()]


def _bare(word: str) -> str:
    norm = normalise(word)
    return norm[1:] if norm[:1] in "وبلف" and len(norm) > 4 else norm
