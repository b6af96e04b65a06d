"""What a chat is told of the articles that it is owed: one message for a story, developments as replies, digests."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.store.following import Due, Followed, OwedAlert, Told
from bot.store.mail import Letter, Posted
from bot.telegram.chat import Preferences
from bot.telegram.notices import Notice, alert_letter, digest_letter, edit_letter
from bot.telegram.timing import due_at
from retrieval import Article, Fact, Relation, Wording, relate

# How many of the latest messages a new article is compared with, to see whether it goes on with one of them.
_COMPARED = 20
_DIGEST = "digest."


class Known(NamedTuple):
    """What the plans of several chats look up: articles and facts by id."""

    articles: Mapping[str, Article]
    facts: Mapping[str, Fact]

    def facts_of(self, due: Due) -> list[Fact]:
        """The facts by which the article concerns its follower, as far as they are still known."""
        return [self.facts[name] for name in due.facts if name in self.facts]


class Reader(NamedTuple):
    """A chat that is told: how it likes things said and when, and what it was told lately."""

    chat_id: int
    preferences: Preferences
    wording: Wording
    told: Sequence[Told]
    posted: Mapping[str, Posted]


class Plan(NamedTuple):
    """What is to be written for a chat: letters, alerts settled under the key of a letter, and alerts held."""

    letters: list[Letter]
    settled: list[tuple[int, str]]
    held: list[tuple[int, dt.datetime]]


def plan(
    reader: Reader, owed: Sequence[tuple[Followed, OwedAlert]], known: Known, now: dt.datetime, zone: zoneinfo.ZoneInfo
) -> Plan:
    """What the chat is told now of what it is owed, and when the rest is looked at again."""
    made = _Making(reader, known)
    digests: dict[int, tuple[Followed, list[OwedAlert]]] = {}
    for topic, alert in owed:
        until = due_at(topic.cadence, reader.preferences, alert.created_at, now, zone)
        if topic.paused_at or alert.due.article_id not in known.articles:
            made.settled.append((alert.id, ""))
        elif until is not None:
            made.held.append((alert.id, until))
        elif topic.cadence == "now":
            made.tell(topic, alert)
        else:
            digests.setdefault(topic.id, (topic, []))[1].append(alert)
    for topic, alerts in digests.values():
        made.tell_together(topic, alerts)
    return made.plan()


class _Making:
    """A plan while it is being made: what was told before, and what this plan will tell."""

    def __init__(self, reader: Reader, known: Known) -> None:
        self.settled: list[tuple[int, str]] = []
        self.held: list[tuple[int, dt.datetime]] = []
        self._reader, self._known = reader, known
        self._told = list(reader.told)
        self._notices: dict[str, Notice] = {}
        self._digests: list[Letter] = []
        self._changed: set[str] = set()

    def tell(self, topic: Followed, alert: OwedAlert) -> None:
        """Say the article in a message of its own, in answer to an earlier one, or within an earlier one."""
        same, relation = self._story(alert.due)
        if same is None:
            self._announce(topic, alert, "new", None)
        elif relation == "repeat":
            self._fold(same, alert)
        else:
            self._announce(topic, alert, relation, same.key)

    def tell_together(self, topic: Followed, alerts: Sequence[OwedAlert]) -> None:
        """Say the articles in one message, each story once."""
        items: list[tuple[Article, list[Fact]]] = []
        key = f"{_DIGEST}{alerts[0].id}"
        for alert in alerts:
            same, relation = self._story(alert.due)
            if same is not None and relation == "repeat":
                self.settled.append((alert.id, same.key))
                continue
            items.append((self._known.articles[alert.due.article_id], self._known.facts_of(alert.due)))
            self.settled.append((alert.id, key))
            self._told.append(Told(alert.due, key))
        if items:
            self._digests.append(digest_letter(key, topic, items, self._reader.preferences, self._reader.wording))

    def plan(self) -> Plan:
        """The plan as it stands."""
        letters = [
            alert_letter(notice, self._reader.preferences, self._reader.wording) for notice in self._notices.values()
        ]
        letters += [self._edit(key) for key in sorted(self._changed)]
        return Plan([*letters, *self._digests], self.settled, self.held)

    def _story(self, due: Due) -> tuple[Told | None, Relation]:
        """The message that told of the same story, the one that said the same before one that said less."""
        facts = self._known.facts_of(due)
        development: tuple[Told | None, Relation] = (None, "new")
        for told in reversed(self._told[-_COMPARED:]):
            if told.due.article_id == due.article_id:
                return told, self._change(told.due, due)
            if told.due.original == due.original and told.due.article_id != due.article_id:
                # The same text with another toll is no copy to who follows it.
                changed = relate(facts, self._known.facts_of(told.due))
                return told, changed if changed in {"development", "correction"} else "repeat"
            copies = {one.article_id: one.original for one in (told.due, due) if one.article_id != one.original}
            relation = relate(facts, self._known.facts_of(told.due), copies)
            if relation == "repeat":
                return told, "repeat"
            if relation != "new" and development[0] is None:
                development = (told, relation)
        return development

    def _change(self, before: Due, after: Due) -> Relation:
        """What a version of an article is to an earlier one: who saw a figure that it took back is to know it."""
        if set(before.facts) == set(after.facts):
            return "repeat"
        relation = relate(self._known.facts_of(after), self._known.facts_of(before))
        return "correction" if relation == "new" else relation

    def _announce(self, topic: Followed, alert: OwedAlert, relation: Relation, answers: str | None) -> None:
        key = f"alert.{alert.id}"
        article, facts = self._known.articles[alert.due.article_id], self._known.facts_of(alert.due)
        self._notices[key] = Notice(key, topic, relation, article, facts, (), answers)
        self.settled.append((alert.id, key))
        self._told.append(Told(alert.due, key))

    def _fold(self, same: Told, alert: OwedAlert) -> None:
        """Name the outlet in the message that told of the story, unless it is named there or cannot be changed."""
        outlet = self._known.articles[alert.due.article_id].outlet
        if same.key in self._notices:
            notice = self._notices[same.key]
            self._notices[same.key] = notice._replace(also=_with(notice, outlet))
        elif self._may_name(outlet, same.key):
            self._changed.add(same.key)
        self.settled.append((alert.id, same.key))
        self._told.append(Told(alert.due, same.key))

    def _may_name(self, outlet: str, key: str) -> bool:
        posted = self._reader.posted.get(key)
        # What still waits to be sent has no message yet, and will have one when the change of it has its turn.
        told = posted is not None and (posted.message_id is not None or posted.state in {"owed", "sending"})
        return told and not key.startswith(_DIGEST) and bool(outlet) and outlet not in self._outlets(key)

    def _outlets(self, key: str) -> list[str]:
        dues = [told.due for told in self._told if told.key == key]
        return [self._known.articles[due.article_id].outlet for due in dues if due.article_id in self._known.articles]

    def _edit(self, key: str) -> Letter:
        first = next(told.due for told in self._told if told.key == key)
        main = self._known.articles[first.article_id].outlet
        also = [outlet for outlet in dict.fromkeys(self._outlets(key)) if outlet and outlet != main]
        return edit_letter(key, self._reader.chat_id, self._reader.posted[key], also, self._reader.wording)


def _with(notice: Notice, outlet: str) -> tuple[str, ...]:
    if not outlet or outlet in notice.also or outlet == notice.article.outlet:
        return notice.also
    return (*notice.also, outlet)
