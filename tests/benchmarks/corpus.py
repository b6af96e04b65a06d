"""Passages in any number: real ones among many more made of the same words, so that Zipf's and Heaps' laws are kept.

Real questions on the real passages tell how well an engine finds. They are the samples that come with the program, or
those of a folder named in BENCH_CORPUS with `passages.jsonl` (id, title, body) and `queries.jsonl` (q, relevant).
Words beyond those of the samples are spelt by the samples' own runs of letters. Questions of eight words, each made of
one passage, tell how quickly an engine finds.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.arabic.tokens import words

SEEDS = Path(__file__).parents[2] / "seeds"
# Zipf and Mandelbrot: the r-th word has a share in proportion to 1 / (r + q), and after some thousands of words, which
# all texts share, to 1 / r ** s (Ferrer i Cancho and Solé, 2001). So n words of text hold about n ** (1 / s) different
# ones, which is Heaps' law.
_Q, _SHARED, _S = 2.7, 5_000, 1.6
# Words to draw from for each that is likely to be drawn.
_ROOM = 20
_SHORTEST, _LONGEST = 40, 110
_CUT = 80
_WORDS_ASKED = 8
_SEED = 20


class Question(NamedTuple):
    """A question, and the numbers of the passages any of which answers it; none for one that only takes time."""

    text: str
    passages: list[int]


class Real(NamedTuple):
    """Passages that people wrote, each with the id of its article, and questions with the ids that answer them."""

    passages: list[tuple[str, str]]
    questions: list[tuple[str, list[str]]]


def write(folder: Path, passages: int, questions: int) -> None:
    """Write `passages.txt` (one passage a line) and `questions.jsonl` into the folder."""
    real = _real()
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_, article) in enumerate(real.passages):
        numbers[article].append(number)
    told = [Question(text, [n for article in articles for n in numbers[article]]) for text, articles in real.questions]
    vocabulary = _vocabulary(
        [text for text, _ in real.passages], _SHARED + int(_ROOM * (passages * (_SHORTEST + _LONGEST) / 2) ** (1 / _S))
    )
    dice = random.Random(_SEED)
    made = max(0, passages - len(real.passages))
    asked = set(dice.sample(range(made), min(questions, made)))
    with (folder / "passages.txt").open("w", encoding="utf-8") as texts:
        texts.writelines(text + "\n" for text, _ in real.passages)
        for number, passage in enumerate(_passages(vocabulary, made)):
            texts.write(" ".join(passage) + "\n")
            if number in asked:
                told.append(Question(_question(passage, vocabulary, dice), []))
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, told)), encoding="utf-8")


def read_passages(folder: Path) -> Iterator[str]:
    """Yield the passages in order."""
    with (folder / "passages.txt").open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def read_questions(folder: Path) -> list[Question]:
    """The questions, shuffled."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [Question(*json.loads(line)) for line in lines]
    random.Random(_SEED).shuffle(questions)
    return questions


def _real() -> Real:
    """The real passages and questions."""
    if given := os.environ.get("BENCH_CORPUS"):
        asked = [(one["q"], one["relevant"]) for one in _lines(Path(given) / "queries.jsonl")]
        articles = _lines(Path(given) / "passages.jsonl")
    else:
        asked = [(one["q"], one["article"]) for one in _lines(SEEDS / "questions.jsonl") if one.get("article")]
        articles = _lines(SEEDS / "articles.jsonl")
    return Real([(text, one["id"]) for one in articles for text in _cut(one["title"], one["body"].split())], asked)


def _cut(title: str, written: list[str]) -> Iterator[str]:
    for start in range(0, len(written), _CUT):
        yield f"{title} {' '.join(written[start : start + _CUT])}"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _vocabulary(texts: Iterable[str], size: int) -> list[str]:
    """So many different words, those of the texts first and the commonest of them foremost."""
    counts = Counter(word for text in texts for word in words(text) if not word[0].isdigit())
    known = [word for word, _ in counts.most_common()][:size]
    following: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in known:
        spelt = f"^^{word}$"
        for i in range(len(spelt) - 2):
            following[spelt[i : i + 2]][spelt[i + 2]] += 1
    runs = {run: (list(after), list(after.values())) for run, after in following.items()}
    dice = random.Random(_SEED)
    found = dict.fromkeys(known)
    while len(found) < size:
        made = "^^"
        while not made.endswith("$") and len(made) < 14:
            letters, weights = runs[made[-2:]]
            made += dice.choices(letters, weights)[0]
        if len(word := made[2:].rstrip("$")) > 2:
            found[word] = None
    return list(found)


def _passages(vocabulary: list[str], count: int) -> Iterator[list[str]]:
    """Yield passages of words drawn by Zipf's law; a fifth of each repeats what was said in it before."""
    dice = np.random.default_rng(_SEED)
    ranks = np.arange(1, len(vocabulary) + 1)
    shares = np.where(ranks <= _SHARED, 1 / (ranks + _Q), (ranks / _SHARED) ** -_S / (_SHARED + _Q))
    edges = np.cumsum(shares / shares.sum())
    for start in range(0, count, 10_000):
        lengths = dice.integers(_SHORTEST, _LONGEST, size=min(10_000, count - start))
        drawn: npt.NDArray[np.int64] = np.searchsorted(edges[:-1], dice.random(int(lengths.sum())))
        for drawn_here in np.split(drawn, np.cumsum(lengths)[:-1]):
            repeated = len(drawn_here) // 5
            drawn_here[-repeated:] = drawn_here[dice.integers(0, len(drawn_here) - repeated, repeated)]
            yield [vocabulary[number] for number in drawn_here.tolist()]


def _question(passage: list[str], vocabulary: list[str], dice: random.Random) -> str:
    """Eight words of the passage that are not among the commonest, one in four spelt otherwise than there."""
    common = set(vocabulary[:60])
    telling = [word for word in dict.fromkeys(passage) if word not in common]
    chosen = dice.sample(telling, min(_WORDS_ASKED, len(telling)))
    return " ".join(["كم", *(_otherwise(word, dice) if dice.random() < 0.25 else word for word in chosen)])


def _otherwise(word: str, dice: random.Random) -> str:
    """The word with a clitic, without its article, or with a letter missing."""
    kind = dice.randrange(4)
    if kind == 0:
        return word.removeprefix("ال") if word.startswith("ال") else f"ال{word}"
    if kind == 1:
        return f"و{word}"
    if kind == 2:
        return word.replace("ة", "ه").replace("أ", "ا").replace("ى", "ي")
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1 :] or word
