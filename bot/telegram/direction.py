"""Right-to-left text that reads in order: isolates around what runs to the right, and lines that begin from the right.

Telegram removes the embedding marks (U+202A to U+202E) and leaves the isolates (U+2066 to U+2069).
"""

from __future__ import annotations

import re
import unicodedata

FIRST_STRONG_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"
# Marks that came with a quoted text: unbalanced ones would turn round what stands after them.
_STRAY = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# A letter that is written to the right.
_LETTER = "[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
# Words and names of such letters with the digits and marks in them: F-16, AT&T, example.com/a, New York, /help.
# After a space only a letter goes on: in "CNN 20" the number belongs to the Arabic sentence.
_FOREIGN = rf"[/@#]?[0-9]*{_LETTER}(?:{_LETTER}|[0-9]|[.,'’&/@:_+#%=~?–-]+(?=[0-9]|{_LETTER})|[ ]+(?={_LETTER}))*"
_SIGNED = r"(?<![\w)])[+−-][0-9][0-9.,()-]*(?: [0-9()-]+)*"
_RUN = re.compile(rf"{_FOREIGN}|{_SIGNED}")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def isolate(text: str) -> str:
    """The text with each run of left-to-right letters, and each signed number, in an isolate of its own.

    Direction marks that the text brought along are taken out; isolating twice changes nothing.
    """
    return _RUN.sub(rf"{FIRST_STRONG_ISOLATE}\g<0>{POP_ISOLATE}", _STRAY.sub("", text))


def begin_right(text: str) -> str:
    """The text with a right-to-left mark before each line that does not begin with a right-to-left letter."""
    return "\n".join(_begin_line(line) for line in text.split("\n"))


def _begin_line(line: str) -> str:
    if not line.strip() or unicodedata.bidirectional(line.lstrip()[0]) in {"R", "AL"}:
        return line
    return RIGHT_TO_LEFT_MARK + line


def strip_marks(text: str) -> str:
    """The text without any direction mark."""
    return _STRAY.sub("", text)


def arabic_digits(text: str) -> str:
    """The text with ٠١٢٣ for 0123."""
    return text.translate(_ARABIC_DIGITS)


def latin_digits(text: str) -> str:
    """The text with 0123 for ٠١٢٣."""
    return text.translate(_LATIN_DIGITS)
