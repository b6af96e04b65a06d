"""What is read from a sentence, and what it would ask if it were a question."""

from __future__ import annotations

import sys

import retrieval
from bot.cli.jsonlines import line_of
from bot.cli.opening import settings
from bot.cli.showing import fact_cells
from bot.cli.terminal import turned
from bot.wording import load_wording
from retrieval import Article


def explain(words: str, *, as_json: bool) -> None:
    """Print the facts that the sentence gives, one under another."""
    reading = retrieval.read(Article(id="words", body=words))
    if as_json:
        print(line_of([fact.model_dump(mode="json") for fact in reading.facts]))
        return
    turn, wording = turned(settings().rtl, sys.stdout), load_wording()
    for fact in reading.facts:
        print(turn("  |  ".join(cell for cell in fact_cells(fact, wording) if cell)))
    if not reading.facts:
        print(turn(wording.say("cli.no_fact")))
