"""The store: the one truth about articles and facts, kept in SQLite or PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, Self

import sqlalchemy as sa

from bot.store import copies, corpus, retention
from bot.store.engine import create_engine, told
from bot.store.facts import select_facts
from bot.store.membership import Membership, join
from bot.store.migrate import migrate
from bot.store.rows import article_of, fact_of, facts_of, passage_of
from bot.store.schema import article, article_version, fact, passage
from retrieval import Article, Fact, FactFilter, Passage, Reading

# How many rows of a long result are held at a time.
_CHUNK = 200


class Counts(NamedTuple):
    """How many rows of each kind the store holds; `versions` counts what articles said before they changed."""

    articles: int
    versions: int
    passages: int
    facts: int


class Store:
    """Articles with every version, their passages and facts. Safe to use from several threads and processes.

    Each method is one transaction; what it wrote is on the disk when it returns. Every method raises `StoreError` when
    the database cannot do what was asked.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.name = engine.url.render_as_string(hide_password=True)

    @classmethod
    def open(cls, url: str) -> Self:
        """The store at that SQLAlchemy URL, made or brought up to date as needed.

        Raises:
            StoreError: when it cannot be opened, or belongs to a newer version of the program.
        """
        store = cls(create_engine(url))
        try:
            with store.writing() as connection:
                migrate(connection)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def join(self) -> Membership:
        """A place among the programs that share the store, to be closed before the store is."""
        return join(self._engine)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection in a transaction that sees one state of the store."""
        with told(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """As `reading`, and every statement sees one and the same state however long it takes."""
        with told(self.name), self._engine.connect() as connection:
            # A transaction in SQLite sees one state anyhow.
            options = {} if connection.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
            with connection.execution_options(**options).begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection in a transaction that may write, and waits for other writers first."""
        with told(self.name), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def stamp(self) -> str:
        """The state of the corpus: changes whenever an article, passage or fact does, and differs between stores."""
        with self.reading() as connection:
            return corpus.stamp(connection)

    def revision_of(self, stamp: str) -> int | None:
        """The revision that a stamp names; None when what changed since then cannot be told.

        So it is where the stamp is of another corpus, or none at all, or too old to know what was removed since.
        """
        identity, _, revision = stamp.rpartition(":")
        with self.reading() as connection:
            if not identity or identity != corpus.identity(connection):
                return None
            return int(revision) if int(revision) >= corpus.horizon(connection) else None

    def digests(self, ids: Collection[str]) -> dict[str, str]:
        """The digest of each of those articles that the store holds."""
        with self.reading() as connection:
            return corpus.digests(connection, ids)

    def put(
        self,
        readings: Iterable[tuple[Article, Reading]],
        *,
        reader: str,
        now: dt.datetime,
        also: Callable[[sa.Connection, list[corpus.Arrival]], None] = lambda _connection, _arrivals: None,
    ) -> Mapping[str, corpus.Change]:
        """Store the articles with what was read from them; says of each id whether it is new, changed or unchanged.

        All of it is kept or, when an error is raised, nothing; `also` writes in the same transaction what follows from
        the articles that are new or changed. An article with other content under a known id becomes a new version, and
        what it said before is kept beside it.
        """
        with self.writing() as connection:
            changes, arrivals = corpus.put(connection, list(readings), reader=reader, now=now)
            originals = copies.file_copies(connection, [arrival.article for arrival in arrivals])
            also(connection, [one._replace(original=originals[one.article.id]) for one in arrivals])
            return changes

    def remove(self, ids: Collection[str], *, now: dt.datetime) -> int:
        """Delete the articles for good, with all that was made of them; returns how many of them there were."""
        with self.writing() as connection:
            return retention.remove(connection, ids, now)

    def removed(self, *, after: int) -> list[str]:
        """The ids of the articles that were removed since that revision of the corpus."""
        with self.reading() as connection:
            return retention.removed(connection, after)

    def originals(self, ids: Collection[str]) -> dict[str, str]:
        """For each of those articles that carries the text of an earlier one, the article that carried it first."""
        with self.reading() as connection:
            return copies.originals_of(connection, ids)

    def reread(self, readings: Iterable[tuple[Article, Reading]], *, reader: str) -> int:
        """Replace what was read from the articles; returns how many of them now have other facts or passages.

        An article that changed in the meantime keeps the reading that it came with.
        """
        with self.writing() as connection:
            return corpus.reread(connection, list(readings), reader=reader)

    def article(self, article_id: str) -> Article | None:
        """The article in its present version, None when the store has none of that id."""
        with self.reading() as connection:
            row = connection.execute(sa.select(article).where(article.c.id == article_id)).first()
        return article_of(row) if row else None

    def articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Those of the articles that the store holds, by id."""
        with self.reading() as connection:
            return {
                row.id: article_of(row)
                for chunk in corpus.chunks(ids)
                for row in connection.execute(sa.select(article).where(article.c.id.in_(chunk)))
            }

    def readings(self, *, after: int = 0, not_by: str | None = None) -> Iterator[tuple[Article, Reading]]:
        """Every article with its reading, in the order of arrival.

        `after` leaves out what has not changed since that revision of the corpus, `not_by` what was read by that
        version of the rules. A long result is read in pieces, each of which sees the store as it then is.
        """
        last = 0
        while True:
            with self.reading() as connection:
                rows = corpus.some_articles(connection, last, after=after, not_by=not_by, limit=_CHUNK)
                found = [article_of(row) for row in rows]
                read = corpus.readings_of(connection, [a.id for a in found])
            if not rows:
                return
            last = rows[-1].number
            yield from ((one, read[one.id]) for one in found)

    def readings_of(self, ids: Collection[str]) -> list[tuple[Article, Reading]]:
        """Those of the articles that the store holds with their readings, in the order of the ids."""
        articles = self.articles(ids)
        with self.reading() as connection:
            read = corpus.readings_of(connection, list(articles))
        return [(articles[name], read[name]) for name in ids if name in articles]

    def versions(self, article_id: str) -> list[tuple[Article, tuple[Fact, ...]]]:
        """What the article said before it changed, oldest first, each with the facts that were read from it."""
        query = (
            sa.select(article_version, article_version.c.article_id.label("id"))
            .where(article_version.c.article_id == article_id)
            .order_by(article_version.c.version)
        )
        with self.reading() as connection:
            return [(article_of(row), facts_of([row.facts[1:-1]])) for row in connection.execute(query)]

    def passages(self, ids: Collection[tuple[str, int]]) -> dict[tuple[str, int], Passage]:
        """Those of the passages, named by article and number, that the store holds."""
        by_key = sa.tuple_(passage.c.article_id, passage.c.number)
        with self.reading() as connection:
            return {
                (row.article_id, row.number): passage_of(row)
                for chunk in corpus.chunks(ids)
                for row in connection.execute(sa.select(passage).where(by_key.in_(chunk)))
            }

    def facts(self, wanted: FactFilter) -> tuple[Fact, ...]:
        """The facts that fit, newest first by the day that they speak of; those without a day come last."""
        with self.reading() as connection:
            return tuple(fact_of(payload) for payload in connection.execute(select_facts(wanted)).scalars())

    def facts_by_id(self, ids: Collection[str]) -> tuple[Fact, ...]:
        """Those of the facts that the store holds, in the order of the ids."""
        with self.reading() as connection:
            found = {
                row.id: row.payload
                for chunk in corpus.chunks(ids)
                for row in connection.execute(sa.select(fact.c.id, fact.c.payload).where(fact.c.id.in_(chunk)))
            }
        return tuple(fact_of(found[one]) for one in ids if one in found)

    def all_facts(self, *, kind: str | None = None, article_id: str | None = None) -> Iterator[str]:
        """The facts as JSON, in the order in which their articles came and in which they were read."""
        query = sa.select(fact.c.payload).join(article, article.c.id == fact.c.article_id)
        if kind:
            query = query.where(fact.c.kind == kind)
        if article_id:
            query = query.where(fact.c.article_id == article_id)
        query = query.order_by(article.c.number, fact.c.position).execution_options(yield_per=_CHUNK)
        with self.reading() as connection:
            for row in connection.execute(query):
                yield row.payload

    def read_by_others(self, reader: str) -> int:
        """How many articles were read by other rules than these."""
        query = sa.select(sa.func.count()).select_from(article).where(article.c.reader != reader)
        with self.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def fault(self) -> str:
        """What is broken in the database file, '' when nothing is; of a server's database only that it answers."""
        with self.reading() as connection:
            if connection.dialect.name != "sqlite":
                connection.execute(sa.select(1))
                return ""
            said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(3)")]
        return "" if said == ["ok"] else "; ".join(said)

    def counts(self) -> Counts:
        """How much the store holds."""
        with self.reading() as connection:
            tables = (article, article_version, passage, fact)
            return Counts(*(connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in tables))
