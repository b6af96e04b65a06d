"""Find the groups of people that a sentence counts: by a number, a dual, a single person, a plural or a name."""

from __future__ import annotations

from typing import Literal, NamedTuple

from retrieval.arabic.bounds import find_after
from retrieval.arabic.morphology import Analysis
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import Quantity
from retrieval.arabic.people import PersonMention
from retrieval.arabic.word_sets import word_set
from retrieval.reading.person_phrases import case_at, chunk_end, end_of_phrase, past_quotes, person_at
from retrieval.reading.person_words import PersonRow, toll_words
from retrieval.reading.sentences import Sentence
from retrieval.types import Bound, Harm

# How soon behind a count of the stricken its illness is named.
_ILLNESS = 6
_OPEN = frozenset({"at_least", "more_than"})
_BREAKING = frozenset({"verb", "complement", "subordinate", "relative", "among"})
_COUNTING = frozenset({"cardinal", "one_of"})
_OTHERS = frozenset({"other", "rest"})


class Tally(NamedTuple):
    """How many: `min` and `max` are None where that side is open, both for a vague count."""

    min: int | None
    max: int | None
    bound: Bound


class Group(NamedTuple):
    """People counted: tokens `first` to `last` (exclusive) hold the number and the phrase that says who they are.

    `whom` is the span of that phrase without the number, empty when there is none. `person` is the row of the
    counted noun, None when persons.csv does not have it. `others` is true for آخرون, which takes its noun from the
    group before; `definite` says that the text has named the group before ("the three wounded"); `stated` that a
    number, a dual or a vague count is written, and not only a person.
    """

    first: int
    last: int
    tally: Tally
    whom: tuple[int, int]
    person: PersonRow | None
    others: bool = False
    definite: bool = False
    stated: bool = True
    named: bool = False

    @property
    def harm(self) -> Harm | Literal[""]:
        """The harm that the counted noun tells by itself, or ''."""
        return self.person.harm if self.person else ""


def group_at(sentence: Sentence, i: int) -> Group | None:
    """The group of people that begins at token `i`, or None when what stands there counts no people.

    A number followed by a noun that is known and means no person (days, dollars, vehicles) counts no people; one
    followed by an unknown word, by من, or by nothing may count people: whoever asks decides by the trigger.
    """
    i = past_quotes(sentence, i)
    if i >= len(sentence.tokens):
        return None
    quantity = sentence.quantity_at(i)
    if quantity is not None:
        counts = quantity.kind in _COUNTING and not _qualifies(sentence, quantity)
        return _numbered(sentence, quantity) if counts else None
    if any(q.first < i < q.last for q in sentence.quantities):
        return None
    chunk = sentence.chunk_at(i)
    named = next(
        (p for p in sentence.people if p.name and p.name_first >= i and chunk and p.name_first < chunk.last), None
    )
    titled = named is not None and named.name_first == i + 1 and any(a.definite for a in sentence.analyses[i][:1])
    if named is not None and (named.name_first == i or titled or person_at(sentence, i) is not None):
        return _named(sentence, named, i)
    return _plain(sentence, i)


