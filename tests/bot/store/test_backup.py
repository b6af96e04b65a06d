"""A backup is the store at one moment, whatever happens meanwhile, and a restored store is the same in every table."""

from __future__ import annotations

import datetime as dt
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import Store, StoreError, feeds, mail
from bot.store.backup import back_up, restore
from bot.store.schema import metadata
from tests.bot.articles import a_casualty, a_reading, an_article

NOW = dt.datetime(2031, 5, 4, 12, tzinfo=dt.UTC)


def silent(_done: int, _total: int) -> None:
    pass


def fill(store: Store, first: int, last: int) -> None:
    for number in range(first, last):
        article = an_article(f"a{number}", body=f"قتل {number + 2} من العمال في انهيار منجم قرب بلدة الزيتون.")
        store.put([(article, a_reading(article, a_casualty(article, number + 2)))], reader="r", now=NOW)
        with store.writing() as connection:
            mail.receive(connection, [mail.Received(number, 7, "{}")], NOW)
            mail.post(connection, [mail.Letter(f"{number}", 7, "sendMessage", "{}", attachment=b"\0\xff")], NOW)


def contents(store: Store) -> dict[str, list[Any]]:
    with store.snapshot() as connection:
        return {table.name: sorted(map(repr, connection.execute(sa.select(table)))) for table in metadata.sorted_tables}


def test_a_restored_store_is_equal_in_every_table_and_goes_on_counting(store: Store, tmp_path: Path) -> None:
    fill(store, 0, 3)
    with store.writing() as connection:
        feeds.add(connection, "https://example.org/feed", "", interval=600, now=NOW)
    file = tmp_path / "backups" / "one.sqlite"
    rows = back_up(store, file, silent)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["one.sqlite"]
    fresh = Store.open(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    assert restore(file, fresh, silent) == rows == sum(map(len, contents(store).values()))
    assert contents(fresh) == contents(store)
    fill(fresh, 3, 4)
    assert fresh.counts().articles == 4
    fresh.close()


def test_a_backup_goes_into_the_other_kind_of_database(url: str, tmp_path: Path) -> None:
    origin = Store.open(f"sqlite:///{tmp_path / 'origin.sqlite'}")
    fill(origin, 0, 3)
    back_up(origin, tmp_path / "b", silent)
    store = Store.open(url)
    restore(tmp_path / "b", store, silent)
    assert contents(store) == contents(origin)
    fill(store, 3, 5)
    assert store.counts().articles == 5
    origin.close()
    store.close()


def test_what_is_written_meanwhile_is_in_the_backup_wholly_or_not_at_all(store: Store, tmp_path: Path) -> None:
    fill(store, 0, 20)
    writing = threading.Thread(target=fill, args=(store, 20, 80))
    writing.start()
    files = [tmp_path / f"{number}" for number in range(4)]
    for file in files:
        back_up(store, file, silent)
    writing.join()
    for file in files:
        saved = Store.open(f"sqlite:///{file}")
        counts = saved.counts()
        stamp = saved.stamp()
        assert counts.facts == counts.passages == counts.articles >= 20
        # Each article was a revision of the corpus.
        assert stamp.endswith(f":{counts.articles}")
        with saved.reading() as connection:
            assert len(mail.owed(connection)) in {counts.articles, counts.articles - 1}
        saved.close()


def test_nothing_is_overwritten_and_what_is_no_backup_is_refused(store: Store, tmp_path: Path) -> None:
    fill(store, 0, 1)
    (tmp_path / "there").write_text("mine")
    with pytest.raises(StoreError, match="never overwrites"):
        back_up(store, tmp_path / "there", silent)
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(store, tmp_path / "there" / "below", silent)
    with pytest.raises(StoreError, match="not a Marsad store"):
        restore(tmp_path / "there", store, silent)
    back_up(store, tmp_path / "b", silent)
    with pytest.raises(StoreError, match="into an empty one"):
        restore(tmp_path / "b", store, silent)
    with pytest.raises(StoreError, match="no backup"):
        restore(tmp_path / "none", store, silent)
