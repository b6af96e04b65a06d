"""The desk: what the program does with articles and questions, whoever asks."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import retrieval
from bot.desk.following import Concerning, Following, concerning
from bot.desk.indexing import Indexing, Progress, no_progress, portions
from bot.desk.readers import Readers, Unread
from bot.store import Store, digest, retention
from retrieval import (
    Answer,
    Article,
    Casualty,
    Chart,
    Checked,
    Citation,
    Damage,
    Event,
    Evidence,
    Fact,
    FactFilter,
    FactKind,
    Filters,
    Index,
    PassageHit,
    Question,
    Reading,
    Strike,
    Subscription,
    Wording,
)

# Articles that are stored in one transaction, and the size of text at which a batch is stored before it is full.
_BATCH = 256
_BATCH_CHARS = 4_000_000
# While articles stream in, the index is brought in step this often.
_INDEX_SECONDS = 5.0
# The kinds of fact that count, and so make events.
_COUNTED: tuple[FactKind, ...] = ("casualty", "strike", "damage")
# For so long it is remembered which articles were removed.
_FOLLOWED = dt.timedelta(days=30)
# How many passages an answer is looked for in.
_PASSAGES = 10


class Ingested(NamedTuple):
    """What became of articles: how many are new, changed, unchanged, and how many could not be read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0

    @property
    def seen(self) -> int:
        """How many articles there were."""
        return sum(self)


