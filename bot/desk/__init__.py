"""What the program does with articles and questions."""

from bot.desk.desk import Desk, Ingested
from bot.desk.following import Concerning
from bot.desk.indexing import Progress, no_progress
from bot.desk.readers import Unread

__all__ = ["Concerning", "Desk", "Ingested", "Progress", "Unread", "no_progress"]
