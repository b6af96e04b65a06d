"""Read casualties: how many people were killed, wounded, captured, lost, driven out or saved, who, by whom, where."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.reading.causing import actor_at, captor_at, event_of
from retrieval.reading.frames import settle
from retrieval.reading.harming import Harming, find_harms, finder_of
from retrieval.reading.merging import Told, merge
from retrieval.reading.modality import is_past
from retrieval.reading.periods import is_aggregate
from retrieval.reading.phrasing import balanced
from retrieval.reading.pointing import Scene
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.speakers import reports
from retrieval.reading.victims import victims_of
from retrieval.types import Casualty, Citation

# How many sentences back the event of a story is still the cause of what is counted.
_MEMORY = 2
# Of what is denied, planned or supposed only a count is kept, not a lone person.
_UNSURE = frozenset({"denied", "planned", "hypothetical"})


def find_casualties(document: Document) -> tuple[Casualty, ...]:
    """The casualties that the article states, each statement once, in the order of the text (title last).

    A count told in the title counts only where the body does not tell it. Vague counts (العشرات) have no numbers.
    """
    scenes: dict[tuple[str, int], Scene] = {}
    return merge([told for s in (*document.body, *document.title) for told in _in_sentence(document, s, scenes)])


def _in_sentence(document: Document, sentence: Sentence, scenes: dict[tuple[str, int], Scene]) -> Iterator[Told]:
    """The casualties of one sentence; `scenes` are those of the sentences before it, to which its own is added."""
    hits = [hit for hit in sentence.hits if hit.trigger.kind == "casualty"]
    before = [scenes[s.field, s.number] for s in document.before(sentence, _MEMORY)]
    harms = find_harms(sentence, hits, before)
    harmed = [(h.harm, h.group) for h in harms if h.meant is None]
    scenes[sentence.field, sentence.number] = Scene(sentence, harmed)
    for n, harming in enumerate(harms):
        common = settle(document, sentence, harming.first, harming.last)
        if common.fields["status"] in _UNSURE and not harming.group.stated:
            continue
        actor = _actor(document, sentence, harming)
        if common.fields["status"] == "background" and not is_past(common.fields["date_end"], document.day):
            # A hearing or a day of remembrance is not the day of what it goes back to.
            common.fields.update(date_start=None, date_end=None, date_precision="unknown")
        around = (*document.before(sentence, _MEMORY), *(document.title if sentence.field == "body" else ()))
        victims = victims_of(sentence, harms, n, actor, around)
        source = common.fields["source"] or _reporter(document, sentence, harming)
        fact = Casualty(
            **(common.fields | {"source": source}),
            harm=harming.harm,
            min=harming.group.tally.min,
            max=harming.group.tally.max,
            bound=harming.group.tally.bound,
            victims=victims.text,
            victim_class=victims.victim_class,
            actor=actor,
            aggregate=harming.group.tally.max != 1 and is_aggregate(sentence, harming.first, harming.last),
            citation=_cite(document, sentence, harming),
        )
        yield Told(fact, sentence.number, sentence.story, common.own_place, common.own_date, harming.group.named)


def _actor(document: Document, sentence: Sentence, harming: Harming) -> str:
    """Who or what did it by the sentence, else the event that the paragraph or the title tells of."""
    if harming.harm in ("captured", "rescued"):
        return captor_at(sentence, harming.first, harming.last, harming.agent)
    actor = actor_at(document, sentence, harming.first, harming.last, harming.agent)
    if actor or sentence.field == "title":
        return actor
    for other in (*document.before(sentence, _MEMORY), *document.title):
        actor = event_of(other)
        if actor:
            return actor
    return ""


def _reporter(document: Document, sentence: Sentence, harming: Harming) -> str:
    """Who reports what no speaker tells: who found the bodies, or for a story's lead whoever speaks right behind it."""
    finder = finder_of(sentence, harming)
    if finder is not None:
        return chunk_text(sentence, finder)
    opening = document.opening(sentence, 2)
    if sentence.field == "title" or len(opening) > 1 or not all(s.headline for s in opening):
        return ""
    spoken = ((s, c.speaker) for s in document.behind(sentence, _MEMORY) for c in s.clauses if c.speaker)
    return next((speaker.text for other, speaker in spoken if reports(other, speaker)), "")


def _cite(document: Document, sentence: Sentence, harming: Harming) -> Citation:
    tokens = sentence.tokens
    first, last = balanced(sentence, harming.first, max(harming.last, harming.first + 1))
    return Citation.of(document.article, tokens[first].start, tokens[last - 1].end, sentence.field)
