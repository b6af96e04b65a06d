"""What the program keeps: articles, facts, and what it owes to whom."""

from bot.store.corpus import Arrival, Change
from bot.store.engine import StoreError
from bot.store.rows import digest
from bot.store.store import Counts, Store

__all__ = ["Arrival", "Change", "Counts", "Store", "StoreError", "digest"]
