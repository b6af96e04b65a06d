"""Read control of ground: who took, lost, entered or besieged a place, or held it against an attack."""

from __future__ import annotations

from typing import Any, cast

from retrieval.arabic.atlas import RANK
from retrieval.reading.acting import head_of, in_name, may_act, sense_at
from retrieval.reading.causing import performer
from retrieval.reading.frames import Frame, find_frames
from retrieval.reading.modality import status_at
from retrieval.reading.phrasing import doers
from retrieval.reading.placing import place_of
from retrieval.reading.repeats import fold
from retrieval.reading.roles import chunk_text
from retrieval.reading.sentences import Chunk, Document, Sentence
from retrieval.reading.things import means_at
from retrieval.types import Control, ControlAction

# How far behind the place the one who lost it may be named.
_NEAR = 3
_GROUND = frozenset({"place_noun", "direction"})
_ATTACK = frozenset({"attack", "clash", "strike"})


def find_controls(document: Document) -> tuple[Control, ...]:
    """The changes of control over ground that the article states, each once, in the order of the text, title first.

    Ground must be named or described as such: a house or a ship is none. Who enters must be armed. What repels must
    repel an attack.
    """
    frames = list(find_frames(document, "control"))
    found = (fact for frame in frames if not _inside(frame, frames) and (fact := _control(frame)))
    return fold(found, lambda c: (c.action, c.actor, c.place))


def _inside(frame: Frame, frames: list[Frame]) -> bool:
    """Whether a noun is the second half of another trigger: "فقد … السيطرة"."""
    return any(f.sentence is frame.sentence and f.hit.tail == frame.hit.first for f in frames)


def _control(frame: Frame) -> Control | None:
    if frame.held or (frame.present and frame.value == "captured" and not frame.sentence.headline):
        return None
    if frame.value == "repelled":
        return _repelled(frame)
    ground = _ground(frame)
    if ground is None:
        return None
    actor = _actor(frame)
    if frame.value in ("entered", "lost", "besieged") and not actor:
        return None
    if not actor and not frame.hit.trigger.sure:
        return None
    return _built(frame, actor, _from(frame, ground), frame.value, ground)


def _built(frame: Frame, actor: str, from_actor: str, action: str, ground: Chunk | None) -> Control | None:
    common: dict[str, Any] = frame.common()
    if action == "repelled":
        # The word itself says that the attack failed, not that it was held off.
        before = max(frame.clause.first, frame.hit.first - 1)
        common["status"] = (
            status_at(frame.sentence, before, frame.document.day) if before < frame.hit.first else "stated"
        )
    placed = place_of(frame.sentence, ground) if ground else None
    if placed:
        common |= {"place": placed.name, "places": placed.names}
    if not common["place"]:
        if ground is None:
            return None
        common |= {"place": chunk_text(frame.sentence, ground), "places": (chunk_text(frame.sentence, ground),)}
    return Control(
        **common,
        actor=actor,
        from_actor=from_actor,
        action=cast("ControlAction", action),
        citation=frame.citation(),
    )


def _repelled(frame: Frame) -> Control | None:
    attack = frame.roles.get("attack", ())
    if not attack or not _is_attack(frame.sentence, attack[0]):
        return None
    return _built(frame, _actor(frame), _attacker(frame, attack[0]), "repelled", None)


def _is_attack(sentence: Sentence, chunk: Chunk) -> bool:
    return any(
        sense_at(sentence, i) in _ATTACK and "loose" not in means_at(sentence, i)
        for i in range(chunk.first, chunk.last)
    )


def _attacker(frame: Frame, attack: Chunk) -> str:
    """Whose attack it was: the party named in the phrase of the attack or in the one that belongs to it."""
    sentence = frame.sentence
    owner = frame.roles.get("owner", ())
    inside = next((p for p in sentence.parties if attack.first <= p.first < attack.last), None)
    if inside:
        return inside.name
    done_by = performer(sentence, attack)
    if done_by is not None and may_act(sentence, done_by):
        return doers(sentence, (done_by,))
    return doers(sentence, owner[:1]) if owner and may_act(sentence, owner[0]) else ""


def _ground(frame: Frame) -> Chunk | None:
    """The phrase that names the ground, if it is some."""
    sentence = frame.sentence
    for chunk in frame.roles.get("place", ()):
        head = head_of(sentence, chunk)
        if any(sentence.parts[i] == "verb" for i in range(frame.hit.last, chunk.first)):
            continue
        named = next((p for p in frame.sentence.places if chunk.first <= p.first < chunk.last), None)
        foreign = in_name(sentence, head)
        if foreign:
            return None
        if named is not None and named.first <= head:
            whole = RANK.get(named.kind, 0) >= RANK["country"] and frame.value in ("entered", "lost")
            return None if whole and not _armed(frame) else chunk
        if sense_at(frame.sentence, head) in _GROUND or _is_ground(frame, head):
            return chunk
    return None


def _is_ground(frame: Frame, head: int) -> bool:
    """Whether armed forces take or lose what has no name but is ground: a barracks, a field, a crossing."""
    return frame.value in ("captured", "lost") and "ground" in means_at(frame.sentence, head) and _armed(frame)


def _actor(frame: Frame) -> str:
    sentence = frame.sentence
    if frame.hit.tail >= 0 and frame.hit.trigger.subject != "actor":
        return _behind(frame)
    chunks = frame.roles.get("actor", ())
    if not chunks or not may_act(sentence, chunks[0]):
        return ""
    return doers(sentence, chunks) if frame.value != "entered" or _armed(frame) else ""


def _armed(frame: Frame) -> bool:
    """Whether who acts fights: an army, a police, armed men; a minister only enters as a guest."""
    chunks = frame.roles.get("actor", ())
    if not chunks:
        return False
    head = head_of(frame.sentence, chunks[0])
    party = any(p.first <= head < p.last for p in frame.sentence.parties)
    return party or sense_at(frame.sentence, head) in ("force", "militant", "security", "party")


def _behind(frame: Frame) -> str:
    """Into whose hands a place fell: what stands behind the second part of the phrase."""
    chunk = frame.sentence.chunk_at(frame.hit.tail)
    if chunk is None or chunk.last <= frame.hit.tail + 1:
        return ""
    rest = Chunk(frame.hit.tail + 1, chunk.last)
    return doers(frame.sentence, (rest,)) if may_act(frame.sentence, rest) else ""


def _from(frame: Frame, ground: Chunk) -> str:
    """From whom it was taken, named right behind the place."""
    chunks = frame.roles.get("from_actor", ())
    near = bool(chunks) and 0 <= chunks[0].first - ground.last <= _NEAR
    return doers(frame.sentence, chunks) if near and may_act(frame.sentence, chunks[0]) else ""
