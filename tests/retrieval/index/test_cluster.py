"""A real cluster of two data nodes: what is written is there once, also when a node is killed in the middle."""

import threading
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from retrieval.index import Entry, Index, open_index
from tests.retrieval.index.nodes import DATA, Cluster

pytestmark = pytest.mark.cluster
PASSAGES, PORTION = 50_000, 2_500
TOWNS = ("الرقبة", "وادي سمر", "تل القصب", "عين الدفلة", "رأس الحمار", "كفر نعمة", "بئر صالح", "دير الورد")


def article(number: int) -> list[Entry]:
    """Two passages; one has a word of its own, so that it can be asked for."""
    town = TOWNS[number % len(TOWNS)]
    first = f"وصلت قافلة المساعدات رقم قافلة{number} إلى بلدة {town} بعد تأخر دام أياما بسبب الأمطار."
    second = f"وقال رئيس البلدية إن سكان {town} ينتظرون قوافل أخرى قبل نهاية الشهر."
    return [Entry(f"a{number}#{n}", f"a{number}", "passage", text) for n, text in enumerate((first, second))]


def write(index: Index, first: int, last: int, wrote: Callable[[int], None] = lambda _: None) -> None:
    portion = PORTION // 2
    for start in range(first, last, portion):
        index.add([entry for n in range(start, min(last, start + portion)) for entry in article(n)], stamp=str(start))
        wrote(start)


def missing_or_doubled(index: Index, numbers: range) -> list[str]:
    """The articles whose own word is not found in exactly their first passage."""
    wrong = []
    for number in numbers:
        hits = [hit.id for hit in index.search(f"قافلة{number}", 3)]
        if hits[:1] != [f"a{number}#0"] or len(set(hits)) != len(hits):
            wrong.append(f"a{number}: {hits}")
    return wrong


def test_fifty_thousand_passages_survive_killed_nodes(opensearch: str, cluster: Cluster) -> None:
    articles = PASSAGES // 2
    with closing(open_index(f"{opensearch}/fifty?number_of_shards=2", cluster.folder)) as index:
        killed_at = articles // 3

        def kill_in_the_middle(start: int) -> None:
            if start <= killed_at < start + PORTION // 2:
                # While the next portion is on its way.
                threading.Timer(0.3, cluster.kill, [DATA[0]]).start()

        write(index, 0, articles, kill_in_the_middle)
        assert index.stats()[2:4] == (PASSAGES, articles)
        assert missing_or_doubled(index, range(0, articles, 97)) == []

        # The first node comes back and gets its copies; then the other goes while questions are being asked.
        cluster.heal()
        faults: list[str] = []
        stop = threading.Event()

        def ask() -> None:
            number = 0
            while not stop.is_set():
                number = (number + 211) % articles
                faults.extend(missing_or_doubled(index, range(number, number + 1)))

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for thread in asking:
            thread.start()
        time.sleep(1)
        cluster.kill(DATA[1])
        time.sleep(5)
        stop.set()
        for thread in asking:
            thread.join()
        assert faults == []
        assert index.stats()[2:4] == (PASSAGES, articles)
        cluster.heal()
        assert index.stats()[2:] == (PASSAGES, articles, str(articles - PORTION // 2))


def test_one_index_takes_the_place_of_another_while_a_node_is_killed(opensearch: str, cluster: Cluster) -> None:
    with closing(open_index(f"{opensearch}/swapped", cluster.folder)) as index:
        write(index, 0, 200)
        faults: list[str] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                faults.extend(missing_or_doubled(index, range(7, 8)))

        asking = threading.Thread(target=ask)
        asking.start()
        with index.rebuilding() as fresh:
            write(fresh, 0, 2_000)
            cluster.kill(DATA[1])
            write(fresh, 2_000, 4_000)
        stop.set()
        asking.join()
        assert faults == []
        assert index.stats()[2:4] == (8_000, 4_000)
        assert missing_or_doubled(index, range(0, 4_000, 41)) == []
