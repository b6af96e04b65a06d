"""Where articles come from."""

from bot.sources.files import read_paths
from bot.sources.items import Defaults, Item, Limits, Rejected, Remark, Unusable
from bot.sources.records import parse_published

__all__ = ["Defaults", "Item", "Limits", "Rejected", "Remark", "Unusable", "parse_published", "read_paths"]
