"""Alerts as letters: one article that concerns a topic, several of them together, or one more outlet for a story."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.store.following import Followed
from bot.store.mail import ALERT, Letter, Posted
from bot.telegram import keyboards, markup
from bot.telegram.addressing import ANSWERS, CHANGES
from bot.telegram.chat import Preferences
from bot.telegram.outgoing import Button, content
from bot.telegram.rendering import finish, pages, said_date, text
from retrieval import Article, Fact, Relation, Wording

_QUOTES, _EXCERPT, _TITLE, _ITEMS = 2, 300, 160, 12


class Notice(NamedTuple):
    """One article that is told by itself.

    Attributes:
        key: the name of its letter.
        topic: what is followed.
        relation: what it is to what was told before; `answers` is the key of the letter that told that.
        article, facts: the article, and the facts by which it concerns the topic.
        also: other outlets that have the story.
    """

    key: str
    topic: Followed
    relation: Relation
    article: Article
    facts: Sequence[Fact]
    also: tuple[str, ...]
    answers: str | None


def alert_letter(notice: Notice, preferences: Preferences, wording: Wording) -> Letter:
    """The message that tells of one article."""
    label = notice.relation if notice.relation in {"development", "correction"} else "new"
    heading = f"<b>{text(wording.say(f'telegram.alert.{label}', topic=notice.topic.text))}</b>"
    quotes = [quote for quote in _quotes(notice.article, notice.facts) if quote != notice.article.title]
    parts = [heading, _named(notice.article, wording)]
    parts += [f"<blockquote expandable>{text(quote)}</blockquote>" for quote in quotes]
    html = "\n".join(parts)
    if notice.also:
        html += _also(notice.also, wording)
    payload = {
        **content(pages(html)[0], ((_topic_button(notice.topic, wording),),)),
        **_manner(notice.topic, preferences),
    }
    if notice.answers is not None:
        payload[ANSWERS] = notice.answers
    return _letter(notice.key, notice.topic, payload)


def digest_letter(
    key: str,
    topic: Followed,
    items: Sequence[tuple[Article, Sequence[Fact]]],
    preferences: Preferences,
    wording: Wording,
) -> Letter:
    """The message that tells of several articles at once, the newest first."""
    parts = [f"<b>{text(wording.say('telegram.alert.digest', topic=topic.text))}</b>"]
    newest = sorted(items, key=lambda item: str(item[0].published or ""), reverse=True)
    parts += [item(article, facts, wording) for article, facts in newest[:_ITEMS]]
    while len(parts) > 2 and not markup.fits("\n\n".join(parts), 3800):
        parts.pop()
    left = len(items) - (len(parts) - 1)
    if left:
        parts.append(text(wording.say("telegram.alert.more", n=left)))
    html = pages("\n\n".join(parts), 4000)[0]
    return _letter(key, topic, {**content(html, ((_topic_button(topic, wording),),)), **_manner(topic, preferences)})


def item(article: Article, facts: Sequence[Fact], wording: Wording) -> str:
    """One article among others, as HTML: its title, source and day, and the words by which it concerns the topic."""
    quotes = [f"<blockquote expandable>{text(quote)}</blockquote>" for quote in _quotes(article, facts)[:1]]
    return "\n".join([_named(article, wording), *quotes])


def edit_letter(told_by: str, chat_id: int, posted: Posted, also: Sequence[str], wording: Wording) -> Letter:
    """The change of what the letter of that key told: the same words, and the other outlets that have it by now."""
    payload = json.loads(posted.payload)
    start = _also((), wording).strip()
    told = "\n".join(line for line in payload["text"].split("\n") if start not in line).rstrip()
    kept = {name: payload[name] for name in ("parse_mode", "link_preview_options", "reply_markup") if name in payload}
    changed = {**kept, "text": told + _also(also, wording), CHANGES: told_by}
    key = f"{told_by}.also.{len(also)}"
    return Letter(key, chat_id, "editMessageText", json.dumps(changed, ensure_ascii=False), priority=ALERT)


def _letter(key: str, topic: Followed, payload: dict[str, Any]) -> Letter:
    return Letter(key, topic.chat_id, "sendMessage", json.dumps(payload, ensure_ascii=False), priority=ALERT)


def _manner(topic: Followed, preferences: Preferences) -> dict[str, Any]:
    thread = {"message_thread_id": topic.thread_id} if topic.thread_id is not None else {}
    return {**thread, **({"disable_notification": True} if preferences.silent else {})}


def _topic_button(topic: Followed, wording: Wording) -> Button:
    return Button(wording.say("buttons.this_topic"), keyboards.data(keyboards.TOPICS, f"{topic.id}-open"))


def _named(article: Article, wording: Wording) -> str:
    outlet = article.outlet or wording.say("telegram.unnamed_outlet")
    where = text(wording.say("telegram.source", outlet=outlet, date=said_date(article.published, wording)))
    title = _cut(article.title, _TITLE)
    if not title:
        return markup.link(article.url, where)
    return f"{markup.link(article.url, text(title))}\n{where}"


def _quotes(article: Article, facts: Sequence[Fact]) -> list[str]:
    """The words by which the article concerns the topic or, where no fact does, how it begins."""
    said = list(dict.fromkeys(" ".join(fact.citation.quote.split()) for fact in facts))
    return [_cut(quote, _EXCERPT) for quote in said[:_QUOTES]] or [_cut(article.body, _EXCERPT)]


def _cut(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most].rpartition(" ")[0] + " …"


def _also(outlets: Sequence[str], wording: Wording) -> str:
    return "\n" + finish(
        text(wording.say("telegram.alert.also", outlets=wording.say("list.comma").join(outlets)).strip())
    )
