"""The tables of the store; a change here goes with a migration in `migrations/versions`."""

from bot.store.schema.columns import Instant, Number, metadata
from bot.store.schema.conversation import chat, feedback, guest, inbox, outbox, shown
from bot.store.schema.corpus import (
    article,
    article_copy,
    article_version,
    copy_band,
    corpus,
    fact,
    fact_place,
    passage,
    removal,
)
from bot.store.schema.following import alert, feed, feed_entry, subscription

__all__ = [
    "Instant",
    "Number",
    "alert",
    "article",
    "article_copy",
    "article_version",
    "chat",
    "copy_band",
    "corpus",
    "fact",
    "fact_place",
    "feed",
    "feed_entry",
    "feedback",
    "guest",
    "inbox",
    "metadata",
    "outbox",
    "passage",
    "removal",
    "shown",
    "subscription",
]
