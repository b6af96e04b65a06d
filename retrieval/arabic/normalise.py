"""One function in which all spellings of an Arabic word meet; texts are never altered, only compared through it."""

from __future__ import annotations

import re
from functools import lru_cache

# Vowel signs, Quranic marks, tatweel, and the invisible marks that web pages sprinkle into words.
_INVISIBLE = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "ؤ": "و", "ئ": "ي", "ک": "ك", "ڪ": "ك", "گ": "ك", "ﻻ": "لا", "ﻷ": "لا", "ﻹ": "لا", "ﻵ": "لا",
        **{chr(0x660 + n): str(n) for n in range(10)},
        **{chr(0x6F0 + n): str(n) for n in range(10)},
    }
)  # fmt: skip


@lru_cache(maxsize=200_000)
def normalise(word: str) -> str:
    """The form under which a word is compared: no vowels or tatweel, one alef, yeh, kaf and heh, ASCII digits.

    Normalising twice changes nothing.
    """
    return _INVISIBLE.sub("", word).translate(_LETTERS).lower()
