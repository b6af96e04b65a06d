"""Read meetings: who met, received, called or sat down with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.arabic.normalise import normalise
from retrieval.arabic.people import same
from retrieval.reading.attendees import actors_of, distinct, is_nobody
from retrieval.reading.constituents import Constituent, behind, split_constituents
from retrieval.reading.frames import common_at
from retrieval.reading.meeting_forms import load_meeting_nouns
from retrieval.reading.meeting_nouns import noun_round
from retrieval.reading.meeting_verbs import Round, gathering_round, verb_round
from retrieval.reading.referring import Cast, cast_of, coordinated
from retrieval.reading.sentences import Document, Sentence
from retrieval.reading.standing import is_later, status_of
from retrieval.reading.triggers import Hit
from retrieval.types import Citation, Meeting

# No article tells of more meetings; a page that does is a list, and is not compared in full.
_MOST = 100


def find_meetings(document: Document) -> tuple[Meeting, ...]:
    """The meetings that the article states, each once, in the order of the text (title last).

    A meeting needs two who are named, titled or a body, or one group that sits together (وزراء الخارجية).
    """
    cast = cast_of(document)
    found: list[Meeting] = []
    for sentence in document.body:
        found += _in_sentence(cast, sentence)
        found = _joined(cast, sentence, found)
    for fact in (fact for s in document.title for fact in _in_sentence(cast, s)):
        if not found:  # a title tells a meeting of the body in fewer words
            found.append(fact)
    return merge_meetings(found)


def _in_sentence(cast: Cast, sentence: Sentence) -> Iterator[Meeting]:
    for hit in sentence.hits:
        if hit.trigger.kind != "meeting" or hit.trigger.value == "attend":
            continue
        met = _round(cast, sentence, hit)
        actors = distinct(met.actors) if met else []
        alone = met is not None and met.form != "conference" and len(actors) == 1 and actors[0].officials
        if met and (len(actors) > 1 or (alone and _sits(hit))):
            yield _fact(cast, sentence, hit, met._replace(actors=actors))


def _round(cast: Cast, sentence: Sentence, hit: Hit) -> Round | None:
    if hit.trigger.part == "noun":
        return noun_round(cast, sentence, hit)
    gathers = hit.trigger.value == "gather"
    return gathering_round(cast, sentence, hit) if gathers else verb_round(cast, sentence, hit)


def _joined(cast: Cast, sentence: Sentence, found: list[Meeting]) -> list[Meeting]:
    """The meetings found so far, the last one with those whom a sentence adds: "حضر اللقاء X", "اجتماع … حضره X"."""
    for hit in sentence.hits:
        if hit.trigger.kind != "meeting" or hit.trigger.value != "attend":
            continue
        args = list(behind(split_constituents(sentence), hit.last))
        told = any(c.sort == "noun" and _points_back(sentence, c) for c in args[:3]) or _resumes(sentence, hit)
        present = next((coordinated(args, n) for n, c in enumerate(args) if c.acts and not c.preposition), [])
        if not told or not present:
            continue
        actors = actors_of(cast, sentence, [c for c in present if not is_nobody(c)])
        if found and found[-1].form == "meeting" and (not _resumes(sentence, hit) or _near(sentence, found[-1])):
            known = found[-1].participants
            added = tuple(a.name for a in actors if all(not same(a.name, other) for other in known))
            found[-1] = found[-1].model_copy(update={"participants": (*known, *added)})
        elif len(distinct(actors)) > 1:
            found = [*found, _fact(cast, sentence, hit, Round(distinct(actors), "meeting", present))]
    return found


def _resumes(sentence: Sentence, hit: Hit) -> bool:
    """Whether a pronoun on the verb takes up a meeting that the sentence names before it: "جلسة حضرها X"."""
    if hit.reading is None or not hit.reading.pronoun:
        return False
    earlier = (h for h in sentence.hits if h.last <= hit.first and h.trigger.kind == "meeting")
    return any(h.trigger.part == "noun" for h in earlier)


def _near(sentence: Sentence, meeting: Meeting) -> bool:
    """Whether a meeting was told in this sentence."""
    return meeting.citation.field == sentence.field and sentence.start <= meeting.citation.start < sentence.end


def _points_back(sentence: Sentence, c: Constituent) -> bool:
    """Whether a phrase is a meeting that was told: a definite noun of meeting."""
    return any(a.definite and normalise(a.lemma) in load_meeting_nouns() for a in sentence.analyses[c.first])


def _fact(cast: Cast, sentence: Sentence, hit: Hit, met: Round) -> Meeting:
    spans = [(hit.first, hit.last), *((c.first, c.last) for c in met.parts)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    common = common_at(cast.document, sentence, hit.first, hit.last)
    common["status"] = status_of(sentence, hit, common["status"], later=is_later(cast.document, common["date_start"]))
    return Meeting(
        **common,
        participants=tuple(actor.name for actor in met.actors),
        form=met.form,
        citation=Citation.of(
            cast.document.article, sentence.tokens[first].start, sentence.tokens[last - 1].end, sentence.field
        ),
    )


def _sits(hit: Hit) -> bool:
    """Whether a group alone can do it: an assembly, a session, talks that it holds."""
    return hit.trigger.value in ("session", "hold", "talks", "talk", "call") and not (
        hit.reading and hit.reading.pronoun
    )


def merge_meetings(found: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The meetings without those told twice: of the same two, in one form or in none that contradicts."""
    kept: list[Meeting] = []
    for meeting in found:
        for n in range(max(0, len(kept) - _MOST), len(kept)):
            if _one(meeting, kept[n]):
                kept[n] = _completed(kept[n], meeting)
                break
        else:
            kept.append(meeting)
    return tuple(kept)


def _one(one: Meeting, other: Meeting) -> bool:
    """Whether the fewer participants are all among the others, at the same standing and without another day."""
    few, many = sorted((one.participants, other.participants), key=len)
    if not all(any(same(a, b) for b in many) for a in few):
        return False
    days = one.date_start is None or other.date_start is None or one.date_start == other.date_start
    return one.form == other.form and (days or one.status == other.status)


def _completed(kept: Meeting, more: Meeting) -> Meeting:
    """The meeting that was told first, with participants, place and day that the other telling adds."""
    added = tuple(name for name in more.participants if all(not same(name, known) for known in kept.participants))
    changes: dict[str, object] = {"participants": (*kept.participants, *added)}
    if kept.date_start is None and more.date_start is not None:
        changes |= {k: getattr(more, k) for k in ("date_start", "date_end", "date_precision")}
    if not kept.place and more.place:
        changes |= {"place": more.place, "places": more.places}
    return kept.model_copy(update=changes)
