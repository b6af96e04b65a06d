"""Where articles come from."""

from bot.sources.files import count_articles, read_paths
from bot.sources.items import Defaults, Item, Limits, Rejected, Remark, Unusable
from bot.sources.records import parse_published

__all__ = [
    "Defaults",
    "Item",
    "Limits",
    "Rejected",
    "Remark",
    "Unusable",
    "count_articles",
    "parse_published",
    "read_paths",
]
