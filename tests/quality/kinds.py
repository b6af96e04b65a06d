"""How many of the facts of the kinds beside casualties, visits and meetings are right, and how many are found.

kinds.jsonl labels articles of seeds/articles.jsonl by hand, chosen by the digest of their id before the rules were
written. A label says what a fact must hold: numbers equal, texts with a word in common; for what a statement is about
two words in common. One with `may` neither has to be found nor is wrong when it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retrieval.arabic.stems import stem
from retrieval.arabic.tokens import tokenize
from retrieval.reading import read
from retrieval.types import Article, Fact
from tests.quality import samples

LABELS = Path(__file__).with_name("kinds.jsonl")
KINDS = ("statement", "strike", "control", "aid", "damage", "decision")
_COMMON = {"about": 2}


class Label(NamedTuple):
    """One fact as a person reads it: its kind and what it must hold."""

    article: str
    kind: str
    fields: Mapping[str, object]
    may: bool


class Scored(NamedTuple):
    """What came of one kind: facts that were right, all facts found, labels found, all labels that had to be."""

    right: int
    given: int
    found: int
    wanted: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def labels() -> list[Label]:
    """The labels of kinds.jsonl."""
    rows = (json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines())
    return [Label(row["article"], row["kind"], row["fields"], row.get("may", False)) for row in rows]


def scores() -> dict[str, Scored]:
    """Each kind's figures over the labelled articles."""
    wanted = labels()
    chosen = {label.article for label in wanted}
    read_ = {article.id: _facts(article) for article in samples.articles() if article.id in chosen}
    return {kind: _score(kind, [one for one in wanted if one.kind == kind], read_) for kind in KINDS}


def _facts(article: Article) -> Sequence[Fact]:
    return [fact for fact in read(article).facts if fact.kind in KINDS]


def _score(kind: str, wanted: Sequence[Label], facts: Mapping[str, Sequence[Fact]]) -> Scored:
    left = list(wanted)
    right, given, wrong = 0, 0, []
    for article, fact in _of_kind(kind, facts):
        given += 1
        fitting = [one for one in left if one.article == article and _fits(one, fact)]
        if fitting:
            right += 1
            left.remove(min(fitting, key=lambda one: one.may))
        else:
            wrong.append(
                f"{article}: {fact.model_dump_json(exclude={'citation', 'id', 'places'}, exclude_defaults=True)}"
            )
    missed = [one for one in left if not one.may]
    due = sum(not one.may for one in wanted)
    return Scored(right, given, due - len(missed), due, tuple(wrong), tuple(f"{m.article}: {m.fields}" for m in missed))


def _of_kind(kind: str, facts: Mapping[str, Sequence[Fact]]) -> Iterator[tuple[str, Fact]]:
    for article in sorted(facts):
        yield from ((article, fact) for fact in facts[article] if fact.kind == kind)


def _fits(label: Label, fact: Fact) -> bool:
    for name, value in label.fields.items():
        told = getattr(fact, name)
        if isinstance(value, str) and name != "action":
            around = " ".join(fact.places) if name == "place" else ""
            if len(_stems(value) & _stems(f"{told} {around}")) < min(_COMMON.get(name, 1), len(_stems(value))):
                return False
        elif told != value:
            return False
    return True


def _stems(text: str) -> set[str]:
    return {stem(token.norm) for token in tokenize(text) if token.kind in ("word", "number")}


if __name__ == "__main__":
    for kind, one in scores().items():
        print(f"{kind}: precision {one.right}/{one.given}, recall {one.found}/{one.wanted}")  # noqa: T201 - a report
        for line in (*(f"  wrong {w}" for w in one.wrong), *(f"  missed {m}" for m in one.missed)):
            print(line)  # noqa: T201 - a report