def _qualifies(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number belongs to the noun before it: الأيام الخمسة، أسرة واحدة, but not حصيلتها الـ 15 شهيدا."""
    i = quantity.first
    if i == 0 or sentence.parts[i - 1] != "noun" or quantity.bound == "vague" or _conjoined_count(sentence, i):
        return False
    if quantity.kind == "cardinal" and quantity.min == quantity.max == 1:
        return True
    counted = quantity.last < len(sentence.tokens) and not any(a.definite for a in sentence.analyses[quantity.last])
    if not quantity.definite or (counted and sentence.parts[quantity.last] == "noun"):
        return False
    return any(a.definite or a.pronoun for a in sentence.analyses[i - 1])


def is_illness(sentence: Sentence, group: Group) -> bool:
    """Whether people said to be stricken are ill and not hurt: 120 إصابة بفيروس كورونا، أصيب بوعكة."""
    norms = sentence.norms[max(0, group.first - _ILLNESS) : group.last + _ILLNESS]
    return any(toll_words("illness").match(norms, i) for i in range(len(norms)))


def _numbered(sentence: Sentence, quantity: Quantity) -> Group | None:
    tally = Tally(quantity.min, quantity.max, quantity.bound)
    group = Group(
        quantity.first, quantity.last, tally, (quantity.last, quantity.last), None, definite=quantity.definite
    )
    j = past_quotes(sentence, quantity.last)
    if j >= len(sentence.tokens):
        return group
    if sentence.parts[j] == "noun" and _goes_on(sentence, j):
        found = person_at(sentence, j) or case_at(sentence, j)
        if found is None and toll_words("head").match([sentence.tokens[j].norm], 0):
            return group
        if found is None and not _may_be_people(sentence, j):
            return None
        others = found is not None and found[0].alone in _OTHERS
        last = end_of_phrase(sentence, j)
        return group._replace(last=last, whom=(j, last), person=found[0] if found else None, others=others)
    # "eight only of the fighters"
    j += sentence.parts[j] == "particle" and j + 1 < len(sentence.tokens)
    k = past_quotes(sentence, j + 1)
    if sentence.tokens[j].norm == "من" and k < len(sentence.tokens) and sentence.parts[k] == "noun":
        found = person_at(sentence, k)
        last = end_of_phrase(sentence, k)
        return group._replace(last=last, whom=(k, last), person=found[0] if found else None)
    return group


def _goes_on(sentence: Sentence, j: int) -> bool:
    """Whether the noun at `j` is the one counted: it has no conjunction or preposition glued to it and is no date."""
    if any(date.first <= j < date.last for date in sentence.dates):
        return False
    reading = next((a for a in sentence.analyses[j] if a.pos != "verb"), None)
    return reading is None or not (reading.conjunction or reading.preposition)


def _may_be_people(sentence: Sentence, j: int) -> bool:
    """Whether a counted noun that is not in persons.csv may mean people: a party, an adjective, an unknown word."""
    if any(p.first <= j < p.last for p in sentence.parties):
        return True
    reading = next((a for a in sentence.analyses[j] if a.pos != "verb"), None)
    return reading is None or not reading.known or reading.pos == "adj"


def _named(sentence: Sentence, person: PersonMention, first: int) -> Group:
    """One or more persons by name; names joined by و or commas are one group of that many."""
    people = [person]
    for following in sentence.people:
        if not following.name or following.name_first < people[-1].name_last:
            continue
        if not _listed(sentence, people[-1].name_last, following.name_first):
            break
        people.append(following)
    count = len(people)
    found = person_at(sentence, first)
    chunk = sentence.chunk_at(people[-1].name_first)
    span = (first, max(people[-1].name_last, chunk.last if chunk else 0))
    if count == 1 and found is not None and found[1] is not None and found[1].number == "d":
        # "the two brothers Ahmad and Khalid" of one family name
        count = 2
    tally = Tally(count, count, "exact")
    return Group(*span, tally, span, found[0] if found else None, stated=count > 1, named=True)


def _listed(sentence: Sentence, last: int, first: int) -> bool:
    """Whether a list of names goes on: only commas, brackets, ages, titles and origins, and a conjunction between."""
    between = range(last, first)
    if first - last > 8 or any(sentence.parts[k] in _BREAKING for k in between):
        return False
    conjunction = any(sentence.parts[k] == "conjunction" or _conjoined(sentence, k) for k in range(last, first + 1))
    return conjunction and not any(sentence.tokens[k].text == "." for k in between)


def _conjoined(sentence: Sentence, k: int) -> bool:
    return sentence.tokens[k].norm.startswith("و") and (
        any(a.conjunction for a in sentence.analyses[k]) or any(k in {p.first, p.name_first} for p in sentence.people)
    )


def _plain(sentence: Sentence, i: int) -> Group | None:
    """A group told by a noun alone: a dual, one person, or a plural without a count."""
    found = person_at(sentence, i) or case_at(sentence, i)
    if found is None:
        return None
    row, reading = found
    number = reading.number if reading else "s"
    if number == "s" and row.alone in ("no", "rest"):
        return _members(sentence, i)
    last = end_of_phrase(sentence, i)
    definite = bool(reading and (reading.definite or reading.pronoun))
    group = Group(i, last, Tally(None, None, "vague"), (i, last), row, row.alone in ("other", "owned"), definite)
    numeral = _numeral_behind(sentence, last)
    if numeral is not None:
        tally = Tally(numeral.min, numeral.max, numeral.bound)
        return group._replace(tally=tally, last=numeral.last)
    if number == "d" and not _is_mine(sentence, i, reading):
        after = find_after(sentence.tokens, last, len(sentence.tokens))
        bound = after.bound if after else "exact"
        return group._replace(tally=Tally(2, None if bound in _OPEN else 2, bound))
    tally = group.tally if number == "p" else Tally(1, 1, "exact")
    return group._replace(tally=tally, stated=False)


def _is_mine(sentence: Sentence, i: int, reading: Analysis | None) -> bool:
    """Whether a dual in construct has nothing behind it, so that it means "my": ولدي is one son."""
    behind = i + 1 < len(sentence.tokens) and sentence.parts[i + 1] == "noun"
    return reading is not None and reading.construct and reading.pronoun in ("", "ي") and not behind


def _numeral_behind(sentence: Sentence, last: int) -> Quantity | None:
    """A number that stands behind the noun it counts: إرهابيين اثنين، شبان ثلاثة."""
    quantity = sentence.quantity_at(last)
    if quantity is None or quantity.kind not in _COUNTING or _conjoined_count(sentence, last):
        return None
    counts = quantity.last < len(sentence.tokens) and sentence.parts[quantity.last] == "noun"
    return None if counts and not quantity.definite and _goes_on(sentence, quantity.last) else quantity


def _conjoined_count(sentence: Sentence, i: int) -> bool:
    """Whether a number is joined to what stands before it: وستة, but not واحد."""
    return any(a.conjunction for a in sentence.analyses[i][:1]) or sentence.parts[max(i - 1, 0)] == "conjunction"


def _members(sentence: Sentence, i: int) -> Group | None:
    """A family or a crew counted by its members: عائلة من أربعة أفراد، عصابة تضم سبعة أشخاص."""
    end = chunk_end(sentence, i)
    norms = sentence.norms
    comprising = end < len(norms) and sentence.parts[end] == "verb" and _comprises(sentence, end)
    behind = end + comprising
    linked = behind < len(norms) and norms[behind] == "من"
    quantity = sentence.quantity_at(behind + linked)
    if quantity is None or not (linked or comprising) or quantity.kind not in _COUNTING:
        return None
    group = _numbered(sentence, quantity)
    return group._replace(first=i) if group is not None and group.person is not None else None


def _comprises(sentence: Sentence, i: int) -> bool:
    """Whether the verb at `i` says of how many a group is made: تتكون من، تضم."""
    return any(normalise(a.lemma) in word_set("comprising") for a in sentence.analyses[i][:1])
