"""Find counts that tell their harm by themselves: 17 قتيلا، عشرات الجرحى، عدد القتلى إلى 36."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from retrieval.arabic.normalise import normalise
from retrieval.arabic.word_sets import word_set
from retrieval.reading.counting import Group, group_at, is_illness
from retrieval.reading.listing import join_list
from retrieval.reading.person_phrases import person_at
from retrieval.reading.person_words import release_words, toll_words
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit
from retrieval.types import Harm

# How far behind "the number of the dead" the number itself may stand, and how far when nothing else stands between.
_REACH = 30
_BESIDE = 4
_HELD = frozenset({"missing", "captured"})
_THEIR = frozenset({"هم", "هن"})


def find_tolls(sentence: Sentence, hits: Sequence[Hit]) -> Iterator[tuple[Harm, Group, int]]:
    """Yield `(harm, group, first token)` for each group whose own noun, or the toll it stands in, tells its harm.

    A single person or an uncounted plural is taken only where a word announces such results (سقوط قتيل). "17 قتيلا
    وجريحا" and "30 بين قتيل وجريح" are joint counts.
    """
    results = sorted(hit.first for hit in hits)
    for quantity in sentence.quantities:
        group = group_at(sentence, quantity.first)
        # "the father of one of the dead" speaks of one who is counted elsewhere.
        mentioned = group is not None and bool(group.harm) and quantity.kind == "one_of"
        if group is None or mentioned or _barred(sentence, quantity.first):
            continue
        if group.harm == "wounded" and is_illness(sentence, group):
            continue
        joint = _joint_end(sentence, group)
        if joint:
            yield "killed_or_wounded", group._replace(last=joint), group.first
        elif group.harm:
            harm: Harm = group.harm
            for other in join_list(sentence, group, frozenset(hit.first for hit in hits)):
                if other is not group and not other.harm and other.person and other.person.alone == "no":
                    break
                harm = other.harm or harm
                if harm == "wounded" and is_illness(sentence, other):
                    continue
                yield harm, other, other.first
        elif not group.others and not is_illness(sentence, group):
            yield from _toll(sentence, group)
    yield from _announced(sentence, results)
    yield from _picked_out(sentence)
    yield from _described(sentence)


def _picked_out(sentence: Sentence) -> Iterator[tuple[Harm, Group, int]]:
    """Those named of the dead or hurt of an earlier sentence: "among the dead are two reporters"."""
    for i in range(1, len(sentence.tokens) - 1):
        if not names_harmed(sentence, i):
            continue
        group = group_at(sentence, i + 1)
        if group is None or group.tally.min is None or group.harm or not (group.stated or group.person):
            continue
        found = person_at(sentence, i)
        for part in join_list(sentence, group, frozenset()):
            yield (found[0].harm if found else "") or "killed", part, i - 1


def names_harmed(sentence: Sentence, i: int) -> bool:
    """Whether "among" and "the dead", "the wounded" or "the victims" stand at `i` - 1 and `i`."""
    if not toll_words("joint").match(sentence.norms, i - 1):
        return False
    found = person_at(sentence, i)
    if found is None or found[1] is None or not found[1].definite or found[1].number != "p":
        return False
    return bool(found[0].harm) or normalise(found[1].lemma) in word_set("victim")


def _described(sentence: Sentence) -> Iterator[tuple[Harm, Group, int]]:
    """Counted people of whom a participle says that they are missing or held: "five fishermen are still missing"."""
    for quantity in sentence.quantities:
        group = group_at(sentence, quantity.first)
        if group is None or group.harm or group.named or group.whom[0] == group.whom[1]:
            continue
        last = group.last
        while last < len(sentence.tokens) and _is_state(sentence, last):
            last += 1
        for k in (group.last - 1, last):
            found = person_at(sentence, k) if group.whom[0] < k < len(sentence.tokens) else None
            if found and found[0].harm in _HELD and found[1] is not None and not found[1].definite:
                yield cast("Harm", found[0].harm), group._replace(last=max(group.last, k + 1)), group.first
                break


def _is_state(sentence: Sentence, i: int) -> bool:
    """Whether a verb of state or its negation stands at `i`: ما زالوا."""
    state = sentence.parts[i] == "verb" and any(a.sense == "state" for a in sentence.analyses[i][:1])
    return state or sentence.parts[i] in ("negation", "particle")


def _announced(sentence: Sentence, results: Sequence[int]) -> Iterator[tuple[Harm, Group, int]]:
    """Duals, and behind a word that announces them single and uncounted ones: سقوط قتيلين، خلف قتلى وجرحى."""
    for i in range(len(sentence.tokens)):
        found = person_at(sentence, i)
        if found is None or not found[0].harm or any(q.first <= i < q.last for q in sentence.quantities):
            continue
        group = group_at(sentence, i)
        if group is None or _barred(sentence, i) or _is_joint(sentence, i):
            continue
        open_count = not (group.definite or group.named)
        if _titled(sentence, i) or (open_count and (group.stated or _counted_with(sentence, group, results))):
            yield found[0].harm, group, i


def _counted_with(sentence: Sentence, group: Group, results: Sequence[int]) -> bool:
    """Whether a word announces a single dead or wounded person, or another count goes on from it: قتيل وثلاثة جرحى."""
    clause = sentence.clauses[sentence.clause_at(group.first)]
    if any(clause.first <= r < group.first for r in results):
        return True
    opens = (
        group.first == 0 or sentence.tokens[group.first - 1].text == ":" or _joined_from_start(sentence, group.first)
    )
    if opens and group.tally.min is None:
        return True
    return any(other.harm and other.stated for other in join_list(sentence, group, frozenset())[1:])


def _joined_from_start(sentence: Sentence, i: int) -> bool:
    """Whether a noun is joined to one that opens the sentence: قتلى وجرحى في انفجار."""
    before = person_at(sentence, 0) if i == 1 else None
    return before is not None and bool(before[0].harm)


def _titled(sentence: Sentence, i: int) -> bool:
    """Whether "the martyr" or "the victim" stands as a title before a name and opens its phrase."""
    chunk = sentence.chunk_at(i)
    if not any(a.definite for a in sentence.analyses[i]):
        return False
    named = any(p.name and p.name_first == i + 1 for p in sentence.people)
    return named and chunk is not None and chunk.first == i and not chunk.preposition


def _is_joint(sentence: Sentence, i: int) -> bool:
    """Whether a word before the person says that he stands for all of a joint count: بين قتيل وجريح."""
    return bool(i and toll_words("joint").match([sentence.tokens[i - 1].norm], 0)) or (
        sentence.tokens[i].norm.startswith("و") and i > 1 and _is_joint(sentence, i - 1)
    )


def _joint_end(sentence: Sentence, group: Group) -> int:
    """Where a joint count of killed and wounded ends, 0 when it is none."""
    i = group.last
    # "23 persons fell between dead and wounded"
    i += i < len(sentence.tokens) and sentence.parts[i] == "verb" and any(h.first == i for h in sentence.hits)
    if i < len(sentence.tokens):
        found = toll_words("joint").match(sentence.norms, i)
        harms = [person_at(sentence, k) for k in range(i + 1, min(len(sentence.tokens), i + 5))] if found else []
        told = [h[0].harm for h in harms if h]
        if "killed" in told and "wounded" in told:
            return min(len(sentence.tokens), i + 4)
    i = group.last
    if group.harm == "killed" and i < len(sentence.tokens) and sentence.tokens[i].norm.startswith("و"):
        found_one = person_at(sentence, i)
        if found_one and found_one[0].harm == "wounded" and found_one[1] is not None and found_one[1].number == "s":
            many = group.tally.min is None or group.tally.min > 10
            return i + 1 if many and not found_one[1].definite else 0
    return 0


def _toll(sentence: Sentence, group: Group) -> Iterator[tuple[Harm, Group, int]]:
    """The toll whose bare number is `group`: "the number of the dead rose to 36", "to nine rose the number of dead"."""
    norms = sentence.norms
    number = group.first
    glued = any(a.preposition for a in sentence.analyses[number]) or norms[number].startswith("ب")
    told = _of_their_number(sentence, number)
    if told:
        yield told, group, number - 2
        return
    summed = any(toll_words("sum").match(norms, k) for k in range(max(0, number - 2), number))
    beside = any(c.last == number and not c.preposition for c in sentence.chunks) or _summed_ahead(sentence, number)
    if not number or not (glued or summed or beside):
        return
    far = glued or summed or _summed_ahead(sentence, number)
    for i in range(number - 1, max(-1, number - (_REACH if far else _BESIDE)), -1):
        harm = _counted_harm(sentence, i)
        if harm:
            yield harm, group, i
            return
    for i in range(group.last + 1, min(len(norms), group.last + _BESIDE)):
        harm = _counted_harm(sentence, i) if summed and toll_words("head").match(norms, group.last) else ""
        if harm:
            yield harm, group._replace(last=i + 1), number
            return


def _of_their_number(sentence: Sentence, number: int) -> Harm | Literal[""]:
    """The harm of those whose number stands right behind them: المصابون وعددهم 15."""
    if number < len(_THEIR):
        return ""
    counted = any(
        (normalise(a.lemma),) in toll_words("head") and a.pronoun in _THEIR for a in sentence.analyses[number - 1]
    )
    found = person_at(sentence, number - 2) if counted else None
    return found[0].harm if found else ""


def _summed_ahead(sentence: Sentence, number: int) -> bool:
    """Whether the clause opens with a verb of summing up, of whose toll this is the first number."""
    clause = sentence.clauses[sentence.clause_at(number)]
    if clause.verb < 0 or not toll_words("sum").match(sentence.norms, clause.verb):
        return False
    return not any(clause.verb < q.first < number for q in sentence.quantities)


def _counted_harm(sentence: Sentence, i: int) -> Harm | Literal[""]:
    """The harm of the people at `i` when a word right before them announces their number."""
    found = person_at(sentence, i)
    norms = sentence.norms[max(0, i - 3) : i]
    if not found or not any(toll_words("head").match(norms, k) for k in range(len(norms))):
        return ""
    return found[0].harm


def _barred(sentence: Sentence, i: int) -> bool:
    """Whether the words before make it no count of harm: families of 20 martyrs, release or flight of 5 prisoners."""
    norms = sentence.norms
    clause = sentence.clauses[sentence.clause_at(i)]
    lemmas = {normalise(a.lemma) for k in range(clause.first, i) for a in sentence.analyses[k][:1]}
    if any(words[0] in lemmas for words in release_words()):
        return True
    for back in (1, 2, 3):
        if i - back >= 0:
            found = toll_words("not").match(norms, i - back)
            if found and found.length == back:
                return True
    return False
