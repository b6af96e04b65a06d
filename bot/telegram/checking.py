"""A claim that somebody passes on, set beside what the articles say: for it, against it, and nearest to it."""

from __future__ import annotations

from collections.abc import Sequence

import retrieval
from bot.telegram.outgoing import Say
from bot.telegram.rendering import pages, passages_pages, source, text
from bot.telegram.scene import Outcome, Scene
from retrieval import Checked

# How many passages are shown where nothing speaks for or against it, and how much of it they are looked for by.
_NEAREST, _SOUGHT_BY = 5, 600
# How many articles are named on each side.
_SIDE = 4


def check_claim(scene: Scene) -> Outcome:
    """What the articles say for and against a text that was passed on or, where they say neither, what is near it."""
    incoming = scene.incoming
    said_on = (incoming.first_said or incoming.at).astimezone(scene.around.zone).date()
    found = scene.around.desk.check(incoming.text, said_on)
    if not found:
        return _nearest(scene)
    against, agreeing = ([one for one in found if one.stance == stance] for stance in ("against", "for"))
    # What contradicts a rumour is what its reader most needs to see.
    sides = [_side(scene, "check_against", against), _side(scene, "check_for", agreeing)]
    heading = f"<b>{text(scene.say('check_title'))}</b>"
    numbers = [text(line) for line in retrieval.confront(found, scene.wording)]
    return Outcome((Say(pages("\n\n".join([heading, *numbers, *(side for side in sides if side)]))[0]),))


def _side(scene: Scene, key: str, found: Sequence[Checked]) -> str:
    if not found:
        return ""
    newest = sorted(found, key=lambda one: str(one.fact.citation.published or ""), reverse=True)
    cited = {one.fact.citation.article_id: one.fact.citation for one in newest}
    shown = [source(0, citation, scene.wording) for citation in list(cited.values())[:_SIDE]]
    left = len(cited) - len(shown)
    more = [text(scene.say("more_sources", n=left))] if left else []
    return "\n\n".join([text(scene.say(key)), *shown, *more])


def _nearest(scene: Scene) -> Outcome:
    hits = scene.around.desk.search(scene.incoming.text[:_SOUGHT_BY], _NEAREST)
    found = passages_pages(hits, scene.wording, title="compare_title", most=_NEAREST)
    return Outcome((Say(found[0] if found else scene.say("compare_none")),))