class Desk:
    """Takes articles in and answers questions about them, over one store and one index. Safe to use from threads."""

    def __init__(self, store: Store, index: Index, wording: Wording, *, workers: int = 0) -> None:
        self.store = store
        self.index = index
        self.wording = wording
        self._workers = workers
        self._indexing = Indexing(store, index)
        self._following = Following(store)

    def ingest(
        self,
        articles: Iterable[Article],
        *,
        now: dt.datetime,
        progress: Callable[[Ingested], None] = lambda _: None,
        failed: Callable[[Unread], None] = lambda _: None,
    ) -> Ingested:
        """Store the articles that are new or changed with what is read from them, in batches.

        A batch is kept whole; stopped anywhere, the same call goes on where it was stopped. `progress` is told the
        counts after each batch, `failed` about each article that the rules failed on.
        """
        tally: Counter[str] = Counter()
        indexed = time.monotonic()
        with Readers(self._workers) as readers:
            for batch in _batches(readers.read(self._unknown(articles, tally))):
                readings = [(one, got) for one, got in batch if isinstance(got, Reading)]
                owing = self._following.owing(now)
                put = self.store.put(readings, reader=retrieval.reading_version(), now=now, also=owing)
                tally.update(put.values())
                for _, got in batch:
                    if isinstance(got, Unread):
                        tally["failed"] += 1
                        failed(got)
                # Not after every batch of a long row: the index takes many articles at once more cheaply.
                if time.monotonic() - indexed > _INDEX_SECONDS:
                    self._keep_index()
                    indexed = time.monotonic()
                progress(Ingested(**tally))
        if tally["new"] or tally["changed"]:
            self._keep_index()
        return Ingested(**tally)

    def forget(self, before: dt.datetime, *, now: dt.datetime) -> int:
        """Remove the articles that came, or last changed, before that time; returns how many.

        Indexes of other programs follow at the next question, those that sleep for longer than a month are built anew.
        """
        gone = 0
        while ids := self._expired(before):
            gone += self.store.remove(ids, now=now)
        with self.store.writing() as connection:
            retention.forget_removals(connection, now - _FOLLOWED)
        if gone:
            self._keep_index()
        return gone

    def _expired(self, before: dt.datetime) -> list[str]:
        with self.store.reading() as connection:
            return retention.expired(connection, before, _BATCH)

    def reread(self, *, everything: bool = False, progress: Progress = no_progress) -> int:
        """Read again what other rules have read, or `everything`; returns how many articles now say something else."""
        version = retrieval.reading_version()
        total, done, changed = self.store.counts().articles, 0, 0
        stored = self.store.readings(not_by=None if everything else version)
        with Readers(self._workers) as readers:
            for batch in _batches(readers.read(article for article, _ in stored)):
                readings = [(one, got) for one, got in batch if isinstance(got, Reading)]
                changed += self.store.reread(readings, reader=version)
                done += len(batch)
                progress(done, total)
        self._keep_index()
        return changed

    def refresh(self, progress: Progress = no_progress) -> None:
        """Bring the index in step with the store; every question does so by itself."""
        self._indexing.refresh(progress)

    def reindex(self, progress: Progress = no_progress) -> None:
        """Build the index anew from the store."""
        self._indexing.rebuild(progress)

    def understand(self, text: str, *, as_of: dt.date, before: Question | None = None) -> Question:
        """What the text asks on that day, taking from the question before it what it leaves out."""
        return retrieval.understand(text, as_of=as_of, before=before)

    def ask(self, text: str, *, as_of: dt.date, before: Question | None = None) -> Answer:
        """The answer to the text as it is asked on that day."""
        return self.answer(self.understand(text, as_of=as_of, before=before))

    def answer(self, question: Question, wording: Wording | None = None) -> Answer:
        """The answer to a question that has been understood, said in other words than the desk's own if wanted."""
        return retrieval.answer(question, self.evidence(question), wording or self.wording)

    def evidence(self, question: Question) -> Evidence:
        """What bears on a question, for each of its parts: passages by its words, facts by its meaning and theirs."""
        self.refresh()
        parts = question.parts or (question,)
        passages = {(hit.article_id, hit.start): hit for part in parts for hit in self._passages_for(part)}
        facts, since = self._facts_for(parts, {hit.article_id for hit in passages.values()})
        copies = self.store.originals({fact.citation.article_id for fact in facts})
        return retrieval.Evidence(passages=tuple(passages.values()), facts=facts, copies=copies, since=since)

    def chart(self, question: Question, wording: Wording | None = None) -> Chart | None:
        """The answer to a counting question as bars; None where there is nothing to draw."""
        return retrieval.chart(question, self.evidence(question), wording or self.wording)

    def search(self, query: str, k: int, filters: Filters | None = None) -> tuple[PassageHit, ...]:
        """The `k` passages that fit the words best, best first; quotes of facts, where the filters ask for kinds."""
        self.refresh()
        if filters and filters.kinds:
            return self._quoted(query, k, filters)
        return self._found(query, k, filters or Filters())

    def about(self, topic: str, *, as_of: dt.date, limit: int) -> list[Citation]:
        """What the articles say of a topic, newest first: its facts or, where it asks for none, passages."""
        question = self.understand(topic, as_of=as_of)
        wanted = retrieval.evidence_wanted(question)
        asks = wanted.kinds or wanted.place_keys
        facts = self.store.facts(wanted.model_copy(update={"limit": limit})) if asks else ()
        cited = [fact.citation for fact in facts] or [hit.citation for hit in self.search(topic, limit)]
        return sorted(cited, key=lambda one: str(one.published or ""), reverse=True)

    def events(self, wanted: FactFilter) -> tuple[tuple[Event, ...], bool]:
        """What the wanted facts say happened, newest first, and whether no fact was left out by the filter's limit."""
        kinds = tuple(kind for kind in _COUNTED if not wanted.kinds or kind in wanted.kinds)
        facts = self.store.facts(wanted.model_copy(update={"kinds": kinds})) if kinds else ()
        copies = self.store.originals({fact.citation.article_id for fact in facts})
        counted = [fact for fact in facts if isinstance(fact, Casualty | Strike | Damage)]
        return retrieval.find_events(counted, copies)[::-1], len(facts) < wanted.limit

    def concerning(self, wanted: Subscription, start: dt.date, end: dt.date) -> list[Concerning]:
        """The articles of those days that a follower of the topic would have been owed, the oldest first."""
        self.refresh()
        return concerning(self.store, self.index, wanted, start, end)

    def check(self, claim: str, said_on: dt.date) -> tuple[Checked, ...]:
        """What the articles tell for or against a claim that somebody made on that day."""
        claimed = retrieval.read(retrieval.claim_of(claim, said_on)).facts
        known = {fact.id: fact for one in claimed for fact in self.store.facts(retrieval.bearing_on(one, said_on))}
        return retrieval.check(claimed, known.values())

    def _passages_for(self, question: Question) -> tuple[PassageHit, ...]:
        return self._found(" ".join(question.words) or question.text, _PASSAGES, Filters())

    def _facts_for(
        self, parts: Iterable[Question], found_in: Collection[str]
    ) -> tuple[tuple[Fact, ...], dt.date | None]:
        """The facts that fit a part of the question, and all those of the articles in which its words were found.

        Of too many only the newest are taken; beside them stands the first day that they speak of.
        """
        wanted = [retrieval.evidence_wanted(part) for part in parts if retrieval.wants_facts(part)]
        found = [self.store.facts(one) for one in wanted]
        cut = [facts for one, facts in zip(wanted, found, strict=True) if len(facts) == one.limit]
        days = [min((fact.date_start for fact in facts if fact.date_start), default=None) for facts in cut]
        if found_in:
            found.append(self.store.facts(FactFilter(article_ids=tuple(sorted(found_in)))))
        known = {fact.id: fact for facts in found for fact in facts}
        return tuple(known.values()), max((day for day in days if day), default=None)

    def _found(self, query: str, k: int, filters: Filters) -> tuple[PassageHit, ...]:
        hits = self.index.search(query, k, filters._replace(kinds=("passage",)))
        keys = [(hit.article_id, int(hit.id.rpartition("#")[2])) for hit in hits]
        passages = self.store.passages(keys)
        articles = self.store.articles(list({name for name, _ in keys}))
        return tuple(
            _hit(articles[key[0]], passages[key].start, passages[key].end, hit.score)
            for key, hit in zip(keys, hits, strict=True)
            # The index may be a moment behind the store, and an article may go between two looks.
            if key in passages and key[0] in articles
        )

    def _quoted(self, query: str, k: int, filters: Filters) -> tuple[PassageHit, ...]:
        scores = {hit.id.removeprefix(f"{hit.article_id}!"): hit.score for hit in self.index.search(query, k, filters)}
        cited = {fact.id: fact.citation for fact in self.store.facts_by_id(scores)}
        return tuple(_quote(cited[name], score) for name, score in scores.items() if name in cited)

    def _unknown(self, articles: Iterable[Article], tally: Counter[str]) -> Iterator[Article]:
        for portion in portions(articles, _BATCH):
            known = self.store.digests([article.id for article in portion])
            for article in portion:
                if known.get(article.id) == digest(article):
                    tally["unchanged"] += 1
                else:
                    yield article

    def _keep_index(self) -> None:
        """Bring the index in step at once, unless it is one that is empty until somebody asks."""
        stats = self.index.stats()
        if stats.stamp or stats.engine != "memory":
            self.refresh()


def _hit(article: Article, start: int, end: int, score: float) -> PassageHit:
    return _quote(Citation.of(article, start, end), score)


def _quote(cited: Citation, score: float) -> PassageHit:
    return PassageHit(
        article_id=cited.article_id, text=cited.quote, start=cited.start, end=cited.end, score=score, citation=cited
    )


def _batches(outcomes: Iterable[tuple[Article, Reading | Unread]]) -> Iterator[list[tuple[Article, Reading | Unread]]]:
    """The outcomes in batches, none of which holds an id twice: a second one is a new version of the first."""
    batch: dict[str, tuple[Article, Reading | Unread]] = {}
    size = 0
    for article, outcome in outcomes:
        if article.id in batch or len(batch) >= _BATCH or size >= _BATCH_CHARS:
            yield list(batch.values())
            batch, size = {}, 0
        batch[article.id] = (article, outcome)
        size += len(article.body)
    if batch:
        yield list(batch.values())
