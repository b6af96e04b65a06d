"""What is read from a sentence, and by which rows of the tables."""

from __future__ import annotations

import sys

import retrieval
from bot.cli.jsonlines import line_of
from bot.cli.opening import settings
from bot.cli.showing import fact_cells
from bot.cli.terminal import turned
from bot.wording import load_wording
from retrieval import Article, Fired, Wording


def explain(words: str, *, as_json: bool) -> None:
    """Print the facts that the sentence gives, under each the rows that it came of, and then rows that gave none."""
    article = Article(id="words", body=words)
    facts, fired = retrieval.read(article).facts, retrieval.trace(article)
    if as_json:
        said = [
            {**fact.model_dump(mode="json"), "rows": [_row(one, words) for one in fired if fact in one.facts]}
            for fact in facts
        ]
        print(line_of(said))
        return
    turn, wording = turned(settings().rtl, sys.stdout), load_wording()
    for fact in facts:
        print(turn("  |  ".join(cell for cell in fact_cells(fact, wording) if cell)))
        for one in fired:
            if fact in one.facts:
                print(turn(f"    {_said(one, words, wording)}"))
    if not facts:
        print(turn(wording.say("cli.no_fact")))
    for one in fired:
        if not one.facts:
            print(turn(_said(one, words, wording)))


def _row(one: Fired, words: str) -> dict[str, str]:
    """The words on which a row was found, its table and number, and what it says."""
    return {"words": words[one.start : one.end], "row": f"{one.table}.csv {one.row}", "says": one.says}


def _said(one: Fired, words: str, wording: Wording) -> str:
    row = _row(one, words)
    key = "cli.row" if one.facts else "cli.idle_row"
    return wording.say(key, words=row["words"], row=row["row"], says=row["says"])
