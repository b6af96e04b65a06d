import math
from collections import Counter
from pathlib import Path

import pytest

from tests.benchmarks import corpus
from tests.benchmarks.contestants import CONTESTANTS


def test_made_passages_keep_the_laws_of_zipf_and_heaps(tmp_path: Path) -> None:
    corpus.write(tmp_path, passages=4_000, questions=20)
    passages = list(corpus.read_passages(tmp_path))
    assert len(passages) == 4_000
    counts = Counter(word for passage in passages for word in passage.split())
    ranked = [count for _, count in counts.most_common()]
    slope = math.log(ranked[1_000] / ranked[20]) / math.log(1_000 / 20)
    assert -1.3 < slope < -0.8
    half = len({word for passage in passages[:2_000] for word in passage.split()})
    assert 0.4 < math.log2(len(counts) / half) < 0.9


def test_the_same_passages_and_questions_are_made_each_time(tmp_path: Path) -> None:
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        folder.mkdir()
        corpus.write(folder, passages=500, questions=5)
    one, other = ([path.read_bytes() for path in sorted(folder.iterdir())] for folder in folders)
    assert one == other


@pytest.mark.parametrize("name", CONTESTANTS)
def test_every_contestant_finds_what_it_was_given_and_what_was_added(tmp_path: Path, name: str) -> None:
    contestant = CONTESTANTS[name][0](tmp_path)
    contestant.build(["وصل الوفد إلى المدينة", "أغلقت المدارس أبوابها", "سافر الوزير إلى الخارج"])
    assert contestant.search("المدارس", 3)[0] == 1
    contestant.add(3, "افتتاح متحف زنبقستان")
    assert contestant.search("زنبقستان", 3)[0] == 3
