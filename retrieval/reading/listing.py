"""Find the groups of people that stand before a verb of harm, and the parts that are named of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.arabic.word_sets import word_set
from retrieval.reading.counting import Group, group_at
from retrieval.reading.person_phrases import past_quotes
from retrieval.reading.person_words import toll_words
from retrieval.reading.sentences import Sentence
from retrieval.reading.triggers import Hit

_COMMAS = frozenset({"،", ","})
# How many words may stand between two counts of one list ("by live rounds and ten by gas").
_APART = 6
_ASIDE = 12


def join_list(sentence: Sentence, group: Group, stops: frozenset[int]) -> tuple[Group, ...]:
    """The group and those joined to it by و without a trigger of their own: eleven of one side, six of the other."""
    groups = [group]
    while True:
        following = _next_in_list(sentence, groups[-1], stops)
        if following is None:
            return tuple(groups)
        groups.append(following)


def _next_in_list(sentence: Sentence, group: Group, stops: frozenset[int]) -> Group | None:
    i = past_quotes(sentence, _past_aside(sentence, group.last))
    apart = 0
    while (
        i < len(sentence.tokens) and not joins(sentence, i) and apart < _APART and _calm(sentence, i) and i not in stops
    ):
        i, apart = i + 1, apart + 1
    if i >= len(sentence.tokens) or not joins(sentence, i) or i in stops:
        return None
    i += sentence.parts[i] == "conjunction"
    following = group_at(sentence, i) if i not in stops else None
    if following is None or (not following.stated and (apart or (group.named and following.named))):
        return None
    if following.named and following.person is None and not group.named and group.tally.max != 1:
        # "dozens of the forces of one man and another": the second name stands for forces too.
        return None
    return None if _same_count(group, following) else following


def _same_count(group: Group, following: Group) -> bool:
    """Whether a second noun is counted by the number before it: 30 امرأة وطفلا."""
    many = group.stated and not group.named and (group.tally.min or group.tally.max or 0) > 10
    return many and following.tally == (1, 1, "exact") and not (following.stated or following.definite)


def _past_aside(sentence: Sentence, i: int) -> int:
    """Past words in brackets at `i`: what they say again ("four, two of them Yemenis") goes on with no list."""
    if i >= len(sentence.tokens) or sentence.tokens[i].text != "(":
        return i
    closing = (k for k in range(i, min(i + _ASIDE, len(sentence.tokens))) if sentence.tokens[k].text == ")")
    return next(closing, i) + 1


def joins(sentence: Sentence, i: int) -> bool:
    """Whether a conjunction stands at `i`, alone or written on the word."""
    if sentence.parts[i] == "conjunction":
        return sentence.tokens[i].norm == "و"
    likely = sentence.analyses[i][:1] if sentence.quantity_at(i) is not None else sentence.analyses[i]
    return sentence.tokens[i].norm.startswith("و") and any(a.conjunction for a in likely)


def _calm(sentence: Sentence, i: int) -> bool:
    """Whether a word may stand between two counts of one list: a comma, or words of a phrase with a preposition."""
    if sentence.tokens[i].text in _COMMAS:
        return True
    return any(c.first <= i < c.last and c.preposition for c in sentence.chunks) or sentence.parts[i] == "preposition"


def groups_before(sentence: Sentence, hit: Hit, stops: frozenset[int]) -> tuple[Group, ...]:
    """The groups that a verb of harm speaks of when they stand before it: "that six persons were killed".

    They open the clause of the verb, and agree with it: a plural verb has more than one victim, a singular verb one.
    A relative clause speaks of the group it hangs on.
    """
    clause = sentence.clauses[sentence.clause_at(hit.first)]
    first = clause.first
    if clause.link == "relative":
        held = [c.first for c in sentence.chunks if c.last <= first] + [
            q.first for q in sentence.quantities if q.first < first
        ]
        first = max(held, default=first)
    openings = {c.first for c in sentence.chunks} | {q.first for q in sentence.quantities}
    lists: list[tuple[Group, ...]] = []
    for i in sorted(i for i in openings if first <= i < hit.first):
        group = group_at(sentence, i)
        if group is not None:
            lists.append(join_list(sentence, group, stops))
    whole = [
        lists[max(n - 1, 0)] if _is_part(sentence, groups[0]) else groups
        for n, groups in enumerate(lists)
        if _reaches(sentence, groups[-1].last, hit.first)
    ]
    opening = [
        groups
        for groups in lists[:1]
        if groups[-1].last <= hit.first
        and not _governed(sentence, groups[0].first)
        and not any(first <= stop < groups[0].first for stop in stops)
    ]
    return next((groups for groups in (*whole, *opening) if _agrees(groups, hit)), ())


def _is_part(sentence: Sentence, group: Group) -> bool:
    """Whether a group is a part of the one before it, of whom the verb speaks: "48 people, among them 15 children"."""
    return group.first > 0 and sentence.parts[group.first - 1] == "among"


def _reaches(sentence: Sentence, last: int, first: int) -> bool:
    """Whether only small words stand between a group and the word of harm: قد، كانوا، لا يزالون في."""
    return last <= first and all(
        sentence.parts[k] in ("aspect", "negation", "particle", "preposition")
        or (sentence.parts[k] == "verb" and any(a.sense == "state" for a in sentence.analyses[k]))
        for k in range(last, first)
    )


def _governed(sentence: Sentence, i: int) -> bool:
    return any(chunk.first <= i < chunk.last and chunk.preposition for chunk in sentence.chunks)


def _agrees(groups: Sequence[Group], hit: Hit) -> bool:
    if hit.reading is None or hit.reading.pos != "verb":
        return True
    many = len(groups) > 1 or groups[0].tally.min != 1 or groups[0].tally.max != 1
    return (hit.reading.number != "s") == many or (many and hit.reading.gender == "f")


def is_grave(sentence: Sentence, i: int) -> bool:
    """Whether the words behind token `i` tell of a state of health: "three of them are in intensive care"."""
    norms = sentence.norms
    return any(toll_words("state").match(norms, k) for k in range(i, min(len(norms), i + 6)))


def list_parts(
    sentence: Sentence, told: Sequence[tuple[int, int, Group]], stops: frozenset[int]
) -> Iterator[tuple[int, Group]]:
    """Yield `(number of the parent in told, group)` for each part of a group told before it: بينهم طفلان وامرأة."""
    for i, word in enumerate(sentence.parts):
        if word == "conjunction" and sentence.tokens[i].norm != "و":
            yield from _besides(sentence, told, stops, i)
        if word != "among" and not _lists_them(sentence, i):
            continue
        parents = [n for n, (_, last, group) in enumerate(told) if min(last, group.last) <= i]
        if not parents:
            continue
        parent = max(parents, key=lambda n: told[n][2].last)
        counted = next((q.first for q in sentence.quantities if q.last == i), -1)
        if counted >= 0 and counted >= told[parent][2].last:
            group = group_at(sentence, counted)
            if group is not None and group.tally.min is not None and is_grave(sentence, i):
                yield parent, group
            continue
        group = group_at(sentence, i + 1)
        if group is not None and (group.stated or group.tally.min is not None):
            for part in join_list(sentence, group, stops):
                yield parent, part


def _lists_them(sentence: Sentence, i: int) -> bool:
    """Whether "they are" begins a list of those counted: قتل سبعة، هم خمسة مدنيين وجنديان."""
    if sentence.norms[i].removeprefix("و") not in word_set("several_pronoun") or not i:
        return False
    return sentence.tokens[i - 1].text in _COMMAS and any(q.first == i + 1 for q in sentence.quantities)


def _besides(
    sentence: Sentence, told: Sequence[tuple[int, int, Group]], stops: frozenset[int], i: int
) -> Iterator[tuple[int, Group]]:
    """A further count of the harm told last, joined by more than و: فضلا عن أربعة من عائلة واحدة."""
    before = [n for n, (_, last, _) in enumerate(told) if last <= i]
    k = i + 1
    while k < len(sentence.tokens) and sentence.parts[k] == "particle":
        k += 1
    group = group_at(sentence, k) if before and k > i + 1 and k not in stops else None
    if group is not None and group.stated and not group.named:
        yield max(before, key=lambda n: told[n][1]), group
