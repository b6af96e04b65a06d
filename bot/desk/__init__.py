"""What the program does with articles and questions."""

from bot.desk.desk import Desk, Ingested
from bot.desk.indexing import Progress
from bot.desk.readers import Unread

__all__ = ["Desk", "Ingested", "Progress", "Unread"]
